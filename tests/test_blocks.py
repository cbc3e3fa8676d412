"""Nothing is lost: whatever a page is made of, its main content stands in the blocks, once and in order."""

from __future__ import annotations

import json
from html import escape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractors import Article, Block, ExtractionError, Label, UnsupportedContentError, clean, extract
from extractors.article import BODY_LABELS, FIELD_LABELS
from extractors.text import scrub
from spiders.specimens.pages import recorded_pages
from tests.expected import CASSETTES
from tests.gazette import HEADLINE, STORIES, STORY, has_story, page, paragraphs, read, whole, words

quick = settings(max_examples=60, deadline=None, derandomize=True)
thorough = settings(max_examples=200, deadline=None, derandomize=True)

NAMES = (
    "", "text", "caption", "related-posts", "share", "newsletter", "comments", "ad-box", "sc-1x2y", "article-body", "credit",
    "author-bio", "sidebar", "hidden", "teaser", "lead", "byline", "date", "promo", "player", "tags", "cookie", "visually-hidden",
)  # fmt: skip
LINES = (
    "Read more: Council puts off the sea wall", "Photo: Ada Quill/Harbour Pool", "Advertisement", "Share this article",
    "3 View gallery", "By Ada Quill", "5 May 2026", "He lied.", "SALTMOUTH (AP) —", "***", "קראו עוד", "Фото: Ада Квіл", "@adaquill",
    "Follow us on Facebook | Twitter", "opens in new tab", "(Reuters)", "Comments", "嵐のあと", "“Never.”",
)  # fmt: skip

DATA = {
    "@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2026-05-04T08:30:00+02:00", "dateModified": "2026-05-05",
    "author": [{"@type": "Person", "name": "Ada Quill"}], "image": [{"url": "/a.jpg", "caption": "The pier in 2019"}],
    "publisher": {"name": "The Gazette"}, "isAccessibleForFree": False, "keywords": ["pier", "storm"],
}  # fmt: skip

Shape = tuple[str, str]  # HTML, and the text that it prints: lines parted where the page parts them
texts = st.sampled_from(LINES) | st.lists(
    st.sampled_from(["pier", "Saltmouth", "the", "storm", "Ada", "said.", "кіт", "סערה", "&", "<p>", "12:40", "…"]), min_size=1, max_size=14
).map(" ".join)  # fmt: skip


def named(tag: str, shape: Shape, name: str) -> Shape:
    attributes = f' class="{name}"' if name else ""
    return f"<{tag}{attributes}>{shape[0]}</{tag}>", shape[1]


def line_of(shape: Shape) -> Shape:
    """Set a shape on lines of its own."""
    return shape[0], f"\n{shape[1]}\n"


def joined(shapes: list[Shape], between: str = "") -> Shape:
    return between.join(html for html, _ in shapes), between.join(text for _, text in shapes)


plain = texts.map(lambda text: (escape(text), text))
space = st.sampled_from([" ", "", "\n"]).map(lambda s: (s, s))
breaks = st.sampled_from([("<br>", "\n"), ("<br/><br>", "\n")])
styled = st.builds(
    named, st.sampled_from(["b", "em", "span", "strong", "time", "x-tag", "small"]), plain, st.sampled_from(NAMES)
)
links = plain.map(lambda shape: (f'<a href="/story">{shape[0]}</a>', shape[1]))
silent = st.sampled_from(
    [("<script>var a = 'never'</script>", ""), ("<style>.never{}</style>", ""), ("<!-- never -->", "")]
)
inline = st.lists(plain | styled | links | space | breaks | silent, min_size=1, max_size=5).map(joined)
flow = st.builds(
    named,
    st.sampled_from(["p", "h2", "h3", "div", "li", "pre", "button", "figcaption"]),
    inline,
    st.sampled_from(NAMES),
).map(line_of)
pictures = st.builds(
    lambda alt, caption: (f'<figure><img src="/a.jpg" alt="{escape(alt)}"><figcaption>{caption[0]}</figcaption></figure>', f"\n{caption[1]}\n"),
    texts, inline,
)  # fmt: skip
tables = st.lists(inline, min_size=1, max_size=3).map(
    lambda cells: (
        "<table><tr>" + "".join(f"<td>{h}</td>" for h, _ in cells) + "</tr></table>",
        "\n" + "\n".join(t for _, t in cells) + "\n",
    )
)
boxes = st.recursive(
    flow | pictures | tables,
    lambda inner: st.builds(
        named, st.sampled_from(["div", "aside", "section", "blockquote", "ul", "form", "header", "nav", "footer"]),
        st.lists(inner, min_size=1, max_size=3).map(joined), st.sampled_from(NAMES),
    ).map(line_of),
    max_leaves=6,
)  # fmt: skip


@st.composite
def contents(draw: st.DrawFn) -> Shape:
    """Draw what stands in an article: the story's paragraphs, and between them anything."""
    shapes: list[Shape] = [(paragraphs(STORY[0]), f"{STORY[0]}\n")]
    for text in STORY[1:]:
        shapes += draw(st.lists(boxes, max_size=1))
        shapes.append((paragraphs(text), f"\n{text}\n"))
    return joined(shapes)


def after(found: list[str], opening: list[str]) -> list[str]:
    """Return the words from the first place on where the opening words stand."""
    return next(found[i:] for i in range(len(found)) if found[i : i + len(opening)] == opening)


@given(contents())
@thorough
def test_every_word_between_the_first_paragraph_and_the_last_is_in_a_block_once_and_in_order(content: Shape) -> None:
    html, text = content
    article = read(page(html))
    placed = text.split()
    assert after(whole(article.blocks), STORY[0].split())[: len(placed)] == placed
    assert has_story(article)


@given(
    st.lists(flow | pictures | tables, max_size=4).map(joined),
    st.lists(flow | pictures | tables, max_size=4).map(joined),
)
@quick
def test_what_stands_around_the_story_in_its_article_is_in_a_block_too(above: Shape, below: Shape) -> None:
    article = read(page(above[0] + paragraphs(*STORY) + below[0]))
    assert whole(article.blocks) == [*words([HEADLINE, above[1]]), *words(STORY), *below[1].split()]


@given(contents())
@quick
def test_body_fields_and_removed_partition_the_blocks_by_label(content: Shape) -> None:
    article = read(page(content[0]))
    told = {label: [b for b in article.blocks if b.label is label] for label in Label}
    body, fields = ([b for label in labels for b in told[label]] for labels in (BODY_LABELS, FIELD_LABELS))
    assert len(body) + len(fields) + len(article.removed) == len(article.blocks)
    assert not {b.label for b in article.removed} & (BODY_LABELS | FIELD_LABELS)
    assert words([article.body]) == whole(b for b in article.blocks if b.label in BODY_LABELS)
    assert not BODY_LABELS & FIELD_LABELS


@given(contents())
@quick
def test_an_article_and_its_json_form_say_the_same(content: Shape) -> None:
    article = read(page(content[0], data=DATA), sites=True)
    assert Article.from_dict(article.as_dict()) == article
    assert Article.from_dict(json.loads(json.dumps(article.as_dict(), allow_nan=False))) == article
    form, rows = json.loads(json.dumps([article.as_dict(blocks=False), [block.row for block in article.blocks]]))
    assert Article.from_dict(form, map(Block.of_row, rows)) == article


@given(contents())
@quick
def test_a_page_reads_the_same_as_bytes_as_text_and_twice(content: Shape) -> None:
    html = page(content[0])
    assert read(html) == read(html.encode()) == read(html)


@given(st.data())
@quick
def test_cleaned_text_keeps_every_line(data: st.DataObject) -> None:
    lines = data.draw(st.lists(texts | st.sampled_from(STORY) | st.just(""), min_size=1, max_size=14))
    text = data.draw(st.sampled_from(["\n", "\n\n", "\r\n", "\n \n"])).join(lines)
    assume(text.strip())
    article = clean(text)
    assert whole(article.blocks) == text.split()
    assert Article.from_dict(json.loads(json.dumps(article.as_dict()))) == article


@given(st.text())
@thorough
def test_any_text_is_cleaned_without_a_loss(text: str) -> None:
    try:
        article = clean(text)
    except UnsupportedContentError:
        assert not scrub(text).strip()
        return
    assert whole(article.blocks) == scrub(text).split()


def ends_as_said(html: bytes | str) -> None:
    """Read a page that may be anything: an article that a store can hold, or an error that says what is wrong."""
    try:
        article = read(html)
        told = article.body
        json.dumps(article.as_dict(), ensure_ascii=False, allow_nan=False).encode()
    except ExtractionError as error:
        told = str(error)
    assert told


@given(st.binary())
@thorough
def test_any_bytes(data: bytes) -> None:
    ends_as_said(data)


@given(st.text())
@thorough
def test_any_text_as_a_page(text: str) -> None:
    ends_as_said(text)


PARTS = st.sampled_from([*STORY, *STORIES["he"], *LINES, "<p>", "</p>", "<div>", "</div>", "<br>", "<table><td>", "<article>", "</article>",
    "<a href='http://[bad'>", "<h1>", "<img src='http://[bad' alt=x>", "<b><i></b></i>", "<![CDATA[", "<!--", "-->", "<svg><p>", "<template>", "\0",
    "\ud800", "&#0;", "&#xD800;", "<script>", "</script>", "<plaintext>", "<select><option>x", "<math><mi>", "<noscript>",
    '<script type="application/ld+json">{"@type": ["NewsArticle", 7], "author": [[], {"name": {}}], "headline": {"a": 1}}</script>',
    '<script type="application/ld+json">{"@type": "NewsArticle", "image": "x", "datePublished": 12, "articleBody": []}</script>',
    '<meta property="article:published_time" content="0000-99-99T99:99">', '<link rel="canonical" href="http://[bad">',
    '<base href="http://[bad">', '<time datetime="99999-01-01">', '<meta charset="utf-7">', '<html lang="xx-\ud800">', '<body hidden>',
])  # fmt: skip


@given(st.lists(PARTS, max_size=40).map("".join))
@thorough
def test_any_soup_of_markup(html: str) -> None:
    ends_as_said(html)
    ends_as_said(html.encode("utf-8", "surrogatepass"))


RECORDED = st.sampled_from([specimen.html for specimen in recorded_pages(CASSETTES)])


@given(RECORDED, RECORDED, st.floats(0, 1), st.floats(0, 1))
@thorough
def test_any_page_that_goes_on_as_another(one: bytes, other: bytes, end: float, start: float) -> None:
    ends_as_said(one[: int(end * len(one))] + other[int(start * len(other)) :])


@pytest.mark.parametrize(
    "url", ["", "x", "https://www.gazette.example:99999/a", "mailto:a@b", "//", "http://ש.example/א"]
)
def test_any_address(url: str) -> None:
    html = page(paragraphs(*STORY) + '<p><img src="a.jpg" alt="The pier"></p>', head='<link rel="canonical" href="/a">')
    assert has_story(extract(html, url))

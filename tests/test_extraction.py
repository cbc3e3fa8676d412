"""Pages of every shape at the door: the story is read whole, in order, and what stands around it is told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from extractors import Article, ExtractionError, Hints, Label, MissingFieldError, clean, extract
from tests.gazette import (
    HEADLINE,
    STORIES,
    STORY,
    STORY_HE,
    STORY_JA,
    URL,
    has_story,
    in_body,
    labels_of,
    page,
    paragraphs,
    read,
    read_story,
    words,
)

CARD = (
    '<div class="card"><h3><a href="/story-{0}">Gull Point story number {0} of the winter</a></h3><p>The town at the other side of the'
    " bay, number {0}, was told by its harbour master that the lamps will stay on all night.</p><p>Another paragraph of teaser {0}"
    " tells what happened on the quay in a few more words than anybody needs.</p></div>"
)
CARDS = "".join(CARD.format(i) for i in range(14))

SHAPES = {
    "paragraphs": paragraphs(*STORY),
    "each in a div": "".join(f"<div>{text}</div>" for text in STORY),
    "each in divs and a span": "".join(f'<div class="x1"><div><span>{text}</span></div></div>' for text in STORY),
    "each in a section": "".join(f"<section><p>{text}</p></section>" for text in STORY),
    "bare text with breaks": "<br><br>".join(STORY),
    "a div with breaks": f"<div>{'<br /> <br />'.join(STORY)}</div>",
    "two containers around an advertisement": (
        f'<div class="copy">{paragraphs(*STORY[:4])}</div><div class="ad-slot"><p>Advertisement</p><p>Boats of Gull Point, new and used,'
        f' at the old ropewalk.</p></div><div class="copy">{paragraphs(*STORY[4:])}</div>'
    ),
    "two unlike containers": f'<div class="top">{paragraphs(*STORY[:4])}</div><hr><div class="rest">{paragraphs(*STORY[4:])}</div>',
    "inside a table": f"<table><tr><td>{paragraphs(*STORY)}</td></tr></table>",
    "inside a form": f'<form action="/aspx">{paragraphs(*STORY)}</form>',
    "with scripts and comments": "".join(f"<p>{text}</p><script>var never = 1</script><!-- never -->" for text in STORY),
    "with empty paragraphs": "".join(f"<p>{text}</p><p>&nbsp;</p><p></p>" for text in STORY),
    "with unclosed paragraphs": "".join(f"<p>{text}" for text in STORY),
    "in capitals of tags": paragraphs(*STORY).replace("<p>", "<P CLASS=a>").replace("</p>", "</P>"),
}  # fmt: skip


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_shapes_of_markup(content: str) -> None:
    article = read(page(content))
    assert has_story(article)
    assert len(article.body.split("\n\n")) == len(STORY)
    assert article.headline == HEADLINE
    assert article.template == "generic"


def test_single_breaks_part_lines_and_lose_no_word() -> None:
    article = read(page("<div>" + "<br>".join(STORY) + "</div>"))
    assert article.body.split("\n") == list(STORY)


@pytest.mark.parametrize("language", STORIES)
def test_scripts_and_languages(language: str) -> None:
    article = read_story(language=language)
    assert has_story(article, language)
    assert article.language == language


def test_right_to_left_text_is_kept_in_its_order() -> None:
    html = page(
        "".join(f'<p dir="rtl"><bdi>{t}</bdi>&rlm;</p>' for t in STORY_HE),
        headline="המזח הישן קרס בסערה",
        language="he",
    )
    article = read(html)
    assert [p.strip("\u200f") for p in article.body.split("\n\n")] == list(STORY_HE)
    assert article.headline == "המזח הישן קרס בסערה"


def test_text_without_spaces() -> None:
    note = "関連記事"
    article = read(page(paragraphs(*STORY_JA[:2], note, *STORY_JA[2:]), headline="古い桟橋が嵐で崩れる", language="ja"))
    assert has_story(article, "ja")
    assert labels_of(article, note) == {Label.RELATED}


def test_teasers_that_outnumber_the_story_stay_out() -> None:
    for around in (
        ("<article>", f'</article><section class="more">{CARDS}</section>'),
        ("<article>", f'<section class="more">{CARDS}</section></article>'),
        ("<div>", f"</div><div>{CARDS}</div>"),
        (f"<div>{CARDS}</div><div>", "</div>"),
    ):
        article = read(page(paragraphs(*STORY), around=around))
        assert article.body == "\n\n".join(STORY)


def test_several_articles_on_a_page() -> None:
    other = '<article><h2><a href="/{0}">Gull Point gets lamp {0}</a></h2><p>Lamp {0} at Gull Point will be lit on Friday, the keeper said.</p></article>'
    above, below = other.format(1), "".join(other.format(i) for i in range(2, 8))
    article = read(page(paragraphs(*STORY), around=(f"<main>{above}<article>", f"</article>{below}</main>")))
    assert article.body == "\n\n".join(STORY)
    assert article.headline == HEADLINE


def test_tables_lists_quotes_and_crossheads_stay_in_the_body() -> None:
    article = read_story(
        "<h2>What stood here</h2><table><tr><th>Year</th><th>Length</th></tr><tr><td>1871</td><td>212 m</td></tr></table>"
        "<ul><li>a bandstand</li><li>a café, closed in winter</li></ul><ol><li>Close the gate.</li></ol>"
        "<blockquote><p>It was the only place from which the town looked small.</p></blockquote><h3>GOING, GOING, GONE</h3>"
    )
    labels = {
        "What stood here": Label.CROSSHEAD,
        "Year": Label.TABLE,
        "212 m": Label.TABLE,
        "a bandstand": Label.LIST,
        "a café, closed in winter": Label.LIST,
        "Close the gate.": Label.LIST,
        "It was the only place from which the town looked small.": Label.QUOTE,
        "GOING, GOING, GONE": Label.CROSSHEAD,
    }
    assert {text: labels_of(article, text) for text in labels} == {text: {label} for text, label in labels.items()}
    assert all(text in article.body for text in labels)
    assert has_story(article)
    assert article.removed == ()


def test_inline_markup_leaves_words_and_spaces_as_they_stand() -> None:
    html = (
        "<p>The <b>old</b>pier, <em>built</em> by <a href='/x'>sail<wbr>makers</a>&nbsp;in\n <span>18</span>71, fell on a"
        " <strong>Sun</strong>day&shy; night, the har<!-- -->bour master said.</p>"
    )
    text = "The oldpier, built by sailmakers in 1871, fell on a Sunday night, the harbour master said."
    assert in_body(read(page(html + paragraphs(*STORY))), text)


def test_an_empty_clock_inside_a_sentence_takes_no_space_with_it() -> None:
    html = "<p>The boats came in at six <time class='date'></time> in the morning, all nine of them, the harbour master said.</p>"
    text = "The boats came in at six in the morning, all nine of them, the harbour master said."
    assert in_body(read(page(html + paragraphs(*STORY))), text)


@pytest.mark.parametrize(
    "span",
    [
        '<span class="visually-hidden">, opens new tab</span>',
        '<span class="sr-only">, opens new tab</span>',
        '<a href="/x"><span class="screen-reader-text">, opens new tab</span></a>',
        '<span hidden class="hidden">, opens new tab</span>',
    ],
)
def test_a_hidden_remark_inside_a_sentence_goes_and_the_sentence_stays(span: str) -> None:
    article = read(page(paragraphs(*STORY).replace("boatyard", f"boatyard{span}")))
    assert has_story(article)
    assert [block.text for block in article.removed] == [", opens new tab"]


@pytest.mark.parametrize(
    "words",
    [
        '<a class="player-link" href="/sailors/7">boatyard</a>',
        '<a class="ad-link" href="/shop/7">boatyard</a>',
        '<a class="newsletter-link" href="/7">boatyard</a>',
        '<a class="tag-related" href="/7">boatyard</a>',
    ],
)
@pytest.mark.parametrize("place", range(len(STORY)))
def test_words_of_a_sentence_stay_whatever_the_class_of_their_link(words: str, place: int) -> None:
    text = f"Nobody in the harbour had thought of the boatyard, and on Friday the insurers did. {STORY[place]}"
    story = [*STORY[:place], text, *STORY[place + 1 :]]
    article = read(page(paragraphs(*story).replace("the boatyard, and", f"the {words}, and")))
    assert article.body == "\n\n".join(story)
    at_the_end = [*story, "The oldest of the boats that the storm left whole is kept at the boatyard."]
    article = read(page(paragraphs(*at_the_end).replace("at the boatyard.", f"at the {words}.")))
    assert article.body.endswith("is kept at the boatyard.")


def test_a_class_that_names_a_dateline_does_not_cost_it() -> None:
    article = read(page(paragraphs(*STORY).replace("<p>", '<p><span class="dateline">HULL —</span> ', 1)))
    assert article.dateline == "HULL"
    assert in_body(article, f"HULL — {STORY[0]}")


def test_a_first_paragraph_that_repeats_the_description_stays() -> None:
    article = read(page(paragraphs(*STORY), head=f'<meta name="description" content="{STORY[0]}">'))
    assert has_story(article)


def test_a_standfirst_of_its_own_is_a_field_and_not_body() -> None:
    standfirst = "The council was warned six years ago, and the money went to the sea wall"
    for head in (f'<meta property="og:description" content="{standfirst}">', ""):
        article = read(page(f'<p class="standfirst">{standfirst}</p>{paragraphs(*STORY)}', head=head))
        assert article.standfirst == standfirst
        assert labels_of(article, standfirst) == {Label.STANDFIRST}
        assert article.body == "\n\n".join(STORY)


def test_a_paragraph_printed_twice_is_read_once() -> None:
    article = read(page(paragraphs(*STORY, STORY[2], STORY[0])))
    assert article.body == "\n\n".join(STORY)
    assert [block.text for block in article.removed] == [STORY[2], STORY[0]]


def test_short_lines_that_recur_are_story() -> None:
    article = read_story(paragraphs("He lied.", "She waited.", "He lied."))
    assert article.body.count("He lied.") == 2


@pytest.mark.parametrize(
    "texts",
    [
        ("The old pier of Saltmouth went down in the storm on Sunday night. Nobody was hurt, the harbour master said.",),
        ("The old pier of Saltmouth went down in the storm on Sunday night.", "Nobody was hurt, the harbour master said on Monday."),
    ],
)  # fmt: skip
def test_an_item_of_two_sentences(texts: tuple[str, ...]) -> None:
    assert read(page(paragraphs(*texts))).body == "\n\n".join(texts)


def test_a_headline_byline_and_clock_inside_the_article_are_fields() -> None:
    article = read(page(f'<p class="byline">By Ada Quill</p><p class="date">5 May 2026, 14:20</p>{paragraphs(*STORY)}'))
    assert labels_of(article, HEADLINE) == {Label.HEADLINE}
    assert labels_of(article, "By Ada Quill") == {Label.BYLINE}
    assert labels_of(article, "5 May 2026, 14:20") == {Label.TIMESTAMP}
    assert article.body == "\n\n".join(STORY)


def test_the_sites_own_frame_is_no_part_of_the_story() -> None:
    printed = words(b.text for b in read_story().blocks)
    assert "Imprint" not in printed
    assert "Weather" not in printed


def test_a_page_without_prose() -> None:
    with pytest.raises(MissingFieldError, match="no body"):
        read('<html lang="en"><body><article><h1>The pier in pictures</h1><img src="a.jpg"></article></body></html>')


def test_a_page_without_a_headline_is_an_article_with_a_warning() -> None:
    article = read(page(paragraphs(*STORY), headline=None))
    assert has_story(article)
    assert article.headline is None
    assert article.warnings == ("no headline",)


def test_what_the_feed_knew_fills_what_the_page_does_not_say() -> None:
    when = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
    hints = Hints(headline=HEADLINE, published=when)
    article = read(page(paragraphs(*STORY), headline=None), hints=hints)
    assert (article.headline, article.published) == (HEADLINE, when)
    assert article.sources["headline"] == article.sources["published"] == "listing"
    never = read(page(paragraphs(*STORY), headline=None), hints=replace(hints, published=when.replace(year=9999)))
    assert (never.published, never.sources.get("published")) == (None, None)
    other = read(page(paragraphs(*STORY), headline="Harbour master counts the piles that are left"), hints=hints)
    assert other.headline == "Harbour master counts the piles that are left"


@pytest.mark.parametrize(("told", "headline"), [("Pier\u202e \ud800ope\0ns\n", "Pier \ufffdopens"), (" \0\n", None)])
def test_the_text_of_a_listing_goes_through_the_gate_as_well(told: str, headline: str | None) -> None:
    article = read(page(paragraphs(*STORY), headline=None), hints=Hints(headline=told))
    assert article.headline == headline
    assert ("headline" in article.sources) is (headline is not None)


def test_the_language_that_a_listing_gives_is_a_claim_where_the_page_makes_none() -> None:
    silent = page(paragraphs(*STORY)).replace(' lang="en"', "")
    told = read(silent, hints=Hints(language="en-GB"))
    assert (told.language, told.sources["language"]) == ("en", "listing")
    wrong = read(silent, hints=Hints(language="uk"))
    assert (wrong.language, wrong.sources.get("language")) == ("en", None)
    declared = read(page(paragraphs(*STORY)), hints=Hints(language="en"))
    assert (declared.language, declared.sources.get("language")) == ("en", None)


def test_a_page_dated_after_it_was_fetched_gets_a_warning() -> None:
    html = page(paragraphs(*STORY), head='<meta property="article:published_time" content="2026-05-04T08:30:00Z">')
    assert read(html, fetched_at=datetime(2026, 5, 4, 9, tzinfo=UTC)).warnings == ()
    assert read(html, fetched_at=datetime(2026, 4, 1, tzinfo=UTC)).warnings == ("published after it was fetched",)


def test_bytes_in_the_charset_of_the_header() -> None:
    html = page(paragraphs(*STORY)).replace('<meta charset="utf-8">', "")
    article = extract(html.encode("cp1252"), URL, encoding="windows-1252")
    assert has_story(article)


def test_every_error_is_one_sentence_and_of_one_tree() -> None:
    for html in ("", " ", "<p></p>", '{"a": 1}', "%PDF-1.7", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(ExtractionError) as caught:
            read(html)
        message = str(caught.value)
        assert message
        assert "\n" not in message
        assert len(message) < 200


def test_an_article_is_frozen() -> None:
    article = read_story()
    assert isinstance(article, Article)
    with pytest.raises(AttributeError):
        article.headline = "x"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        article.blocks[0].text = "x"  # type: ignore[misc]


def test_an_article_can_be_put_into_a_set() -> None:
    assert len({read_story(), read_story()}) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"html": memoryview(b"<p>")}, "html must be bytes or str, not memoryview"),
        ({"html": Path("page.html")}, "html must be bytes or str, not "),
        ({"url": None}, "url must be str, not NoneType"),
        ({"fetched_at": "2026-05-04"}, "fetched_at must be datetime or None, not str"),
        ({"fetched_at": date(2026, 5, 4)}, "fetched_at must be datetime or None, not date"),
        ({"hints": {"headline": "Pier opens"}}, "hints must be Hints or None, not dict"),
        ({"hints": Hints(published="2026-05-04")}, "hints.published must be date or None, not str"),  # type: ignore[arg-type]
    ],
)
def test_an_argument_of_another_type_is_told_by_its_name(arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError, match=rf"^{told}"):
        extract(**{"html": page(paragraphs(*STORY)), "url": URL} | arguments)


def test_the_address_of_a_line_of_a_file_goes_through_the_gate_as_well() -> None:
    for told in (read(page(paragraphs(*STORY)), url=f" {URL}\udc80\0\n"), clean(STORY[0], url=f"{URL}\udc80\n")):
        assert told.url == f"{URL}\ufffd"


def test_text_is_no_bytes() -> None:
    with pytest.raises(TypeError, match=r"^text must be str, not bytes"):
        clean(b"The pier is open.")  # type: ignore[arg-type]

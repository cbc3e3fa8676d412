"""Pages whose markup has no story: it stands in the data of their scripts, or in their JSON-LD, and is read from there."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote

import pytest

from extractors import ExtractionError, Label, MissingFieldError, NotArticleError
from extractors.engine.data.references import resolved
from tests.broadsheet import TEASERS, sheet
from tests.gazette import HEADLINE, STORY, URL, labels_of, page, paragraphs, read

TYPED = '<meta property="og:type" content="article">'
OTHERS = [
    {"id": n, "headline": title, "summary": text, "url": f"/2026/05/{n}"} for n, (title, text) in enumerate(TEASERS)
]
PHRASES = {
    f"paywall.line{n}": f"Line {n} of what the paper says to those who have not paid for it yet, {n} times over."
    for n in range(60)
}
HTML = "".join(f"<p>{escape(text)}</p>" for text in STORY)


def rich(text: str) -> list[dict[str, Any]]:
    """Return a paragraph as runs: its second word is a link, the third is bold."""
    first, second, third, rest = text.split(" ", 3)
    return [
        {"type": "text", "text": f"{first} "},
        {"type": "link", "url": "/x", "content": [{"type": "text", "text": second}]},
        {"type": "text", "text": f" {third}", "marks": [{"type": "bold"}]},
        {"type": "text", "text": f" {rest}"},
    ]


def spanned(text: str) -> list[dict[str, Any]]:
    first, rest = text.split(" ", 1)
    return [{"_type": "span", "text": first, "marks": ["strong"]}, {"_type": "span", "text": f" {rest}", "marks": []}]


BODIES: dict[str, Any] = {
    "one string of markup": {"body": HTML},
    "one string of escaped markup": {"body": escape(HTML)},
    "one string of lines": {"text": "\n\n".join(STORY)},
    "a list of strings": {"paragraphs": list(STORY)},
    "a list of markup": {"content": [f"<p>{escape(text)}</p>" for text in STORY]},
    "elements": {"content_elements": [{"_id": f"X{n}", "type": "text", "additional_properties": {"comments": []}, "content": escape(text)} for n, text in enumerate(STORY)]},
    "editor blocks": {"body": {"time": 1, "blocks": [{"id": f"b{n}", "type": "paragraph", "data": {"text": escape(text)}} for n, text in enumerate(STORY)]}},
    "draft blocks": {"body": {"blocks": [{"key": f"k{n}", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": []} for n, text in enumerate(STORY)], "entityMap": {}}},
    "portable text": {"body": [{"_key": f"k{n}", "_type": "block", "style": "normal", "children": spanned(text)} for n, text in enumerate(STORY)]},
    "a document of nodes": {"body": {"type": "doc", "content": [{"type": "paragraph", "attrs": {"textAlign": None}, "content": rich(text)} for text in STORY]}},
    "a rich text of nodes": {"body": {"json": {"nodeType": "document", "data": {}, "content": [{"nodeType": "paragraph", "data": {}, "content": [{"nodeType": "text", "value": text, "marks": []}]} for text in STORY]}}},
    "nodes with children": {"body": [{"type": "p", "children": [{"text": text}]} for text in STORY]},
    "named elements": {"body": {"tag": "body", "children": [{"tag": "p", "children": [text]} for text in STORY]}},
    "JSON in a string": {"body": json.dumps({"blocks": [{"type": "paragraph", "text": text} for text in STORY]})},
    "JSON in a string as in an address": {"body": quote(json.dumps({"blocks": [{"type": "paragraph", "text": text} for text in STORY]}))},
}  # fmt: skip


def state(body: dict[str, Any]) -> dict[str, Any]:
    """Return what a front end of today sends along: the story deep inside, other stories, phrases and settings."""
    return {
        "props": {"pageProps": {"article": {"id": 4711, "headline": HEADLINE, "authors": [{"name": "Ada Quill", "bio": "Ada Quill writes about boats, harbours and the people who mend both of them."}], **body, "related": OTHERS}}},
        "messages": PHRASES,
        "navigation": [{"title": "Coast", "url": "/coast", "description": "All that happens between the quay and the lighthouse, day by day and hour by hour."}],
        "latest": OTHERS * 3,
    }  # fmt: skip


def shell(script: str, *, head: str = TYPED, content: str = '<div id="__next"></div>') -> str:
    """Return a page that a script fills in: no heading, no story, the site's frame around an empty element."""
    return sheet(f"{content}<noscript>Please switch on JavaScript.</noscript>{script}", head=head, heading=False)


def safe(value: Any) -> str:
    """Return a value as JSON that may stand in a script."""
    return json.dumps(value).replace("<", "\\u003c")


def next_data(value: Any) -> str:
    return f'<script id="__NEXT_DATA__" type="application/json">{safe(value)}</script>'


@pytest.mark.parametrize("shape", BODIES)
def test_a_story_in_the_data_of_a_script(shape: str) -> None:
    article = read(shell(next_data(state(BODIES[shape]))))
    assert article.body == "\n\n".join(STORY)
    assert article.headline == HEADLINE
    assert article.sources["body"] == "script"


JSON = safe(state(BODIES["elements"]))
QUOTED = JSON.replace("\\", "\\\\").replace("'", "\\'")
ESCAPED = re.sub(r"[&\"'<>]", lambda mark: dict(zip("&\"'<>", ("&a;", "&q;", "&s;", "&l;", "&g;"), strict=True))[mark[0]], json.dumps(state(BODIES["elements"])))  # fmt: skip
TITLE = ["$", "h1", None, {"className": "title", "children": HEADLINE}]
ELEMENTS = ["$", "main", None, {"children": [TITLE, *(["$", "p", None, {"children": text}] for text in STORY)]}]
ROWS = [f"7:{json.dumps(ELEMENTS)}\n", '8:["$","title",null,{"children":"The Gazette"}]\n']
TEXT_ROW = f"9:{json.dumps(TITLE)}\na:T{len(HTML.encode()):x},{HTML}"
SCRIPTS = {
    "application/json": f'<script type="application/json" data-state="1">{JSON}</script>',
    "in a comment": f'<script type="application/json"><!--{JSON}--></script>',
    "a variable of the window": f"<script>window.__INITIAL_STATE__ = {JSON};</script>",
    "among other statements": f'<script>(function(){{window.App=window.App||{{}};App.site="gazette";App.content={JSON};App.late=true}})();</script>',
    "parsed from a string": f"<script>window.__PRELOADED_STATE__ = JSON.parse({safe(JSON)});</script>",
    "parsed from a single-quoted string": f"<script>window.__data = JSON.parse('{QUOTED}');</script>",
    "arguments of a function": f'<script>window.__NUXT__=(function(a,b,c){{return {{data:[{{title:a,body:b}}],error:c}}}}("{HEADLINE}",{safe(HTML)},null));</script>',
    "escaped as Angular does": f'<script id="serverApp-state" type="application/json">{ESCAPED}</script>',
    "pushed to a list": f'<script>(window["__DATA"] = window["__DATA"] || []).push({JSON});</script>',
    "rows of a stream": "".join(f"<script>self.__next_f.push([1,{safe(row)}])</script>" for row in ROWS),
    "a text row of a stream": f"<script>self.__next_f.push([1,{safe(TEXT_ROW)}])</script>",
}  # fmt: skip


def table(value: Any, *, names: bool) -> list[Any]:
    """Return a value as the table that some front ends send: objects and lists hold the places of their values."""
    rows: list[Any] = []

    def put(item: Any) -> int:
        at = len(rows)
        rows.append(item)
        if isinstance(item, dict):
            rows[at] = {f"_{put(name)}" if names else name: put(inner) for name, inner in item.items()}
        elif isinstance(item, list):
            rows[at] = [put(inner) for inner in item]
        return at

    put(value)
    return rows


TOLD = {"title": HEADLINE, "author": {"name": "Ada Quill"}, "publishedAt": "2026-05-04T06:30:00Z"}
NUXT = [["Reactive", 1], *({k: v + 1 for k, v in row.items()} if isinstance(row, dict) else [v + 1 for v in row] if isinstance(row, list) else row for row in table({"latest": OTHERS, "data": {"a": TOLD | BODIES["portable text"]}}, names=False))]  # fmt: skip
STREAM = json.dumps(table({"state": {"latest": OTHERS, "story": TOLD | BODIES["one string of markup"]}}, names=True))
TABLES = {
    "of Nuxt": f'<script type="application/json" id="__NUXT_DATA__">{safe(NUXT)}</script>',
    "of Remix": f"<script>window.__reactRouterContext.streamController.enqueue({safe(STREAM)});</script>",
}


@pytest.mark.parametrize("script", TABLES.values(), ids=TABLES)
def test_a_table_whose_objects_hold_the_places_of_their_values(script: str) -> None:
    article = read(shell(script))
    assert article.body == "\n\n".join(STORY)
    assert (article.authors, str(article.published)) == (("Ada Quill",), "2026-05-04 06:30:00+00:00")


def test_a_table_that_names_a_place_again_and_again_does_not_grow() -> None:
    rows: list[Any] = [{"a": n + 1, "b": n + 1, "c": n + 1} for n in range(40)] + [[0, 1], "the end"]
    assert len(json.dumps(resolved(rows))) < 2 * len(json.dumps(rows))
    assert resolved([[1, 99, -1], "a", "b", "c", "d", "e"]) == ["a", None, None]


FILE, SHOWN, WHOSE = "https://cdn.gazette.example/2026/pier.jpg", "The pier at low tide on Monday", "Petra Vane"
PICTURES: dict[str, Any] = {
    "an object": ({"heroImage": {"url": FILE, "title": "pier", "description": SHOWN, "credit": WHOSE}}, None),
    "credits in objects": ({}, {"type": "image", "url": FILE, "caption": SHOWN, "credits": {"by": [{"name": WHOSE}]}}),
    "a file without a suffix": ({}, {"nodeType": "embedded-asset-block", "data": {"target": {"fields": {"title": "pier", "description": f"{SHOWN}. Photo: {WHOSE}", "file": {"url": FILE, "contentType": "image/jpeg"}}}}, "content": []}),
    "an asset": ({"mainImage": {"_type": "image", "asset": {"url": FILE}, "caption": SHOWN, "credit": WHOSE}}, None),
    "a node": ({"featuredImage": {"node": {"sourceUrl": FILE, "caption": f"<p>{SHOWN}. Photo: {WHOSE}</p>"}}}, None),
    "keys of one name": ({"image": FILE, "imageCaption": SHOWN, "imageCredit": WHOSE}, None),
}  # fmt: skip


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_that_a_script_tells(picture: str) -> None:
    beside, inside = PICTURES[picture]
    body: list[Any] = [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in STORY]
    if inside:
        body.insert(2, inside)
    related = [other | {"image": {"url": f"/{n}.jpg", "caption": "Of another story"}} for n, other in enumerate(OTHERS)]
    article = read(shell(next_data({"story": {"headline": HEADLINE, **beside, "body": body}, "related": related})))
    assert article.body == "\n\n".join(STORY)
    assert [(p.url, (p.caption or "").removesuffix("."), p.credit) for p in article.images] == [(FILE, SHOWN, WHOSE)]


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_the_scripts_that_hold_it(script: str) -> None:
    assert read(shell(script)).body == "\n\n".join(STORY)


def test_closing_tags_that_an_editor_keeps_in_braces_are_markup() -> None:
    body = "".join(f"<p>{escape(text)}{{/p}}" for text in STORY) + "{/embed}{/p}{/p}"
    article = read(shell(f'<script type="application/json">{json.dumps(state({"richText": body}))}</script>'))
    assert article.body == "\n\n".join(STORY)


def test_a_standfirst_beside_the_story_in_a_script_is_read_by_its_key() -> None:
    lines = ("Six years of warnings went unheard in town", "The council meets on Thursday in the old hall")
    told = state({"subTitle": "<br>".join(lines), "body": HTML})
    script = f'<script>(window["__DATA"] = window["__DATA"] || []).push({safe(told)});</script>'
    article = read(shell(script))
    assert article.standfirst == " ".join(lines)
    assert article.body == "\n\n".join(STORY)


WRITERS: list[Any] = [
    {"author": "Ada Quill"},
    {"byline": "By Ada Quill, Gazette staff writer"},
    {"authors": [{"sys": {"id": "7"}, "fields": {"name": "Ada Quill", "slug": "ada-quill"}}]},
    {"authors": {"data": [{"id": 7, "attributes": {"displayName": "Ada Quill"}}]}},
    {"authors": None, "authorsCollection": {"items": [{"name": "Ada Quill", "slug": "ada-quill"}]}},
    {"authors": None, "credits": {"by": [{"type": "author", "name": "Ada Quill", "org": "The Gazette"}]}},
    {"authors": None, "_embedded": {"author": [{"id": 3, "name": "Ada Quill"}]}},
]


DAY = "2026-05-04T06:30:00Z"
LATER = "2026-06-01T08:00:00Z"
DAYS: list[Any] = [
    {"displayDate": DAY, "sys": {"firstPublishedAt": LATER, "publishedAt": LATER}},
    {"sys": {"publishedAt": LATER, "firstPublishedAt": DAY}},
    {"date": DAY, "modified": LATER},
    {"frontmatter": {"date": DAY}},
]


@pytest.mark.parametrize("told", DAYS)
def test_which_of_a_scripts_days_is_that_of_publication(told: dict[str, Any]) -> None:
    assert str(read(shell(next_data(state({"body": HTML} | told)))).published) == "2026-05-04 06:30:00+00:00"


def test_a_day_in_the_object_around_the_story_and_none_of_other_stories() -> None:
    story = {"content": {"title": HEADLINE, "author": "Ada Quill", "body": HTML}}
    article = read(shell(next_data({"story": story | {"first_published_at": DAY}, "latest": OTHERS})))
    assert (article.authors, str(article.published)) == (("Ada Quill",), "2026-05-04 06:30:00+00:00")
    assert "1 May" in shell("")
    assert read(shell(next_data({"story": story, "latest": OTHERS}))).published is None


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("date", ["publishedAt", "publish_date"])
def test_author_and_date_beside_the_story_in_a_script(writer: dict[str, Any], date: str) -> None:
    article = read(shell(next_data(state({"body": HTML, date: "2026-05-04T06:30:00Z"} | writer))))
    assert (article.authors, str(article.published)) == (("Ada Quill",), "2026-05-04 06:30:00+00:00")
    assert (article.sources["authors"], article.sources["published"]) == ("script", "script")


def test_headings_lists_quotes_and_pictures_inside() -> None:
    blocks = [
        {"type": "paragraph", "text": STORY[0]},
        {"type": "heading", "level": 2, "text": "What stood here"},
        {"type": "image", "url": "/pier.jpg", "caption": "The pier in 2019, with all its lamps.", "credit": "Ada Quill"},
        {"type": "list", "items": [{"type": "list-item", "text": "a bandstand"}, {"type": "list-item", "text": "a café, closed in winter"}]},
        {"type": "quote", "text": "It was the only place from which the town looked small."},
        *({"type": "paragraph", "text": text} for text in STORY[1:]),
        {"type": "newsletter", "text": "Get the morning's stories by email, free of charge, at six o'clock."},
    ]  # fmt: skip
    article = read(shell(next_data(state({"blocks": blocks}))))
    labels = {
        "What stood here": Label.CROSSHEAD,
        "a bandstand": Label.LIST,
        "It was the only place from which the town looked small.": Label.QUOTE,
        "The pier in 2019, with all its lamps.": Label.CAPTION,
    }
    assert {text: labels_of(article, text) for text in labels} == {text: {label} for text, label in labels.items()}
    assert [p for p in article.body.split("\n\n") if p in STORY] == list(STORY)
    assert "inbox" not in article.body


IN_DATA: dict[str, str | list[str]] = {
    "paragraphs": "\n\n".join(STORY),
    "a list": list(STORY),
    "lines": "\n".join(STORY),
    "markup": HTML,
    "escaped markup": escape(HTML),
}


@pytest.mark.parametrize("told", IN_DATA.values(), ids=IN_DATA)
def test_the_article_body_of_the_pages_data(told: str | list[str]) -> None:
    data = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2026-05-04", "articleBody": told}
    for content in ('<div id="app"></div>', "<p>Loading the story …</p>"):
        script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
        article = read(sheet(content, head=script))
        assert article.body == "\n\n".join(STORY)
        assert article.sources["body"] == "json-ld articleBody"


def test_a_body_in_one_line_gives_way_to_paragraphs_in_a_script() -> None:
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": " ".join(STORY)}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert read(shell("", head=script)).body == " ".join(STORY)
    assert read(shell(next_data(state(BODIES["a list of strings"])), head=script)).body == "\n\n".join(STORY)


def test_the_markup_counts_where_it_has_the_story() -> None:
    other = [f"{text} Or so the editors wrote before they had been there." for text in STORY]
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "\n".join(other * 3)}
    script = next_data(state({"paragraphs": other * 3}))
    article = read(page(paragraphs(*STORY) + script, data=data, head=TYPED))
    assert article.body == "\n\n".join(STORY)
    assert "body" not in article.sources


def test_a_short_item_is_not_replaced_by_what_a_script_says_of_other_things() -> None:
    item = "The coal quay is closed until Tuesday. Boats land at Gull Point, the harbour office said on Monday."
    for value in ({"messages": PHRASES}, {"latest": OTHERS * 5}, {"comments": [{"text": text} for text in STORY]}):
        article = read(
            sheet(
                f"<article><p>{item}</p></article>{next_data(value)}", headline="Storm closes the coal quay", head=TYPED
            )
        )
        assert article.body == item


def test_a_page_that_says_nowhere_that_it_is_an_article() -> None:
    with pytest.raises((NotArticleError, MissingFieldError)):
        read(f"<html><body><div id='root'></div>{next_data(state({'paragraphs': list(STORY)}))}</body></html>")


def test_a_script_that_tells_the_pages_title_and_a_day_makes_it_an_article() -> None:
    body = [{"type": "paragraph", "html": text} for text in STORY]
    told = {"headline": HEADLINE, "publishedAt": "2026-05-04T06:30:00Z", "body": body}
    found = read(f"<html><head><title>{HEADLINE} | The Gazette</title></head><body><div id='__next'></div>{next_data({'article': told})}</body></html>", url=URL)  # fmt: skip
    assert found.body == "\n\n".join(STORY)
    assert found.published == datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
    with pytest.raises((NotArticleError, MissingFieldError)):
        read(f"<html><head><title>{HEADLINE} | The Gazette</title></head><body><div id='__next'></div>{next_data({'article': told | {'publishedAt': None}})}</body></html>", url=URL)  # fmt: skip


def test_short_items_of_a_list_and_whose_words_a_quotation_is() -> None:
    body: list[dict[str, Any]] = [{"type": "paragraph", "html": text} for text in STORY[:4]]
    body += [{"type": "list", "items": ["38 piles are rusting away.", "14 are gone."]}]
    body += [{"type": "quote", "text": "It was never safe, and we all knew.", "attribution": "Petra Vane, neighbour"}]
    found = read(f"<html><head>{TYPED}<title>{HEADLINE}</title></head><body>{next_data(state({'headline': HEADLINE, 'body': body}))}</body></html>", url=URL)  # fmt: skip
    told = [b.text for b in found.blocks if b.label in (Label.LIST, Label.QUOTE)]
    assert told == ["38 piles are rusting away.", "14 are gone.", "It was never safe, and we all knew.", "Petra Vane, neighbour"]  # fmt: skip


DEEP = "[" * 400 + json.dumps(list(STORY)) + "]" * 400


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/json">{"a": ' * 30,
        f'<script type="application/json">{DEEP}</script>',
        '<script type="application/json">' + "[" * 200_000 + "</script>",
        '<script type="application/json">' + json.dumps([{f"_{'9' * 5000}": 1}, "a", "b", "c", "d", "e"]) + " " * 400 + "</script>",
        f"<script>var story = {{\"a\": {'9' * 5000}}};</script>",
        '<script type="application/json">{"url": "/a.jpg", "credit": ' + '{"a": ' * 300 + "7" + "}" * 300 + "}</script>",
        '<script type="application/json">{"url": "/a.jpg", "credit": ' + '{"a": ' * 900 + "7" + "}" * 900 + "}</script>",
        "<script>" + 'var a = {"b":' * 20_000 + "</script>",
        "<script>" + 'a="\\"' * 50_000 + "</script>",
        "<script>" + "a='\\'" * 50_000 + "</script>",
        '<script>self.__next_f.push([1,"a:Tffffff,x\\nb:[\\"$\\",7]\\nc:{"])</script>' + " " * 400,
        f'<script type="application/json">{json.dumps([["$", "p", None, {"children": [7, None, {"a": 1}]}]] * 90)}</script>',
        f'<script type="application/json">{json.dumps([{"type": ["x"], "text": {"text": 7}, "children": [[[]]]}] * 90)}</script>',
    ],
)  # fmt: skip
def test_scripts_that_are_broken_or_hostile(script: str) -> None:
    with pytest.raises(ExtractionError):
        read(
            f"<html><head>{TYPED}<title>{HEADLINE}</title></head><body><div id='root'></div>{script}</body></html>",
            url=URL,
        )


def test_a_string_that_no_encoding_holds() -> None:
    body = [text.replace("pier", f"pier{chr(0xD800)}") for text in STORY]
    assert read(shell(next_data(state({"paragraphs": body})))).body.replace("\ufffd", "") == "\n\n".join(STORY)

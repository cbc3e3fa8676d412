"""What front ends of today send in place of a story, and how their editors keep its text: all is read, none is run."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any

import pytest

from extractors import ExtractionError, Label
from tests.broadsheet import sheet
from tests.gazette import HEADLINE, STORY, labels_of, read
from tests.test_embedded import HTML, OTHERS, TYPED, next_data, safe, shell
from tests.test_scale import MOST, TIMES, steps

FILE, SHOWN, WHOSE = "https://cdn.gazette.example/2026/pier.jpg", "The pier at low tide on Monday", "Petra Vane"
DAY = "2026-05-04T06:30:00Z"
LARGE = 2_000  # parts of a script that is hostile
TOLD = {"title": HEADLINE, "author": {"name": "Ada Quill"}, "publishedAt": DAY, "body": HTML}
PICTURE = {"url": FILE, "caption": SHOWN, "credit": WHOSE}


def data(value: Any, kind: str = "application/json") -> str:
    return f'<script type="{kind}">{safe(value)}</script>'


def paired(value: Any) -> list[Any]:
    """Return a value beside the number of its kind, as Astro writes it."""
    if isinstance(value, dict):
        return [0, {name: paired(item) for name, item in value.items()}]
    return [1, list(map(paired, value))] if isinstance(value, list) else [0, value]


def placed(value: Any) -> dict[str, Any]:
    """Return a value as Qwik's table, whose places are written to the base of 36."""
    rows: list[Any] = []

    def put(item: Any) -> str:
        if isinstance(item, dict):
            rows.append({name: put(inner) for name, inner in item.items()})
        else:
            rows.append([put(inner) for inner in item] if isinstance(item, list) else item)
        at = len(rows) - 1
        return f"{'0123456789abcdefghijklmnopqrstuvwxyz'[at // 36]}{'0123456789abcdefghijklmnopqrstuvwxyz'[at % 36]}"

    put(value)
    return {"refs": {}, "ctx": {}, "objs": rows, "subs": []}


LITERAL = f'{{article:{{title:{json.dumps(HEADLINE)},author:{{name:"Ada Quill"}},publishedAt:new Date(1777876200000),views:void 0,body:{safe(HTML)}}},latest:[{{headline:"Other"}}]}}'  # fmt: skip
APOLLO = {
    "ROOT_QUERY": {"__typename": "Query", 'article({"slug":"pier"})': {"__ref": "Article:1"}, "latest": [{"__ref": "Article:2"}]},
    "Article:2": {"headline": "Night bus to the quarry villages", "byline": [{"__ref": "Author:7"}]},
    "Article:1": {"headline": HEADLINE, "byline": [{"__ref": "Author:7"}], "publishedAt": DAY, "hero": {"__ref": "Image:3"}, "body": HTML},
    "Author:7": {"__typename": "Author", "name": "Ada Quill", "bio": "Ada Quill writes about boats, harbours and the people who mend both of them."},
    "Author:8": {"__typename": "Author", "name": "Jon Falk"},
    "Image:3": {"__typename": "Image"} | PICTURE,
}  # fmt: skip
OLDER = {
    "ROOT_QUERY": {"article": {"type": "id", "generated": False, "id": "Article:1"}},
    "Article:1": {"headline": HEADLINE, "authors": [{"type": "id", "generated": False, "id": "Author:7"}], "publishedAt": DAY, "body": HTML},
    "Author:7": {"name": "Ada Quill"},
}  # fmt: skip
RELAY = {
    "client:root": {"__id": "client:root", "article(slug:pier)": {"__ref": "QXJ0"}},
    "QXJ0": {"__id": "QXJ0", "title": HEADLINE, "publishedAt": DAY, "authors": {"__refs": ["QXV0"]}, "body": HTML},
    "QXV0": {"__id": "QXV0", "name": "Ada Quill"},
}
JSON_API = {
    "data": {"type": "article", "id": "1", "attributes": {"title": HEADLINE, "published-at": DAY, "body": HTML}, "relationships": {"author": {"data": {"type": "person", "id": "9"}}, "hero": {"data": {"type": "image", "id": "3"}}}},
    "included": [{"type": "person", "id": "8", "attributes": {"name": "Jon Falk"}}, {"type": "person", "id": "9", "attributes": {"first-name": "Ada", "last-name": "Quill"}}, {"type": "image", "id": "3", "attributes": PICTURE}],
}  # fmt: skip
FRONT_ENDS = {
    "SvelteKit": f'<script>{{__sveltekit_1a = {{base: new URL(".", location).pathname}};Promise.all([import("/app.js")]).then(([kit, app]) => {{kit.start(app, element, {{node_ids: [0, 2],data: [null,{{type:"data",data:{LITERAL},uses:{{params:["slug"]}}}}],form: null}});}});}}</script>',
    "SvelteKit's answers": data({"status": 200, "headers": {}, "body": json.dumps({"article": TOLD, "latest": OTHERS})}),
    "Nuxt of old": f'<script>window.__NUXT__=(function(a,b,c){{return {{data:[{{title:{json.dumps(HEADLINE)},author:{{name:a,active:b}},published_at:{json.dumps(DAY)},body:{safe(HTML)}}}],error:c}}}}("Ada Quill",true,null));</script>',
    "Solid": f"<script>(self.$R=self.$R||{{}})[0]=[];_$HY.r['story']=$R[0]={LITERAL.replace('author:{', 'author:$R[1]={')};</script>",
    "TanStack": f"<script>$_TSR.router=($R=>$R[0]={{manifest:$R[1]={{routes:{{}}}},matches:$R[2]=[$R[3]={{l:$R[4]={LITERAL}}}]}})($R.tsr);</script>",
    "Marko": f"<script>$MC=(window.$MC||[]).concat({safe({'w': [['s0', 0, {'article': TOLD}]]})})</script>",
    "Apollo": f"<script>window.__APOLLO_STATE__ = {safe(APOLLO)};</script>",
    "Apollo in Next": next_data({"props": {"pageProps": {"initialApolloState": APOLLO}}}),
    "Apollo of old": f"<script>window.__APOLLO_STATE__={safe(OLDER)}</script>",
    "Relay": f"<script>window.__RELAY_STORE__ = {safe(RELAY)};</script>",
    "JSON:API": data(JSON_API),
    "FastBoot's shoebox": data({"queries": {"/articles/1": json.dumps(JSON_API)}}, "fastboot/shoebox"),
    "Qwik": data(placed({"article": TOLD, "latest": OTHERS}), "qwik/json"),
    "Angular's answers": data({"G.https://api.gazette.example/1?": {"body": json.dumps(TOLD), "status": 200}}),
    "Gatsby": f"<script>/*<![CDATA[*/window.pageData={safe({'result': {'data': {'markdownRemark': {'html': HTML, 'frontmatter': {'title': HEADLINE, 'date': DAY, 'author': 'Ada Quill'}}}}})};/*]]>*/</script>",
    "Vike": data({"pageId": "/pages/article", "pageProps": {"article": TOLD}}),
    "WordPress": data({"date": "2026-05-04T08:30:00", "date_gmt": "2026-05-04T06:30:00", "title": {"rendered": HEADLINE}, "content": {"rendered": HTML}, "author": 3, "_embedded": {"author": [{"id": 3, "name": "Ada Quill"}]}}),
}  # fmt: skip
ATTRIBUTES = {
    "Inertia": f'<div id="app" data-page="{escape(json.dumps({"component": "Show", "props": {"article": TOLD, "latest": OTHERS}}))}"></div>',
    "Astro": f'<astro-island uid="Z1" props="{escape(json.dumps({"article": paired(TOLD), "latest": paired(OTHERS)}))}" ssr client="only"></astro-island>',
    "React in Rails": f'<div data-react-class="Story" data-react-props="{escape(json.dumps({"article": TOLD}))}"></div>',
}  # fmt: skip


@pytest.mark.parametrize("script", FRONT_ENDS.values(), ids=FRONT_ENDS)
def test_a_story_with_author_and_day_in_what_a_front_end_hands_on(script: str) -> None:
    article = read(shell(script))
    assert article.body == "\n\n".join(STORY)
    assert (article.headline, article.authors) == (HEADLINE, ("Ada Quill",))
    assert str(article.published) == "2026-05-04 06:30:00+00:00"
    pictures = [(p.url, p.caption, p.credit) for p in article.images]
    assert pictures == ([(FILE, SHOWN, WHOSE)] if FILE in script else [])


@pytest.mark.parametrize("element", ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_a_story_in_an_attribute_of_an_element_without_text(element: str) -> None:
    article = read(sheet(element, head=TYPED, heading=False))
    assert article.body == "\n\n".join(STORY)
    assert (article.headline, article.authors) == (HEADLINE, ("Ada Quill",))
    assert str(article.published) == "2026-05-04 06:30:00+00:00"


def test_prose_in_an_attribute_without_the_headline_is_no_story() -> None:
    phrases = escape(json.dumps({"help": HTML}))
    with pytest.raises(ExtractionError):
        read(
            f'<html><head>{TYPED}<title>{HEADLINE}</title></head><body><div data-i18n="{phrases}"></div></body></html>'
        )


HEADING, ITEMS = "What the storm left behind", ("a bandstand from 1902", "a café, closed in winter")
QUOTE = "It was the only place from which the town looked small."


def slate(kind: str, text: str) -> dict[str, Any]:
    return {"type": kind, "children": [{"text": text[:9]}, {"text": text[9:], "bold": True}]}


def draft(kind: str, text: str) -> dict[str, Any]:
    return {"key": "k1", "text": text, "type": kind, "depth": 0, "inlineStyleRanges": [], "entityRanges": [{"offset": 4, "length": 8, "key": 0}], "data": {}}  # fmt: skip


def span(text: str, style: str = "normal", **more: Any) -> dict[str, Any]:
    return {"_type": "block", "style": style, "markDefs": [], "children": [{"_type": "span", "text": text[:10], "marks": ["strong"]}, {"_type": "span", "text": text[10:]}], **more}  # fmt: skip


def tip(kind: str, text: str) -> dict[str, Any]:
    return {"type": kind, "content": [{"type": "text", "text": text[:9], "marks": [{"type": "link", "attrs": {"href": "/x"}}]}, {"type": "text", "text": text[9:]}]}  # fmt: skip


def line(text: str, **kind: Any) -> list[dict[str, Any]]:
    return [{"insert": text[:9]}, {"insert": text[9:], "attributes": {"bold": True}}, {"insert": "\n"} | ({"attributes": kind} if kind else {})]  # fmt: skip


def editor(kind: str, **told: Any) -> dict[str, Any]:
    return {"id": "a", "type": kind, "data": told}


FIRST, REST = STORY[0], STORY[1:]
EDITORS: dict[str, Any] = {
    "Slate": [slate("paragraph", FIRST), slate("heading-two", HEADING), {"type": "bulleted-list", "children": [slate("list-item", text) for text in ITEMS]}, slate("block-quote", QUOTE), {"type": "image", **PICTURE, "children": [{"text": ""}]}, *(slate("paragraph", text) for text in REST)],
    "Draft.js": {"blocks": [draft("unstyled", FIRST), draft("header-two", HEADING), *(draft("unordered-list-item", text) for text in ITEMS), draft("blockquote", QUOTE), draft("atomic", " "), *(draft("unstyled", text) for text in REST)], "entityMap": {"0": {"type": "LINK", "data": {"url": "/x"}}, "1": {"type": "IMAGE", "data": {"src": FILE, "caption": SHOWN, "credit": WHOSE}}}},
    "portable text": [span(FIRST), span(HEADING, "h2"), *(span(text, listItem="bullet", level=1) for text in ITEMS), span(QUOTE, "blockquote"), {"_type": "image", "asset": {"url": FILE}, "caption": SHOWN, "attribution": WHOSE}, *map(span, REST)],
    "Tiptap": {"type": "doc", "content": [tip("paragraph", FIRST), tip("heading", HEADING), {"type": "bulletList", "content": [{"type": "listItem", "content": [tip("paragraph", text)]} for text in ITEMS]}, {"type": "blockquote", "content": [tip("paragraph", QUOTE)]}, {"type": "figure", "content": [{"type": "image", "attrs": {"src": FILE}}, tip("figcaption", f"{SHOWN}. Photo: {WHOSE}")]}, *(tip("paragraph", text) for text in REST)]},
    "Quill": {"ops": [*line(FIRST), *line(HEADING, header=2), *(op for text in ITEMS for op in line(text, list="bullet")), *line(QUOTE, blockquote=True), {"insert": {"image": FILE}}, {"insert": "\n" + "\n".join(REST) + "\n"}]},
    "Editor.js": {"time": 1, "blocks": [editor("paragraph", text=FIRST), editor("header", text=HEADING, level=2), editor("list", style="unordered", items=[{"content": text, "meta": {}, "items": []} for text in ITEMS]), editor("quote", text=QUOTE, caption=""), editor("image", file={"url": FILE}, caption=f"{SHOWN}. Photo: {WHOSE}"), *(editor("paragraph", text=text) for text in REST)]},
    "Markdown": "\n\n".join((FIRST.replace("old pier", "**old pier**"), f"## {HEADING}", f"- {ITEMS[0]}\n- {ITEMS[1]}", f"> {QUOTE}", f'![Pier]({FILE} "{SHOWN}. Photo: {WHOSE}")', *(text.replace("the", "[the](/x)", 1) for text in REST))),
    "Storyblok": {"content": {"image": {"id": 1, "title": SHOWN, "filename": FILE, "copyright": WHOSE}, "body": {"type": "doc", "content": [tip("paragraph", FIRST), tip("heading", HEADING), *(tip("listItem", text) for text in ITEMS), tip("blockquote", QUOTE), *(tip("paragraph", text) for text in REST)]}}},
}  # fmt: skip


@pytest.mark.parametrize("body", EDITORS.values(), ids=EDITORS)
def test_what_an_editor_keeps_has_its_headings_lists_and_quotations(body: Any) -> None:
    article = read(shell(next_data({"props": {"pageProps": {"post": TOLD | {"body": body}}}})))
    assert article.body.replace("\n\n", "\n").split("\n") == [FIRST, HEADING, *ITEMS, QUOTE, *REST]
    labels = {HEADING: Label.CROSSHEAD, ITEMS[0]: Label.LIST, ITEMS[1]: Label.LIST, QUOTE: Label.QUOTE}
    assert {text: labels_of(article, text) for text in labels} == {text: {label} for text, label in labels.items()}
    assert [(p.url, (p.caption or SHOWN).strip("."), p.credit or WHOSE) for p in article.images] == [(FILE, SHOWN, WHOSE)]  # fmt: skip


def test_a_text_with_dashes_and_stars_is_no_markdown() -> None:
    lines = [
        *STORY[:3],
        "– No, he said, it was *never* safe, and 2 * 2 is four.",
        "1. That is what they all say.",
        *STORY[3:],
    ]
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "\n".join(lines)}
    article = read(sheet("", head=f'<script type="application/ld+json">{json.dumps(data)}</script>'))
    assert article.body == "\n\n".join(lines)


RING = {"ROOT_QUERY": {"a": {"__ref": "A"}}, "A": {"b": {"__ref": "B"}}, "B": {"a": [{"__ref": "A"}, {"__ref": "B"}]}}
HOSTILE: dict[str, Callable[[int], str]] = {
    "returned again and again": lambda n: "<script>" + "return {a:" * n + "</script>",
    "lists of data": lambda n: "<script>" + "data:[" * n + "</script>",
    "a string without an end": lambda n: "<script>" + "return ['a','" + "b" * 8 * n + "</script>",
    "many strings without an end": lambda n: "<script>" + 'x={a:"' * n + "</script>",
    "numbers": lambda n: f"<script>return {{a:{'9' * n},b:1e999,c:new Date(1e300),d:new Date({'9' * 40})}}" + " " * 300 + "</script>",
    "names of what is given": lambda n: "<script>" + "function(a,b){return [" + "a,b," * n + "]}({a:[1]},b)</script>",
    "references in a ring": lambda n: f"<script>window.__APOLLO_STATE__={json.dumps(RING | {'C': [{'__ref': 'A'}] * n})}</script>",
    "references to one": lambda n: f"<script>window.__APOLLO_STATE__={json.dumps({'ROOT_QUERY': {'a': [{'__ref': 'A'}] * n}, 'A': {f'n{i}': 'b' * 100 for i in range(12)}})}</script>",
    "pairs": lambda n: data({"a": [0, [0, [0, [1, [[0]] * n]]]], "b": [1, "c" * 400]}),
    "places": lambda n: data({"ctx": 0, "objs": [{"a": "0", "b": "zzzzz", "c": "é", "d": 7}] * n}),
    "JSON in JSON": lambda n: data({"a": json.dumps({"b": json.dumps({"c": json.dumps({"d": "e" * n})})})}),
    "operations": lambda n: data({"ops": [{"insert": 7}, {"insert": {"image": {"a": 1}}}, {"insert": "\n" * n}]}),
    "stars": lambda n: data({"title": HEADLINE, "body": "**a " * n}),
    "brackets": lambda n: data({"title": HEADLINE, "body": "## a\n" + "![a](" * n + "[a](b" * n}),
    "attributes": lambda n: "".join(f"<i data-a='{{\"a\": \"{'b ' * 300}\"}}'></i>" for _ in range(n // 20)),
}  # fmt: skip


@pytest.mark.parametrize("shape", HOSTILE)
def test_what_is_broken_or_hostile_grows_no_faster_than_its_page(shape: str) -> None:
    def html(size: int) -> bytes:
        head = f"<head>{TYPED}<title>{HEADLINE}</title></head>"
        return f"<html>{head}<body><div id='root'></div>{HOSTILE[shape](size)}</body></html>".encode()

    small, large = html(LARGE), html(LARGE * TIMES)
    steps(small)  # loads what is loaded on demand
    assert steps(large) < MOST * steps(small)

"""Markup that would exhaust a parser is refused before it is parsed; odd but honest pages are read in full."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from extractors.errors import ExtractionError, UnsupportedContentError
from extractors.page import Page
from tests.gazette import HEADLINE, STORIES, STORY, page, paragraphs, read

URL = "https://news.example/story"

HOSTILE = {
    "nested div": b"<div>" * 100_000 + b"<p>x</p>",
    "nested with stray ends": b"<div></z>" * 100_000 + b"<p>x</p>",
    "nested span": b"<body>" + b"<span class=a>" * 20_000,
    "nested list": b"<ul><li>" * 10_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x</p>",
    "attributes without values": b"<html><body " + b" ".join(b"a%d" % n for n in range(100_000)) + b">x",
    "attributes with angle brackets": b"<p " + b" ".join(b'a%d="<"' % n for n in range(100_000)) + b">x</p>",
    "formatting left open": b"".join(b"<p><b id=%d>x" % n for n in range(4_000)),
    "mis-nested b and i": b"<b><p><i><p>" * 3_400,
    "mis-nested font": b"".join(b"<font color=%d><p></p>" % n for n in range(4_000)),
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_markup_that_would_exhaust_a_parser_is_refused(shape: str) -> None:
    with pytest.raises(UnsupportedContentError, match="to be parsed"):
        Page.parse(HOSTILE[shape], URL)


@pytest.mark.parametrize("shape", HOSTILE)
def test_nor_is_such_markup_parsed_out_of_the_data_of_a_page(shape: str) -> None:
    markup = paragraphs(*STORY) + HOSTILE[shape].decode()
    script = json.dumps({"headline": HEADLINE, "body": markup}).replace("<", "\\u003c")
    with pytest.raises(ExtractionError):
        read(page("", head=f'<script type="application/json">{script}</script>'))
    with pytest.raises(ExtractionError):
        read(page("", data={"@type": "NewsArticle", "headline": HEADLINE, "articleBody": markup}))


LONG = b"<p>The whole article is here, to its last word.</p>"
PECULIAR = {
    "300 deep": b"<div>" * 300 + LONG,
    "3,000 deep": b"<html><body>" + b"<div><section><span>" * 1_000 + LONG,
    "a script of 11 MB": b"<html><script>" + b'if (a<b && c) { x = "<div>"; }\n' * 360_000 + b"</script>" + LONG,
    "a picture of 11 MB": b'<html><img src="data:image/png;base64,' + b"QUJD" * 2_800_000 + b'">' + LONG,
    "a comment of 11 MB": b"<html><!--" + b"<div><b>" * 1_400_000 + b"-->" + LONG,
    "a JSON attribute": b"<html><div data-state='" + json.dumps({"n": [*range(40_000)]}).encode() + b"'></div>" + LONG,
    "ten million angle brackets": b"<html><body>" + LONG + b"<" * 10_000_000,
    "a second page within": b"<html><body><p>x</p></body></html><html><body>" + LONG + b"</body></html>",
    "NUL in a tag": b"<html><body><p\0 class=a>Not it.</p><di\0v>" + LONG,
    "NUL in text": LONG.replace(b"article", b"art\0icle"),
    "unclosed paragraphs": b"<html>" + b"<p>Words" * 30_000 + LONG,
    "unclosed items": b"<html><ul>" + b"<li><a href=/x>Words</a>" * 30_000 + b"</ul>" + LONG,
    "many well-nested": b"<html>" + b"<div><b>Bold</b> and <i>not</i></div>" * 30_000 + LONG,
    "a chart": b"<html><svg>" + b'<path d="M 0 0"/>' * 30_000 + b"</svg>" + LONG,
    "script ends missing": LONG + b"<script>" * 50_000,
    "comment ends missing": LONG + "é".encode("cp1252") + b"<!--" * 50_000,
}


@pytest.mark.parametrize("shape", PECULIAR)
def test_a_peculiar_page_is_read_in_full(shape: str) -> None:
    assert "The whole article is here, to its last word." in Page.parse(PECULIAR[shape], URL).select("p")


def test_what_is_remembered_of_pages_is_small_however_long_their_names_and_words() -> None:
    def absurd(number: int) -> str:
        name, word = f"byline-{number}-{'x' * 100_000}", f"{number}{'wort' * 50_000}"
        content = f"<div class='{name}'><p class='{name} 2'>Ada Kiel</p></div>"
        data = {"@type": "NewsArticle", "datePublished": "2026-05-04T08:30:00+02:00"}
        return page(content + paragraphs(*STORIES["de"]) + f"<p>{word}</p>", language="de", data=data)

    read(absurd(0))
    tracemalloc.start()
    for number in range(1, 9):
        read(absurd(number))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 600_000  # what a page or two have, not eight


@pytest.mark.parametrize("place", ["<title>{}</title>", '<meta property="og:title" content="{}">'])
def test_a_title_of_thousands_of_parts_takes_no_memory(place: str) -> None:
    html = page(paragraphs(*STORY), headline=None, head=place.format("pier - " * 10_000))
    tracemalloc.start()
    read(html)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("part", ["recipeInstructions", "recipeIngredient"])
def test_parts_of_a_recipe_in_each_other_take_no_memory(part: str) -> None:
    nested = f"<div itemprop={part}>" * 200 + paragraphs(*STORY * 300) + "</div>" * 200
    tracemalloc.start()
    read(page(paragraphs(*STORY) + nested))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000

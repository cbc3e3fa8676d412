"""Peculiar pages through `extract`, the door that everybody uses: the whole article, whatever stands around it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest

from extractors import Article
from tests.gazette import HEADLINE, STORIES, STORY, page, paragraphs, read
from tests.test_charset import MATRIX
from tests.test_scale import steps

pytestmark = pytest.mark.faults

TEXT = "\n\n".join(STORY)
WHOLE = page(paragraphs(*STORY))


def before(junk: str) -> str:
    """Return the page with junk in front of its article."""
    return WHOLE.replace("<article>", junk + "<article>")


JUNK = {
    "a script": "<script>" + 'if (a<b && c) { x = "<div>"; }\n' * 360_000 + "</script>",
    "a picture": '<img src="data:image/png;base64,' + "QUJD" * 2_800_000 + '">',
    "a picture in a style": '<style>a{background:url("data:image/png;base64,' + "QUJD" * 2_800_000 + '")}</style>',
    "a comment": "<!--" + "<div><b>" * 1_400_000 + "-->",
    "an attribute": "<div data-state='" + "x&quot;" * 1_600_000 + "'></div>",
}


@pytest.mark.parametrize("junk", JUNK)
def test_C10_eleven_megabytes_before_the_article(junk: str) -> None:
    html = before(JUNK[junk])
    assert len(html) > 11_000_000
    assert read(html.encode()).body == TEXT


@pytest.mark.parametrize("where", ["text", "tag", "attribute", "head", "script"])
def test_C11_nul_is_in_nobodys_way(where: str) -> None:
    html = {
        "text": WHOLE.replace("sailmakers", "sail\0makers"),
        "tag": WHOLE.replace("<article>", "<di\0v></di\0v><article>"),
        "attribute": WHOLE.replace("<article>", '<article class="a\0b" data-x="\0">'),
        "head": WHOLE.replace("<head>", "<head>\0<meta name='a\0' content='\0'>"),
        "script": before("<script>var a = '\0';\0</script>"),
    }[where]
    assert html.count("\0")
    article = read(html.encode())
    assert article.body == TEXT
    assert article.headline == HEADLINE


@pytest.mark.parametrize("at", ["around", "before", "within", "doctype"])
def test_C12_a_second_html_and_body(at: str) -> None:
    html = {
        "around": "<html><body><p>Welcome</p></body></html>" + WHOLE,
        "before": before("<html><head><title>Menu</title></head><body class='menu'>"),
        "within": WHOLE.replace(STORY[3], STORY[3] + "</p></body></html><html><body><p>"),
        "doctype": WHOLE + "<!DOCTYPE html><html><body></body></html>",
    }[at]
    assert read(html.encode()).body == TEXT


POISON = {
    "100,000 deep": '{"@type": "NewsArticle", "a": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "objects 100,000 deep": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "never closed": "[" * 1_000_000,
    "an integer of 10,000 digits": '{"@type": "NewsArticle", "wordCount": ' + "9" * 10_000 + "}",
    "NaN": '{"@type": "NewsArticle", "wordCount": NaN, "position": -Infinity, "version": 1e999}',
    "a lone surrogate": '{"@type": "NewsArticle", "articleSection": "Har\\ud800bour"}',
    "NUL": '{"@type": "NewsArticle", "articleSection": "Har\\u0000bour"}',
    "the wrong types": '{"@type": {"a": 1}, "@graph": 7, "author": [[[]]], "datePublished": {}, "image": NaN}',
    "nothing": "",
}


@pytest.mark.parametrize("data", POISON)
def test_C18_poisoned_json_ld_costs_only_itself(data: str) -> None:
    good = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-05-04"}</script>'
    article = read(page(paragraphs(*STORY), head=good, data=POISON[data] or " "))
    assert article.body == TEXT
    assert article.headline == HEADLINE
    assert article.published == date(2026, 5, 4)
    stored = json.dumps(article.as_dict(), allow_nan=False, ensure_ascii=False).encode()
    assert Article.from_dict(json.loads(stored)) == article
    assert b"\\u0000" not in stored


DATED: dict[str, Callable[[str], str]] = {
    "JSON-LD": lambda when: page(paragraphs(*STORY), data={"@type": "NewsArticle", "datePublished": when}),
    "meta": lambda when: page(paragraphs(*STORY), head=f'<meta property="article:published_time" content="{when}">'),
    "time": lambda when: page(f'<time datetime="{when}">{when}</time>' + paragraphs(*STORY)),
    "a line": lambda when: page(f'<p class="date">Published: {when}</p>' + paragraphs(*STORY)),
}
DATES = {
    "digits": "1" * 100_000,
    "years": "2026-05-04 " * 9_000,
    "words": "May Monday " * 9_000,
    "colons": "10:30:" * 17_000,
    "dots": "4. 5. " * 17_000,
    "spaces": "4 May" + " " * 100_000 + "2026x",
}


@pytest.mark.parametrize("place", DATED)
@pytest.mark.parametrize("shape", DATES)
def test_C21_a_date_of_100_kb_is_no_date_and_costs_nothing(place: str, shape: str) -> None:
    large, small = (DATED[place](when) for when in (DATES[shape], DATES[shape][:20_000]))
    assert TEXT in read(large).body
    assert steps(large.encode()) < 1.2 * steps(small.encode())


@pytest.mark.parametrize("when", ["2026-05-04T08:30:00+99:99", "2026-05-04T08:30:00-24:00"])
def test_C21_a_time_of_a_zone_that_there_cannot_be_ends_no_reading(when: str) -> None:
    article = read(page(paragraphs(*STORY), head=f"<title>{when}</title>"), url="https://www.gazette.example/pier")
    assert article.body == "\n\n".join(STORY)


@pytest.mark.parametrize("clock", [datetime.max, datetime.min])
def test_C21_a_clock_at_an_end_of_all_time_ends_no_reading(clock: datetime) -> None:
    article = read(DATED["meta"]("2026-05-04"), fetched_at=clock)
    assert article.warnings == (("published after it was fetched",) if clock == datetime.min else ())


def test_D1_the_matrix_of_charsets_has_what_the_table_asks_for() -> None:
    assert len(MATRIX) >= 29


@pytest.mark.parametrize(("text", "codec", "declared", "header", "late"), MATRIX)
def test_D1_an_article_in_any_charset(
    text: str, codec: str, declared: str | None, header: str | None, late: bool
) -> None:
    """The rows are those of `tests/test_charset.py`, which tests the page alone; here they are whole articles."""
    declaration = f'<meta charset="{declared}">' if declared else ""
    filler = f"<!-- {'x' * 6000} -->" if late else ""
    html = page(f"<p>{text}</p>", language="").replace('<meta charset="utf-8">', filler + declaration)
    assert text in read(html.encode(codec), encoding=header).body


@pytest.mark.parametrize("place", ["page", "header", "both"])
@pytest.mark.parametrize("label", ["rot13", "base64", "hex", "zip", "idna", "undefined", "unicode_escape", "utf-7"])
def test_D2_a_label_that_is_no_charset_of_pages_says_nothing(label: str, place: str) -> None:
    story = "\\x3cb\\x3e +ADw-b+AD4- Солоне: " + STORY[0]
    html = page(paragraphs(story, *STORY[1:]))
    if place != "header":
        html = html.replace('charset="utf-8"', f'charset="{label}"')
    article = read(html.encode(), encoding=label if place != "page" else None)
    assert article.body == "\n\n".join([story, *STORY[1:]])


@pytest.mark.parametrize("broken", [b"\xd0", b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"])
@pytest.mark.parametrize("declared", ["utf-8", None])
def test_D3_invalid_bytes_in_utf8_cost_a_letter_and_no_text(broken: bytes, declared: str | None) -> None:
    html = page(paragraphs(*STORIES["uk"]), language="uk")
    if declared is None:
        html = html.replace('<meta charset="utf-8">', "")
    data = html.encode().replace("вітрильниками".encode(), "вітрильни".encode() + broken + "ами".encode())
    whole = "\n\n".join(STORIES["uk"])
    first, last = whole.split("вітрильниками")
    body = read(data).body
    assert body.startswith(first + "вітрильни\ufffd")
    assert body.endswith("ами" + last)

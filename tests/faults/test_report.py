"""F10: whatever a stranger writes into a story, the report that shows it is a page without anything live in it."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from spiders.verbs.differences import Difference, compared
from spiders.verbs.report import Story, html

pytestmark = pytest.mark.faults

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
OURS = {  # the elements of a report, and the attributes that they may have
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td"),
    *("article", "a", "span", "dl", "dt", "dd", "del", "ins"),
}
ATTRIBUTES = {*("lang", "charset", "http-equiv", "content", "name", "scope", "dir", "class", "href", "rel")}
PAYLOADS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script\x00>alert(1)</script>",
    "\ufeff<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror\x0c=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src *\">",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "` onclick=alert(1) `",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "https://news.example/\"><script>alert(1)</script>",
    "https://news.example/' onclick='alert(1)",
    "//evil.example/x",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>\u2066",
    "\ud83d\ud800<script>alert(1)</script>",
)  # fmt: skip
PLACES = "headline", "authors", "address", "note", "body"


def report(**told: Any) -> str:
    """Write a report of one story, with something of a stranger's in one of its places."""
    body = told.pop("body", "The pier fell.")
    difference = Difference("body", compared(f"Before {body} after", f"Before {body[::-1]} {body} after"))
    story = Story(told.pop("address", "https://news.example/a"), "changed", differences=(difference,), **told)
    return "".join(html("Reextraction", "1 page", ("site", "pages"), [(story.headline or "news.example", 1)], [story]))


def assert_dead(page: str) -> None:
    """Fail where a browser would find anything in the page that is not ours."""
    tree = LexborHTMLParser(page)
    policies = [n.attributes["content"] or "" for n in tree.css("meta[http-equiv]")]
    assert len(policies) == 1
    assert policies[0].startswith(POLICY)
    nodes = tree.css("*")
    assert {n.tag for n in nodes} <= OURS
    assert {name for n in nodes for name in n.attributes} <= ATTRIBUTES
    for link in tree.css("a"):
        assert (link.attributes["href"] or "").startswith(("https://", "http://"))
        assert link.attributes["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize("place", PLACES)
def test_F10_nothing_that_a_page_says_is_alive_in_our_report(place: str) -> None:
    assert len(PAYLOADS) >= 40
    for payload in PAYLOADS:
        assert_dead(report(**{place: payload}))


def test_F10_what_is_dead_is_shown_as_it_was_written() -> None:
    for place, payload in product(("headline", "authors", "note"), ("<script>alert(1)</script>", "{{ 7*7 }}")):
        body = LexborHTMLParser(report(**{place: payload})).body
        assert body is not None
        assert payload in body.text()


@given(st.dictionaries(st.sampled_from(PLACES), st.text(max_size=80), min_size=1))
def test_F10_no_text_at_all_is_alive_in_our_report(told: dict[str, str]) -> None:
    assert_dead(report(**told))


@given(
    st.lists(st.sampled_from(("<", ">", '"', "'", "&", "script", "javascript:", "http://", "on=", "-", "!", "/", " ")))
)
def test_F10_no_markup_made_of_pieces_is_alive_in_our_report(pieces: list[str]) -> None:
    assert_dead(report(**dict.fromkeys(PLACES, "".join(pieces))))


def test_F10_an_address_is_linked_without_its_secrets() -> None:
    page = report(address="https://ann:pw@news.example/a?token=swordfish&page=2")
    assert 'href="https://news.example/a?token=REDACTED&amp;page=2"' in page
    assert "swordfish" not in page
    assert "pw@" not in page

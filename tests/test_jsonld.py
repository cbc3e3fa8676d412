"""JSON-LD as pages write it, right, wrong and hostile."""

from __future__ import annotations

import json

import pytest

from extractors.engine.data.schema import told_by
from extractors.page import Page
from tests.gazette import STORY

URL = "https://news.example/story"


def ld(*scripts: str) -> Page:
    return Page.parse(
        "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts) + "<p>x</p>", URL
    )


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Park"}',
        '[{"@type": "NewsArticle", "headline": "Park"}]',
        '{"@context": "https://schema.org", "@graph": [[{"@type": "NewsArticle", "headline": "Park"}]]}',
        '{"@graph": {"@type": "NewsArticle", "headline": "Park"}}',
        '<!-- {"@type": "NewsArticle", "headline": "Park"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Park"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Park",};',
        '{"@type": "NewsArticle", "headline": "Park"}; window.x = 1;',
        '{"@type": "NewsArticle", "headline": "Pa\x07rk"}',
        '{"@type": "NewsArticle", "headline": "\\u202ePark\\u0000"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Park&quot;}",
    ],
)
def test_jsonld_as_pages_write_it(script: str) -> None:
    parsed = ld(script)
    assert parsed.jsonld == ({"@type": "NewsArticle", "headline": "Park"},)
    assert parsed.warnings == []


def test_jsonld_of_all_scripts_in_order() -> None:
    parsed = ld('{"n": 1}', '[{"n": 2}, {"n": 3, "@graph": [{"n": 4}]}]', '{"n": 5}{"n": 6}')
    assert [item["n"] for item in parsed.jsonld] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ("NaN", None),
        ("-Infinity", None),
        ("1e999", None),
        ("9" * 10_000, None),
        (str(2**64), None),
        ("12", 12),
        ("1.5", 1.5),
        ('"\\ud800x"', "\ufffdx"),
        ('["\\udc00", ["\\u0000y"]]', ["\ufffd", ["y"]]),
    ],
)
def test_jsonld_values_that_would_poison_a_store(script: str, value: object) -> None:
    parsed = ld(f'{{"n": {script}}}')
    assert parsed.jsonld == ({"n": value},)
    json.dumps(parsed.jsonld, allow_nan=False, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "script", ["[" * 100_000, '{"a":' * 100_000, "not json", '{"a" 1}', '{"a": "' + "x" * 2_000_000 + '"}']
)
def test_unreadable_jsonld_is_left_out_with_a_warning_and_the_rest_is_read(script: str) -> None:
    parsed = ld(script, '{"n": 1}')
    assert parsed.jsonld == ({"n": 1},)
    assert len(parsed.warnings) == 1
    assert "JSON-LD" in parsed.warnings[0]
    assert parsed.select("p") == ["x"]


def test_a_text_that_is_longer_than_any_story_is_not_looked_for() -> None:
    assert told_by({"articleBody": " ".join(STORY)}) == " ".join(STORY)
    assert told_by({"articleBody": "The pier is gone. " * 10_000}) == ""
    assert told_by({"articleBody": {"@value": 3}}) == ""

"""What reaches a log: no secrets, and nothing by which a page could act on a terminal or forge an entry."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from spiders.surfaces.logs import clean, keep_clean
from spiders.surfaces.scrubbing import scrub_text

PLANTED = "q7Zt93kfPw0"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger with a handler as Scrapy has one; its records are clean ones."""
    before = logging.getLogRecordFactory()
    keep_clean()
    logger, stream = logging.Logger("tested"), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s: %(message)s"))
    logger.addHandler(handler)
    yield logger, stream
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(
    "text",
    [
        f"Crawled (200) <GET https://news.example/a?token={PLANTED}&page=2> (referer: None)",
        f"Redirecting to <GET https://ann:{PLANTED}@news.example/> from https://news.example/?signature={PLANTED}.",
        f"invalid hostname: ann:{PLANTED}@news.example",
        f"{{b'Authorization': [b'Bearer {PLANTED}'], b'Cookie': [b'a=1; b={PLANTED}']}}",
        f'{{"X-Api-Key": "{PLANTED}", "Set-Cookie": ["a={PLANTED}", "b={PLANTED}"]}}',
        f"Authorization: Basic {PLANTED}",
        f"Set-Cookie: id={PLANTED}; HttpOnly; secure={PLANTED}",
        f"FormRequest(formdata={{'user': 'ann', 'password': '{PLANTED}'}})",
        f"'DEFAULT_REQUEST_HEADERS': '{{\"Authorization\": \"Bearer '\n        '{PLANTED}\"}}'",
        f"Telnet Password: {PLANTED}",
        f"/login?next=%2Fa%3Ftoken%3D{PLANTED}",
        f"api_key={PLANTED} failed",
        f"https://news.example/?token=a%3F{PLANTED}&b=1",
        f'{{"token": "a\\"{PLANTED}"}}',
    ],
)
def test_a_message_holds_no_secret(text: str) -> None:
    assert PLANTED in text
    assert PLANTED not in scrub_text(text)
    assert scrub_text(scrub_text(text)) == scrub_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "harbour: 3 stored, 1 failed, 0 excluded; last https://news.example/2026/ferry?page=2#top",
        "failed: https://news.example/a: the page has no text: 12 words",
        "Stored jsonl feed (2 items) in: /srv/out.jsonl",
        "the author is ann@news.example",
        "spiders/sites/harbour.py: Harbour.body is not CSS: p[",
    ],
)
def test_a_message_without_one_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_a_page_cannot_forge_an_entry_or_act_on_a_terminal(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    for forged in ("\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\x1c"):
        logger.error("title: %s", f"The ferry{forged}2026-11-22 10:00:00 INFO: all is well")
    logger.error("title: %s", "\x1b[2J\x1b]0;owned\x07 \u202egnp.exe\u2066 \x9b31m \u200bzero")
    lines = stream.getvalue().splitlines()
    assert sum("ERROR" in line for line in lines) == 10
    assert not [line for line in lines if line.startswith("2026-11-22 10:00:00 INFO")]
    assert not set(stream.getvalue()) & set("\x1b\x07\x9b\u202e\u2066\u200b\r\x85\u2028")


def test_a_traceback_is_clean_too(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    try:
        raise ValueError(f"no page at https://news.example/?token={PLANTED}\n2026-11-22 INFO: forged \x1b[31m")
    except ValueError:
        logger.exception("a fault in Copydesk")
    told = stream.getvalue()
    assert "Traceback (most recent call last):" in told
    assert "token=REDACTED" in told
    assert PLANTED not in told
    assert "\n2026-11-22 INFO" not in told
    assert "\x1b" not in told

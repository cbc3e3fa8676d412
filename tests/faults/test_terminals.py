"""F10: whatever a site writes, no command hands a terminal anything that steers it or turns its text around."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.newsroom import HOME, page
from tests.warcs import http, record, written

pytestmark = pytest.mark.faults

EVIL = "\x1b]0;owned\x07\x1b[2J\u202e\u2066\x9b31m\ufeff"
_HARMLESS = "\n\t\u00ad\u200c\u200d\u200e\u200f"


def steering(out: str) -> set[str]:
    """Return what of a text would not stand on a terminal as a letter."""
    return {c for c in out if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in _HARMLESS}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """An archive of pages that smuggle controls in wherever a page can: addresses, headers, text, data, classes."""
    fields = "".join(
        f'<meta property="{name}" content="a {EVIL} b">'
        for name in ("og:site_name", "article:author", "article:section", "article:tag", "og:locale")
    )
    records = []
    for n, address in enumerate([f"{HOME}/2026/ferry{EVIL}", f"{HOME}/2026/tower?token=x{EVIL}&b=\u202e", f"{HOME}/c"]):
        text = page(f"the {EVIL} ferry {n}", f"{HOME}/2026/x{n}{EVIL}", more=f"Read more: <a href=/x>{EVIL} tower</a>")
        text = text.replace("<head>", f"<head>{fields}").replace("<article>", f'<article class="{EVIL}">')
        text = text.replace("</h1>", f"</h1><p class=byline>By Ann {EVIL} Quill</p><img src=/a{EVIL}.jpg alt='{EVIL}'>")
        records.append(record(address, http(text, f"X-Robots-Tag: noai {EVIL}")))
    records.append(record(f"{HOME}/none{EVIL}", http(f"<title>{EVIL}</title><p>No story {EVIL}.</p>")))
    records.append(record(f"{HOME}/gone{EVIL}", http("", status=f"404 {EVIL}")))
    return written(tmp_path / "evil.warc.gz", *records)


def test_F10_no_command_steers_a_terminal(command: Command, hostile: Path, tmp_path: Path) -> None:
    told = []

    def tried(name: str, *arguments: str | Path) -> str:
        status, out, err = command(name, "-s", f"COPYDESK_STORE={tmp_path}/store.db", *arguments)
        told.append((name, *arguments, status, steering(out + err)))
        return out

    tried("replay", hostile)
    addresses = [line.split()[-1] for line in tried("articles").splitlines()]
    assert len(addresses) == 3
    for options in ((), ("--removed",), ("--revisions",), ("--format", "json"), ("--format", "markdown")):
        tried("articles", addresses[0], *options)
    for options in (("--failed",), ("--passed-over",), ("--format", "json"), ("--words", EVIL)):
        tried("articles", *options)
    for name in ("runs", "drift", "reextract", "verify"):
        tried(name)
    for name, *more in (("runs", "--json"), ("drift", "--json"), ("drift", "--pages"), ("export", "--to", "-:jsonl")):
        tried(name, *more)
    for name in ("articles", "forget", "learn", "idle", "drift"):
        tried(name, f"https://{EVIL}.example/{EVIL}")
    assert [one for one in told if one[-1]] == []
    assert {one[-2] for one in told} <= {0, 2, 10}, told

"""`scrapy runs`: what it prints of past crawls, and the page that it writes."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from spiders.record import Run, State
from spiders.store import Store
from spiders.store.lock import holder
from spiders.verbs import history
from spiders.verbs.history import COLUMNS, SPAN, Chart, Past
from spiders.verbs.rhythm import Silence
from spiders.verbs.timetable import ending
from tests.conftest import Command
from tests.test_history import looked

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RIVER = "https://river.example"
ALLOWED = {  # what a page of ours is made of
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "p",
        "div",
        "figure",
        "figcaption",
        "svg",
        "g",
        "rect",
    ),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of some weeks: one site that has gone quiet, one that has not, a run that died and one for a plan."""
    path = tmp_path_factory.mktemp("runs") / "store.db"
    for ago in (22, 21, 15, 14, 8, 7, 1, 0):
        when = NOW - timedelta(days=ago, hours=1)
        looked(path, when, *(f"a{ago}-{n}" for n in range(12 if ago else 1)), site="harbour.example")
        looked(path, when, *(f"b{ago}-{n}" for n in range(3)), site="river.example", home=RIVER)
    with Store(path, clock=NOW.timestamp, entry="night") as store:
        store.begin("river", [])
        store.end(store.begin("harbour", []), "finished", status=10, outcomes={"HTTP 503": 2, "bot wall": 11})
    return path


def test_the_last_runs_the_charts_and_what_has_gone_quiet_are_printed(command: Command, path: Path) -> None:
    status, out, err = command("runs", "-s", f"COPYDESK_STORE={path}", "--limit", "3")
    assert (status, err) == (0, "scrapy runs: these are the last 3; --limit N shows more\n")
    head, last, died, before, about, *charts, quiet = out.splitlines()
    assert head.split("  ")[0] == "run"
    assert re.split(r"\s{2,}", last.strip()) == [
        *("18", "2026-11-22 12:00", "0:00:00", "night (harbour)", "0", "0", "0", "0"),
        *("10 some failed", "bot wall 11, HTTP 5…"),
    ]
    assert re.split(r"\s{2,}", died.strip())[2:] == ["-", "night (river)", "-", "-", "-", "-", "broken off", "-"]
    assert re.split(r"\s{2,}", before.strip())[3:] == ["harbour", "3", "0", "0", "0", "0 fine", "new 3"]
    days = f"the {SPAN} days up to {NOW:%Y-%m-%d %H:%M} UTC"
    assert about == f"new articles a day, {days} (· where the site was not asked):"
    line = "·····██·····██·····██·····█▁"
    assert charts == [
        f"harbour.example  {line}  85, at most 12 a day",
        f"river.example    {line.replace('▁', '█')}  24, at most 3 a day",
    ]
    assert quiet == "harbour.example has gone quiet: 1 new within 24 hours, 12 on the same day of 3 earlier weeks"


def test_a_narrow_terminal_cuts_no_figure(command: Command, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.surfaces.terminal._PIPED_WIDTH", 40)
    head, last, *_ = command("runs", "-s", f"COPYDESK_STORE={path}")[1].splitlines()
    assert re.split(r"\s{2,}", head.strip()) == list(COLUMNS)
    assert re.split(r"\s{2,}", last.strip())[:4] == ["18", "2026-11-22 12:00", "0:00:00", "night (harbour)"]


@pytest.mark.parametrize(
    ("options", "runs"),
    [
        (["--spider", "night"], [18, 17]),
        (["--spider", "river"], [17]),
        (["--site", "river.example", "--limit", "2"], [16, 14]),
        (["--site", "river.example", "--since", "2026-11-22"], [16]),
        (["--since", "2026-11-22T11:30"], [18, 17]),
    ],
)
def test_runs_are_chosen(command: Command, path: Path, options: list[str], runs: list[int]) -> None:
    status, out, _ = command("runs", "-s", f"COPYDESK_STORE={path}", "--json", *options)
    told = [json.loads(line) for line in out.splitlines()]
    assert (status, [run["run"] for run in told]) == (0, runs)
    assert set(told[0]) == {
        *("run", "spider", "entry", "started", "ended", "seconds", "status", "reason"),
        "counts",
        "outcomes",
    }


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (["--limit", "0"], 2, "--limit is a number from 1 on"),
        (["--limit", "9" * 20], 2, "--limit is a number from 1 on, a billion at most"),
        (["--since", "soon"], 2, "'soon' is no time: write a day"),
        (["--json", "--html", "x.html"], 2, "--json prints lines, --html writes a page: leave one out"),
        (["--html", "nowhere/x.html"], 2, "there is no folder nowhere for the page"),
        (["-s", "COPYDESK_STORE=nowhere.db"], 4, "there is no store at nowhere.db"),
        (["--since", "2031-01-01"], 0, "no crawl fits"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    command: Command, path: Path, options: list[str], status: int, said: str
) -> None:
    ended, out, err = command("runs", "-s", f"COPYDESK_STORE={path}", *options)
    assert (ended, out) == (status, "")
    assert said in err
    assert len(err.splitlines()) == 1


def assert_needs_nothing(text: str) -> LexborHTMLParser:
    """Assert that a page has no script and nothing of elsewhere, and return it."""
    page = LexborHTMLParser(text)
    nodes = [node for node in page.css("*") if node.tag not in ("-text", "-comment")]
    assert {node.tag for node in nodes} <= ALLOWED
    for node in nodes:
        for name, value in node.attributes.items():
            assert name in {
                *("lang", "charset", "http-equiv", "content", "name", "class", "scope", "role", "aria-label"),
                *("viewbox", "viewBox", "preserveaspectratio", "preserveAspectRatio", "x", "y", "width", "height"),
            }, name
            assert "url(" not in (value or "")
    policy = page.css_first('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    assert "default-src 'none'" in (policy.attributes["content"] or "")
    assert "url(" not in text
    assert "@import" not in text
    return page


def test_the_page_has_a_drawing_a_site_and_a_row_a_run(command: Command, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "runs.html"
    status, out, _ = command("runs", "-s", f"COPYDESK_STORE={path}", "--html", file)
    assert (status, out) == (0, f"{file} written\n")
    page = assert_needs_nothing(file.read_text("utf-8"))
    assert [node.text() for node in page.css("figcaption")] == [
        "harbour.example: 85 new, at most 12 a day",
        "river.example: 24 new, at most 3 a day",
    ]
    first = page.css("svg")[0]
    assert len(first.css("g")) == SPAN
    assert len(first.css(".unasked")) == SPAN - 8
    assert first.css("title")[-1].text() == "the last 24 hours: 1 new"
    assert [node.text() for node in page.css(".quiet")] == [
        "harbour.example has gone quiet: 1 new within 24 hours, 12 on the same day of 3 earlier weeks"
    ]
    rows = page.css("tbody tr")
    assert len(rows) == 18
    assert [cell.text() for cell in rows[0].css("td")][-2:] == ["10 some failed", "bot wall 11, HTTP 503 2"]
    assert [node.text() for node in page.css(".amiss")] == ["10 some failed", "broken off"]


@given(
    st.text(max_size=30) | st.lists(st.sampled_from(["<", ">", '"', "'", "script", "/", "{{", "}}", "&"])).map("".join)
)
def test_no_name_of_a_site_a_spider_or_an_outcome_is_alive_in_the_page(name: str) -> None:
    when = NOW.isoformat()
    run = Run(1, name, when, when, name, {State.DONE: 1}, 0, {name: 1}, name)
    chart, silence = Chart(name, (None, 0, 3)), Silence(name, 0, (9, 9, 9))
    page = assert_needs_nothing("".join(history.html(Past(Path("store.db"), NOW, [run], 1, [chart], [silence]), NOW)))
    assert len(page.css("tbody tr td")) == len(history.COLUMNS)


def test_a_run_without_an_end_goes_on_while_its_store_is_held(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    run = Run(1, "harbour", NOW.isoformat(), None, None, {})
    with Store(path):
        assert holder(path) == os.getpid()
        assert ending(run, path) == "goes on"
        assert ending(run, path, newest=False) == "broken off"
    assert holder(path) is None
    assert ending(run, path) == "broken off"
    assert holder(tmp_path / "none.db") is None

"""What a person sees of a run: the line that moves, the log lines where nothing can move, the table at the end."""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path

import pytest

from extractors import Article, Block, Label
from spiders.extensions.summary import Summary, removed_line
from spiders.ledger import SHOWN, Entry, Ledger
from spiders.outcomes import Outcome
from spiders.record import Change, Listing, State
from spiders.surfaces.terminal import printable, working
from tests.newsroom import FEED, FERRY, HOME, MARKET, crawled, edition, feed


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_one_line_that_moves_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stderr", terminal)
    crawled(tmp_path, edition())
    written = terminal.getvalue()
    assert "harbour: 2 stored, 0 failed, 0 excluded; last https://www.harbour.example/20…" in written
    assert written.endswith("\r\x1b[1A\x1b[2K")  # the line is wiped
    assert sys.stderr is terminal


@pytest.mark.parametrize(("out", "held"), [(io.StringIO(), "a damaged row\n"), (Terminal(), "")])
def test_what_is_printed_while_a_line_moves_goes_into_the_file_that_it_is_sent_to(
    out: io.StringIO, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", terminal)
    with working("checking every row"):
        print("a damaged row")
    assert "checking every row" in terminal.getvalue()
    assert out.getvalue() == held
    assert ("a damaged row" in terminal.getvalue()) is not bool(held)


def test_elsewhere_there_are_log_lines_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "spiders")
    crawled(tmp_path, edition())
    assert [r.message for r in caplog.records if r.name.startswith("spiders.")] == ["harbour: starting"]
    monkeypatch.setattr("spiders.extensions.progress._EVERY", 0.0)
    caplog.clear()
    crawled(tmp_path, edition() | {FEED: feed(MARKET, f"{HOME}/2026/quay")})
    lines = [r.message for r in caplog.records if r.name.startswith("spiders.")]
    assert [line.partition(";")[0] for line in lines[1:]] == [
        "harbour: 0 stored, 1 failed, 0 excluded",
        "harbour: 0 stored, 2 failed, 0 excluded",
    ]


def test_a_run_for_an_entry_of_a_plan_goes_by_its_name(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "spiders")
    crawled(tmp_path, edition(), set_up=lambda crawler: crawler.settings.set("PLAN_ENTRY", "morning"))
    assert [r.message for r in caplog.records if r.name.startswith("spiders.")] == ["morning: starting"]


def stored(headline: str, *labels: Label) -> Outcome:
    blocks = (Block("One two three.", Label.BODY, 0), *(Block("x", label, n) for n, label in enumerate(labels, 1)))
    return Outcome(FERRY, State.DONE, article=Article(url=FERRY, headline=headline, blocks=blocks))


def books(*outcomes: Outcome) -> Ledger:
    """Return the books of a run that the store agrees with."""
    ledger = Ledger(reason="finished")
    for outcome in outcomes:
        ledger.record(outcome, Change.NEW if outcome.article else None)
    ledger.counts = dict(ledger.settled)
    return ledger


def test_the_table_counts_words_and_labels_and_is_cut_to_the_width(capsys: pytest.CaptureFixture[str]) -> None:
    labels = [label for label in Label if label not in {Label.BODY, Label.HEADLINE}]
    ledger = books(
        stored("Short", Label.CREDIT, Label.CAPTION, Label.CAPTION, Label.CROSSHEAD),
        stored("Very long " * 40, *labels),
        Outcome("https://x.example/\x1b[2J", State.FAILED, "HTTP 404\u202e"),
        Outcome("https://x.example/fähre", State.FAILED, "is not in the recording"),
    )
    ledger.missing = ["https://x.example/robots", "https://x.example/f%C3%A4hre"]
    ledger.listings = [Listing("https://x.example/feed", State.FAILED, "HTTP 503", passing=True, listed=0, used_to=0)]
    Summary(stderr=False).print(ledger)
    header, short, long, *rest = capsys.readouterr().out.splitlines()
    assert header.split() == ["outcome", "words", "removed", "headline"]
    assert short.split("  ")[:1] == ["new"]
    assert "  4  caption 2, credit 1  " in short
    assert short.rstrip().endswith("Short")
    assert len(long) <= 120
    assert long.rstrip().endswith("…")
    assert rest == [
        "failed: https://x.example/feed: HTTP 503",
        "failed: https://x.example/[2J: HTTP 404",
        "failed: https://x.example/fähre: is not in the recording",
        "not in the recording: https://x.example/robots",
        "2 stored + 2 failed + 0 excluded + 0 pending = 4 discovered",
    ]


@pytest.mark.parametrize("width", [20, 37, 45, 60])
def test_on_a_narrow_terminal_no_figure_is_cut(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spiders.surfaces.terminal._PIPED_WIDTH", width)
    Summary(stderr=False).print(books(stored("Very long " * 40, *Label)))
    header, row, _ = capsys.readouterr().out.splitlines()
    assert header.split()[:3] == ["outcome", "words", "removed"]
    assert row.split()[:2] == ["new", "11"]
    assert len(row) <= max(width, 37)


def test_a_long_run_has_a_short_table(capsys: pytest.CaptureFixture[str]) -> None:
    failed = [Outcome(f"{FERRY}/{n}", State.FAILED, "HTTP 404") for n in range(SHOWN + 7)]
    ledger = books(*(stored(f"No. {n}") for n in range(SHOWN + 3)), *failed)
    ledger.missing = [f"https://x.example/{n}" for n in range(SHOWN + 2)]
    ledger.run = 7
    Summary(stderr=False).print(ledger)
    out = capsys.readouterr().out
    assert "No. 49" in out
    assert "No. 50" not in out
    assert "\n… and 3 more stored: scrapy articles --run 7 lists them\n" in out
    assert "\n… and 7 more failed: scrapy articles --failed lists them\n" in out
    assert "\n… and 2 more that are not in the recording\n" in out
    assert out.endswith("\n53 stored + 57 failed + 0 excluded + 0 pending = 110 discovered\n")


def test_a_table_beside_a_feed_on_stdout_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    Summary(stderr=True).print(books(stored("Short")))
    out, err = capsys.readouterr()
    assert out == ""
    assert "Short" in err


def test_nothing_removed_is_a_dash() -> None:
    assert removed_line(Entry.of(Outcome(FERRY, State.DONE, article=Article(url=FERRY)), Change.NEW)) == "-"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred\x1b[0m", "a[31mred[0m"),
        ("\x9b2Jclear", "2Jclear"),
        ("bidi \u202eabc\u2066", "bidi abc"),
        ("two\r\nlines\tand  spaces", "two lines and spaces"),
        ("می\u200cخواهم שלום é 👩\u200d🚀", "می\u200cخواهم שלום é 👩\u200d🚀"),
        ("\ud800", ""),
    ],
)
def test_what_is_printed_cannot_steer_a_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown

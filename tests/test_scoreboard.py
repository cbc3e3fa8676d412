"""`scrapy scoreboard`: what is told of sites whose pages somebody has read, as a table, for a program, as a page."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from spiders.status import ExitStatus
from spiders.verbs.scoreboard import COLUMNS
from tests.conftest import Command
from tests.gazette import STORY, page, paragraphs
from tests.reading import cassette
from tests.test_benchmarks import corpus

TOWN, BAY = "https://www.town.example/a", "https://bay.example/b"
GOOD = page(f'<div class="copy">{paragraphs(*STORY)}</div>')
MORE = "The wreck draws crowds <b>& gulls</b> to the quay on every evening of the week, as the ferryman told the paper."
LACKS = "A paragraph which the page does not have and somebody wrote down all the same."


NO_STORE = "scrapy scoreboard: there is no store at no-such.db: what has drifted is not known\n"


@pytest.fixture
def command(command: Command) -> Command:
    """Run a command beside no store."""
    return lambda *arguments: command(*arguments, "-s", "COPYDESK_STORE=no-such.db")


@pytest.fixture
def tapes(tmp_path: Path) -> Path:
    """Return a folder of recordings: a page that is right, one with a sentence too much and a paragraph too few."""
    bad = page(f'<div class="copy">{paragraphs(*STORY, MORE)}</div>')
    cassette(tmp_path / "tapes" / "town.example" / "a.yaml", {TOWN: GOOD, "https://www.town.example/unread": GOOD})
    cassette(tmp_path / "tapes" / "bay.example" / "b.yaml", {BAY: bad})
    expected = {TOWN: {"read": "Ines", "body": STORY}, BAY: {"read": "Ines", "body": [*STORY, LACKS]}}
    for name, url in (("town.example/a", TOWN), ("bay.example/b", BAY)):
        (tmp_path / "tapes" / f"{name}.json").write_text(json.dumps({url: expected[url]}), "utf-8")
    return tmp_path / "tapes"


def test_a_line_a_site_those_with_most_to_mend_first(command: Command, tapes: Path) -> None:
    status, out, err = command("scoreboard", "--recordings", tapes)
    assert (status, err) == (ExitStatus.OK, NO_STORE)
    header, *rows = [line.split() for line in out.splitlines()]
    assert header == ["site", "pages", "exact", "F1", "leaked", "missing", "agreement", "drift", "cost", "unchecked"]
    assert [row[:3] for row in rows] == [["bay.example", "1", "0"], ["town.example", "1", "1"], ["all", "2", "1"]]
    assert [row[4:8] for row in rows] == [["1", "1", "-", "-"], ["0", "0", "-", "-"], ["1", "1", "-", "-"]]
    assert [row[3] for row in rows][1] == "1.000"
    assert all(float(cost) > 1 for row in rows for cost in row[8:])


def test_a_narrow_terminal_cuts_nothing(command: Command, tapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.surfaces.terminal._PIPED_WIDTH", 30)
    header, *rows = command("scoreboard", "--recordings", tapes)[1].splitlines()
    assert header.split() == list(COLUMNS)
    assert [row.split()[0] for row in rows] == ["bay.example", "town.example", "all"]


def test_a_line_of_json_for_each_site(command: Command, tapes: Path) -> None:
    bay, town = (json.loads(line) for line in command("scoreboard", "--recordings", tapes, "--json")[1].splitlines())
    assert (bay["site"], bay["leaked"], bay["missing"], bay["exact"], bay["templates"]) == (
        "bay.example",
        1,
        1,
        0,
        ["generic"],
    )
    assert (town["site"], town["pages"], town["exact"], town["f1"], town["agreement"]) == (
        "town.example",
        1,
        1,
        1.0,
        None,
    )


def test_only_the_sites_that_are_named(command: Command, tapes: Path) -> None:
    for named in ("town.example", "www.Town.example", "https://town.example/"):
        (line,) = command("scoreboard", named, "--recordings", tapes, "--json")[1].splitlines()
        assert json.loads(line)["site"] == "town.example"
    for others in ((), ("town.example",)):
        status, out, err = command("scoreboard", *others, "sea.example", "--recordings", tapes, "--json")
        assert (status, out) == (ExitStatus.USAGE, "")
        assert err.endswith("of sea.example whose text is known (its expectation signed), nor any in the store\n")
    assert command("scoreboard", "time.con", "--recordings", tapes)[2].endswith("; did you mean time.com?\n")
    assert command("scoreboard", "time.com", "--recordings", tapes)[2].endswith(", nor any in the store\n")


def test_the_agreement_and_the_cost_of_a_template(command: Command) -> None:
    (line,) = command("scoreboard", "time.com", "--json")[1].splitlines()
    told = json.loads(line)
    assert told["templates"] == ["Time"]
    assert 0.5 < told["agreement"] <= 1


def test_a_corpus_and_its_standfirst(command: Command, tmp_path: Path) -> None:
    above = "What the harbour master saw from his window on the evening of the storm."
    html = page(f'<p class="standfirst">{above}</p><div class="copy">{paragraphs(*STORY)}</div>')
    rows: list[dict[str, object]] = [
        {"id": "a", "url": TOWN, "body": "\n\n".join(STORY)},
        {"id": "b", "url": BAY, "body": "\n\n".join((above, *STORY))},
    ]
    gold = corpus(tmp_path / "gold", *rows, page=html)
    told = [json.loads(line) for line in command("scoreboard", "--corpus", gold, "--json")[1].splitlines()]
    assert [(site["exact"], site["leaked"], site["missing"]) for site in told] == [(1, 0, 0), (1, 0, 0)]


def test_an_address_that_is_none_is_of_no_site(command: Command, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": url[-1], "url": url, "body": STORY[0]} for url in (TOWN, "https://[b")]
    gold = corpus(tmp_path / "gold", *rows)
    (line,) = command("scoreboard", "town.example", "--corpus", gold, "--json")[1].splitlines()
    assert json.loads(line)["pages"] == 1
    rest, _ = command("scoreboard", "--corpus", gold, "--json")[1].splitlines()
    assert json.loads(rest)["site"] == "-"


def test_the_page_asks_for_nothing_and_shows_what_strangers_wrote_as_text(
    command: Command, tapes: Path, tmp_path: Path
) -> None:
    path = tmp_path / "board.html"
    assert command("scoreboard", "--recordings", tapes, "--html", path) == (0, f"{path} written\n", NO_STORE)
    written = path.read_text("utf-8")
    assert written.count("<rect") == 4  # a bar for each page of each site, and of all
    assert "The wreck draws crowds &lt;b&gt;&amp; gulls&lt;/b&gt;" in written
    assert "<b>" not in written
    assert LACKS in written
    tags = _Tags(written)
    assert not tags.names & {"script", "link", "img", "iframe", "object"}
    assert tags.addresses == {BAY}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--json", "--html", "x.html"), "--json prints lines, --html writes a page"),
        (("--html", "no-such-folder/x.html"), "there is no folder no-such-folder"),
        (("--corpus", "no-such-folder"), "no-such-folder is no corpus"),
    ],
)
def test_what_makes_no_sense_is_said(command: Command, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = command("scoreboard", *arguments)
    assert (status, out) == (ExitStatus.USAGE, "")
    assert err.startswith(f"scrapy scoreboard: {said}")


class _Tags(HTMLParser):
    """The names of a page's elements, and the addresses that it names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.addresses |= {value for name, value in attrs if name in ("href", "src") and value}

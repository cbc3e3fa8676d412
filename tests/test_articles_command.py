"""`scrapy articles`, `forget` and `verify` as a person types them."""

from __future__ import annotations

import io
import json
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from extractors import Article, Block, Label
from spiders.record import Link, Record, State
from spiders.store import Store
from spiders.store.reader import Reader
from spiders.verbs import inventory
from tests.conftest import Command
from tests.conftest import Run as Crawls
from tests.holdings import raws
from tests.newsroom import FEED, FERRY, HOME, MARKET, TOWER, WHEN, edition, page, shelved

Run = Callable[..., tuple[int, str, str]]
WALL = "<html><head><title>Just a moment...</title></head><body><p>Checking your browser. Cloudflare Ray ID: 8f</p></body></html>"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def shelf(path: Path) -> Path:
    """A store of two articles, of the ferry and, a day later, of the tower, and of a page that failed."""
    shelved(path, {FERRY: page("the ferry", FERRY)})
    shelved(path, {TOWER: page("the tower", TOWER), MARKET: WALL}, when=WHEN + timedelta(days=1))
    return path


@pytest.fixture
def articles(command: Command, path: Path) -> Run:
    return partial(command, "articles", "-s", f"COPYDESK_STORE={path}")


@pytest.fixture
def forget(command: Command, path: Path) -> Run:
    return partial(command, "forget", "-s", f"COPYDESK_STORE={path}")


@pytest.fixture
def verify(command: Command, path: Path) -> Run:
    return partial(command, "verify", "-s", f"COPYDESK_STORE={path}")


@pytest.mark.parametrize("form", ["text", "json"])
def test_of_a_long_list_the_articles_are_not_held(form: str) -> None:
    def stored() -> Iterator[Record]:
        for number in range(30):
            block = Block(f"{number} " * 100_000, Label.BODY, 0)
            yield Record(FERRY, Article(FERRY, blocks=(block,)), 1, "", WHEN.isoformat(), WHEN.isoformat())

    tracemalloc.start()
    assert len(list(inventory.articles(stored(), form))) == 30
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


def test_articles_lists_what_is_stored_the_latest_first(articles: Run, shelf: Path) -> None:
    status, out, err = articles()
    assert (status, err) == (0, "")
    first, second = out.splitlines()
    assert first.split() == ["-", "harbour.example", "87", "Council", "keeps", "the", "tower", TOWER]
    assert second.endswith(FERRY)
    assert first.index("Council") == second.index("Council")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--site", "harbour.example"), [TOWER, FERRY]),
        (("--site", "www.HARBOUR.example"), [TOWER, FERRY]),
        (("--site", "https://harbour.example/"), [TOWER, FERRY]),
        (("--since", "2026-05-05"), [TOWER]),
        (("--until", "2026-05-04"), [FERRY]),
        (("--since", "2026-05-04", "--until", "2026-05-05"), [TOWER, FERRY]),
        (("--since", "1m"), []),
        (("--words", "FERRY council"), [FERRY]),
        (("--words", "100%"), []),
        (("--run", "1"), [FERRY]),
        (("--run", "9"), []),
        (("--limit", "1"), [TOWER]),
    ],
)
def test_articles_lists_what_fits(articles: Run, shelf: Path, options: tuple[str, ...], found: list[str]) -> None:
    status, out, err = articles(*options)
    assert status == 0
    assert [line.split()[-1] for line in out.splitlines()] == found
    if not found:
        assert err == "scrapy articles: nothing that is stored fits\n"
    elif options[0] == "--limit":
        assert err == "scrapy articles: these are the first 1; --limit N shows more\n"


def test_articles_for_a_program_are_an_object_a_line(articles: Run, shelf: Path) -> None:
    first, _ = (json.loads(line) for line in articles("--format", "json")[1].splitlines())
    assert (first["address"], first["words"], first["version"]) == (TOWER, 87, 1)


def test_articles_shows_one_in_full(articles: Run, shelf: Path) -> None:
    status, out, err = articles(f"{FERRY}/?utm_source=x#top")
    assert (status, err) == (0, "")
    head, body = out.split("\n\n", 1)
    assert head.startswith(f"Council keeps the ferry\n{FERRY}\nversion 1, stored 2026-05-04T06:30:00+00:00")
    assert body.startswith("The harbour council decided on Monday evening that the ferry will be kept open")
    assert json.loads(articles(FERRY, "--format", "json")[1])["headline"] == "Council keeps the ferry"
    assert articles(FERRY, "--format", "markdown")[1].startswith("# Council keeps the ferry\n")


def test_articles_shows_what_was_taken_out(articles: Run, path: Path) -> None:
    more = "</p><p>Read more: <a href='/x'>What the tower costs the town</a>"
    shelved(path, {FERRY: page("the ferry", FERRY, more=more)})
    assert articles(FERRY, "--removed")[1].startswith("related (")


def test_articles_tells_what_each_version_changed(articles: Run, path: Path) -> None:
    shelved(path, {FERRY: page("the ferry", FERRY)})
    shelved(path, {FERRY: page("the night ferry", FERRY)}, when=WHEN + timedelta(1))
    shelved(path, {FERRY: WALL}, when=WHEN + timedelta(2))
    status, out, _ = articles(FERRY, "--revisions")
    assert status == 0
    versions = [line for line in out.splitlines() if line.startswith("version ")]
    assert [line.split(",")[0] for line in versions] == [
        f"version {n}: last seen 2026-05-0{day}T06:30:00+00:00" for n, day in ((1, 4), (2, 5), (3, 6))
    ]
    assert all(" words, read by generic of Copydesk 0.1.0+" in line for line in versions[:2])
    assert versions[2].endswith("; did not replace the article: block page: bot wall")
    assert "\n  headline: Council keeps the{+ night+} ferry\n" in out
    told = [json.loads(line) for line in articles(FERRY, "--revisions", "--format", "json")[1].splitlines()]
    assert [version["flag"] for version in told] == [None, None, "block page: bot wall"]


def test_articles_lists_what_failed_and_why(articles: Run, shelf: Path) -> None:
    status, out, _ = articles("--failed")
    assert status == 0
    assert out.startswith(f"{MARKET}: ")
    assert "bot wall" in out
    shelved(shelf, {"https://mill.example/a": page("the mill", "https://mill.example/a")})
    for options in (("--run", "1"), ("--site", "mill.example")):
        assert articles("--failed", *options) == (0, "", "scrapy articles: no address failed\n")
    assert json.loads(articles("--failed", "--format", "json")[1])["address"] == MARKET


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((f"{HOME}/nowhere",), 2, f"the store has no article at {HOME}/nowhere"),
        ((FERRY.replace("www.", ""),), 2, f"/ferry; did you mean {FERRY}?"),
        (
            (MARKET,),
            2,
            f"the store has no article at {MARKET}: it failed (not an article but a page of the kind “bot wall”",
        ),
        ((f"{HOME}/x?token=swordfish",), 2, "token=REDACTED"),
        (("ferry",), 2, "'ferry' is not a web address"),
        (("https://[::1",), 2, "'https://[::1' is not a web address"),
        ((FERRY, TOWER), 2, "name one address, or none for a list"),
        (("--since", "yesterday"), 2, "'yesterday' is no time: write a day (2026-05-04)"),
        (("--since", ""), 2, "'' is no time"),
        ((FERRY, "--site", "x.example"), 2, "an address names one article: leave out --site"),
        ((FERRY, "--failed"), 2, "leave out --failed"),
        (("--removed",), 2, "name its address"),
        (("--failed", "--words", "x"), 2, "--failed goes with --site and --run, not with --words"),
        (("--failed", "--passed-over"), 2, "--failed and --passed-over are two lists: leave one out"),
        (("--passed-over", "--since", "2d"), 2, "--passed-over goes with --site and --run, not with --since"),
        ((FERRY, "--passed-over"), 2, "leave out --passed-over"),
        (("--format", "markdown"), 2, "--format markdown shows one article"),
        (("--limit", "0"), 2, "--limit is a number from 1 on"),
        (("--limit", "9" * 20), 2, "--limit is a number from 1 on, a billion at most"),
        (("--passed-over", "--run", "9" * 20), 2, "--run is a number from 1 on, a billion at most"),
        (("--all",), 2, "unknown option --all"),
        (("-s", "COPYDESK_STORE=nowhere.db"), 4, "there is no store at nowhere.db"),
        (("-s", "COPYDESK_STORE=scrapy.cfg"), 4, "not a database"),
    ],
)
def test_articles_answers_bad_input_with_one_sentence(
    articles: Run, shelf: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    ended, out, err = articles(*arguments)
    assert (ended, out) == (status, "")
    assert said in err
    assert "swordfish" not in err
    assert len(err.splitlines()) == 1
    assert err.startswith("scrapy articles: ")


def test_what_strangers_wrote_cannot_move_the_cursor(articles: Run, path: Path) -> None:
    shelved(path, {FERRY: page("\x1b[31mthe \u202eferry", f"{FERRY}?key=swordfish")})
    for arguments in ((), (FERRY,), (FERRY, "--revisions"), (FERRY, "--format", "json"), ("--format", "json")):
        _, out, _ = articles(*arguments)
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_articles_reads_beside_a_crawl(articles: Run, shelf: Path) -> None:
    with Store(shelf) as store:
        store.begin("harbour", [Link(f"{HOME}/new")])
        assert len(articles()[1].splitlines()) == 2


def bytes_of(path: Path) -> bytes:
    """Return all that the store has on the disk."""
    return b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))


def test_forget_takes_an_article_out_for_good(forget: Run, articles: Run, path: Path) -> None:
    words = [f"zanzibar{n}word" for n in range(6)]
    for number, word in enumerate(words):  # each makes the one before it a revision
        more = " ".join([f"The harbour master said that {word} was the name of his boat."] * 200)
        shelved(path, {FERRY: page("the ferry", FERRY, more=more)}, when=WHEN + timedelta(number))
    shelved(path, {TOWER: page("the tower", TOWER)})
    assert words[-1].encode() in bytes_of(path)
    assert forget(FERRY) == (0, f"forgot 1 article of {FERRY}\n", "")
    kept = bytes_of(path)
    assert [word for word in words if word.encode() in kept] == []
    assert b"Council keeps the ferry" not in kept
    assert b"Council keeps the tower" in kept
    assert "it is excluded (forgotten)" in articles(FERRY)[2]
    with Store(path) as store:
        run = store.begin("harbour", [Link(FERRY), Link(TOWER)])
        assert [lease.url for lease in store.lease(run, 9)] == [TOWER]


def test_forget_takes_the_second_address_of_an_article_too(forget: Run, path: Path) -> None:
    amp = f"{HOME}/amp/ferry"
    shelved(path, {FERRY: page("the ferry", FERRY), amp: page("the ferry", FERRY), TOWER: page("the tower", TOWER)})
    assert forget(FERRY)[0] == 0
    with Reader(path) as reader:
        assert reader.fate(amp) == reader.fate(FERRY) == (State.EXCLUDED, "forgotten")
        assert [raw.url for raw in reader.raws()] == [TOWER]


def test_forget_empties_the_feed_that_told_of_the_article(forget: Run, run: Crawls, store: Callable[[], Store]) -> None:
    run(edition())
    with store() as opened:
        assert [bool(raw.body) for raw in raws(opened, FEED)] == [True]
    assert forget(FERRY)[0] == 0
    with store() as opened:
        assert raws(opened, FEED) == []
        assert [bool(raw.body) for raw in raws(opened, TOWER)] == [True]


def test_forget_of_a_page_that_failed(forget: Run, shelf: Path) -> None:
    assert forget(MARKET) == (0, f"forgot 0 articles of {MARKET}\n", "")
    with Reader(shelf) as reader:
        assert reader.fate(MARKET) == (State.EXCLUDED, "forgotten")


def test_forget_of_a_site_needs_a_yes(forget: Run, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, out, err = forget("harbour.example")
    assert (status, out) == (2, "")
    assert "--yes is needed to forget all of harbour.example, 2 articles, for good" in err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for answer, told in (("", "nothing was forgotten"), ("n", "nothing was forgotten"), ("y", "forgot 2 articles of")):
        monkeypatch.setattr("builtins.input", lambda _, answer=answer: answer)
        status, out, _ = forget("harbour.example")
        assert status == 0
        assert out.startswith(told)
    shelved(shelf, {TOWER: page("the tower", TOWER)})
    with Reader(shelf) as reader:
        assert list(reader.records()) == []


def test_forget_takes_an_end_of_the_input_for_a_no(forget: Run, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())  # Ctrl-D
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    status, out, _ = forget("harbour.example")
    assert (status, out.splitlines()[-1]) == (0, "nothing was forgotten")


def test_forget_of_a_site_leaves_other_sites_alone(forget: Run, shelf: Path) -> None:
    other = "https://fakeharbour.example/a"
    shelved(shelf, {other: page("the mill", other)})
    assert forget("harbour.example", "--yes") == (0, "forgot 2 articles of harbour.example\n", "")
    with Reader(shelf) as reader:
        assert [record.address for record in reader.records()] == [other]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "name the address of one article, or a site (news.example)"),
        (("harbour.example/2026/ferry",), 2, "is neither a web address (with https://) nor a site"),
        ((f"{HOME}/nowhere?token=swordfish",), 2, f"does not know {HOME}/nowhere?token=REDACTED"),
        (("habour.example", "--yes"), 2, "does not know habour.example; did you mean harbour.example?"),
        (("-s", "COPYDESK_STORE=nowhere.db", FERRY), 4, "there is no store at nowhere.db"),
    ],
)
def test_forget_answers_bad_input_with_one_sentence(
    forget: Run, shelf: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    ended, out, err = forget(*arguments)
    assert (ended, out) == (status, "")
    assert said in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("name", ["www.Harbour.example", "harbour.example/", "https://www.harbour.example"])
def test_forget_takes_any_name_of_a_site(name: str, forget: Run, shelf: Path) -> None:
    assert "--yes is needed to forget all of harbour.example, 2 articles, for good" in forget(name)[2]
    assert forget(name, "--yes") == (0, "forgot 2 articles of harbour.example\n", "")


@pytest.mark.parametrize(
    "verb",
    [
        ("articles",),
        ("articles", "--failed"),
        ("articles", "--passed-over"),
        ("export", "--to", "-"),
        ("export", "--to", "out.warc.gz"),
        ("reextract",),
        ("runs",),
    ],
)
def test_a_site_of_which_the_store_has_never_heard_is_a_mistake(
    command: Command, shelf: Path, verb: tuple[str, ...]
) -> None:
    def said(site: str) -> tuple[int, str, str]:  # nor of a part of the name of one it knows
        return command(*verb, "--site", site, "-s", f"COPYDESK_STORE={shelf}")

    close = f"scrapy {verb[0]}: the store {shelf} does not know habour.example; did you mean harbour.example?\n"
    assert said("habour.example") == (2, "", close)
    assert said("arbour.example") == (2, "", close.replace("habour", "arbour", 1))
    assert said("https://pier.test/a") == (2, "", f"scrapy {verb[0]}: the store {shelf} does not know pier.test\n")
    assert not Path("out.warc.gz").exists()


def test_forget_waits_for_no_crawl(forget: Run, shelf: Path) -> None:
    with Store(shelf):
        status, out, err = forget(FERRY)
    assert (status, out) == (5, "")
    assert "is locked by pid" in err


def test_verify_finds_nothing_in_a_store_that_is_whole(verify: Run, shelf: Path) -> None:
    told = "nothing is damaged: 2 articles, 0 revisions, 3 responses, 3 addresses, 2 runs\n"
    assert verify() == (0, told, "")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE article SET headline = 'Tower falls' WHERE address LIKE '%tower'", f"article: {TOWER}: "),
        ("UPDATE article SET article = replace(article, 'tower', 'mill')", f"article: {TOWER}: "),
        ("UPDATE raw SET body = x'28b52ffd00' WHERE key LIKE '%market'", f"raw: {MARKET}: "),
        ("UPDATE raw SET status = 404 WHERE key LIKE '%ferry'", f"raw: {FERRY}: "),
    ],
)
def test_verify_names_what_is_damaged(verify: Run, shelf: Path, change: str, named: str) -> None:
    with closing(sqlite3.connect(shelf)) as connection, connection:
        connection.execute(change)
    status, out, err = verify()
    assert status == 4
    assert [line for line in out.splitlines() if line.startswith(named)]
    assert err.startswith(f"scrapy verify: the store {shelf} is damaged in 1 place")


def test_a_damaged_article_hides_no_other_and_can_be_forgotten(
    articles: Run, forget: Run, verify: Run, shelf: Path
) -> None:
    with closing(sqlite3.connect(shelf)) as connection, connection:
        connection.execute("UPDATE article SET article = '{}' WHERE address LIKE '%ferry'")
        connection.execute("UPDATE article SET first_seen = 'once' WHERE address LIKE '%tower'")
    status, out, err = articles()
    assert (status, [line.split()[-1] for line in out.splitlines()]) == (4, [TOWER])
    assert "1 damaged row of" in err
    assert articles(FERRY)[:2] == (4, "")
    assert articles(TOWER)[0] == 0
    assert forget(FERRY)[:2] == (0, f"forgot 1 article of {FERRY}\n")
    assert forget("harbour.example", "--yes")[:2] == (0, "forgot 1 article of harbour.example\n")
    assert verify()[0] == 0


def test_verify_of_a_file_that_is_torn(verify: Run, shelf: Path) -> None:
    content = bytearray(shelf.read_bytes())
    content[4096 * 3 : 4096 * 6] = bytes(4096 * 3)
    shelf.write_bytes(content)
    status, _, err = verify()
    assert status == 4
    assert "is damaged" in err

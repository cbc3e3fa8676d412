"""Drift: planted redesigns are found with field and day, quiet weeks are quiet, articles in doubt are marked and mended."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import orjson
import pytest

from extractors import Article, ExtractionError, extract
from extractors.registry import load, site_files
from spiders.context import hints_of
from spiders.lease import Finish, Lease
from spiders.news import NewsSpider
from spiders.outcomes import outcome_of
from spiders.record import Link, Raw
from spiders.store import Store
from spiders.store.reader import Reader
from spiders.surfaces.values import as_json
from spiders.vitals.judgement import LEAST, drifts
from spiders.vitals.lasting import Sight
from spiders.vitals.vital import Vital, vital_of
from tests.conftest import Command
from tests.newsroom import crawled, recorded
from tests.redesigns import DOMAIN, FIRST, HOME, REDESIGNS, SITE, Story, page, stories

Drift = Callable[..., tuple[int, str, str]]
BEFORE, DAYS = 21, 4  # days before a redesign, and since
DAY = f"{FIRST + timedelta(BEFORE):%Y-%m-%d}"


@pytest.fixture(scope="module", autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site file of the paper, in a folder of its own."""
    folder = tmp_path_factory.mktemp("sites")
    (folder / f"{DOMAIN.replace('.', '_')}.py").write_text(SITE, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPYDESK_SITES", str(folder))
        forget_sites()
        yield folder / f"{DOMAIN.replace('.', '_')}.py"
    forget_sites()


def forget_sites() -> None:
    """Make the next page look for its site file anew."""
    sys.modules.pop(f"copydesk_own_site_{DOMAIN.replace('.', '_')}", None)
    load.cache_clear()
    site_files.cache_clear()


def shelve(path: Path, told: Iterable[Story], make: Callable[[Story], str] = page) -> None:
    """Store stories as a crawl a day would, each page as `make` gives it."""
    with Store(path) as store:
        shelve_into(store, told, make)


def shelve_into(
    store: Store, told: Iterable[Story], make: Callable[[Story], str] = page, *, later: timedelta = timedelta()
) -> None:
    """Do that with an open store; the pages come so much `later` than they were written."""
    by_url = {story.url: story for story in told}
    run = store.begin("courier", [Link(url, hints=story.hints) for url, story in by_url.items()], resume=False)
    leases = store.lease(run, len(by_url))
    store.finish_all([_finish(lease, by_url[lease.url], make, by_url[lease.url].when + later) for lease in leases])
    store.end(run, "finished")


def _finish(lease: Lease, story: Story, make: Callable[[Story], str], when: datetime) -> Finish:
    raw = Raw(story.url, 200, (("Content-Type", "text/html; charset=utf-8"),), make(story).encode(), when)
    try:
        return Finish(lease, raw, article=extract(raw.body, story.url, hints=hints_of(story.hints)))
    except ExtractionError as error:
        told = outcome_of(error, story.url)
        return Finish(lease, raw, state=told.state, reason=told.reason, flag=told.flag)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """A store of the paper's first weeks."""
    path = tmp_path_factory.mktemp("past") / "store.db"
    shelve(path, stories(1, range(BEFORE)))
    return path


@pytest.fixture
def path(past: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(past, tmp_path / "store.db"))


@pytest.fixture
def drift(command: Command, path: Path) -> Drift:
    return partial(command, "drift", "-s", f"COPYDESK_STORE={path}")


class Inside:
    """A pool that reads in this process, which knows the paper's site file; the session's workers do not."""

    def __init__(self, _: object) -> None:
        """Need no settings."""

    async def __aenter__(self) -> Inside:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave nothing behind."""

    async def extract(self, body: bytes, url: str, **told: Any) -> Article:
        """Read a page."""
        return extract(body, url, **told)


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.workers.pool.Pool", Inside)


def test_many_pages_of_a_few_days_are_no_past_to_judge_by(command: Command, tmp_path: Path) -> None:
    shelve(tmp_path / "store.db", stories(1, range(5), a_day=9))
    out = command("drift", "-s", f"COPYDESK_STORE={tmp_path}/store.db")
    assert out == (0, "0 of 0 sites changed; 1 site with too few pages or days yet\n", "")


@pytest.mark.parametrize("name", REDESIGNS)
def test_a_redesign_is_told_with_its_field_and_its_day(drift: Drift, path: Path, name: str) -> None:
    field, make = REDESIGNS[name]
    shelve(path, stories(1, range(BEFORE, BEFORE + DAYS)), make)
    status, out, _ = drift("--json")
    (told,) = map(json.loads, out.splitlines())
    assert (status, told["site"]) == (15, DOMAIN)
    assert field in [one["field"] for one in told["drifts"]]
    assert {one["since"][:10] for one in told["drifts"]} == {DAY}


def test_ten_quiet_weeks_of_three_papers_raise_no_alarm() -> None:
    for seed in (2, 3, 4):
        told = [one for week in range(10) for one in stories(seed, range(7 * week, 7 * week + 7), a_day=1 + seed % 3)]
        sights = [Sight(one.url, one.when.isoformat(), vital(one)) for one in told]
        assert len(sights) > LEAST
        ends = [n for n in range(1, len(sights)) if sights[n].seen[:10] != sights[n - 1].seen[:10]]
        assert [drift.sentence for end in [*ends[::3], len(sights)] for drift in drifts(DOMAIN, sights[:end])] == []


@pytest.mark.parametrize(
    ("pages", "past", "new", "told"),
    [(30, 7, 8, True), (29, 7, 8, False), (30, 6.99, 8, False), (30, 7, 7, False)],
)
def test_a_site_is_judged_by_thirty_pages_of_a_week_and_eight_new_ones(
    pages: int, past: float, new: int, told: bool
) -> None:
    _, redesigned = REDESIGNS["the class of the headline is renamed"]
    papers = list(stories(2, range(14)))
    seen = [
        *(FIRST + timedelta(past) * n / (pages - 1) for n in range(pages)),
        *(FIRST + timedelta(8 + n) for n in range(new)),
    ]
    signs = [vital(story, redesigned if n >= pages else page) for n, story in enumerate(papers[: pages + new])]
    sights = [Sight(str(n), when.isoformat(), sign) for n, (when, sign) in enumerate(zip(seen, signs, strict=True))]
    assert bool(drifts(DOMAIN, sights)) is told


@pytest.mark.parametrize(("one_in", "told"), [(6, False), (2, True)])
def test_a_small_change_is_none_however_many_pages_show_it(one_in: int, told: bool) -> None:
    _, redesigned = REDESIGNS["the class of the headline is renamed"]
    papers = list(stories(2, range(14)))
    usual, odd = ([vital(story, make) for story in papers] for make in (page, redesigned))
    signs = [odd[n % len(odd)] if n >= 200 and n % one_in == 0 else usual[n % len(usual)] for n in range(480)]
    sights = [Sight(str(n), (FIRST + timedelta(hours=2 * n)).isoformat(), sign) for n, sign in enumerate(signs)]
    assert bool(drifts(DOMAIN, sights)) is told


def vital(story: Story, make: Callable[[Story], str] = page) -> Vital:
    """Read a story's page and return its vital signs."""
    return vital_of(extract(make(story), story.url, hints=hints_of(story.hints)), story.hints)


def test_the_scoreboard_shows_what_drifted_last_and_the_agreement_of_the_stored_pages(
    command: Command, path: Path, tmp_path: Path
) -> None:
    field, make = REDESIGNS["the class of the headline is renamed"]
    shelve(path, stories(1, range(BEFORE, BEFORE + DAYS)), make)
    shelve(path, stories(2, range(BEFORE, BEFORE + 1)), REDESIGNS["the page is a script"][1])  # no articles
    board = partial(command, "scoreboard", DOMAIN, "-s", f"COPYDESK_STORE={path}")
    told = json.loads(board("--json")[1])
    assert (told["site"], told["pages"], told["exact"]) == (DOMAIN, 0, None)
    with Reader(path) as reader:
        assert told["stored"] == len(list(reader.records()))
    assert 0.5 < told["agreement"] <= 1
    assert field in [drift["field"] for drift in told["drift"]]
    table = command("scoreboard", "-s", f"COPYDESK_STORE={path}", "--recordings", "cassettes/time.com")[1]
    first, *rest = table.splitlines()[1:]
    assert first.startswith(DOMAIN)  # before what is as it was
    assert f"since {DAY}" in first
    assert [row.split()[0] for row in rest] == ["time.com", "all"]
    assert board("--html", tmp_path / "board.html")[0] == 0
    drawn = (tmp_path / "board.html").read_text("utf-8")
    assert f'aria-label="{DOMAIN}: agreement of the stored pages"' in drawn
    assert f'<td class="text amiss">{field} since {DAY}</td>' in drawn


@pytest.fixture
def changed(path: Path) -> Path:
    """The store when the standfirst has had another class for some days, which nobody has noticed yet."""
    shelve(path, stories(1, range(BEFORE, BEFORE + DAYS)), REDESIGNS["the standfirst has another class"][1])
    return path


def test_articles_in_doubt_are_marked_and_not_replaced(drift: Drift, command: Command, changed: Path) -> None:
    told, old = list(stories(1, range(BEFORE, BEFORE + DAYS))), list(stories(1, range(BEFORE)))
    bare = sum(not story.lead for story in old)
    status, out, err = drift()
    assert status == 15
    assert out.splitlines() == [
        f"{DOMAIN}: the site file's selector for standfirst finds nothing on {len(told)} of {len(told)} pages since {DAY} "
        f"(before: {bare / len(old):.0%}): the first is {told[0].url}".replace("%", " %"),
        "1 of 1 site changed",
    ]
    assert err == f"scrapy drift: in doubt: {len(told)} more articles (scrapy articles --suspect lists them)\n"
    why = f"the site file's selector for standfirst finds nothing, as on many pages of the site since {DAY}"
    with Reader(changed) as reader:
        marked = {record.address: record.suspect for record in reader.records(suspect=True)}
        assert marked == {story.url: why for story in told}
        assert [health.suspect for health in reader.health()] == [len(told)]
        assert list(reader.revisions()) == []
    store = "-s", f"COPYDESK_STORE={changed}"
    lines = command("articles", "--suspect", *store)[1].splitlines()
    assert len(lines) == len(told)
    assert lines[0].endswith(f"  in doubt: {why}")
    assert f"in doubt: {why}" in command("articles", told[0].url, *store)[1]
    row = json.loads(command("articles", told[0].url, "--format", "json", *store)[1])
    assert row["suspect"] == why
    assert "in doubt" not in command("articles", next(stories(1, range(1))).url, *store)[1]


@pytest.mark.usefixtures("inside")
def test_the_mark_goes_when_the_site_file_is_mended(drift: Drift, command: Command, changed: Path, site: Path) -> None:
    assert drift()[0] == 15
    assert (
        command("reextract", "--since", DAY, "-s", f"COPYDESK_STORE={changed}")[0] == 0
    )  # with the same site file: all is as it was
    assert drift()[::2] == (15, "")
    site.write_text(SITE.replace(".story-lead", ".story-lead, .lead-2"), "utf-8")
    try:
        forget_sites()
        assert command("reextract", "--since", DAY, "-s", f"COPYDESK_STORE={changed}")[0] == 0
    finally:
        site.write_text(SITE, "utf-8")
        forget_sites()
    with Reader(changed) as reader:
        assert list(reader.records(suspect=True)) == []
    assert drift() == (0, "0 of 1 site changed\n", "")


def test_what_a_person_accepts_is_usual_from_then_on(drift: Drift, changed: Path) -> None:
    assert drift()[0] == 15
    status, _, err = drift(DOMAIN, "--accept")
    assert status == 0
    assert err.startswith("scrapy drift: taken for usual from now on; ")
    with Reader(changed) as reader:
        assert list(reader.records(suspect=True)) == []
    assert drift(DOMAIN) == (0, "0 of 1 site changed\n", "")
    later = stories(1, range(BEFORE + DAYS, BEFORE + DAYS + 4))
    shelve(changed, later, REDESIGNS["the byline has moved to the foot"][1])
    assert [one["field"] for one in json.loads(drift("--json")[1])["drifts"]] == ["authors", "authors"]


def test_a_store_that_a_crawl_holds_is_judged_and_not_marked(drift: Drift, changed: Path) -> None:
    with Store(changed):
        status, out, err = drift()
        assert (status, out.splitlines()[-1]) == (15, "1 of 1 site changed")
        assert err.startswith("scrapy drift: the articles in doubt are not marked: ")
        assert drift(DOMAIN, "--accept")[0] == 5


def test_a_store_that_nobody_may_write_is_judged_and_not_marked(drift: Drift, changed: Path) -> None:
    lock = changed.with_name(f"{changed.name}.lock")
    lock.unlink()
    lock.mkdir()  # so that not even whoever may write anywhere can take it
    status, out, err = drift()
    assert (status, out.splitlines()[-1]) == (15, "1 of 1 site changed")
    assert err.startswith("scrapy drift: the articles in doubt are not marked: ")
    assert drift(DOMAIN, "--accept")[0] == 4


@pytest.mark.usefixtures("inside")
def test_the_first_page_that_fails_is_named(drift: Drift, changed: Path) -> None:
    first = next(stories(1, range(BEFORE, BEFORE + 1))).url
    status, out, err = drift("--pages")
    line, summary = out.splitlines()
    assert (status, err) == (15, "")
    assert line.startswith(f"{DOMAIN}: the site file's selector for standfirst finds nothing on ")
    assert f" since {DAY} " in line
    assert line.endswith(f": the first is {first}")
    assert summary.endswith(" pages of 1 site read: 1 site amiss")


@pytest.mark.usefixtures("inside")
def test_of_a_site_of_many_pages_a_day_the_first_that_fails_is_named_too(drift: Drift, tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    make = REDESIGNS["the class of the headline is renamed"][1]
    for days, a_day, look in ((range(8), 4, page), (range(8, 10), 252, make)):  # the last 500 are of two days alone
        shelve(path, many(days, a_day), look)
    store = "-s", f"COPYDESK_STORE={path}"
    status, out, _ = drift("--pages", *store)
    assert (status, drift(*store)[0]) == (15, 15)
    assert f" since {FIRST + timedelta(8):%Y-%m-%d} " in out


def many(days: range, a_day: int) -> Iterator[Story]:
    """Yield so many stories a day, one story under many numbers."""
    story = next(stories(1, range(1)))
    for day in days:
        yield from (replace(story, number=day * 1000 + n, when=FIRST + timedelta(day, 300 * n)) for n in range(a_day))


@pytest.mark.usefixtures("inside")
def test_recordings_of_several_dates_name_the_first_that_fails(drift: Drift, tmp_path: Path) -> None:
    days = [next(stories(1, range(day, day + 1))) for day in (0, 1, 2, 3)]
    make = REDESIGNS["the class of the headline is renamed"][1]
    for story in days:
        html = page(story) if story.when < days[2].when else make(story)
        (tmp_path / "tapes").mkdir(exist_ok=True)
        recorded(tmp_path / "tapes" / f"{story.when:%Y-%m-%d}-story.yaml", {story.url: html})
    status, out, _ = drift("--recordings", str(tmp_path / "tapes"), "--json")
    (told,) = map(json.loads, out.splitlines())
    (first,) = told["drifts"]
    assert (status, told["pages"], first["field"], first["since"], first["first"]) == (
        *(15, 4, "headline"),
        *(f"{days[2].when:%Y-%m-%d}", days[2].url),
    )
    shutil.rmtree(tmp_path / "tapes")
    (tmp_path / "tapes").mkdir()
    recorded(tmp_path / "tapes" / "2026-03-02-story.yaml", {days[0].url: page(days[0])})
    expected = "1 page of 1 site read: 0 sites amiss\n"
    assert drift("--recordings", str(tmp_path / "tapes")) == (0, expected, "")
    recorded(tmp_path / "tapes" / "2026-03-01-story.yaml", {f"{HOME}/a": "<p>Nothing.</p>"})
    expected = "2 pages of 1 site read, 1 without an article: 0 sites amiss\n"
    assert drift("--recordings", str(tmp_path / "tapes")) == (0, expected, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.example",), "no page of nowhere.example is in the store"),
        (("https://www.nowhere.example/", "--pages"), "no page of nowhere.example is in the store"),
        (("nowhere.example", "--recordings", "cassettes"), "no page of nowhere.example is in cassettes"),
        (("time.con", "--recordings", "cassettes"), "no page of time.con is in cassettes; did you mean time.com?"),
        (("no domain",), "'no domain' is no domain: write news.example"),
        (("--accept",), "--accept is about sites: name them"),
        (("--pages", "--recordings", "x"), "leave one out"),
        ((DOMAIN, "--accept", "--pages"), "leave out --pages and --recordings"),
    ],
)
def test_bad_input_is_answered_with_one_sentence(drift: Drift, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = drift(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


class Courier(NewsSpider):
    """The paper's spider."""

    name = "courier"
    domains = (DOMAIN,)
    feeds: ClassVar[tuple[str, ...]] = (f"{HOME}/feed.xml",)


def test_a_crawl_that_meets_a_redesign_says_so_and_keeps_its_status(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = list(stories(1, range(BEFORE, BEFORE + 2)))
    make = REDESIGNS["the class of the body is renamed"][1]
    items = "".join(
        f"<item><title>{story.title}</title><link>{story.url}</link><pubDate>{format_datetime(story.when)}</pubDate></item>"
        for story in new
    )
    rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>C</title>{items}</channel></rss>'
    pages = {Courier.feeds[0]: rss} | {story.url: make(story) for story in new}
    books = crawled(tmp_path, pages, Courier, at=new[-1].when)
    assert path == tmp_path / "store.db"
    (first,) = books.drifts
    assert (first.site, first.field, first.day) == (DOMAIN, "template", f"{new[-1].when:%Y-%m-%d}")
    assert books.status() == 0
    line = f"{first.sentence}: scrapy drift {DOMAIN}"
    assert line in capsys.readouterr().out.replace("\n", " ").replace("  ", " ")
    with Reader(path) as reader:
        assert len(list(reader.records(suspect=True))) == len(new)


def test_a_site_that_is_mended_by_itself_is_told_no_more_and_its_bad_articles_stay_marked(changed: Path) -> None:
    with Store(changed) as store, Reader(changed) as reader:
        (before,) = reader.health()
        marked = store.vitals.mark(before.drifts)
        shelve_into(store, stories(1, range(BEFORE + DAYS, BEFORE + DAYS + 4)))
        assert store.vitals.clear() == 0
        (after,) = reader.health()
        assert (after.drifts, after.suspect) == ((), marked)
        shelve_into(
            store,
            stories(1, range(BEFORE + DAYS + 4, BEFORE + 2 * DAYS + 4)),
            REDESIGNS["the standfirst has another class"][1],
        )
        (again,) = reader.health()
        assert [(one.field, one.day) for one in again.drifts] == [
            ("standfirst", f"{FIRST + timedelta(BEFORE + DAYS + 4):%Y-%m-%d}")
        ]


def test_an_older_store_begins_with_the_past_that_its_articles_tell(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = {key: orjson.loads(signs) for key, signs in connection.execute("SELECT key, signs FROM vital")}
        connection.execute("DROP TABLE vital")
        connection.execute("DROP TABLE accepted")
        connection.execute(
            "UPDATE article SET article = '{' WHERE key = (SELECT min(key) FROM article)"
        )  # a damaged one
        connection.execute("PRAGMA user_version = 3")
    with Store(path) as store, Reader(path) as reader:
        (health,) = reader.health()
        assert (health.site, health.pages, health.judged) == (DOMAIN, len(before) - 1, True)
        shelve_into(store, stories(1, range(BEFORE, BEFORE + DAYS)), REDESIGNS["the class of the body is renamed"][1])
        (health,) = reader.health()
        assert [(one.field, one.day) for one in health.drifts] == [("template", DAY)]
    with closing(sqlite3.connect(path)) as connection:
        for key, signs in connection.execute(
            "SELECT key, signs FROM vital WHERE key IN (SELECT value FROM json_each(?))", [json.dumps(list(before))]
        ):
            told = {name: value for name, value in before[key].items() if name not in ("hits", "missed")}
            assert {
                name: value for name, value in orjson.loads(signs).items() if name not in ("hits", "missed")
            } == told


def test_a_busy_site_is_held_against_its_weeks_and_all_its_articles_are_marked(path: Path) -> None:
    good = as_json(Vital("Courier", 2000, 6, 8, 1.0, hits=("headline",), missed=()).as_dict())
    bad = as_json(Vital("Courier", 2000, 6, 8, 1.0, hits=(), missed=("headline",)).as_dict())
    rows = []
    for day in range(BEFORE + 1):
        for number in range(150):
            url = f"https://busy.example/{day}/{number}"
            seen = f"{FIRST + timedelta(day, number * 300):%Y-%m-%dT%H:%M:%S+00:00}"
            rows.append((url, "busy.example", seen, bad if day == BEFORE and number > 29 else good))
    with closing(sqlite3.connect(path)) as connection, connection:
        told = "INSERT INTO url (key, url, host, kind, spider, state, run) VALUES (?1, ?1, 'busy.example', 'article', 'x', 'done', 1)"
        connection.executemany(told, [row[:1] for row in rows])
        connection.executemany("INSERT INTO vital (key, stands, site, seen, signs) VALUES (?, 1, ?, ?, ?)", rows)
    with Store(path) as store, Reader(path) as reader:
        (health,) = reader.health(["busy.example"])
        assert (health.pages, health.judged, health.suspect) == (len(rows), True, 0)
        assert [(one.field, one.day) for one in health.drifts] == [("headline", DAY)]
        marked = store.vitals.mark(health.drifts)
        assert next(reader.health(["busy.example"])).suspect == marked
        assert 100 < marked <= 120  # also of those that were not looked at


def test_what_is_forgotten_leaves_no_sign(path: Path) -> None:
    first = next(stories(1, range(1)))
    with Store(path) as store, Reader(path) as reader:
        pages = next(reader.health()).pages
        store.forget(first.url)
        assert next(reader.health()).pages == pages - 1
        store.forget(DOMAIN)
        assert list(reader.health()) == []


def test_damaged_signs_are_named_and_left_out(path: Path) -> None:
    wrong = "{", '{"odd": 1}', "[]"
    with closing(sqlite3.connect(path)) as connection, connection:
        for number, signs in enumerate(wrong, start=1):
            connection.execute("UPDATE vital SET signs = ? WHERE rowid = ?", (signs, number))
    with Reader(path) as reader:
        damage = [(one.table, one.fault) for one in reader.damage()]
        assert damage == [("vital", "its signs or marks cannot be read")] * len(wrong)
        assert len(reader.sights(DOMAIN)) == sum(1 for _ in reader.records()) - len(wrong)


@pytest.mark.parametrize("listed", [True, False])
def test_pages_of_long_ago_say_nothing_of_a_site_as_it_is(path: Path, listed: bool) -> None:
    old = [replace(story, when=story.when - timedelta(400)) for story in stories(5, range(4))]
    by_url = {story.url: story for story in old}
    make = REDESIGNS["the class of the body is renamed"][1]
    with Store(path, clock=(FIRST + timedelta(BEFORE)).timestamp) as store, Reader(path) as reader:
        pages = next(reader.health()).pages
        run = store.begin(
            "courier", [Link(url, hints=story.hints if listed else {}) for url, story in by_url.items()], resume=False
        )
        now = FIRST + timedelta(BEFORE)
        leases = store.lease(run, len(old))
        store.finish_all([_finish(lease, by_url[lease.url], make, now) for lease in leases])
        (health,) = reader.health()
        assert (health.pages, health.drifts) == (pages, ())


def test_a_page_that_gives_less_than_the_stored_article_is_seen_and_the_article_not_in_doubt(path: Path) -> None:
    again = list(stories(1, range(BEFORE - 3, BEFORE)))
    with Store(path) as store, Reader(path) as reader:
        shelve_into(store, again, REDESIGNS["the page is a script"][1], later=timedelta(1))
        (health,) = reader.health()
        assert [one.field for one in health.drifts] == ["article"]
        assert store.vitals.mark(health.drifts) == 0
        assert list(reader.records(suspect=True)) == []
        shelve_into(store, again, later=timedelta(2))
        assert next(reader.health()).drifts == ()


def test_a_page_that_goes_on_giving_no_article_counts_once_when_it_first_gave_none(path: Path) -> None:
    again = list(stories(1, range(BEFORE - 1, BEFORE)))
    with Store(path) as store, Reader(path) as reader:
        for day in (1, 2, 3):  # no two answers are alike, as those of a bot wall
            wall = f"{REDESIGNS['the page is a script'][1](again[0])}<!-- {day} -->"
            shelve_into(store, again, dict.fromkeys(again, wall).__getitem__, later=timedelta(day))
        seen = {sight.seen[:10] for sight in reader.sights(DOMAIN) if sight.vital.template is None}
    assert seen == {f"{again[0].when + timedelta(1):%Y-%m-%d}"}

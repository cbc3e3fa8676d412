"""What a second run asks for: its listings, conditionally, what is new, and what is young enough to have changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings

from extractors import Article
from spiders.article import ArticleSpider
from spiders.cassettes import SIDE_FILES, Deck, Recording
from spiders.errors import SettingError
from spiders.lease import Finish
from spiders.manners.revisits import revisits
from spiders.manners.validators import validators_of
from spiders.middlewares.conditional import Conditional
from spiders.record import Change, Link, Raw, State
from spiders.rights.clearance import Clearance
from spiders.settings import REVISIT
from spiders.status import ExitStatus
from spiders.store import Store
from spiders.store.reader import Reader
from tests.conftest import Run
from tests.holdings import finish, raws, records, revisions
from tests.newsroom import FEED, FERRY, HOME, MARKET, TOWER, WHEN, Harbour, edition, feed, outcomes, page

SOON, LATER = WHEN + timedelta(minutes=5), WHEN + timedelta(hours=1)
ETAG = {"ETag": '"one"', "Last-Modified": "Mon, 04 May 2026 05:00:00 GMT", "Date": "Mon, 04 May 2026 06:30:00 GMT"}
SAME: tuple[int, dict[str, str], str] = (304, {}, "")


def tagged(pages: dict[str, str]) -> dict[str, Any]:
    """Give each page validators."""
    return {url: (200, ETAG, body) for url, body in pages.items()}


class Wire:
    """Notes what a crawl asks for, robots.txt and its like left out, and with which validators."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.validators: dict[str, list[str]] = {}

    def __call__(self, crawler: Any) -> None:
        crawler.signals.connect(self.note, signals.request_reached_downloader)

    def note(self, request: Request) -> None:
        if urlsplit(request.url).path not in SIDE_FILES:
            self.asked.append(request.url)
            told = [request.headers.get(name) for name in ("If-None-Match", "If-Modified-Since")]
            self.validators[request.url] = [value.decode() for value in told if value]


def test_a_second_run_costs_one_conditional_request(run: Run, store: Callable[[], Store]) -> None:
    first, second = Wire(), Wire()
    run(tagged(edition()), set_up=first, at=WHEN)
    assert first.asked == [FEED, FERRY, TOWER]
    assert not any(first.validators.values())
    books = run(tagged(edition()) | {FEED: SAME}, set_up=second, at=SOON)
    assert second.validators == {FEED: ['"one"', "Mon, 04 May 2026 05:00:00 GMT"]}
    assert books.sentence() == "0 stored + 0 failed + 0 excluded + 0 pending = 0 discovered"
    assert books.notes() == ["2 of 2 listed links are known"]
    assert books.status() is ExitStatus.OK
    with store() as opened:
        assert len(raws(opened, FEED)) == 1
        assert raws(opened, FEED)[0].body


def test_a_feed_that_has_not_changed_never_counts_as_dry(run: Run) -> None:
    run(tagged(edition()), at=WHEN)
    for _ in range(3):
        books = run({FEED: SAME}, at=SOON)
        assert [(one.state, one.listed, one.used_to) for one in books.listings] == [(State.DONE, 2, 2)]
        assert books.status() is ExitStatus.OK
    assert run({FEED: (200, {}, feed("https://elsewhere.example/x"))}, at=SOON).status() is ExitStatus.DRY
    assert run({FEED: (200, ETAG, feed(FERRY))}, at=SOON).status() is ExitStatus.OK


def test_of_a_feed_that_has_changed_only_what_is_new_is_fetched(run: Run) -> None:
    run(edition(), at=WHEN)
    wire = Wire()
    pages = edition() | {FEED: feed(MARKET, FERRY, TOWER), MARKET: page("the market", MARKET)}
    books = run(pages, set_up=wire, at=SOON)
    assert wire.asked == [FEED, MARKET]
    assert books.sentence() == "1 stored + 0 failed + 0 excluded + 0 pending = 1 discovered"
    assert books.notes() == ["2 of 3 listed links are known"]


def test_what_failed_for_good_or_is_no_article_is_not_asked_for_again(run: Run) -> None:
    pages = {FEED: feed(FERRY, TOWER, MARKET), FERRY: page("the ferry", FERRY)}
    pages |= {f"{HOME}/robots.txt": f"User-agent: *\nDisallow: {MARKET.removeprefix(HOME)}\n"}
    assert run(pages | {TOWER: (404, {}, "")}, at=WHEN).status() is ExitStatus.INCOMPLETE
    wire = Wire()
    assert run(pages, set_up=wire, at=SOON).status() is ExitStatus.OK
    assert wire.asked == [FEED]


def test_a_young_story_is_looked_at_again_whether_it_is_listed_or_not(run: Run, store: Callable[[], Store]) -> None:
    run(tagged(edition()), at=WHEN)
    wire = Wire()
    more = "A spokesman said on Tuesday that the decision will be looked at again before the summer begins."
    changed = (200, ETAG | {"ETag": '"two"'}, page("the tower", TOWER, more=more))
    books = run({FEED: (200, {}, feed(FERRY)), FERRY: SAME, TOWER: changed}, set_up=wire, at=LATER)
    assert sorted(wire.asked) == [FERRY, TOWER, FEED]
    assert all('"one"' in told for told in wire.validators.values())
    assert {entry.url: entry.change for entry in books.outcomes} == {FERRY: Change.UNCHANGED, TOWER: Change.CHANGED}
    assert books.sentence() == "2 stored + 0 failed + 0 excluded + 0 pending = 2 discovered"
    assert books.notes()[-1] == "stored articles looked at again: 2 (1 unchanged, 1 changed)"
    assert next(entry for entry in books.outcomes if entry.url == FERRY).headline == "Council keeps the ferry"
    with store() as opened:
        seen = {record.address: (record.version, record.last_seen) for record in records(opened)}
        assert seen == {FERRY: (1, LATER.isoformat()), TOWER: (2, LATER.isoformat())}
        assert [(r.version, r.last_seen) for r in revisions(opened)] == [(1, WHEN.isoformat())]
        (raw,) = raws(opened, FERRY)
        assert raw.body.startswith(b"<!DOCTYPE")
    third = Wire()
    run({FEED: SAME, FERRY: SAME, TOWER: SAME}, set_up=third, at=LATER + timedelta(hours=1))
    assert '"two"' in third.validators[TOWER]


def test_a_story_is_looked_at_ever_more_seldom_then_never() -> None:
    table = revisits(REVISIT)
    looks, now = [], WHEN.timestamp()
    while (due := table.due(now, published=WHEN, first_seen=WHEN)) is not None:
        looks.append((due - WHEN.timestamp()) / 3600)
        now = due
    pauses = [after - before for before, after in pairwise([0.0, *looks])]
    assert [round(pause, 6) for pause in pauses] == sorted(round(pause, 6) for pause in pauses)
    assert (len(looks), sum(look <= 2 for look in looks)) == (17, 6)
    assert 7 * 24 < looks[-1] < 10 * 24


def test_a_server_that_says_unchanged_to_everything_keeps_no_page_from_being_stored(
    run: Run, store: Callable[[], Store]
) -> None:
    books = run({FEED: feed(FERRY), FERRY: SAME}, at=WHEN)
    assert outcomes(books) == {"/2026/ferry": (State.FAILED, "HTTP 304")}
    with store() as opened:
        assert records(opened) == []


def test_validators_are_of_the_address_that_answered(run: Run) -> None:
    moved = (301, {"Location": f"{HOME}/feed/rss"}, "")
    run({FEED: moved, f"{HOME}/feed/rss": (200, ETAG, feed(FERRY)), FERRY: page("f", FERRY)}, at=WHEN)
    wire = Wire()
    assert run({FEED: moved, f"{HOME}/feed/rss": SAME}, set_up=wire, at=SOON).status() is ExitStatus.OK
    assert wire.validators[FEED] == []
    assert wire.validators[f"{HOME}/feed/rss"][0] == '"one"'
    wire = Wire()
    elsewhere = (301, {"Location": f"{HOME}/feed/atom"}, "")
    run({FEED: elsewhere, f"{HOME}/feed/atom": (200, ETAG, feed(FERRY))}, set_up=wire, at=SOON)
    assert wire.validators == {FEED: [], f"{HOME}/feed/atom": []}


def test_a_section_is_read_anew_where_it_is_read_in_another_way(run: Run) -> None:
    class Before(Harbour):
        feeds: ClassVar[tuple[str, ...]] = ()
        sections = {f"{HOME}/news/": "h2 a"}

    class After(Before):
        sections = {f"{HOME}/news/": "a"}

    listing = "<main><h2><a href='/2026/ferry'>F</a></h2><p><a href='/2026/tower'>T</a></p></main>"
    pages = edition() | {f"{HOME}/news/": (200, ETAG, listing)}
    assert list(outcomes(run(pages, Before, at=WHEN))) == ["/2026/ferry"]
    wire = Wire()
    assert list(outcomes(run(pages, After, set_up=wire, at=SOON))) == ["/2026/tower"]
    assert wire.validators[f"{HOME}/news/"] == []


def test_an_address_that_a_person_gives_is_asked_for_every_time(run: Run, tmp_path: Path) -> None:
    run(tagged(edition()), at=WHEN)
    wire = Wire()
    books = run({FERRY: SAME}, ArticleSpider, url=FERRY, set_up=wire, at=SOON)
    assert wire.validators[FERRY][0] == '"one"'
    assert [entry.change for entry in books.outcomes] == [Change.UNCHANGED]
    for at, due in ((SOON, set()), (LATER, {FERRY, TOWER})):  # the spider that lists it goes on watching it
        with Store(tmp_path / "store.db", clock=at.timestamp) as store:
            assert {lease.url for lease in store.lease(store.begin("harbour", []), 10)} == due


def test_the_listings_under_one_that_has_not_changed_are_asked_all_the_same(run: Run) -> None:
    class Mapped(Harbour):
        feeds: ClassVar[tuple[str, ...]] = ()
        sitemaps = (f"{HOME}/index.xml",)

    def index(*names: str) -> str:
        told = "".join(f"<sitemap><loc>{HOME}/{name}</loc></sitemap>" for name in names)
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</sitemapindex>'

    def urls(*places: str) -> str:
        told = "".join(f"<url><loc>{place}</loc></url>" for place in places)
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</urlset>'

    old, new = f"{HOME}/old.xml", f"{HOME}/new.xml"
    pages = {f"{HOME}/index.xml": index("old.xml", "new.xml"), old: urls(TOWER), new: urls(FERRY)}
    run(tagged(edition() | pages), Mapped, at=WHEN)
    run(tagged(edition() | pages | {f"{HOME}/index.xml": index("new.xml")}), Mapped, at=SOON)
    wire = Wire()
    told = {f"{HOME}/index.xml": SAME, new: (200, {}, urls(FERRY, MARKET)), MARKET: page("m", MARKET)}
    books = run(told, Mapped, set_up=wire, at=SOON)
    assert wire.asked == [f"{HOME}/index.xml", new, MARKET]
    assert books.sentence() == "1 stored + 0 failed + 0 excluded + 0 pending = 1 discovered"


def test_another_address_of_a_stored_article_is_a_duplicate_in_a_later_run_too(
    run: Run, store: Callable[[], Store]
) -> None:
    run(edition(), at=WHEN)
    copy = f"{FERRY}-again"
    books = run({FEED: feed(copy), copy: page("the ferry", FERRY)}, at=SOON)
    assert outcomes(books) == {"/2026/ferry-again": (State.EXCLUDED, f"duplicate of {FERRY}")}
    assert run({FEED: feed(copy)}, at=SOON).status() is ExitStatus.OK


def test_an_address_that_was_never_stored_gets_no_validators(run: Run) -> None:
    run({FEED: (200, ETAG, "<html>no feed</html>")}, at=WHEN)
    wire = Wire()
    run({FEED: (200, ETAG, feed(FERRY)), FERRY: (200, ETAG, "")}, set_up=wire, at=SOON)
    assert wire.validators == {FEED: [], FERRY: []}


def test_a_run_that_goes_on_has_the_whole_in_its_books_also_where_the_feed_has_not_changed(
    run: Run, store: Callable[[], Store]
) -> None:
    with store() as opened:  # killed after the feed, one article, and the lease of another
        number = opened.begin("harbour", Harbour().seeds())
        (lease,) = opened.lease(number, 1)
        raw = Raw(FEED, 200, (("ETag", '"one"'),), b"<rss/>", WHEN)
        spider = Harbour()
        settings = Settings()
        settings.setmodule("spiders.settings", priority="project")
        spider.clearance = Clearance(settings)
        reading = spider.reading(lease)
        opened.finish_all([Finish(lease, raw, (Link(FERRY), Link(TOWER), Link(MARKET)), reading=reading)])
        ferry, _ = opened.lease(number, 2)
        finish(opened, ferry, Raw(FERRY, 200, (), b"page", WHEN), article=Article(url=FERRY))
    wire = Wire()
    pages = edition() | {FEED: SAME, MARKET: page("the market", MARKET)}
    books = run(pages, set_up=wire)
    assert wire.validators == {FEED: ['"one"'], TOWER: [], MARKET: []}
    assert books.sentence() == "3 stored + 0 failed + 0 excluded + 0 pending = 3 discovered"
    assert books.notes() == ["this run went on with one that was interrupted: 1 of the addresses were done before"]
    assert books.status() is ExitStatus.OK


def test_what_was_forgotten_is_not_fetched_again_nor_asked_for_as_known(run: Run, store: Callable[[], Store]) -> None:
    run(tagged(edition()), at=WHEN)
    with store() as opened:
        opened.forget(FERRY)
    wire = Wire()
    books = run(tagged(edition()), set_up=wire, at=LATER)
    assert sorted(wire.asked) == [TOWER, FEED]
    assert books.status() is ExitStatus.OK


def test_without_bodies_a_page_that_has_not_changed_stays_stored(run: Run, store: Callable[[], Store]) -> None:
    def keep_none(crawler: Any) -> None:
        crawler.settings.set("KEEP_RAW", "none", priority="cmdline")

    run(tagged(edition()), set_up=keep_none, at=WHEN)
    books = run({FEED: SAME, FERRY: SAME, TOWER: SAME}, set_up=keep_none, at=LATER)
    assert books.sentence() == "2 stored + 0 failed + 0 excluded + 0 pending = 2 discovered"
    with store() as opened:
        assert all(record.article.body for record in records(opened))
    with Reader(store().path) as reader:
        assert list(reader.damage()) == []


@pytest.mark.parametrize("mode", ["once", "new_episodes", "all"])
def test_what_is_recorded_is_asked_for_whole(tmp_path: Path, mode: str) -> None:
    deck = Deck(Recording.open(tmp_path / "tape.yaml", mode))
    with pytest.raises(NotConfigured):
        Conditional.from_crawler(Mock(spider=Harbour(), get_extension=lambda _: deck))


def test_a_story_that_was_taken_down_stays_with_the_time_at_which_it_was_gone(
    run: Run, store: Callable[[], Store]
) -> None:
    run(edition(), at=WHEN)
    books = run(edition() | {FERRY: (410, {}, "")}, at=LATER)
    why = "gone: HTTP 410; the article stays stored"
    assert outcomes(books) == {"/2026/ferry": (State.EXCLUDED, why), "/2026/tower": (State.DONE, None)}
    assert books.status() is ExitStatus.OK
    with store() as opened:
        (article,) = records(opened, FERRY)
        assert (article.version, article.last_seen) == (1, WHEN.isoformat())
        assert [(r.flag, r.first_seen) for r in revisions(opened, FERRY)] == [("gone: HTTP 410", LATER.isoformat())]
    back = run(edition(), at=LATER + timedelta(hours=3))
    assert {entry.url: entry.change for entry in back.outcomes}[FERRY] is Change.UNCHANGED


def test_a_row_that_was_seen_again_is_still_what_was_written(run: Run, store: Callable[[], Store]) -> None:
    run(tagged(edition()), at=WHEN)
    run({FEED: SAME, FERRY: SAME, TOWER: SAME}, at=LATER)
    with Reader(store().path) as reader:
        assert list(reader.damage()) == []
        assert {raw.seen.isoformat() for raw in reader.raws()} == {LATER.isoformat()}


def test_what_was_refused_by_other_terms_is_asked_for_anew(run: Run) -> None:
    pages = {FEED: (200, ETAG, feed(FERRY, TOWER))} | {f"{HOME}/robots.txt": "User-agent: *\nDisallow: /2026/ferry\n"}
    pages |= {TOWER: page("the tower", TOWER), FERRY: page("the ferry", FERRY)}
    assert outcomes(run(pages, at=WHEN))["/2026/ferry"] == (State.EXCLUDED, "forbidden by robots.txt")
    assert outcomes(run(pages, at=SOON)) == {}

    def respect_nothing(crawler: Any) -> None:
        crawler.settings.set("RESPECT", [], priority="cmdline")

    assert outcomes(run(pages, set_up=respect_nothing, at=SOON)) == {"/2026/ferry": (State.DONE, None)}


def test_a_bot_wall_is_tried_again_later_and_a_listing_does_not_hurry_it(run: Run) -> None:
    wall = "<html><title>Access denied</title><body><h1>Access denied</h1><p>Reference 18.2f</p></body></html>"
    run({FEED: feed(FERRY), FERRY: wall}, at=WHEN)
    wire = Wire()
    run(edition(), set_up=wire, at=SOON)
    assert wire.asked == [FEED, TOWER]
    assert "/2026/ferry" in outcomes(run(edition(), at=LATER + timedelta(minutes=5)))


@pytest.mark.parametrize(
    ("published", "age", "pause"),
    [
        (WHEN, "0m", 20 * 60),
        (WHEN, "119m", 20 * 60),
        (WHEN, "3h", 2 * 3600),
        (WHEN, "6d", 3 * 86400),
        (WHEN, "8d", None),
        (None, "1h", 20 * 60),  # first seen
        (WHEN + timedelta(days=9), "3h", 2 * 3600),  # no article is younger than its first sight
        (WHEN - timedelta(days=9), "0m", None),
        (date(2026, 5, 4), "1h", 20 * 60),  # a day, as late as it can be
        (date(2026, 4, 30), "1h", 3 * 86400),
        (WHEN.replace(tzinfo=None), "1h", 20 * 60),
    ],
)
def test_the_pause_goes_by_age(published: datetime | date | None, age: str, pause: float | None) -> None:
    table = revisits({"12h": "2h", "2h": "20m", "2d": "12h", "7d": "3d"})
    now = WHEN.timestamp() + {"m": 60, "h": 3600, "d": 86400}[age[-1]] * float(age[:-1])
    assert table.due(now, published=published, first_seen=WHEN) == (None if pause is None else now + pause)


@pytest.mark.parametrize(
    "published", [date.max, datetime.max, datetime.max.replace(tzinfo=UTC), date.min, datetime.min]
)
def test_dates_at_the_ends_of_time_stop_nothing(published: date) -> None:
    due = revisits(REVISIT).due(WHEN.timestamp(), published=published, first_seen=WHEN)
    assert (due is None) is (published.year == 1)


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"ETag": 'W/"a"'}, {"If-None-Match": 'W/"a"'}),
        ({"etag": "bare"}, {"If-None-Match": "bare"}),
        ({"ETag": '"a b"'}, {}),
        ({"ETag": '"' + "x" * 600 + '"'}, {}),
        ({"ETag": '"a\r\nCookie: x"'}, {}),
        ({"Last-Modified": "Fri, 31 Dec 9999 23:59:59 GMT"}, {}),
        ({"Last-Modified": "Mon, 04 May 2026 06:30:00 GMT"}, {}),  # it may change once more in that second
        ({"Last-Modified": "Mon, 04 May 2026 06:29:00 GMT"}, {"If-Modified-Since": "Mon, 04 May 2026 06:29:00 GMT"}),
        ({"Last-Modified": "yesterday"}, {}),
        ({"Last-Modified": "Mon, 04 May 2026 06:29:00 GMT", "Date": "Mon, 04 May 2026 06:29:01 GMT"}, {}),
        ({"ETag": ""}, {}),
    ],
)
def test_validators_that_cannot_be_relied_upon_are_not_sent(headers: dict[str, str], told: dict[str, str]) -> None:
    given = validators_of(Raw(FERRY, 200, tuple(headers.items()), b"", WHEN))
    assert (given.headers() if given else {}) == told
    assert validators_of(Raw(FERRY, 203, tuple(headers.items()), b"", WHEN)) is None


def test_of_two_etags_none_is_believed() -> None:
    assert validators_of(Raw(FERRY, 200, (("ETag", '"a"'), ("ETag", '"b"')), b"", WHEN)) is None


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(SettingError, match=r"REVISIT has '2 hours': an age and a pause are written 20m"):
        revisits({"2 hours": "20m"})

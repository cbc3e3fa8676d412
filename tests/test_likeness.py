"""Links that look like articles: the recorded fronts and feeds, what a site has taught, and what must always hold."""

from __future__ import annotations

import json
import random
import re
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import UnsupportedContentError
from spiders.addresses import key_of
from spiders.listings.anchors import Candidate, Place, candidates
from spiders.listings.choice import entry_choice, page_links
from spiders.listings.likeness import judge
from spiders.listings.shapes import shape_of
from spiders.listings.traps import sessionless
from spiders.record import Kind, Link
from tests.conftest import ROOT
from tests.labelled import FRONTS, Labelled, Score, labelled, score, taught

HOME = "https://www.harbour.example/"
NAMES = sorted(path.stem for path in FRONTS.glob("*.yaml"))
HELD_OUT = [name for name in NAMES if "held out" in json.loads((FRONTS / f"{name}.json").read_text("utf-8"))["read"]]


@cache
def listings(name: str) -> tuple[Labelled, ...]:
    """Return the front and the feed of a site."""
    return tuple(labelled(name))


@cache
def scores() -> dict[str, Score]:
    """Return how each listing is read by whoever knows nothing of its site."""
    return {str(listing): score(listing) for name in NAMES for listing in listings(name)}


def taken(*told: str | Candidate, listed: Kind = Kind.FRONT, known: tuple[int, int] = (0, 0)) -> list[str]:
    """Return the paths that are taken of a listing; a path alone stands in the page's middle, with a long text.

    `known` is what addresses of the shape of the first turned out to be.
    """
    text = "The harbour council keeps the ferry for another winter"
    found = [one if isinstance(one, Candidate) else Candidate(HOME + one, text) for one in told]
    counts = {shape_of(found[0].url): known}
    return [verdict.url.removeprefix(HOME) for verdict in judge(found, counts, listed) if verdict.article]


def why(address: str, text: str = "", **told: object) -> str:
    """Return the reason of the verdict on one link."""
    return judge([Candidate(address, text, **told)])[0].reason  # type: ignore[arg-type]


# --- the recordings -----------------------------------------------------------------------------------------------------


def test_there_are_recordings_of_twelve_markups_and_more() -> None:
    fronts = [one for name in NAMES for one in listings(name) if one.kind is Kind.FRONT]
    assert len(fronts) >= 12
    assert all(len(front.addresses) >= 40 for front in fronts)
    assert all({one.kind for one in listings(name)} == {Kind.FRONT, Kind.FEED} for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_recording_is_labelled_and_no_label_is_left(name: str) -> None:
    listed = {key_of(address) for listing in listings(name) for address in listing.addresses}
    assert all(listing.labels.keys() == listed for listing in listings(name))


@pytest.mark.parametrize("kind", [Kind.FRONT, Kind.FEED])
def test_nearly_all_that_is_taken_is_an_article_and_nearly_every_article_is_taken(kind: Kind) -> None:
    total = Score()
    for name in NAMES:
        for listing in listings(name):
            if listing.kind is kind:
                total += scores()[str(listing)]
    assert total.precision >= 0.97, str(total)
    assert total.recall >= 0.97, str(total)


def test_a_second_run_knows_better() -> None:
    first, second = Score(), Score()
    for name in NAMES:
        for listing in listings(name):
            first += scores()[str(listing)]
            second += score(listing, taught(listing))
    assert len(second.wrong) < len(first.wrong)
    assert len(second.missed) <= len(first.missed)


def test_markups_that_were_written_without_a_look_at_the_model_are_read_nearly_as_well() -> None:
    total = Score()
    for name in HELD_OUT:
        for listing in listings(name):
            total += scores()[str(listing)]
    assert total.right > 150
    assert total.precision >= 0.97, str(total)
    assert total.recall >= 0.97, str(total)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in HELD_OUT])
def test_no_markup_is_read_badly(name: str) -> None:
    for listing in listings(name):
        got = scores()[str(listing)]
        assert got.precision >= 0.9, (got.precision, got.wrong)
        assert got.recall >= 0.9, (got.recall, got.missed)


def test_the_model_names_no_site() -> None:
    names = {re.split(r"[.]", path.stem)[0] for path in FRONTS.glob("*.yaml")}
    rooms = ("anchors.py", "choice.py", "likeness.py", "shapes.py", "traps.py", "vocabulary.py", "words.toml")
    text = " ".join((ROOT / "spiders" / "listings" / room).read_text("utf-8") for room in rooms)
    hosts = set(re.findall(r"[a-z0-9-]+\.(?:com|org|net|co|de|fr|uk|jp|il|ru|tr|pl|se|in|es)\b", text))
    assert hosts == set()
    assert not {name for name in names if name in text}


# --- what is taken, and why ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (HOME, "a front page"),
        (HOME + "tag/ferry-services-and-fares/", "a page of a topic (“tag”)"),
        (HOME + "author/oda-brandt/", "a page of an author (“author”)"),
        (HOME + "video/2026/11/20/ferry-runs-aground-off-the-pier/", "a video (“video”)"),
        (HOME + "files/timetable-for-the-winter-of-2026.pdf", "a file, not a page (.pdf)"),
        (HOME + "2026/11/20/", "an archive: its address ends with a date"),
        (HOME + "2026/11/20/ferry-runs-aground-off-the-pier/?share=mail", "another form of a page"),
        (HOME + "world/page/3/", "a further page of a list"),
        (HOME + "calendar/2026/11/20", "a trap: a calendar has no end"),
        (
            HOME + "a/more/more/more/ferry-runs-aground-again",
            "a trap: a folder stands more than 2 times in its address",
        ),
        (HOME + "/".join("abcdefghijklmn"), "a trap: it is more than 12 folders deep"),
        (
            "https://jobs.harbour.example/deckhand-wanted-for-the-winter-81723",
            "a service for readers, no story (“jobs”)",
        ),
    ],
)
def test_what_is_no_article_is_told_by_its_address(address: str, reason: str) -> None:
    assert why(address, "A text that is as long as any headline of a story") == reason


def test_a_section_is_known_by_what_lies_under_it() -> None:
    stories = [f"world/europe/ferry-number-{n}-runs-aground-{n}82714" for n in range(3)]
    verdicts = judge(
        [Candidate(HOME + path, "Europe and all that lies around it") for path in ("world/europe", *stories)]
    )
    assert verdicts[0].reason == "a section: 3 of the links lie under it"
    assert [verdict.article for verdict in verdicts] == [False, True, True, True]


def test_what_lies_in_an_archive_with_a_date_and_a_headline_is_an_article() -> None:
    assert taken("politics/archive/2026/11/the-ferry-that-would-not-sail/612345/")


@pytest.mark.parametrize(
    "path",
    [
        "archives/2562718",
        "archives/2026/11/20/ferry_late.html",
        "leadership/why-the-ferry-is-late-again/2026/11",
        "autoren/oda-brandt/what-the-ferry-knows-of-fog",
        "newsletters/morning/2026/11/20/the-ferry-is-late-00061134",
        "?p=3289",
    ],
)
def test_addresses_of_articles_that_begin_or_end_oddly(path: str) -> None:
    assert taken(path) == [path]


def test_a_feed_is_believed_unless_an_address_says_plainly_what_it_is() -> None:
    entries = [f"n/{n}" for n in range(5)]
    assert taken(*entries, "podcast/episode-five-of-the-ferry", listed=Kind.FEED) == entries
    assert taken(*(Candidate(HOME + entry, entry) for entry in entries)) == []


def test_a_feed_may_number_its_stories_as_years_are_numbered() -> None:
    entries = [f"news/{number}" for number in (1899, 1987, 2026)]
    assert taken(*entries, listed=Kind.FEED) == entries


def test_a_sitemap_without_headlines_lists_all_pages_of_a_site() -> None:
    stories = [f"world/the-ferry-is-late-for-the-{n}th-time" for n in range(3)]
    others = ["world", "about-us", "tag/ferry", "video/the-ferry-in-the-fog-81234", "authors/oda-brandt"]
    listed = [Candidate(HOME + path) for path in (*stories, *others)]
    assert taken(*listed, listed=Kind.SITEMAP) == stories
    assert taken(Candidate(HOME + "n/7", "The ferry is late"), listed=Kind.SITEMAP) == ["n/7"]


def test_a_word_that_all_entries_of_a_feed_share_says_nothing_of_them() -> None:
    entries = [f"video/ferry-{n}-runs-aground-again-{n}1827" for n in range(4)]
    assert taken(*entries, listed=Kind.FEED) == entries
    assert taken(*entries) == []


def test_what_a_site_has_taught_wins_over_what_its_addresses_say() -> None:
    strange, plain = "photo/ferry-runs-aground-again-81723", "world/ferry-runs-aground-again-81723"
    assert taken(strange) == []
    assert taken(strange, known=(6, 0)) == [strange]
    assert taken(plain) == [plain]
    assert taken(plain, known=(0, 40)) == []


def test_links_of_one_markup_speak_for_each_other() -> None:
    cards = [Candidate(f"{HOME}news/{n}81723", "The ferry runs aground", True, Place.BODY, "card") for n in range(6)]
    short, alone = (Candidate(f"{HOME}fog-lifts", "Fog lifts", True, Place.BODY, markup) for markup in ("card", "x"))
    assert [judge([*cards, one])[-1].article for one in (short, alone)] == [True, False]


def test_the_same_page_has_one_verdict_however_often_it_is_linked() -> None:
    page = b"""<body><nav><a href="/2026/11/20/ferry-runs-aground">x</a></nav><main><article><header><h2>
        <a href="/2026/11/20/ferry-runs-aground/#top">Ferry runs aground off the pier</a></h2></header></article>"""
    (found,) = candidates(page, HOME)
    assert (found.text, found.headed, found.place) == ("Ferry runs aground off the pier", True, Place.BODY)


def test_a_footer_that_holds_the_page_is_none() -> None:
    links = "".join(f'<a href="/2026/11/{n}/ferry-{n}-runs-aground">Ferry {n} runs aground</a>' for n in range(1, 9))
    page = f"<body><div class='site-footer-wrap'>{links}</div></body>".encode()
    assert {one.place for one in candidates(page, HOME)} == {Place.BODY}


def test_links_resolve_against_the_base_that_a_page_names() -> None:
    page = (
        b'<base href="/news/"><a href="../a">1</a><a href="http://[">2</a><a href="mailto:x@y">3</a><a href="#b">4</a>'
    )
    assert [one.url for one in candidates(page, HOME)] == [HOME + "a"]


def test_sessions_are_taken_off_addresses_and_named() -> None:
    page = f'<h2><a href="/2026/11/20/ferry-runs-aground?PHPSESSID={7:08x}c0ffee">Ferry runs aground again</a></h2>'
    links, passed = page_links(page.encode(), HOME, ("harbour.example",), None, None)
    assert [link.url for link in links] == [HOME + "2026/11/20/ferry-runs-aground"]
    assert [one.trap for one in passed] == ["trap"]
    links, passed = entry_choice([Link(f"{HOME}story;jsessionid=0F3?id=7", hints={"headline": "Ferry"})])
    assert [(link.url, link.hints) for link in links] == [(f"{HOME}story?id=7", {"headline": "Ferry"})]


# --- what must always hold ----------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "news",
        "tag",
        "2026",
        "11",
        "20",
        "the-ferry-is-late",
        "812345",
        "a-b",
        "%D7%92",
        "7,1,812345",
        "x.html",
        "..",
        "",
        "é",
    ]
)
ADDRESSES = st.one_of(
    st.lists(PIECES, max_size=8).map(lambda parts: HOME + "/".join(parts)),
    st.tuples(st.lists(PIECES, max_size=4), st.text(max_size=12)).map(lambda t: f"{HOME}{'/'.join(t[0])}?{t[1]}"),
    st.text(max_size=40),
)
CANDIDATES = st.builds(
    Candidate, ADDRESSES, st.text(max_size=60), st.booleans(), st.sampled_from(Place), st.text(max_size=3)
)


@given(st.lists(CANDIDATES, max_size=12), st.sampled_from([Kind.FRONT, Kind.SECTION, Kind.FEED]), st.randoms())
def test_every_link_has_a_verdict_with_a_reason_whatever_its_place_in_the_list(
    told: list[Candidate], listed: Kind, dice: random.Random
) -> None:
    verdicts = judge(told, {}, listed)
    assert [verdict.url for verdict in verdicts] == [one.url for one in told]
    assert all(verdict.reason for verdict in verdicts)
    order = dice.sample(range(len(told)), len(told))
    again = judge([told[index] for index in order], {}, listed)
    assert [verdict.article for verdict in again] == [verdicts[index].article for index in order]


@given(ADDRESSES)
def test_a_shape_is_of_one_length_however_long_the_address(address: str) -> None:
    assert shape_of(address) == shape_of(address)
    assert len(shape_of(f"{HOME}{'word-' * 400}1234567")) < 60


@given(ADDRESSES)
def test_taking_a_session_off_twice_changes_nothing(address: str) -> None:
    assert sessionless(sessionless(address)) == sessionless(address)


@given(st.binary(max_size=300))
def test_no_page_stops_the_reading_of_its_links(page: bytes) -> None:
    with suppress(UnsupportedContentError):
        candidates(page, HOME)

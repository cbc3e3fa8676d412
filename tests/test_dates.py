"""When an article was published and modified: as the page says it, with its source, and never one date for another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from extractors import extract
from tests.gazette import HEADLINE, STORIES, STORY, meta, page, paragraphs, read, read_with

PLAIN = "https://www.gazette.example/pier"  # an address without a month
EAST = timezone(timedelta(hours=3))

INSTANTS = [
    ("2026-05-04T08:30:00Z", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("2026-05-04T08:30:00+03:00", datetime(2026, 5, 4, 8, 30, tzinfo=EAST)),
    ("2026-05-04T08:30:00+0300", datetime(2026, 5, 4, 8, 30, tzinfo=EAST)),
    ("2026-05-04T08:30:00.123+03", datetime(2026, 5, 4, 8, 30, 0, 123000, tzinfo=EAST)),
    ("2026-05-04 08:30:00 +0300", datetime(2026, 5, 4, 8, 30, tzinfo=EAST)),
    ("2026-05-04T08:30:00.1234567Z", datetime(2026, 5, 4, 8, 30, 0, 123456, tzinfo=UTC)),
    ("20260504T083000Z", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("Mon, 04 May 2026 08:30:00 +0300", datetime(2026, 5, 4, 8, 30, tzinfo=EAST)),
    ("Mon, 04 May 2026 08:30:00 GMT", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("1777883400", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("1777883400000", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("2026-05-04T08:30:00", datetime(2026, 5, 4, 8, 30)),
    ("2026-05-04 08:30", datetime(2026, 5, 4, 8, 30)),
    ("2026-05-04", date(2026, 5, 4)),
    ("20260504", date(2026, 5, 4)),
]  # fmt: skip
NO_DATES = [
    "",
    "soon",
    "0000-00-00",
    "2026-13-40",
    "2026-02-30T10:00:00Z",
    "1970-01-01T00:00:00Z",
    "2026",
    "9" * 400,
    "-",
    "NaN",
    "true",
]


@pytest.mark.parametrize(("text", "when"), INSTANTS)
def test_dates_as_pages_write_them(text: str, when: datetime | date) -> None:
    for found in (
        read_with(meta("article:published_time", text)),
        read_with(data={"datePublished": text}),
        read_with(content=f'<time itemprop="datePublished" datetime="{text}">spring</time>'),
    ):
        assert found.published == when
        assert type(found.published) is type(when)
        if isinstance(when, datetime):
            assert isinstance(found.published, datetime)
            assert found.published.utcoffset() == when.utcoffset()
        assert found.sources["published"]
        assert found.modified is None


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    found = read_with(meta("article:published_time", text), {"datePublished": text, "dateModified": text})
    assert found.published is None
    assert found.modified is None
    assert "published" not in found.sources


@pytest.mark.parametrize("value", [12, 1777883400.5, True, [], {}, ["x"], {"@value": None}, "\\ud800", None])
def test_dates_that_are_not_even_text(value: object) -> None:
    assert read_with(data={"datePublished": value}).published is None


def test_no_date_is_taken_from_another_date() -> None:
    found = read_with(
        meta("article:modified_time", "2026-05-05T10:00:00Z") + meta("og:updated_time", "2026-05-05T10:00:00Z"),
        {"dateModified": "2026-05-05T10:00:00Z", "dateCreated": "2026-05-01", "expires": "2027-01-01"},
    )
    assert found.published is None
    assert found.modified == datetime(2026, 5, 5, 10, tzinfo=UTC)
    found = read_with(data={"datePublished": "2026-05-04T08:30:00Z"})
    assert found.modified is None
    assert read_with(content="<p>In 2019, on 3 March, nothing fell.</p>").published is None


def test_a_date_is_not_taken_from_a_teaser() -> None:
    teaser = '<aside><a href="/x">Lamp for Gull Point</a> <time datetime="2019-01-01T10:00:00Z">2019</time></aside>'
    assert read_with(content=teaser).published is None


def test_the_candidate_that_tells_more_of_the_same_day_wins() -> None:
    head = meta("article:published_time", "2026-05-04T08:30:00+03:00")
    assert read_with(head, {"datePublished": "2026-05-04"}).published == datetime(2026, 5, 4, 8, 30, tzinfo=EAST)
    assert read_with(head, {"datePublished": "2026-05-04T08:30:00"}).published == datetime(
        2026, 5, 4, 8, 30, tzinfo=EAST
    )
    other = read_with(head, {"datePublished": "2024-01-01T12:00:00Z"})
    assert other.published == datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert other.sources["published"] == "json-ld datePublished"


def test_midnight_at_utc_is_how_machines_write_a_day() -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "%s"}</script>'
    stamped = '<time datetime="2026-05-04T00:00:00.000Z">May 4, 2026</time>'
    found = read(page(stamped + paragraphs(*STORY), head=data % "2026-05-04"), url=PLAIN)
    assert found.published == date(2026, 5, 4)
    clock = "<p>4 May 2026, 13:43</p>"
    found = read(page(clock + paragraphs(*STORY), head=data % "2026-05-04T00:00:00Z"), url=PLAIN)
    assert found.published == datetime(2026, 5, 4, 13, 43)


PRINTED = [
    ("en", "Published 4 May 2026 08:30 GMT", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("en", "By Mira Sand | May 4th, 2026 at 8:30 p.m. EDT", datetime(2026, 5, 4, 20, 30, tzinfo=timezone(timedelta(hours=-4)))),
    ("en", "12:05 AM, Mon May 4, 2026", datetime(2026, 5, 4, 0, 5)),
    ("de", "Von Mira Sand am 4. Dezember 2025, 10:15 Uhr", datetime(2025, 12, 4, 10, 15)),
    ("de", "Stand: 04.05.26 | 14.07 Uhr MESZ", datetime(2026, 5, 4, 14, 7, tzinfo=timezone(timedelta(hours=2)))),
    ("fr", "Publié le 4 décembre 2025 à 19 h 18", datetime(2025, 12, 4, 19, 18)),
    ("es", "4 de mayo de 2026, 12:00 a. m.", datetime(2026, 5, 4)),
    ("it", "Pubblicato il 4 maggio 2026 alle 07.05 CEST", datetime(2026, 5, 4, 7, 5, tzinfo=timezone(timedelta(hours=2)))),
    ("pt", "4 de maio de 2026 às 12h05", datetime(2026, 5, 4, 12, 5)),
    ("nl", "Gepubliceerd op 4 mei 2026 om 09:10", datetime(2026, 5, 4, 9, 10)),
    ("pl", "Opublikowano: 4 maja 2026, 10:20", datetime(2026, 5, 4, 10, 20)),
    ("cs", "4. května 2026 6:20", datetime(2026, 5, 4, 6, 20)),
    ("hu", "2026. május 4. 10:20", datetime(2026, 5, 4, 10, 20)),
    ("uk", "Опубліковано 4 травня 2026, 13:43", datetime(2026, 5, 4, 13, 43)),
    ("ru", "4 мая 2026, 13:43 МСК", datetime(2026, 5, 4, 13, 43, tzinfo=EAST)),
    ("he", "פורסם ב-4 במאי 2026, 14:30", datetime(2026, 5, 4, 14, 30)),
    ("ar", "4 تشرين الثاني 2025 - 10:30", datetime(2025, 11, 4, 10, 30)),
    ("ja", "2026年5月4日(月) 22:22", datetime(2026, 5, 4, 22, 22)),
    ("ko", "입력 2026.05.04 18:40", datetime(2026, 5, 4, 18, 40)),
    ("vi", "Thứ hai, 4/5/2026, 10:00 (GMT+7)", datetime(2026, 5, 4, 10, tzinfo=timezone(timedelta(hours=7)))),
    ("en", "04 May 2026 • 3 min read", date(2026, 5, 4)),
    ("uk", "<span>4 травня 2026, 13:43</span><span>8 хв читання</span>", datetime(2026, 5, 4, 13, 43)),
    ("en", "<span>4 May 2026, 13:43</span><span>12 min read</span>", datetime(2026, 5, 4, 13, 43)),
]  # fmt: skip


@pytest.mark.parametrize(("language", "line", "when"), PRINTED)
def test_dates_printed_under_the_headline(language: str, line: str, when: datetime | date) -> None:
    content = f'<div class="meta">{line}</div>' + paragraphs(*STORIES.get(language, STORY))
    found = read(page(content, language=language), url=PLAIN)
    assert found.published == when
    assert type(found.published) is type(when)
    if isinstance(when, datetime):
        assert isinstance(found.published, datetime)
        assert found.published.utcoffset() == when.utcoffset()
    assert found.sources["published"] == "page"
    assert found.modified is None


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("<p>Published 4 May 2026 · Updated 6 May 2026</p>", date(2026, 5, 4), date(2026, 5, 6)),
        ("<p>Last updated on 6 May 2026</p>", None, date(2026, 5, 6)),
        ("<div>Last updated</div><div>6 May 2026</div>", None, date(2026, 5, 6)),
        ("<p><time datetime='2026-05-06'>Changed</time></p>", date(2026, 5, 6), None),
        ("<p class='last-modified'>6 May 2026</p>", None, date(2026, 5, 6)),
        (
            "<p><time class='updated' datetime='2026-05-06T10:00Z'>6 May</time>"
            "<time class='entry-date published' datetime='2026-05-04T10:00Z'>4 May</time></p>",
            datetime(2026, 5, 4, 10, tzinfo=UTC),
            None,
        ),
    ],
)
def test_a_change_is_no_publication(line: str, published: date | None, modified: date | None) -> None:
    found = read_with(content=line)
    assert (found.published, found.modified) == (published, modified)


@pytest.mark.parametrize(
    "content",
    [
        "<div class='comments'><p>Ola Reef</p><p>4 May 2026, 10:15</p><p>The lamp was never lit, I say.</p></div>",
        "<div class='related'><a href='/lamp'>A lamp for Gull Point is lit again, 4 May 2026</a></div>",
        "<p>Copyright 4 May 2026 The Gazette</p>",
        "<p>Mira Sand, born 4 May 1991</p>",
        "<p>The pier was closed on 4 May 2019 after a first survey of its piles and opened again in the summer of that year, for a season.</p>",
        "<p>Chapter 4.5.20 of 30 and 12.30 more</p><p>31 February 2026</p>",
    ],
)
def test_dates_of_something_else(content: str) -> None:
    assert read(page(paragraphs(*STORY) + content)).published is None
    assert read(page(content + paragraphs(*STORY))).published is None


@pytest.mark.parametrize(
    ("language", "url", "when"),
    [
        ("en", "https://gazette.example.com/pier", date(2026, 3, 4)),
        ("en-US", "https://gazette.example.com/pier", date(2026, 3, 4)),
        ("en-GB", "https://gazette.example.com/pier", date(2026, 4, 3)),
        ("en", "https://gazette.example.co.uk/pier", date(2026, 4, 3)),
        ("fr", "https://gazette.example.com/pier", date(2026, 4, 3)),
    ],
)
def test_what_the_third_of_april_looks_like(language: str, url: str, when: date) -> None:
    story = ("Le vent a emporté la vieille jetée dans la nuit de dimanche, et il n'en reste que des pieux.",) * 5
    content = paragraphs(*(story if language == "fr" else STORY))
    assert read(page("<p>3/4/2026</p>" + content, language=language), url=url).published == when


def test_an_instant_is_put_on_the_clock_that_the_page_prints() -> None:
    data = {"datePublished": "2026-05-04T02:30:12Z"}
    found = read_with(data=data, content="<p>3 May 2026, 22:30</p>").published
    assert found == datetime(2026, 5, 4, 2, 30, 12, tzinfo=UTC)
    assert isinstance(found, datetime)
    assert found.isoformat() == "2026-05-03T22:30:12-04:00"
    # an afternoon's "2:30", another clock, no clock, the same day: the data's own zone stays
    for other in ("3 May 2026, 14:30", "3 May 2026, 21:41", "3 May 2026", "4 May 2026, 05:30"):
        found = read_with(data=data, content=f"<p>{other}</p>").published
        assert isinstance(found, datetime)
        assert found.utcoffset() == timedelta()


def test_data_stamped_anew_gives_way_to_the_date_under_the_headline() -> None:
    data = {"datePublished": "2026-05-04"}
    old = page("<p class='date'>2 March 2024</p>" + paragraphs(*STORY), data={"@type": "NewsArticle"} | data)
    assert read(old, url=PLAIN).published == date(2024, 3, 2)
    assert read_with(data=data, content="<p class='date'>2 March 2027</p>").published == date(2026, 5, 4)
    assert read_with(data=data, content="<p>4 May 2026, 10:15</p>").published == datetime(2026, 5, 4, 10, 15)


@pytest.mark.parametrize(
    ("head", "content", "source"),
    [
        (meta("desk-pub-date", "2026-05-04"), "", "meta desk-pub-date"),
        (meta("date", "2026-05-04"), "", "meta date"),
        ('<script>var page = {"publishedAt": "2026-05-04", "id": 3};</script>', "", "script"),
        (meta("story.date", "2026-05-04"), "", "meta story.date"),
        ("<script>push({publishDate: 'May 4, 2026', id: 3});</script>", "", "script"),
        ("", "<time-ago datetime='2026-05-04'>last week</time-ago>", "element marked as a date"),
        ("", "<span class='timeago' title='2026-05-04'>last week</span>", "element marked as a date"),
        ("", "<span property='dc:date' content='2026-05-04'>last week</span>", "element marked as a date"),
        ('<script>var page = {"deployDt": "2026.05.04", "reDeployDt": "2026.05.05"};</script>', "", "script"),
        ('<script>var page = {"regDt": "2026-05-04", "modDt": "2026-05-05"};</script>', "", "script"),
    ],
)
def test_where_dates_hide(head: str, content: str, source: str) -> None:
    found = read(page(paragraphs(*STORY) + content, head=head))
    assert (found.published, found.sources["published"]) == (date(2026, 5, 4), source)


@pytest.mark.parametrize(
    "content",
    [
        "<span class='date' data-timestamp='1777883400'>last week</span>",
        "<div data-published='2026-05-04T08:30:00Z'>last week</div>",
        "<script>var page = {publishedAt: 1777883400000}</script>",
    ],
)
def test_instants_out_of_sight(content: str) -> None:
    assert read_with(content=content).published == datetime(2026, 5, 4, 8, 30, tzinfo=UTC)


def test_a_title_that_tells_the_instant() -> None:
    found = read_with(content="<p>by Ann <abbr class='published' title='2026-05-04T08:30:00+03:00'>Monday</abbr></p>")
    assert found.published == datetime(2026, 5, 4, 8, 30, tzinfo=EAST)


def test_scripts_that_speak_of_many_stories_give_no_date() -> None:
    script = '<script>var list = [{"publishedAt": "2026-05-04"}, {"publishedAt": "2026-05-06"}];</script>'
    assert read(page(paragraphs(*STORY), head=script)).published is None


def test_the_day_in_the_address() -> None:
    url = "https://gazette.example/2026/05/04/pier"
    found = read(page(paragraphs(*STORY)), url=url)
    assert (found.published, found.sources["published"]) == (date(2026, 5, 4), "address")
    assert read(page("<p>4 May 2026, 10:15</p>" + paragraphs(*STORY)), url=url).published == datetime(
        2026, 5, 4, 10, 15
    )
    assert read(page("<p>1 March 2019</p>" + paragraphs(*STORY)), url=url).published == date(2026, 5, 4)
    for other in ("2026/may/04/pier", "2026/may/4/pier", "2026/05/260504-pier", "2026/05/260504_pier", "20260504/pier"):
        assert read(page(paragraphs(*STORY)), url=f"https://gazette.example/{other}").published == date(2026, 5, 4)
    for other in (
        "2026/pier/04/x",
        "2026/05/250504-pier",
        "2026/123-pier",
        "2026/05/pier",
        "20260504999",
        "2026/13/40/pier",
    ):
        assert read(page(paragraphs(*STORY)), url=f"https://gazette.example/{other}").published is None


def test_a_date_above_the_container_of_the_story() -> None:
    around = ("<div><p class='stamp'>4 May 2026</p></div><main><article>", "</article></main>")
    assert read(page(paragraphs(*STORY * 3), around=around)).published == date(2026, 5, 4)


def test_the_headline_may_stand_in_a_lesser_heading_with_its_kicker() -> None:
    teasers = "<h3>Until 25 April</h3><p>Lamp festival</p><p>2 January 2026</p>" * 4
    content = teasers + f"<h3><span>Harbour</span> - {HEADLINE}</h3><div>Mon 04.05.26 | 14:07 | By Mira Sand</div>"
    found = read(page(content + paragraphs(*STORY), headline=None, head=meta("og:title", HEADLINE)))
    assert found.published == datetime(2026, 5, 4, 14, 7)


def test_a_day_that_the_page_calls_a_change_is_not_guessed_to_be_of_publication() -> None:
    foot = "<div><p>This page was last edited on 14 May 2026, at 10:12.</p></div>"
    assert read(page(paragraphs(*STORY), around=("", foot)), url=PLAIN).published is None
    head = meta("desk:last_published", "2026-05-14T10:12:00Z")
    assert read_with(head, content="<p>4 May 2026</p>").published == date(2026, 5, 4)


def test_what_the_page_calls_its_publication_goes_before_data_that_was_stamped_anew() -> None:
    data = {"datePublished": "2026-05-04T08:30:00+03:00", "dateModified": "2026-05-04T08:30:00+03:00"}
    closing = paragraphs(*STORY) + '<p class="date">Published <time datetime="2025-11-02">2 November 2025</time></p>'
    assert read_with(data=data, content=closing).published == date(2025, 11, 2)
    unmarked = paragraphs(*STORY) + "<p>The pier stood from 2 November 1925 to 2 November 2025.</p>"
    assert read_with(data=data, content=unmarked).published == datetime(2026, 5, 4, 8, 30, tzinfo=EAST)
    data["dateModified"] = "2026-05-05T08:30:00+03:00"
    assert read_with(data=data, content=closing).published == datetime(2026, 5, 4, 8, 30, tzinfo=EAST)


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("This article was originally published on 2 Nov 2025 but has been regularly updated since.", date(2025, 11, 2), None),
        ("This guide was first published on 2 Nov 2025 and updated on 3 March 2026.", date(2025, 11, 2), date(2026, 3, 3)),
        ("Dieser Text wurde ursprünglich am 2. November 2025 veröffentlicht und seither aktualisiert.", date(2025, 11, 2), None),
        ("This article was originally published on 2 Nov 2025 in the Harbour Review.", None, None),  # elsewhere
        ("The novel was originally published on 2 Nov 2027, and the author updated it twice.", None, None),
    ],
)  # fmt: skip
def test_a_sentence_that_tells_of_the_first_day_and_of_an_update(
    line: str, published: date | None, modified: date | None
) -> None:
    stamp = datetime(2026, 5, 4, 8, 30, tzinfo=EAST)
    found = read_with(data={"datePublished": stamp.isoformat()}, content=paragraphs(*STORY, f"<em>{line}</em>"))
    assert found.published == (published or stamp)
    assert found.modified == (modified or (stamp if published else None))


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2026/HARBOUR/05/04/pier", date(2026, 5, 4)),
        ("2026/south_quay/5/4/pier/", date(2026, 5, 4)),
        ("2026/a/5/4/pier", None),
    ],
)
def test_a_section_within_the_day_of_an_address(path: str, day: date | None) -> None:
    assert extract(page(paragraphs(*STORY)), f"https://www.gazette.example/{path}").published == day


@pytest.mark.parametrize(
    ("line", "day"), [("05/04/2026 9:30 AM EDT", 4), ("05/04/2026 9:30 AM PT", 4), ("05/04/2026 9:30 CEST", 5)]
)
def test_an_hour_in_an_american_zone_tells_that_the_month_comes_first(line: str, day: int) -> None:
    found = read(page(f"<p>{line}</p>{paragraphs(*STORY)}"))  # of an address that tells of no country
    assert found.published is not None
    assert found.published.day == day


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Monday, 4 May"), ("en", "May 4"), ("de", "Montag, 4. Mai"), ("fr", "lundi 4 mai"), ("uk", "4 травня")],
)
def test_a_day_without_its_year_is_no_story_and_no_date(language: str, line: str) -> None:
    story = STORIES[language]
    found = read(page(f"<time>{line}</time>{paragraphs(*story)}", language=language), url=PLAIN)
    assert (found.published, found.modified) == (None, None)
    assert found.body == "\n\n".join(story)


def test_the_days_of_a_chronology_are_story() -> None:
    days = "4 May", "5 May"
    content = paragraphs(days[0], *STORY[:3], days[1], *STORY[3:])
    assert read(page(content)).body == "\n\n".join((days[0], *STORY[:3], days[1], *STORY[3:]))

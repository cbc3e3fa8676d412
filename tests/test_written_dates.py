"""Dates as the papers of the world print them: what a line under a headline tells of publication and of change."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.engine.dates.calendars import day_of
from extractors.engine.dates.machine import read_date
from tests.gazette import STORIES, STORY, meta, page, paragraphs, read

PLAIN = "https://www.gazette.example/pier"
CALENDAR = tomllib.loads(files("extractors.engine.dates").joinpath("calendar.toml").read_text("utf-8"))
ENGLISH_NAMES = "January February March April May June July August September October November December".split()
STORY_TH = ("ท่าเรือเก่าของเมืองพังลงในคืนวันอาทิตย์หลังพายุพัดผ่านอ่าว ไม่มีผู้ใดได้รับบาดเจ็บ นายท่ากล่าวในเช้าวันจันทร์ว่าร้านกาแฟปิดไปแล้ว",) * 4
STORY_FA = ("اسکله قدیمی شهر در توفان شب یکشنبه فرو ریخت و تنها چند ستون آهنی از آن باقی ماند. رئیس بندر صبح دوشنبه گفت که کسی آسیب ندیده است.",) * 4  # fmt: skip
TEXTS = STORIES | {"th": STORY_TH, "fa": STORY_FA}

LINES = [  # language, line, published, modified
    ("en", "May 4, 2026, 8:30 a.m. ET", "2026-05-04T08:30-04:00", ""),
    ("en", "Dec. 4, 2025, 8:30 a.m. ET", "2025-12-04T08:30-05:00", ""),
    ("en", "April 1, 2006, 8:30 a.m. CT", "2006-04-01T08:30-06:00", ""),
    ("en", "April 3, 2006, 8:30 a.m. CT", "2006-04-03T08:30-05:00", ""),
    ("en", "November 1, 2026, 1:30 a.m. PT", "2026-11-01T01:30-07:00", ""),
    ("en", "November 1, 2026, 2:30 a.m. PT", "2026-11-01T02:30-08:00", ""),
    ("en", "December 4, 2025 8:30 AM Mountain Standard Time", "2025-12-04T08:30-07:00", ""),
    ("en", "Published 8:30 a.m. ET May 4, 2026 | Updated 9:10 a.m. ET May 5, 2026", "2026-05-04T08:30-04:00", "2026-05-05T09:10-04:00"),
    ("en", "May 4, 2026 8:30 a.m. Eastern Daylight Time", "2026-05-04T08:30-04:00", ""),
    ("en", "May 4, 2026, 8 a.m. PT", "2026-05-04T08:00-07:00", ""),
    ("en", "12 p.m. EDT May 4, 2026", "2026-05-04T12:00-04:00", ""),
    ("en", "May 4, 2026, 5 comments", "2026-05-04", ""),
    ("en", "May 4, 2026 10.30", "2026-05-04", ""),  # which may be a price
    ("en", "May 4, 2026, 8.30 a.m.", "2026-05-04T08:30", ""),
    ("en", "May 4, 2026, 8.30 BST", "2026-05-04T08:30+01:00", ""),
    ("en", "May 4, 2026, 14:30 AM", "2026-05-04T14:30", ""),
    ("en", "May 4, 2026, 14:30 ABC", "2026-05-04T14:30", ""),
    ("de", "4. Mai 2026, 8.30 Uhr", "2026-05-04T08:30", ""),
    ("fi", "4.5.2026 10.30", "2026-05-04T10:30", ""),
    ("fi", "4.5.2026 9.30", "2026-05-04", ""),
    ("en", "Wed, 05/06/2026 - 08:15", "2026-05-06T08:15", ""),  # which was a Wednesday
    ("en", "Friday 05/06/2026", "2026-06-05", ""),
    ("de", "4. Mai 2026, 8 Uhr", "2026-05-04T08:00", ""),
    ("de", "Aktualisiert am 04.05.2026-10:15", "", "2026-05-04T10:15"),
    ("de", "Online seit 04.05.2026", "2026-05-04", ""),
    ("de", "Dieser Beitrag wurde am 4. Mai 2026 um 23:03 Uhr gepostet und abgelegt.", "2026-05-04T23:03", ""),
    ("de", "Diese Seite wurde zuletzt am 4. Mai 2026 um 10:15 Uhr bearbeitet.", "", "2026-05-04T10:15"),
    ("fr", "Publié le 4 décembre 2025 à 19 h 18 HNE", "2025-12-04T19:18-05:00", ""),
    ("fr", "Le 4 mai 2026 à 8:30 et plus", "2026-05-04T08:30", ""),
    ("it", "lunedì 4 maggio 2026, ore 8.30", "2026-05-04T08:30", ""),
    ("it", "04 maggio 2026 | 08.30", "2026-05-04T08:30", ""),
    ("uk", "04 Тра 2026", "2026-05-04", ""),
    ("ru", "04.05.2026, Пн, 08:30, Мск", "2026-05-04T08:30+03:00", ""),
    ("he", "4 בינו׳ 2026", "2026-01-04", ""),
    ("ar", "٤ مايو ٢٠٢٦", "2026-05-04", ""),
    ("ar", "الإثنين، 04 مايو 2026 08:30 مساءً", "2026-05-04T20:30", ""),
    ("ar", "4 مايو/ أيار 2026 12:05 ص", "2026-05-04T00:05", ""),
    ("ja", "公開日:2026年5月4日 更新日:2026年5月5日", "2026-05-04", "2026-05-05"),
    ("ja", "2026年5月4日 午後0時30分", "2026-05-04T12:30", ""),
    ("ja", "2026年5月4日 20:30 (2026年5月5日 9:15 更新)", "2026-05-04T20:30", "2026-05-05T09:15"),
    ("ja", "令和8年5月4日", "2026-05-04", ""),
    ("ja", "令和元年5月4日", "2019-05-04", ""),
    ("ja", "2026年(令和8年)5月4日", "2026-05-04", ""),
    ("ko", "기사입력 2026.05.04 오후 8:30 최종수정 2026.05.05 오전 9:15", "2026-05-04T20:30", "2026-05-05T09:15"),
    ("ko", "2026년 5월 4일 오후 8시 30분", "2026-05-04T20:30", ""),
    ("zh", "发布时间:2026-05-04 08:30", "2026-05-04T08:30", ""),
    ("zh", "2026-05-04 08:30 發布 | 2026-05-05 09:15 更新", "2026-05-04T08:30", "2026-05-05T09:15"),
    ("zh", "2026年5月4日 下午14:30", "2026-05-04T14:30", ""),
    ("zh", "民國115年5月4日", "2026-05-04", ""),
    ("pl", "Zaktualizowano: 04.05.2026", "", "2026-05-04"),
    ("nl", "4 mei 2026 08:30 Aangepast: 5 mei 2026 09:15", "2026-05-04T08:30", "2026-05-05T09:15"),
    ("da", "4. maj 2026 kl. 08.30", "2026-05-04T08:30", ""),
    ("sv", "Publicerad 4 maj 2026 kl. 08.30 | Uppdaterad 5 maj 2026 kl. 9.15", "2026-05-04T08:30", "2026-05-05T09:15"),
    ("sv", "Ändrad: 4 maj 2026", "", "2026-05-04"),
    ("fi", "4. toukokuuta 2026 klo 8.30", "2026-05-04T08:30", ""),
    ("cs", "kvě 4, 2026", "2026-05-04", ""),
    ("tr", "4 KASIM 2026, 08:30 TSİ", "2026-11-04T08:30+03:00", ""),
    ("vi", "Cập nhật: 04/05/2026 08:30", "", "2026-05-04T08:30"),
    ("vi", "04 Th5 2026", "2026-05-04", ""),
    ("id", "Senin, 4 Mei 2026 08.30 WIT", "2026-05-04T08:30+09:00", ""),
    ("hu", "Utolsó módosítás: 2026. május 4.", "", "2026-05-04"),
    ("el", "4 ΜΑΪΟΥ 2026 8:30 μμ", "2026-05-04T20:30", ""),
    ("th", "4 พ.ค. 2569 08:30 น.", "2026-05-04T08:30", ""),
    ("th", "วันจันทร์ที่ 4 พฤษภาคม พ.ศ. 2569", "2026-05-04", ""),
    ("fa", "دوشنبه ۱۴ اردیبهشت ۱۴۰۵ - ۰۸:۳۰", "2026-05-04T08:30", ""),
    ("fa", "۱۴۰۵/۰۲/۱۴ - ۰۸:۳۰", "2026-05-04T08:30", ""),
    ("hi", "४ मई २०२६", "2026-05-04", ""),
    ("bn", "আপডেট: ০৪ মে ২০২৬", "", "2026-05-04"),
    ("sr", "4. маја 2026.", "2026-05-04", ""),
    ("lv", "Publicēts: 2026. gada 4. maijā, 08:30", "2026-05-04T08:30", ""),
    ("en", "Chapter 14.05.1405 of the rolls", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "line", "published", "modified"), LINES)
def test_a_line_under_the_headline(language: str, line: str, published: str, modified: str) -> None:
    content = f'<div class="meta">{line}</div>' + paragraphs(*TEXTS.get(language, STORY))
    found = read(page(content, language=language), url=PLAIN)
    assert [_printed(found.published), _printed(found.modified)] == [published, modified]


def _printed(value: datetime | date | None) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return str(value or "")


@pytest.mark.parametrize("language", CALENDAR["months"])
def test_every_name_of_a_month(language: str) -> None:
    for number, forms in enumerate(CALENDAR["months"][language], 1):
        for form in forms.split("/"):
            assert read_date(f"14 {form} 2026", language) == date(2026, number, 14)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(("{d} {m} {y}", "{m} {d}, {y}", "{d}-{m}-{y}")))
def test_every_day_is_read_as_it_was_written(day: date, form: str) -> None:
    assert read_date(form.format(d=day.day, m=ENGLISH_NAMES[day.month - 1], y=day.year), "en") == day


def test_the_persian_months_follow_each_other() -> None:
    months = [(year, month) for year in range(1369, 1479) for month in range(1, 13)]
    firsts = [day_of(year, month, 1, "fa") for year, month in months]
    assert firsts[0] == date(1990, 3, 21)
    assert firsts[months.index((1405, 1))] == date(2026, 3, 21)
    lengths = [b - a for a, b in pairwise(firsts) if a and b]
    assert len(lengths) == len(firsts) - 1
    for (_, month), length in zip(months, lengths, strict=False):
        assert length in (
            {timedelta(31)} if month < 7 else {timedelta(30)} if month < 12 else {timedelta(29), timedelta(30)}
        )


def test_figures_in_either_order_that_repeat_the_data_are_no_other_day() -> None:
    head = meta("article:published_time", "2026-04-03T10:21:56Z")
    found = read(page("<p>04.03.26, 13:21</p>" + paragraphs(*STORY), head=head), url=PLAIN)
    assert found.published == datetime.fromisoformat("2026-04-03T10:21:56Z")


@pytest.mark.parametrize(
    ("other", "day"), [("25/09/2026", date(2026, 4, 3)), ("09/25/2026", date(2026, 3, 4)), ("", date(2026, 3, 4))]
)
def test_the_order_of_figures_is_that_of_the_pages_other_dates(other: str, day: date) -> None:
    content = f"<p>3/4/2026</p>{paragraphs(*STORY)}<ul><li>Lamps lit <b>{other}</b></li></ul>"
    assert read(page(content), url="https://gazette.example.com/pier").published == day

"""When an article was published and modified, as the page says it; never one date for another.

A `datetime` keeps the page's own offset and is naive where the page gives none; a date without a time stays a `date`.
The page's own data speaks first, then its print (`printed`), then what it carries out of sight (`hidden`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from extractors.engine.data.schema import objects_in, text_of
from extractors.engine.dates.hidden import addressed, guessed, marked_in, month_of, scripted_in
from extractors.engine.dates.machine import Reading
from extractors.engine.dates.names import DATE_NAMES, MODIFIED_NAMES, PUBLISHED_NAMES, unlisted
from extractors.engine.dates.printed import ENOUGH, Printed, printed_all_over, printed_near
from extractors.engine.dates.told import first_told
from extractors.engine.dates.written import MODIFIED, PUBLISHED
from extractors.engine.markup.ground import Ground
from extractors.engine.markup.outline import Run
from extractors.engine.markup.walk import outline_of
from extractors.engine.people.places import headings_in
from extractors.page import Page

_LIKELY = 4.2  # weight of a printed date that outweighs a meta element which does not say of what it is the date
_EARLIER = 3.5  # of one that outweighs later data
_FARTHEST, _STEP = timedelta(hours=14), timedelta(minutes=30)  # of the offsets of zones, but for a few
_HALF_A_DAY = timedelta(hours=12)  # more likely an afternoon whose "p.m." is not said


@dataclass(slots=True)
class When:
    """A time and where it came from."""

    value: datetime | date | None
    source: str | None


NEVER = When(None, None)


def dates_of(
    page: Page,
    article: dict[str, Any],
    runs: Sequence[Run],
    headings: Sequence[int],
    headline: str | None,
    language: str | None,
) -> tuple[When, When]:
    """Return when the article was published and when it was last changed.

    A candidate with a zone beats one without, one with a time a bare date, where both tell the same day. Print counts
    where the page's own data is silent, or tells less than an instant. A sentence that tells of the first day, and
    of an update, outweighs a later date, which is that of the update.
    """
    published, modified = _in_data_and_print(page, article, runs, headings, headline, Reading(page, language))
    told = first_told(runs, language)
    if told is None or (published.value is not None and not _is_later(published.value, told[0])):
        return published, modified
    again = When(told[1], "page") if told[1] is not None else published
    return When(told[0], "page"), again if modified.value is None else modified


def _in_data_and_print(
    page: Page,
    article: dict[str, Any],
    runs: Sequence[Run],
    headings: Sequence[int],
    headline: str | None,
    reading: Reading,
) -> tuple[When, When]:
    """Return both dates as the page's data and its print tell them."""
    published = _best(_candidates(page, article, "datePublished", PUBLISHED_NAMES, reading))
    modified = _best(_candidates(page, article, "dateModified", MODIFIED_NAMES, reading))
    reading.known = published.value
    if published.value is not None and published.value == modified.value:
        published = _first_put_out(published, runs, reading)
    if rank_of(published) == FULL and _offset(published.value):
        return published, modified
    printed = _weighed(printed_near(runs, headings, headline, reading, published.value), page.url)
    if published.value is None and not any(_believed(printed)):
        whole = outline_of(Ground(page.body)).runs  # the ground of the story may end below its date
        near = printed_near(whole, headings_in(whole), headline, reading)
        printed = _weighed((*printed, *near, *printed_all_over(whole, reading)), page.url)
    ours = [p for p in printed if p.kind != MODIFIED]
    if modified.value is None:
        modified = next(_believed(p for p in printed if p.kind == MODIFIED), NEVER)
    if published.value is not None:
        return _compared(published, ours), modified
    changed = modified.value is not None or len(ours) < len(printed)
    return _without_data(page, ours, modified, changed, reading), modified


def _first_put_out(published: When, runs: Sequence[Run], reading: Reading) -> When:
    """Return the earlier day that the page calls the one of publication, where its data has that of a change twice."""
    for one in printed_all_over(runs, reading, published.value):
        if one.weight < _EARLIER:
            break
        if one.kind == PUBLISHED and _is_later(published.value, one.value):
            return When(one.value, one.source)
    return published


def _offset(value: datetime | date | None) -> timedelta | None:
    return value.utcoffset() if isinstance(value, datetime) else None


def _compared(published: When, printed: list[Printed]) -> When:
    """Compare what the page's data says with its print, which may tell more of the same day, or an earlier one.

    Data that is later than the date under the headline was stamped anew when the page was put out again.
    """
    for one in printed:
        if one.weight >= _EARLIER and one.kind == PUBLISHED and _is_later(published.value, one.value):
            return _best((When(one.value, one.source), *_believed(printed)))
    if rank_of(published) < FULL:
        return _best((published, *(p for p in _believed(printed) if _same_clock(p.value, published.value))))
    if _offset(published.value) == timedelta():
        return next((w for p in _believed(printed) if (w := _at_home(published, p.value))), published)
    return published


def _at_home(published: When, printed: datetime | date | None) -> When | None:
    """Put an instant in UTC on the page's own clock where that shows another day: the difference is its offset."""
    instant = published.value
    if not (isinstance(instant, datetime) and isinstance(printed, datetime)) or _is_one_day(instant, printed):
        return None
    offset = printed.replace(tzinfo=UTC, second=0) - instant.replace(second=0, microsecond=0)
    if printed.tzinfo is not None and printed.utcoffset() != offset:
        return None
    if not offset or abs(offset) > _FARTHEST or abs(offset) == _HALF_A_DAY or offset % _STEP:
        return None
    return When(instant.astimezone(timezone(offset)), published.source)


def _without_data(page: Page, printed: list[Printed], modified: When, changed: bool, reading: Reading) -> When:
    """Find the day of publication where no data names it; nothing is guessed where the page tells but of a change."""
    named = _best(_named(page, unlisted(page.meta), reading))
    if named.value is not None:
        return named
    undetermined = _best(_named(page, DATE_NAMES, reading))
    if printed and (undetermined.value is None or printed[0].weight >= _LIKELY) and printed[0].weight >= ENOUGH:
        return _best((*_believed(printed), undetermined))
    if undetermined.value is not None:
        return _best((undetermined, *_believed(printed)))
    if day := addressed(page.url):
        return When(day, "address")
    marked = _weighed(
        (p for p in marked_in(page, reading) if p.kind != MODIFIED and not _is_one_day(p.value, modified.value)),
        page.url,
    )
    if marked and len({str(p.value)[:10] for p in marked if p.weight == marked[0].weight}) == 1:
        return When(marked[0].value, marked[0].source)
    if value := scripted_in(page, reading):
        return When(value, "script")
    if not changed and (day := guessed(page)):
        return When(day, "htmldate")
    return NEVER


def _believed(printed: Iterable[Printed]) -> Iterator[When]:
    return (When(p.value, p.source) for p in printed if p.weight >= ENOUGH)


def _weighed(printed: Iterable[Printed], url: str) -> list[Printed]:
    """Weigh printed dates against the day or month in the page's address; return the likeliest first."""
    found = list(printed)
    day, month = (addressed(url), month_of(url)) if found else (None, None)
    for one in found:
        if one.kind == MODIFIED:
            continue
        if day:
            one.weight += 3.0 if _same_day(one.value, day) else -4.0
        elif month:
            months = (one.value.year - month[0]) * 12 + one.value.month - month[1]
            one.weight += 1.0 if months == 0 else -2.5 if abs(months) > 1 else 0.0
    return sorted(found, key=lambda p: -p.weight)


def _candidates(
    page: Page, article: dict[str, Any], key: str, names: Iterable[str], reading: Reading
) -> Iterator[When]:
    if (text := text_of(article.get(key))) and (value := reading.value(text)):
        yield When(value, f"json-ld {key}")
    yield from _named(page, names, reading)
    for node in page.properties.get(key, ())[:3]:
        attributes = node.attributes
        text = attributes.get("datetime") or attributes.get("content") or attributes.get("title") or node.text()
        if text and (value := reading.value(text)):
            yield When(value, f"itemprop {key}")
    if key == "datePublished":
        for item in page.jsonld:
            for part in (item, *objects_in(item.get("mainEntity"))):
                if part is not article and (text := text_of(part.get(key))) and (value := reading.value(text)):
                    yield When(value, f"json-ld {key} of another object")


def _named(page: Page, names: Iterable[str], reading: Reading) -> Iterator[When]:
    meta = page.meta
    for name in names:
        if name in meta and (value := reading.value(meta[name][0])):
            yield When(value, f"meta {name}")


def _best(candidates: Iterable[When]) -> When:
    """Take the first candidate, unless a later one tells the same day with more: a time, or its zone."""
    best = NEVER
    for candidate in candidates:
        if rank_of(best) == FULL:
            break
        if best.value is None or (rank_of(candidate) > rank_of(best) and _same_day(candidate.value, best.value)):
            best = candidate
    return best


FULL = 2  # a time of day with its zone: nothing tells more


def rank_of(when: When) -> int:
    """Say how much a time tells: a day 0, a time of day or a zone 1, both `FULL`."""
    if not isinstance(when.value, datetime):
        return 0
    midnight = when.value.hour == when.value.minute == when.value.second == 0
    if midnight:
        return 1 if when.value.utcoffset() else 0  # at UTC it is how machines write a day
    return 1 if when.value.tzinfo is None else 2


def _same_day(a: datetime | date | None, b: datetime | date | None) -> bool:
    return a is not None and b is not None and abs(_days_between(a, b)) <= 1


def _is_later(a: datetime | date | None, b: datetime | date | None) -> bool:
    """Tell whether a time is of a later day than another, on whatever clock either was read."""
    if a is None:
        return False
    earliest = a.astimezone(UTC) - _HALF_A_DAY if isinstance(a, datetime) and a.tzinfo else a - timedelta(days=1)
    return _days_between(earliest, b) > 0


def _is_one_day(a: datetime | date | None, b: datetime | date | None) -> bool:
    return a is not None and b is not None and a.isoformat()[:10] == b.isoformat()[:10]


def _days_between(a: datetime | date | None, b: datetime | date | None) -> int:
    if a is None or b is None:
        return 0
    days = [v.date() if isinstance(v, datetime) else v for v in (a, b)]
    return (days[0] - days[1]).days


def _same_clock(a: datetime | date | None, b: datetime | date | None) -> bool:
    """Tell whether two times may be one: where both have minutes they agree, whatever the zones of their hours."""
    if not (isinstance(a, datetime) and isinstance(b, datetime)) or rank_of(When(b, None)) == 0:
        return True
    return (a.minute - b.minute) % 15 == 0

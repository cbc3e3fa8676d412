"""What the store holds, told line by line: articles, addresses that failed, one article in full, its versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from operator import itemgetter
from typing import Any, TypeVar
from urllib.parse import urlsplit

from rich.cells import cell_len, set_cell_size
from scrapy.exceptions import UsageError

from extractors import Article
from spiders.addresses import is_of, is_web
from spiders.claims import others_of
from spiders.errors import StoreDamageError
from spiders.record import Record, State, word_count
from spiders.store.reader import Reader
from spiders.surfaces.scrubbing import scrub_url
from spiders.surfaces.terminal import printable
from spiders.surfaces.values import as_json
from spiders.verbs.differences import differences
from spiders.verbs.rendering import render

T = TypeVar("T")

_WIDTHS = 24, 60  # columns of the site and of the headline
_STATES = {
    State.NEW: "it is not fetched yet",
    State.LEASED: "it is being fetched",
    State.DONE: "it was read as another one's",
    State.FAILED: "it failed",
    State.EXCLUDED: "it is excluded",
}


def found(reader: Reader, address: str) -> Record:
    """Return the article of an address.

    Raises:
        UsageError: there is none; the message says why, where that is known.
    """
    if not is_web(address):
        raise UsageError(
            f"{address[:200]!r} is not a web address: write all of it, with https://; --site lists those of a site"
        )
    if record := next(reader.records(address), None):
        return record
    told = _fate(reader, address) or _form(reader, address)
    raise UsageError(f"the store has no article at {scrub_url(address)}{told}")


def _fate(reader: Reader, address: str) -> str:
    if (fate := reader.fate(address)) is None:
        return ""
    state, reason = fate
    return f": {_STATES[state]}{f' ({reason})' if reason else ''}"


def _form(reader: Reader, address: str) -> str:
    """Name another form of an address at which there is an article: with www. or without, for telephones, to print."""
    forms = others_of(Article(url=address), address)
    known = next((form for form in forms if next(reader.records(form), None)), None)
    return f"; did you mean {known}?" if known else ""


def articles(records: Iterable[Record], form: str) -> Iterator[str]:
    """Yield a line an article, the latest first: for a person, or as JSON.

    Raises:
        StoreDamageError: when all others were yielded: there are damaged ones.
    """
    # Only the lines are held: the articles themselves are 20 times as much.
    lines, damage = _sorted_out((_when(one), as_json(_told(one)) if form == "json" else _row(one)) for one in records)
    for _, line in sorted(lines, key=itemgetter(0), reverse=True):
        yield line
    if damage:
        raise damage


def _sorted_out(records: Iterable[T]) -> tuple[list[T], StoreDamageError | None]:
    """Return what comes of the records that can be read, and what is to be said of those that cannot."""
    whole: list[T] = []
    try:
        for record in records:
            whole.append(record)
    except StoreDamageError as damage:
        return whole, damage
    return whole, None


def _when(record: Record) -> datetime:
    """Return when an article was published, or stored where no date is known; a time without a zone counts as UTC."""
    try:
        told = record.article.published or datetime.fromisoformat(record.first_seen)
    except ValueError:  # a damaged row can say anything
        told = date.min
    moment = told if isinstance(told, datetime) else datetime.combine(told, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _row(record: Record) -> str:
    article = record.article
    printed = article.published
    when = printed.strftime("%Y-%m-%d %H:%M" if isinstance(printed, datetime) else "%Y-%m-%d") if printed else "-"
    site = _column(article.site or urlsplit(record.address).hostname or "-", _WIDTHS[0])
    headline = _column(article.headline or "-", _WIDTHS[1])
    words = word_count(article.body)
    doubt = f"  in doubt: {printable(record.suspect)}" if record.suspect else ""
    return f"{when:16}  {site}  {words:6}  {headline}  {printable(scrub_url(record.address))}{doubt}"


def _column(text: str, width: int) -> str:
    """Return text as wide as a column, whatever the width of its letters."""
    shown = printable(text)
    return set_cell_size(shown, width) if cell_len(shown) <= width else set_cell_size(shown, width - 1) + "…"


def _told(record: Record) -> dict[str, Any]:
    """Return a line of the list for a program."""
    article = record.article
    return {
        "address": scrub_url(record.address),
        "site": article.site,
        "published": article.published.isoformat() if article.published else None,
        "words": word_count(article.body),
        "headline": article.headline,
        **_made(record),
    }


def _made(record: Record) -> dict[str, Any]:
    names = "version", "first_seen", "last_seen", "extractor", "template", "flag", "suspect"
    return {name: getattr(record, name) for name in names}


def failures(reader: Reader, form: str, *, site: str | None = None, run: int | None = None) -> Iterator[str]:
    """Yield a line for each address that failed, with the reason."""
    for failure in reader.failures(run):
        if site and not is_of(failure.url, site):
            continue
        address, reason = printable(scrub_url(failure.url)), printable(failure.reason)
        if form == "json":
            due = datetime.fromtimestamp(failure.due, UTC).isoformat(timespec="seconds") if failure.due else None
            told = {"address": address, "reason": reason, "attempts": failure.attempts, "run": failure.run, "due": due}
            yield as_json(told)
        else:
            yield f"{address}: {reason}"


def passed_over(reader: Reader, form: str, *, site: str | None = None, run: int | None = None) -> Iterator[str]:
    """Yield a line for each address that was listed and not taken for an article, with the reason."""
    for url, reason, number in reader.passed_over(run):
        if site and not is_of(url, site):
            continue
        address, why = printable(scrub_url(url)), printable(reason)
        yield as_json({"address": address, "reason": why, "run": number}) if form == "json" else f"{address}: {why}"


def whole(record: Record, form: str, *, removed: bool = False) -> Iterator[str]:
    """Yield an article in full, or what was taken out of it."""
    article = record.article
    if form == "text" and not removed:
        by = article.byline or ", ".join(article.authors)
        when = article.published.isoformat() if article.published else ""
        made = f"version {record.version}, stored {record.first_seen}, last seen {record.last_seen}, {_maker(record)}"
        yield from (
            printable(line)
            for line in (
                article.headline or "",
                article.standfirst or "",
                " · ".join(part for part in (by, when, article.outlet) if part),
                scrub_url(record.address),
                made,
                record.suspect and f"in doubt: {record.suspect}",
                *(f"rights: {statement}" for statement in record.rights),
            )
            if line
        )
        yield ""
    if form == "json" and not removed:
        known = {"suspect": record.suspect, "rights": [statement.as_dict() for statement in record.rights]}
        yield as_json(article.as_dict() | known)
    elif text := render(article, form, removed=removed):
        yield text


def versions(reader: Reader, record: Record, form: str) -> Iterator[str]:
    """Yield every version, the oldest first, each with what it changes in the text that was stored before it."""
    before: Record | None = None
    earlier, damage = _sorted_out(reader.revisions(record.address))
    for version in sorted([*earlier, record], key=lambda r: r.version):
        if form == "json":
            yield as_json(_made(version) | {"article": version.article.as_dict()})
            continue
        kept = f"; did not replace the article: {version.flag}" if version.flag else ""
        words = word_count(version.article.body)
        yield printable(
            f"version {version.version}: last seen {version.last_seen}, {words} words, {_maker(version)}{kept}"
        )
        if version.flag:
            continue
        if before:
            yield from ("  " + printable(d.marked()) for d in differences(before.article, version.article))
        before = version
    if damage:
        raise damage


def _maker(record: Record) -> str:
    return f"read by {record.template} of Copydesk {record.extractor or 'unknown'}"

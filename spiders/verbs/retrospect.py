"""Pages of several dates read again in their order with today's extractors: stored ones, or recordings."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from extractors import AmendError, CopydeskError, ExtractionError, SiteError
from spiders.addresses import is_of, site_of
from spiders.context import charset_in, hints_of
from spiders.errors import StoreError, WorkerStartError
from spiders.outcomes import outcome_of
from spiders.recordings.expectations import recordings_in
from spiders.store.reader import Reader
from spiders.vitals.lasting import Sight
from spiders.vitals.vital import Vital, vital_of, vital_of_none
from spiders.workers.pool import Pool

_AHEAD = 32  # pages that are read at a time
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")  # a recording is named after its day


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it once came: `seen` is ISO 8601, `hints` what its listing said; its body is read when it is wanted.

    `weight` tells for how many pages of its day it stands.
    """

    url: str
    seen: str
    charset: str | None
    hints: Mapping[str, str]
    body: Callable[[], bytes]
    weight: float = 1.0


def stored(reader: Reader, sites: Sequence[str]) -> list[Page]:
    """Return the pages that are kept of some sites, or of all, in the order in which they came.

    Of each site these are the pages by which it is judged: the newest, of a busy day some.
    """
    found: list[Page] = []
    for site in reader.sites(sites):
        for sight in reader.sights(site):
            if raw := sight.raw and reader.raw(sight.raw):
                body = partial(getattr, raw, "body")
                found.append(Page(raw.url, sight.seen, charset_in(raw.headers), raw.hints, body, sight.weight))
    return sorted(found, key=lambda page: page.seen)


def recorded(folder: Path, sites: Sequence[str]) -> list[Page]:
    """Return the pages of recordings, by the days that their files are named after.

    Raises:
        CassetteError: there are none, or one cannot be read.
    """
    pages = [
        Page(one.url, found[0], one.charset, {}, partial(bytes, one.body))
        for one in recordings_in(folder)
        if one.is_page and one.status == 200 and (found := _DAY.search(one.path.name))
    ]
    chosen = [page for page in pages if not sites or any(is_of(page.url, site) for site in sites)]
    return sorted(chosen, key=lambda page: page.seen)


async def sights_of(pages: Sequence[Page], pool: Pool) -> dict[str, list[Sight]]:
    """Read pages with the workers of a pool; return what was seen at each site, in the order of the pages.

    Raises:
        SiteError, StoreError, WorkerStartError: it cannot go on.
    """
    found: defaultdict[str, list[Sight]] = defaultdict(list)
    room = asyncio.Semaphore(_AHEAD)

    async def read(page: Page) -> Vital | None:
        async with room:
            return await _vital(page, pool)

    for page, vital in zip(pages, await asyncio.gather(*map(read, pages)), strict=True):
        site = site_of(page.url)
        if vital and site:
            found[site].append(Sight(page.url, page.seen, vital, weight=page.weight))
    return dict(sorted(found.items()))


async def _vital(page: Page, pool: Pool) -> Vital | None:
    when = datetime.fromisoformat(page.seen)
    try:
        hints = hints_of(page.hints)
        article = await pool.extract(page.body(), page.url, fetched_at=when, encoding=page.charset, hints=hints)
    except AmendError:
        return Vital()
    except (SiteError, StoreError, WorkerStartError):
        raise
    except ExtractionError as error:
        return vital_of_none(outcome_of(error, page.url).flag)
    except CopydeskError:  # a page that stopped its worker
        return Vital()
    return vital_of(article, page.hints)

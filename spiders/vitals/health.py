"""How a site is: what has drifted, how far engine and site file agree, and whether there is enough of a past to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Self

from spiders.vitals.judgement import Drift, drifts, is_judged
from spiders.vitals.lasting import Sight


@dataclass(frozen=True, slots=True)
class Health:
    """A site by its newest pages (`judgement.MEMORY` at most), of which it has so many `pages` in all.

    `agreement` is the median, None where no site file read them; `drifts` is in the order of time, and empty where
    nothing has changed or `judged` is False: there is too little to compare with. `suspect` counts articles in doubt.
    """

    site: str
    pages: int
    agreement: float | None
    judged: bool
    suspect: int
    drifts: tuple[Drift, ...]

    @classmethod
    def of(cls, site: str, sights: Sequence[Sight], accepted: Mapping[str, str], pages: int, suspect: int) -> Self:
        """Judge a site by its pages, those that came last at the end.

        Args:
            accepted: by the name of a sign the time (ISO 8601) since when what it tells is usual.
            pages, suspect: how many pages there are of it, and articles in doubt.
        """
        known = [sight.vital.agreement for sight in sights if sight.vital.agreement is not None]
        return cls(
            site,
            pages,
            round(median(known), 3) if known else None,
            is_judged(sights),
            suspect,
            tuple(drifts(site, sights, accepted)),
        )

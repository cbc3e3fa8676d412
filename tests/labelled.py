"""Front pages and feeds of invented sites, each of their links labelled by reading, and how well the model does on them.

A recording in `tests/fronts/` has a JSON beside it: which of its addresses are listings, and what each link is:
"article", or what else (a section, a tag, a video, an address of another site …). Run as a program, this prints the
figures of each, and with `-v` each link that was judged wrong:

    python -m tests.labelled [-v] [NAME …]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spiders.addresses import key_of
from spiders.listings.anchors import candidates
from spiders.listings.discovery import read_listing
from spiders.listings.feeds import feed_links
from spiders.listings.shapes import Counts, shape_of
from spiders.record import Kind
from spiders.recordings.expectations import answers_of

FRONTS = Path(__file__).parent / "fronts"


@dataclass(frozen=True)
class Labelled:
    """A listing of a recording, and what each of its links is, by the one form of its address."""

    site: str
    url: str
    kind: Kind
    body: bytes = field(repr=False)
    charset: str | None
    labels: dict[str, str] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.site} {self.kind}"

    @property
    def addresses(self) -> list[str]:
        """The addresses that it lists, whosever they are."""
        if self.kind is Kind.FEED:
            hosts = {address.split("/")[2] for address in self.labels}
            return [link.url for link in feed_links(self.body, self.url, hosts, self.charset)]
        return [one.url for one in candidates(self.body, self.url, self.charset)]


@dataclass
class Score:
    """What was taken: rightly, wrongly, and what should have been."""

    right: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)  # address, label, reason
    missed: list[tuple[str, str, str]] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed) or 1)

    def __str__(self) -> str:
        figures = f"precision {self.precision:.3f}  recall {self.recall:.3f}"
        return f"{figures}  {self.right:5} right {len(self.wrong):3} wrong {len(self.missed):3} missed"


def labelled(*names: str) -> Iterator[Labelled]:
    """Yield the listings of all recordings, or of those of the names."""
    for path in sorted(FRONTS.glob("*.yaml")):
        if names and path.stem not in names:
            continue
        told = json.loads(path.with_suffix(".json").read_text("utf-8"))
        labels = {key_of(url): label for url, label in told["links"].items()}
        for page in answers_of(path):
            yield Labelled(path.stem, page.url, Kind(told["listings"][page.url]), page.body, page.charset, labels)


def score(listing: Labelled, counts: Counts | None = None) -> Score:
    """Read a listing as a crawl of its site does, and compare what is taken with the labels."""
    kind = Kind.SECTION if listing.kind is Kind.FRONT else listing.kind
    found = read_listing(kind, listing.body, listing.url, (listing.site,), encoding=listing.charset, counts=counts)
    result = Score()
    for link in found.links:
        if (label := listing.labels[key_of(link.url)]) == "article":
            result.right += 1
        else:
            result.wrong.append((link.url, label, "taken"))
    for one in found.passed:
        if (label := listing.labels[key_of(one.url)]) == "article":
            result.missed.append((one.url, label, one.reason))
    return result


def taught(listing: Labelled) -> Counts:
    """Return what a site's store knows of the shapes of addresses when all that was taken of a listing was fetched."""
    counts: dict[str, tuple[int, int]] = {}
    got = score(listing)
    right = [one for one, label in listing.labels.items() if label == "article"]
    taken = {key_of(url) for url in listing.addresses} - {key_of(url) for url, _, _ in got.missed}
    for address, is_article in [(a, 1) for a in right if a in taken] + [(url, 0) for url, _, _ in got.wrong]:
        articles, others = counts.get(shape_of(address), (0, 0))
        counts[shape_of(address)] = (articles + is_article, others + 1 - is_article)
    return counts


def main(arguments: list[str]) -> int:
    """Print the figures."""
    names = [name for name in arguments if name != "-v"]
    total, second = Score(), Score()
    for listing in labelled(*names):
        got = score(listing)
        total += got
        second += score(listing, taught(listing))
        print(f"{listing!s:36} {got}")
        if "-v" in arguments:
            for sign, rows in (("wrong", got.wrong), ("missed", got.missed)):
                print(*(f"    {sign}: {label} {url} ({reason})" for url, label, reason in rows), sep="\n")
    print(f"{'all':36} {total}")
    print(f"{'all, in a second run':36} {second}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

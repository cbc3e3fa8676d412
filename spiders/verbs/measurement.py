"""Pages whose text a person knows, read and weighed: what the body is worth, and what reading it costs.

How a body is judged is told in `spiders.specimens.scoring`. Cost is CPU as a multiple of a bare Lexbor parse of the
same page, each the best of `PASSES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import thread_time

from selectolax.lexbor import LexborHTMLParser

from extractors import Article
from spiders.specimens.pages import Specimen
from spiders.specimens.scoring import Verdict, judge, letters_of, total

PASSES = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One page: what its body is worth, and the CPU seconds that a bare parse and a reading of it took."""

    name: str
    url: str
    verdict: Verdict
    template: str | None  # None where the page gave no article
    agreement: float | None
    parse: float
    read: float
    unchecked: float  # without the engine's run beside a template

    @property
    def f1(self) -> float:
        """How near the body is to the known one, from 0 to 1."""
        return total([self.verdict]).f1

    @property
    def fine(self) -> bool:
        """Whether the body is right to the last word."""
        return self.verdict.exact


def readings(specimens: Iterable[Specimen]) -> Iterator[Reading]:
    """Yield a reading of each page whose body somebody knows.

    Raises:
        CopydeskError: a page cannot be read from where it is kept, or a site file is wrong.
    """
    for specimen in specimens:
        if specimen.body is not None:
            yield _reading(specimen, specimen.body)


def _reading(specimen: Specimen, body: str) -> Reading:
    html = specimen.html
    parse = read = unchecked = float("inf")
    for _ in range(PASSES):
        parse = min(parse, _seconds(lambda: LexborHTMLParser(html)))
        read = min(read, _seconds(lambda: specimen.article(check=True)))
        unchecked = min(unchecked, _seconds(lambda: specimen.article(check=False)))
    article = specimen.article(check=True)
    known = article if isinstance(article, Article) else None
    verdict = judge(body, _found(known, body) if known else "", specimen.required)
    template, agreement = (known.template, known.agreement) if known else (None, None)
    return Reading(specimen.name, specimen.url, verdict, template, agreement, parse, read, unchecked)


def _seconds(work: Callable[[], object]) -> float:
    start = thread_time()
    work()
    return thread_time() - start


def _found(article: Article, known: str) -> str:
    """Return the body to be judged: with the standfirst before it where that opens the known body."""
    opening = letters_of(article.standfirst or "")
    opens = opening and letters_of(known).startswith(opening) and not letters_of(article.body).startswith(opening)
    return f"{article.standfirst}\n\n{article.body}" if opens else article.body

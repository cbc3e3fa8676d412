"""How answers fare at the door that people use: a crawl of all of them, and what the run's outcomes say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scrapy.crawler import Crawler

from extractors import Article
from spiders.article import ArticleSpider
from spiders.ledger import Ledger, outcome_recorded
from spiders.outcomes import Outcome
from spiders.record import State
from tests.blocks import Answer
from tests.newsroom import crawled


@dataclass(frozen=True)
class Judged:
    """An answer and what became of it."""

    answer: Answer
    kind: str
    reason: str | None
    article: Article | None

    @property
    def is_stored(self) -> bool:
        """Whether it was taken for an article."""
        return self.article is not None

    @property
    def is_right(self) -> bool:
        """Whether it has the kind that it is to have, and a story its text and mark."""
        if self.kind not in self.answer.kinds:
            return False
        story = self.article
        return story is None or (self.answer.holds in story.body and bool(story.paywalled) is self.answer.paywalled)


def judged(folder: Path, answers: list[Answer]) -> tuple[list[Judged], Ledger]:
    """Crawl the answers and return what became of each, and the books of the run."""
    outcomes: dict[str, Outcome] = {}

    def keep(outcome: Outcome) -> None:
        outcomes[outcome.url] = outcome

    def set_up(crawler: Crawler) -> None:
        crawler.signals.connect(keep, signal=outcome_recorded)
        for name in ("DOWNLOAD_DELAY", "RETRY_TIMES"):
            crawler.settings.set(name, 0, priority="cmdline")

    addresses = folder / "addresses.txt"
    addresses.write_text("\n".join(answer.url for answer in answers), "utf-8")
    pages = {answer.url: (answer.status, answer.headers, answer.body) for answer in answers}
    books = crawled(folder, pages, ArticleSpider, set_up=set_up, urls=str(addresses))
    return [_judged(answer, outcomes[answer.url]) for answer in answers], books


def _judged(answer: Answer, outcome: Outcome) -> Judged:
    return Judged(answer, outcome.kind, outcome.reason, outcome.article if outcome.state is State.DONE else None)

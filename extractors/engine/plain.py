"""Text that another scraper left noisy."""

from extractors.article import Article


def article_of(text: str, url: str | None) -> Article:
    raise NotImplementedError

"""der-postillon.com: satire; initials and credits stand in one line under the text."""

from dataclasses import replace

from extractors.article import Article
from extractors.page import Page
from extractors.site import Label, Site


class Postillon(Site):
    domains = ("der-postillon.com",)
    body = "#post-body > :is(p, ul, ol, blockquote)"
    noise = {"#post-body > span": Label.BYLINE}

    def amend(self, article: Article, page: Page) -> Article:
        """Take the names before the first semicolon; picture credits and dates follow it."""
        names = (article.byline or "").split(";")[0].split(",")
        return replace(article, authors=tuple(name.strip() for name in names if name.strip()))

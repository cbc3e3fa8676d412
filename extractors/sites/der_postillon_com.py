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
        """Take the initials before the first semicolon; picture credits and dates follow it."""
        names = [name.strip() for name in (article.byline or "").split(";")[0].split(",")]
        initials = tuple(name for name in names if name.islower() and name.isalpha())
        return replace(article, authors=initials) if initials else article

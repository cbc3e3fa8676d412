"""wochenblatt.cc: news of Paraguay in German; the last paragraph names whom it comes from."""

from dataclasses import replace

from extractors.article import Article
from extractors.page import Page
from extractors.site import Label, Site


class Wochenblatt(Site):
    domains = ("wochenblatt.cc",)
    body = ".single-post .entry-content > :is(p, h2, h3, ul, ol, blockquote)"
    noise = {'.entry-content > p:lexbor-contains("Wochenblatt /"):last-of-type': Label.BYLINE}

    def amend(self, article: Article, page: Page) -> Article:
        """Credit the paper that the text is from: "Wochenblatt / Última Hora"."""
        paper, _, told = (article.byline or "").partition("/")
        return replace(article, authors=(told.strip(),)) if paper.strip() == "Wochenblatt" and told else article

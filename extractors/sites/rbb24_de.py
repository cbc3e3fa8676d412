"""rbb24.de."""

import re
from dataclasses import replace

from extractors.article import Article
from extractors.page import Page
from extractors.site import Label, Site


class Rbb24(Site):
    domains = ("rbb24.de",)
    body = ".textblock > p"
    standfirst = ".shorttext"
    noise = {
        "article > h3": Label.HEADLINE,
        ".shorttext": Label.STANDFIRST,
        ".shorttext i": Label.BYLINE,
        ".articlescontlist": Label.RELATED,
        '.textblock > p > i:lexbor-contains("Sendung:")': Label.PROMO,
    }

    def amend(self, article: Article, page: Page) -> Article:
        """Take the name off the standfirst, which closes with it."""
        return replace(article, standfirst=re.sub(r"\s+Von [^.]+$", "", article.standfirst or "") or None)

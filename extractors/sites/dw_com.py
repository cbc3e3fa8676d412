"""dw.com: Deutsche Welle, the pages until 2023."""

from dataclasses import replace

from extractors.article import Article
from extractors.page import Page
from extractors.site import Label, Site


class Dw(Site):
    domains = ("dw.com",)
    body = ".longText:has(> .picBox) > p, .longText:has(> .picBox) > h2"
    authors = ".smallList li:has(> strong:lexbor-contains('Aut'))"
    noise = {".picBox": Label.CAPTION}

    def amend(self, article: Article, page: Page) -> Article:
        """Take away the label that stands before the name, in one element with it ("Autorin/Autor", "Author")."""
        label = "".join(page.select(".smallList li > strong:lexbor-contains('Aut')")[:1])
        return replace(article, authors=tuple(name.removeprefix(label).strip() for name in article.authors))

"""focus.de: FOCUS online."""

from extractors.site import Site


class Focus(Site):
    domains = ("focus.de",)
    body = ".textBlock > p, .textBlock > h2, .textBlock > ul > li, [data-qa-article-content-text] > :is(p, h2)"
    authors = "::data(author)"

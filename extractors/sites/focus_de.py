"""focus.de: FOCUS online."""

from extractors.site import Site


class Focus(Site):
    domains = ("focus.de",)
    body = ".textBlock > p, .textBlock > h2, .textBlock > ul > li"
    authors = "::data(author)"

"""nine.com.au."""

from extractors.site import Site


class Nine(Site):
    domains = ("nine.com.au",)
    body = "article > div > div > p"
    authors = "::data(author)"

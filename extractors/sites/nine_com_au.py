"""nine.com.au."""

from extractors.site import Site


class Nine(Site):
    domains = ("nine.com.au",)
    body = "article > div > div > p, article > div > div > h2, article > div > div > ul"
    authors = "::data(author)"

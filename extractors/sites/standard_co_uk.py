"""standard.co.uk."""

from extractors.site import Site


class Standard(Site):
    domains = ("standard.co.uk",)
    body = "#main"
    headline = "meta[property='og:title']::attr(content)"  # as feeds and search engines have it; the page's is longer
    authors = "::data(author)"  # desks and agencies as well

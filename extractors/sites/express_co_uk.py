"""express.co.uk."""

from extractors.site import Site


class Express(Site):
    domains = ("express.co.uk",)
    body = "article .text-description:not(.dont-miss), .live-events__entry-text"
    headline = "meta[property='og:title']::attr(content)"  # as feeds and search engines have it; the page's is longer
    authors = "meta[name=author]::attr(content)"  # desks as well

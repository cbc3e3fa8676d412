"""euronews.com, in all its languages."""

from extractors.site import Site


class Euronews(Site):
    domains = ("euronews.com",)
    body = ".c-article-content"
    headline = "meta[property='og:title']::attr(content)"  # as feeds and search engines have it; the page's is longer
    authors = "::data(author)"  # the house, where no reporter is named

"""stuttgarter-zeitung.de."""

from datetime import date

from extractors.site import Site


class StuttgarterZeitung(Site):
    domains = ("stuttgarter-zeitung.de",)
    body = ".article-body > p, .article-body > .restricted-area p"
    standfirst = ".intro-text"
    headline = 'meta[property="og:title"]::attr(content)'  # the page prints its halves without a colon
    authors = "::data(author)"


class StuttgarterZeitung2026(StuttgarterZeitung):
    since = date(2026, 1, 1)
    body = ".u-article > .u-paragraph, .u-article > .u-row > .u-paragraph"

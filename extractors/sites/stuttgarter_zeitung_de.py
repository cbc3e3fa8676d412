"""stuttgarter-zeitung.de."""

from datetime import date

from extractors.site import Site


class StuttgarterZeitung(Site):
    domains = ("stuttgarter-zeitung.de",)
    body = ".article-body > :is(p, h2, ul, ol), .restricted-area :is(p, h2, ul, ol)"
    headline = 'meta[property="og:title"]::attr(content)'  # the page prints its halves without a colon
    authors = "::data(author)"


class StuttgarterZeitung2026(Site):
    domains = ("stuttgarter-zeitung.de",)
    since = date(2026, 1, 1)
    body = ".u-article > :is(.u-paragraph, .u-headline, ul, ol), .u-article > .u-row > .u-paragraph"
    authors = "::data(author)"

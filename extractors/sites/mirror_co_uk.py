"""mirror.co.uk."""

from datetime import date

from extractors.site import Label, Site


class Mirror(Site):
    domains = ("mirror.co.uk",)
    body = "article .article-body"
    headline = "meta[property='og:title']::attr(content)"  # as feeds and search engines have it; the page's is longer
    authors = "meta[name=author]::attr(content)"  # desks as well
    noise = {".twitter-tweet": Label.SOCIAL, ".live-event-lead-entry > p > b > i": Label.LIVE}


class Mirror2025(Site):
    domains = ("mirror.co.uk",)
    since = date(2025, 1, 1)
    body = "[data-testid=body] > [data-tmdatatrack-type=paragraph]"
    headline = Mirror.headline
    authors = Mirror.authors

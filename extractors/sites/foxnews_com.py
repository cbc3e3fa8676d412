"""foxnews.com."""

from extractors.site import Label, Site


class FoxNews(Site):
    domains = ("foxnews.com",)
    body = ":is(.article-body, .gated-article-body) > p"
    noise = {
        ".article-gating": Label.PAYWALL,
        ".image-ct .caption span + span": Label.CREDIT,
    }

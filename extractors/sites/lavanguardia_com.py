"""lavanguardia.com."""

from datetime import date

from extractors.site import Label, Site


class LaVanguardia(Site):
    domains = ("lavanguardia.com",)
    body = ".article_story > :is(.paragraph, .highlight, ul, ol)"
    since = date(2026, 1, 1)
    standfirst = ".subtitles > .subtitle:not(:has(a))"
    noise = {
        ".content_component.information": Label.RELATED,
        ".highlight--quote": Label.PROMO,
    }

"""20min.ch: 20 Minuten."""

from extractors.site import Label, Site


class ZwanzigMinuten(Site):
    domains = ("20min.ch",)
    body = "article > section > p, article > section > div > :is(p, h2), [type=typeInfoboxSummary] li"
    headline = 'meta[property="og:title"]::attr(content)'  # other than the one for search engines, and the printed one
    standfirst = "[type=lead]"
    authors = "::data(author)"
    noise = {
        "[data-testid=InfoBox]:not([type=typeInfoboxSummary])": Label.PROMO,
        "[type=typeInfoboxSummary] h3": Label.KICKER,
        "[type=poll]": Label.PLAYER,
    }

"""taipeitimes.com."""

from extractors.site import Label, Site


class TaipeiTimes(Site):
    domains = ("taipeitimes.com",)
    body = ".archives > p"
    byline = ".archives .name"
    noise = {".archives .name": Label.BYLINE}

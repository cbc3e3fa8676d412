"""taipeitimes.com."""

from extractors.site import Label, Site


class TaipeiTimes(Site):
    domains = ("taipeitimes.com",)
    body = ".archives > p"
    standfirst = ".archives > h1 + h2"
    byline = ".archives .name"
    noise = {".archives .name": Label.BYLINE}

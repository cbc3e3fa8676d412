"""cbc.ca."""

from extractors.site import Label, Site


class Cbc(Site):
    domains = ("cbc.ca",)
    body = ".story > p"
    standfirst = "h2.deck"
    noise = {".story > div > strong": Label.RELATED}

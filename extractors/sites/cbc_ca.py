"""cbc.ca."""

from extractors.site import Site


class Cbc(Site):
    domains = ("cbc.ca",)
    body = ".story > p"
    standfirst = "h2.deck"

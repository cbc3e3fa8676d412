"""golem.de."""

from extractors.site import Label, Site


class Golem(Site):
    domains = ("golem.de",)
    body = ".go-richtext > p, .go-richtext > h2, .go-richtext > ul > li"
    noise = {".go-vh": Label.TECH}

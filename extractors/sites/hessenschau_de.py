"""hessenschau.de."""

from extractors.site import Label, Site


class Hessenschau(Site):
    domains = ("hessenschau.de",)
    body = ".copytext__text, .copytext__headline"
    authors = "::data(author)"
    noise = {".infobox": Label.RELATED}

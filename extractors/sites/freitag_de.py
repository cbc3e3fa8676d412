"""freitag.de."""

from extractors.site import Label, Site


class Freitag(Site):
    domains = ("freitag.de",)
    body = ".bo-article-text > p, .bo-article-text > h2"
    noise = {".bo-quote": Label.TECH}  # repeats a sentence of the story

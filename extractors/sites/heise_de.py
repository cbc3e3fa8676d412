"""heise.de."""

from extractors.site import Label, Site


class Heise(Site):
    domains = ("heise.de",)
    body = ".article-content > p:not([class]), .article-content > :is(h2, h3), .article-content > ul > li"
    authors = "::data(author)"
    noise = {".redakteurskuerzel": Label.BYLINE}

"""heise.de."""

from extractors.site import Label, Site


class Heise(Site):
    domains = ("heise.de",)
    body = ".article-content > p, .article-content > h2, .article-content > h3, .article-content > ul > li"
    noise = {".redakteurskuerzel": Label.BYLINE}

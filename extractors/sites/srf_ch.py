"""srf.ch: Schweizer Radio und Fernsehen."""

from extractors.site import Label, Site


class Srf(Site):
    domains = ("srf.ch",)
    body = ".article-content > p, .article-content > h2, .article-content > ul > li, .blockquote"
    authors = "[itemprop=author]"
    noise = {".expandable-box": Label.RELATED}

"""lto.de: Legal Tribune Online."""

from extractors.site import Label, Site


class Lto(Site):
    domains = ("lto.de",)
    body = ".article-text-wrapper > p, .article-text-wrapper > h2, .article-text-wrapper > ul > li"
    headline = 'meta[property="og:title"]::attr(content)'  # the printed one is another
    noise = {".citewrapper": Label.TECH}

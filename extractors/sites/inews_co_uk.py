"""inews.co.uk."""

from extractors.site import Label, Site


class Inews(Site):
    domains = ("inews.co.uk",)
    body = ".article-content"
    noise = {".inews__post-byline": Label.AUTHOR_BIO}

"""tagesanzeiger.ch."""

from extractors.site import Site


class Tagesanzeiger(Site):
    domains = ("tagesanzeiger.ch",)
    body = "[class*=ArticleParagraph_root]"
    headline = "h2 > [data-testid=content-title]"
    authors = "::data(author)"

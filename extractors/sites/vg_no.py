"""vg.no."""

from extractors.site import Label, Site


class VerdensGang(Site):
    domains = ("vg.no",)
    body = ".article-body > :is(p, h2, h3, ul, ol, blockquote)"
    headline = 'meta[property="og:title"]::attr(content)'  # what feeds and the title bar say; h1 is a teaser
    noise = {".article-body [role=region]": Label.RELATED}  # "the short version", made by a machine

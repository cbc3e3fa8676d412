"""cbc.ca."""

from extractors.site import Label, Site


class Cbc(Site):
    domains = ("cbc.ca",)
    body = ".story > p, .story > h2, .story > ul, .story > blockquote"
    standfirst = "h2.deck"
    noise = {".story > div > strong": Label.RELATED}

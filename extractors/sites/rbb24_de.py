"""rbb24.de."""

from extractors.site import Label, Site


class Rbb24(Site):
    domains = ("rbb24.de",)
    body = ".textblock > :is(p, ul, ol), .texttitle"
    noise = {
        "article > h3": Label.HEADLINE,
        ".shorttext i": Label.BYLINE,
        ".pictsrc": Label.CREDIT,
        ".articlescontlist": Label.RELATED,
        '.textblock > p > i:lexbor-contains("Sendung:")': Label.PROMO,
    }

"""tagesschau.de."""

from extractors.site import Label, Site


class Tagesschau(Site):
    domains = ("tagesschau.de",)
    body = "article > .textabsatz, article > .textabsatz ~ :is(h2, ul, ol)"
    headline = 'meta[property="og:title"]::attr(content)'  # the page prints its halves without a colon
    noise = {
        ".sendungsbezug": Label.PROMO,  # which broadcast the story was in
        ".absatzbild__info": Label.CAPTION,
    }

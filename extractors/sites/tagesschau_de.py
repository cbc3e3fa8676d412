"""tagesschau.de."""

from extractors.site import Label, Site


class Tagesschau(Site):
    domains = ("tagesschau.de",)
    body = "article > .textabsatz, article > .textabsatz ~ :is(h2, ul, ol)"
    noise = {
        ".sendungsbezug": Label.PROMO,  # which broadcast the story was in
        ".absatzbild__info": Label.CAPTION,
    }

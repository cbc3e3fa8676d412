"""sportschau.de."""

from extractors.site import Label, Site


class Sportschau(Site):
    domains = ("sportschau.de",)
    body = "article > .textabsatz, article > .textabsatz ~ :is(h2, ul, ol)"
    authors = "meta[name=author]::attr(content)"
    noise = {".absatzbild__info": Label.CAPTION}

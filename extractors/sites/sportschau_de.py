"""sportschau.de."""

from extractors.site import Label, Site


class Sportschau(Site):
    domains = ("sportschau.de",)
    body = "article > .textabsatz"
    authors = "meta[name=author]::attr(content)"
    noise = {".absatzbild__info": Label.CAPTION}

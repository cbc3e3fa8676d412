"""dw.com: Deutsche Welle."""

from extractors.site import Label, Site


class Dw(Site):
    domains = ("dw.com",)
    body = ".longText:has(> .picBox) > p, .longText:has(> .picBox) > h2"
    noise = {".picBox": Label.CAPTION}

"""dw.com: Deutsche Welle, the pages until 2023."""

from extractors.site import Site


class Dw(Site):
    domains = ("dw.com",)
    body = ".longText:has(> .picBox) > p, .longText:has(> .picBox) > h2"
    authors = ".smallList li:has(> strong:lexbor-contains('Aut'))"

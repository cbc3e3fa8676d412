"""yomiuri.co.jp."""

from extractors.site import Site


class Yomiuri(Site):
    domains = ("yomiuri.co.jp",)
    body = ".p-main-contents > p"
    authors = "::data(author)"

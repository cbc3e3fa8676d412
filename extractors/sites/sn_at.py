"""sn.at: Salzburger Nachrichten."""

from extractors.site import Site


class SalzburgerNachrichten(Site):
    domains = ("sn.at",)
    body = ".article-body-text > p, .articleText > p"
    authors = "::data(author)"

"""kleinezeitung.at."""

from extractors.site import Site


class KleineZeitung(Site):
    domains = ("kleinezeitung.at",)
    body = "article .prose > p, article .prose > h2"
    authors = "::data(author)"

"""orf.at."""

from extractors.site import Site


class Orf(Site):
    domains = ("orf.at",)
    body = ".story-story > p, .story-story > h2"
    authors = "::data(author)"

"""lefigaro.fr."""

from extractors.site import Site


class LeFigaro(Site):
    domains = ("lefigaro.fr",)
    body = ".fig-content-body > .fig-paragraph"
    authors = "::data(author)"

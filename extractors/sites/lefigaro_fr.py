"""lefigaro.fr."""

from extractors.site import Site


class LeFigaro(Site):
    domains = ("lefigaro.fr",)
    body = ".fig-content-body > :is(.fig-paragraph, h2, h3, ul, ol, blockquote)"
    authors = "::data(author)"

"""spiegel.de."""

from extractors.site import Site


class Spiegel(Site):
    domains = ("spiegel.de",)
    body = "[data-area=body] [data-area=text] > .RichText > p"
    headline = 'meta[property="og:title"]::attr(content)'  # h2 prints kicker and headline as one
    authors = "::data(author)"

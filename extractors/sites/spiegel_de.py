"""spiegel.de."""

from extractors.site import Site


class Spiegel(Site):
    domains = ("spiegel.de",)
    body = "[data-area=body] [data-area=text] > .RichText > :is(p, h3, ul, ol, blockquote)"
    headline = 'meta[property="og:title"]::attr(content)'  # h2 prints kicker and headline as one
    authors = "::data(author)"

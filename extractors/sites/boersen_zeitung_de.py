"""boersen-zeitung.de."""

from extractors.site import Label, Site


class BoersenZeitung(Site):
    domains = ("boersen-zeitung.de",)
    body = ".purple-content-body-inner .no-tts > p, .purple-content-body-inner > p"
    authors = "::data(author)"
    noise = {
        ".wp-block-ppi-aboveheading, .wp-block-ppi-subheading": Label.HEADLINE,  # of the printed paper
        ".wp-block-ppi-authorshort": Label.BYLINE,
    }

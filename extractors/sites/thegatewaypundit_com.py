"""thegatewaypundit.com."""

from extractors.site import Label, Site


class TheGatewayPundit(Site):
    domains = ("thegatewaypundit.com",)
    body = ".entry-content > p"
    noise = {
        "blockquote.twitter-tweet": Label.SOCIAL,
        ".entry-content > p > img ~ em": Label.CAPTION,
        ".code-block": Label.PROMO,
    }

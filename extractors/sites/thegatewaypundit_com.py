"""thegatewaypundit.com."""

from extractors.site import Label, Site


class TheGatewayPundit(Site):
    domains = ("thegatewaypundit.com",)
    body = ".entry-content > p"
    noise = {
        "blockquote.twitter-tweet": Label.SOCIAL,
        ".entry-content > p:has(> img)": Label.CAPTION,
        ".code-block": Label.PROMO,
    }

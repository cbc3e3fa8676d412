"""thegatewaypundit.com."""

from extractors.site import Label, Site


class TheGatewayPundit(Site):
    domains = ("thegatewaypundit.com",)
    body = ".entry-content > p, .entry-content > blockquote, .entry-content > ul, .entry-content > ol"
    noise = {
        "blockquote.twitter-tweet": Label.SOCIAL,
        ".entry-content > p:has(> img)": Label.CAPTION,
        ".code-block": Label.PROMO,
    }

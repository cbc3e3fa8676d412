"""bhaskar.com: Dainik Bhaskar."""

from extractors.site import Label, Site


class Bhaskar(Site):
    domains = ("bhaskar.com",)
    body = "article p"
    authors = "::data(author)"  # the house, as a rule
    noise = {
        "article > div > ul:has(a[href='/'])": Label.NAV,
        "article li > span": Label.SOCIAL,
        "article p ~ div > span": Label.CAPTION,
    }

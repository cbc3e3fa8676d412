"""thenation.com."""

from extractors.site import Label, Site


class TheNation(Site):
    domains = ("thenation.com",)
    body = "article.blocks-wrapper > p"
    noise = {".current-issue": Label.PROMO}

"""theprovince.com: a paper of Postmedia."""

from extractors.site import Label, Site


class TheProvince(Site):
    domains = ("theprovince.com",)
    body = ".article-content__content-group--story > p"
    noise = {
        "#disclaimer": Label.DISCLOSURE,
        ".article-content__sign-in-group": Label.PAYWALL,
    }

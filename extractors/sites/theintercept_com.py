"""theintercept.com."""

from extractors.site import Label, Site


class TheIntercept(Site):
    domains = ("theintercept.com",)
    body = ".entry-content__content > p"
    noise = {"blockquote.stylized": Label.PROMO}  # quotes set out of the text

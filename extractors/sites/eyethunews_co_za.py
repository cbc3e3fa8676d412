"""eyethunews.co.za."""

from extractors.site import Label, Site


class Eyethu(Site):
    domains = ("eyethunews.co.za",)
    body = ".entry-content"
    noise = {
        ".entry-content > p:has(> strong:lexbor-contains('FUNDA OLUNYE'))": Label.RELATED,  # "read another story"
        ".entry-content > .box": Label.PROMO,
    }

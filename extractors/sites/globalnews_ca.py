"""globalnews.ca."""

from extractors.site import Label, Site


class GlobalNews(Site):
    domains = ("globalnews.ca",)
    body = ".js-story-text > p"
    noise = {".js-story-text > h3": Label.CROSSHEAD}  # those above a box of links among them

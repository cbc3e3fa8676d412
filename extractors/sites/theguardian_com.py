"""theguardian.com."""

from extractors.site import Label, Site


class Guardian(Site):
    domains = ("theguardian.com",)
    body = ".article-body-viewer-selector"
    authors = "::data(author)"  # desks as well: Guardian staff and agencies
    noise = {"[data-spacefinder-role=richLink]": Label.RELATED}

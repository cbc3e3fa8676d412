"""theguardian.com."""

from extractors.site import Label, Site


class Guardian(Site):
    domains = ("theguardian.com",)
    body = ".article-body-viewer-selector, .article-body-viewer-selector > aside"  # with its pull quotes
    authors = "::data(author)"  # desks as well: Guardian staff and agencies
    noise = {"[data-spacefinder-role=richLink]": Label.RELATED}

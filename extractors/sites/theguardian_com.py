"""theguardian.com."""

from extractors.site import Label, Site


class Guardian(Site):
    domains = ("theguardian.com",)
    body = ".article-body-viewer-selector"
    noise = {"[data-spacefinder-role=richLink]": Label.RELATED}

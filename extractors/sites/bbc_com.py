"""bbc.com and bbc.co.uk."""

from extractors.site import Site


class Bbc(Site):
    domains = ("bbc.com", "bbc.co.uk")
    body = "[data-component=text-block]"
    authors = "::data(author)"  # BBC News, by its own policy, where no reporter is named

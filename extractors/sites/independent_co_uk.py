"""independent.co.uk."""

from extractors.site import Site


class Independent(Site):
    domains = ("independent.co.uk",)
    body = "#main > p"
    authors = "::data(author)"  # agencies as well

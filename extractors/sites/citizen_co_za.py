"""citizen.co.za: The Citizen."""

from extractors.site import Site


class Citizen(Site):
    domains = ("citizen.co.za",)
    body = ".single-content"
    authors = "::data(author)"  # Citizen Reporter and agencies as well

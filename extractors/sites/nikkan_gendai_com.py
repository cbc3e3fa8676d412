"""nikkan-gendai.com."""

from extractors.site import Site


class NikkanGendai(Site):
    domains = ("nikkan-gendai.com",)
    body = ".article-detail-box .full-text"
    authors = "::data(author)"

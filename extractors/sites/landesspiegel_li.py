"""landesspiegel.li."""

from extractors.site import Site


class Landesspiegel(Site):
    domains = ("landesspiegel.li",)
    body = ".entry-content > p, .entry-content > h2, .entry-content > h3, .entry-content > ul > li"
    authors = "::data(author)"

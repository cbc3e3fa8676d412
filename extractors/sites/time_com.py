"""time.com."""

from extractors.site import Site


class Time(Site):
    domains = ("time.com",)
    body = "#article-body p"

"""time.com."""

from extractors.site import Site


class Time(Site):
    domains = ("time.com",)
    body = "#article-body p"
    headline = "head title"  # the headline that the feed and the archive have; the page prints a longer one

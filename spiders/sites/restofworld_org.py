"""Where restofworld.org lists its articles."""

from spiders.news import NewsSpider


class RestOfWorld(NewsSpider):
    name = "restofworld_org"
    domains = ("restofworld.org",)
    feeds = ("https://restofworld.org/feed/latest/",)

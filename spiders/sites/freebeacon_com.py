"""Where freebeacon.com lists its articles."""

from spiders.news import NewsSpider


class FreeBeacon(NewsSpider):
    name = "freebeacon_com"
    domains = ("freebeacon.com",)
    feeds = ("https://freebeacon.com/feed/",)

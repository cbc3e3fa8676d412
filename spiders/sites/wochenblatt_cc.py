"""Where wochenblatt.cc lists its articles."""

from spiders.news import NewsSpider


class Wochenblatt(NewsSpider):
    name = "wochenblatt_cc"
    domains = ("wochenblatt.cc",)
    feeds = ("https://wochenblatt.cc/feed/",)

"""Where lto.de lists its articles."""

from spiders.news import NewsSpider


class Lto(NewsSpider):
    name = "lto_de"
    domains = ("lto.de",)
    feeds = ("https://www.lto.de/rss/feed.xml",)

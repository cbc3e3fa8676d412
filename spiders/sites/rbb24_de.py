"""Where rbb24.de lists its articles."""

from spiders.news import NewsSpider


class Rbb24(NewsSpider):
    name = "rbb24_de"
    domains = ("rbb24.de",)
    feeds = ("https://www.rbb24.de/aktuell/index.xml/feed=rss.xml",)

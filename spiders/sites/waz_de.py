"""Where waz.de lists its articles."""

from spiders.news import NewsSpider


class Waz(NewsSpider):
    name = "waz_de"
    domains = ("waz.de",)
    sitemaps = ("https://www.waz.de/sitemaps/news.xml",)

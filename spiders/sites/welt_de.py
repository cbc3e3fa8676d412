"""Where welt.de lists its articles."""

from spiders.news import NewsSpider


class Welt(NewsSpider):
    name = "welt_de"
    domains = ("welt.de",)
    feeds = ("https://www.welt.de/feeds/latest.rss",)
    sitemaps = ("https://www.welt.de/sitemaps/newssitemap/newssitemap.xml",)

"""Where spiegel.de lists its articles."""

from spiders.news import NewsSpider


class Spiegel(NewsSpider):
    name = "spiegel_de"
    domains = ("spiegel.de",)
    feeds = ("https://www.spiegel.de/schlagzeilen/index.rss",)
    sitemaps = ("https://www.spiegel.de/sitemaps/news-de.xml",)

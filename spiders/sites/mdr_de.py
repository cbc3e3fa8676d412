"""Where mdr.de lists its articles."""

from spiders.news import NewsSpider


class Mdr(NewsSpider):
    name = "mdr_de"
    domains = ("mdr.de",)
    feeds = ("https://www.mdr.de/nachrichten/index-rss.xml",)
    sitemaps = ("https://www.mdr.de/news-sitemap.xml",)

"""Where srf.ch lists its articles."""

from spiders.news import NewsSpider


class Srf(NewsSpider):
    name = "srf_ch"
    domains = ("srf.ch",)
    feeds = ("https://www.srf.ch/news/bnf/rss/1646",)
    sitemaps = ("https://www.srf.ch/sitemaps/newsmap/news/index.xml",)

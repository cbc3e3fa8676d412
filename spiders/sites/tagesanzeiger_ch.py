"""Where tagesanzeiger.ch lists its articles."""

from spiders.news import NewsSpider


class Tagesanzeiger(NewsSpider):
    name = "tagesanzeiger_ch"
    domains = ("tagesanzeiger.ch",)
    sitemaps = ("https://www.tagesanzeiger.ch/sitemaps/news.xml",)

"""Where merkur.de lists its articles."""

from spiders.news import NewsSpider


class Merkur(NewsSpider):
    name = "merkur_de"
    domains = ("merkur.de",)
    feeds = ("https://www.merkur.de/welt/rssfeed.rdf",)
    sitemaps = ("https://www.merkur.de/news.xml",)

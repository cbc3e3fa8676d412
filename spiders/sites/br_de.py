"""Where br.de lists its articles."""

from spiders.news import NewsSpider


class Br(NewsSpider):
    name = "br_de"
    domains = ("br.de",)
    sitemaps = ("https://www.br.de/nachrichten/sitemaps/news.xml",)

"""Where morgenpost.de lists its articles."""

from spiders.news import NewsSpider


class Morgenpost(NewsSpider):
    name = "morgenpost_de"
    domains = ("morgenpost.de",)
    sitemaps = ("https://www.morgenpost.de/sitemaps/news.xml",)

"""Where heise.de lists its articles."""

from spiders.news import NewsSpider


class Heise(NewsSpider):
    name = "heise_de"
    domains = ("heise.de",)
    feeds = ("https://www.heise.de/rss/heise.rdf",)

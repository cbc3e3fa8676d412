"""Where freitag.de lists its articles."""

from spiders.news import NewsSpider


class Freitag(NewsSpider):
    name = "freitag_de"
    domains = ("freitag.de",)
    feeds = ("https://www.freitag.de/@@RSS",)

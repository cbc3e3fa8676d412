"""Where hessenschau.de lists its articles."""

from spiders.news import NewsSpider


class Hessenschau(NewsSpider):
    name = "hessenschau_de"
    domains = ("hessenschau.de",)
    feeds = ("https://www.hessenschau.de/index.rss",)

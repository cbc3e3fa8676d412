"""Where tagesschau.de lists its articles."""

from spiders.news import NewsSpider


class Tagesschau(NewsSpider):
    name = "tagesschau_de"
    domains = ("tagesschau.de",)
    feeds = ("https://www.tagesschau.de/index~rss2.xml",)

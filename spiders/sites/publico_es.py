"""Where publico.es lists its articles."""

from spiders.news import NewsSpider


class Publico(NewsSpider):
    name = "publico_es"
    domains = ("publico.es",)
    feeds = ("https://www.publico.es/rss",)

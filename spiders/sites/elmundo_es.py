"""Where elmundo.es lists its articles."""

from spiders.news import NewsSpider


class ElMundo(NewsSpider):
    name = "elmundo_es"
    domains = ("elmundo.es",)
    feeds = ("https://e00-elmundo.uecdn.es/elmundo/rss/portada.xml",)

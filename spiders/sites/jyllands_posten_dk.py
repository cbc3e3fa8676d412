"""Where jyllands-posten.dk lists its articles."""

from spiders.news import NewsSpider


class JyllandsPosten(NewsSpider):
    name = "jyllands_posten_dk"
    domains = ("jyllands-posten.dk",)
    feeds = ("https://jyllands-posten.dk/?service=rssfeed",)

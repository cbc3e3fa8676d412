"""Where golem.de lists its articles."""

from spiders.news import NewsSpider


class Golem(NewsSpider):
    name = "golem_de"
    domains = ("golem.de",)
    feeds = ("https://www.golem.de/rss",)

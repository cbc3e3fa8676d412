"""Where ilanganews.co.za lists its articles."""

from spiders.news import NewsSpider


class Ilanga(NewsSpider):
    name = "ilanganews_co_za"
    domains = ("ilanganews.co.za",)
    feeds = ("https://ilanganews.co.za/feed/",)

"""Where theintercept.com lists its articles."""

from spiders.news import NewsSpider


class TheIntercept(NewsSpider):
    name = "theintercept_com"
    domains = ("theintercept.com",)
    feeds = ("https://theintercept.com/feed/?lang=en",)

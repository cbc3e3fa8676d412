"""Where lestimes.com lists its articles."""

from spiders.news import NewsSpider


class LesothoTimes(NewsSpider):
    name = "lestimes_com"
    domains = ("lestimes.com",)
    feeds = ("https://lestimes.com/feed/",)

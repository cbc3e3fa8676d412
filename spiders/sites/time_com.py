"""Where time.com lists its articles."""

from spiders.news import NewsSpider


class Time(NewsSpider):
    name = "time_com"
    domains = ("time.com",)
    feeds = ("https://time.com/feed/",)

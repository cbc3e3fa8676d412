"""Where nettavisen.no lists its articles."""

from spiders.news import NewsSpider


class Nettavisen(NewsSpider):
    name = "nettavisen_no"
    domains = ("nettavisen.no",)
    feeds = ("https://www.nettavisen.no/service/rich-rss",)

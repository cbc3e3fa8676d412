"""Where standard.co.uk lists its articles."""

from spiders.news import NewsSpider


class Standard(NewsSpider):
    name = "standard_co_uk"
    domains = ("standard.co.uk",)
    feeds = ("https://www.standard.co.uk/rss",)

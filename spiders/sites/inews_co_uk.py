"""Where inews.co.uk lists its articles."""

from spiders.news import NewsSpider


class Inews(NewsSpider):
    name = "inews_co_uk"
    domains = ("inews.co.uk",)
    feeds = ("https://inews.co.uk/feed",)

"""Where occupydemocrats.com lists its articles."""

from spiders.news import NewsSpider


class OccupyDemocrats(NewsSpider):
    name = "occupydemocrats_com"
    domains = ("occupydemocrats.com",)
    feeds = ("https://occupydemocrats.com/feed",)

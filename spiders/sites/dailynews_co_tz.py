"""Where dailynews.co.tz lists its articles."""

from spiders.news import NewsSpider


class DailyNewsTz(NewsSpider):
    name = "dailynews_co_tz"
    domains = ("dailynews.co.tz",)
    feeds = ("https://dailynews.co.tz/feed/",)

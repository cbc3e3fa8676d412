"""Where nine.com.au lists its articles."""

from spiders.news import NewsSpider


class Nine(NewsSpider):
    name = "nine_com_au"
    domains = ("nine.com.au",)
    feeds = ("https://www.nine.com.au/rss/feed.xml",)

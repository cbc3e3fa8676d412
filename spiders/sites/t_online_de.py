"""Where t-online.de lists its articles."""

from spiders.news import NewsSpider


class TOnline(NewsSpider):
    name = "t_online_de"
    domains = ("t-online.de",)
    feeds = ("https://www.t-online.de/feed.rss",)

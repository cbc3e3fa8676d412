"""Where timeslive.co.za lists its articles."""

from spiders.news import NewsSpider


class TimesLive(NewsSpider):
    name = "timeslive_co_za"
    domains = ("timeslive.co.za",)
    feeds = ("https://www.timeslive.co.za/arc/outboundfeeds/rss/",)
    sitemaps = ("https://www.timeslive.co.za/arc/outboundfeeds/sitemap-news-index/",)

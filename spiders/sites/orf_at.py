"""Where orf.at lists its articles."""

from spiders.news import NewsSpider


class Orf(NewsSpider):
    name = "orf_at"
    domains = ("orf.at",)
    feeds = ("https://rss.orf.at/news.xml",)

"""Where globalnews.ca lists its articles."""

from spiders.news import NewsSpider


class GlobalNews(NewsSpider):
    name = "globalnews_ca"
    domains = ("globalnews.ca",)
    sitemaps = ("https://globalnews.ca/news-sitemap.xml",)

"""Where newyorker.com lists its articles."""

from spiders.news import NewsSpider


class TheNewYorker(NewsSpider):
    name = "newyorker_com"
    domains = ("newyorker.com",)
    sitemaps = ("https://www.newyorker.com/feed/google-news-sitemap-feed/sitemap-google-news",)

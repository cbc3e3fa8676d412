"""Where metro.co.uk lists its articles."""

from spiders.news import NewsSpider


class Metro(NewsSpider):
    name = "metro_co_uk"
    domains = ("metro.co.uk",)
    feeds = ("https://metro.co.uk/news/feed/",)
    sitemaps = ("https://metro.co.uk/news-sitemap.xml",)

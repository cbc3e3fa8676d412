"""Where businessinsider.com lists its articles."""

from spiders.news import NewsSpider


class BusinessInsider(NewsSpider):
    name = "businessinsider_com"
    domains = ("businessinsider.com",)
    sitemaps = ("https://www.businessinsider.com/sitemap/google-news.xml",)

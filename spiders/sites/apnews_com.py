"""Where apnews.com lists its articles."""

from spiders.news import NewsSpider


class ApNews(NewsSpider):
    name = "apnews_com"
    domains = ("apnews.com",)
    sitemaps = ("https://apnews.com/news-sitemap-content.xml",)

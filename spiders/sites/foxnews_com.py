"""Where foxnews.com lists its articles."""

from spiders.news import NewsSpider


class FoxNews(NewsSpider):
    name = "foxnews_com"
    domains = ("foxnews.com",)
    feeds = ("https://moxie.foxnews.com/google-publisher/latest.xml",)
    sitemaps = ("https://www.foxnews.com/sitemap.xml?type=news",)

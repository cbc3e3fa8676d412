"""Where techcrunch.com lists its articles."""

from spiders.news import NewsSpider


class TechCrunch(NewsSpider):
    name = "techcrunch_com"
    domains = ("techcrunch.com",)
    sitemaps = ("https://techcrunch.com/news-sitemap.xml",)

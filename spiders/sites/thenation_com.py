"""Where thenation.com lists its articles."""

from spiders.news import NewsSpider


class TheNation(NewsSpider):
    name = "thenation_com"
    domains = ("thenation.com",)
    sitemaps = ("https://www.thenation.com/news-sitemap.xml",)

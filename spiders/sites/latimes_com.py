"""Where latimes.com lists its articles."""

from spiders.news import NewsSpider


class LaTimes(NewsSpider):
    name = "latimes_com"
    domains = ("latimes.com",)
    sitemaps = ("https://www.latimes.com/news-sitemap.xml",)

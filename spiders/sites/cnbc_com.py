"""Where cnbc.com lists its articles."""

from spiders.news import NewsSpider


class Cnbc(NewsSpider):
    name = "cnbc_com"
    domains = ("cnbc.com",)
    sitemaps = ("https://www.cnbc.com/sitemap_news.xml",)

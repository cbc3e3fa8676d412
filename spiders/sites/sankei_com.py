"""Where sankei.com lists its articles."""

from spiders.news import NewsSpider


class Sankei(NewsSpider):
    name = "sankei_com"
    domains = ("sankei.com",)
    sitemaps = ("https://www.sankei.com/feeds/google-sitemapindex/",)

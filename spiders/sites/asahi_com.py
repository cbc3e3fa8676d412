"""Where asahi.com lists its articles."""

from spiders.news import NewsSpider


class Asahi(NewsSpider):
    name = "asahi_com"
    domains = ("asahi.com",)
    sitemaps = ("https://www.asahi.com/sitemap.xml",)

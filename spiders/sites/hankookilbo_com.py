"""Where hankookilbo.com lists its articles."""

from spiders.news import NewsSpider


class HankookIlbo(NewsSpider):
    name = "hankookilbo_com"
    domains = ("hankookilbo.com",)
    sitemaps = ("https://www.hankookilbo.com/sitemap/latest-articles",)

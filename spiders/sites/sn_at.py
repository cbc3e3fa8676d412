"""Where sn.at lists its articles."""

from spiders.news import NewsSpider


class SalzburgerNachrichten(NewsSpider):
    name = "sn_at"
    domains = ("sn.at",)
    sitemaps = ("https://www.sn.at/sitemap/2/0001.xml",)

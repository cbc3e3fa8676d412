"""Where boersen-zeitung.de lists its articles."""

from spiders.news import NewsSpider


class BoersenZeitung(NewsSpider):
    name = "boersen_zeitung_de"
    domains = ("boersen-zeitung.de",)
    sitemaps = ("https://www.boersen-zeitung.de/sitemap/news.xml.gz",)

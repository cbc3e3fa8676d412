"""Where kleinezeitung.at lists its articles."""

from spiders.news import NewsSpider


class KleineZeitung(NewsSpider):
    name = "kleinezeitung_at"
    domains = ("kleinezeitung.at",)
    sitemaps = ("https://www.kleinezeitung.at/news-sitemap",)

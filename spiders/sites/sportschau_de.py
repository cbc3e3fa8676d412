"""Where sportschau.de lists its articles."""

from spiders.news import NewsSpider


class Sportschau(NewsSpider):
    name = "sportschau_de"
    domains = ("sportschau.de",)
    feeds = ("https://www.sportschau.de/index~rss2.xml",)
    sitemaps = ("https://www.sportschau.de/kompakt-sp-100~news.xml",)

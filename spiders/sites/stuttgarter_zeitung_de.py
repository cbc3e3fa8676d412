"""Where stuttgarter-zeitung.de lists its articles."""

from spiders.news import NewsSpider


class StuttgarterZeitung(NewsSpider):
    name = "stuttgarter_zeitung_de"
    domains = ("stuttgarter-zeitung.de",)
    feeds = ("https://www.stuttgarter-zeitung.de/rss/topthemen.rss.feed",)

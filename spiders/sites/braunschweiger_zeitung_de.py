"""Where braunschweiger-zeitung.de lists its articles."""

from spiders.news import NewsSpider


class BraunschweigerZeitung(NewsSpider):
    name = "braunschweiger_zeitung_de"
    domains = ("braunschweiger-zeitung.de",)
    feeds = ("https://www.braunschweiger-zeitung.de/rss",)
    sitemaps = ("https://www.braunschweiger-zeitung.de/sitemaps/news.xml",)

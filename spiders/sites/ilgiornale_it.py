"""Where ilgiornale.it lists its articles."""

from spiders.news import NewsSpider


class IlGiornale(NewsSpider):
    name = "ilgiornale_it"
    domains = ("ilgiornale.it",)
    feeds = ("https://www.ilgiornale.it/feed.xml",)
    sitemaps = ("https://www.ilgiornale.it/sitemap/google-news.xml",)

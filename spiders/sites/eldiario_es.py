"""Where eldiario.es lists its articles."""

from spiders.news import NewsSpider


class ElDiario(NewsSpider):
    name = "eldiario_es"
    domains = ("eldiario.es",)
    feeds = ("https://www.eldiario.es/rss/",)
    sitemaps = ("https://www.eldiario.es/sitemap_google_news_25b87.xml",)

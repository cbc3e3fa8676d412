"""Where abc.es lists its articles."""

from spiders.news import NewsSpider


class Abc(NewsSpider):
    name = "abc_es"
    domains = ("abc.es",)
    feeds = ("https://www.abc.es/rss/2.0/portada/",)
    sitemaps = ("https://www.abc.es/sitemap.xml",)

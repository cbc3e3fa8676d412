"""Where 20min.ch lists its articles."""

from spiders.news import NewsSpider


class ZwanzigMinuten(NewsSpider):
    name = "20min_ch"
    domains = ("20min.ch",)
    sitemaps = (
        "https://www.20min.ch/sitemaps/de/news.xml",
        "https://www.20min.ch/sitemaps/fr/news.xml",
    )

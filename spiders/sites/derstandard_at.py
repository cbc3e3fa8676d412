"""Where derstandard.at lists its articles."""

from spiders.news import NewsSpider


class DerStandard(NewsSpider):
    name = "derstandard_at"
    domains = ("derstandard.at",)
    feeds = ("https://www.derstandard.at/rss",)
    sitemaps = ("https://www.derstandard.at/sitemaps/news.xml",)

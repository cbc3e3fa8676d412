"""Where bbc.com and bbc.co.uk list their articles."""

from spiders.news import NewsSpider


class Bbc(NewsSpider):
    name = "bbc_com"
    domains = ("bbc.com", "bbc.co.uk")
    sitemaps = ("https://www.bbc.co.uk/sitemaps/https-index-uk-news.xml",)

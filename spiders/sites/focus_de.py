"""Where focus.de lists its articles."""

from spiders.news import NewsSpider


class Focus(NewsSpider):
    name = "focus_de"
    domains = ("focus.de",)
    sitemaps = ("https://www.focus.de/sitemap_news_ressorts.xml",)

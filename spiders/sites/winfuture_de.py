"""Where winfuture.de lists its articles."""

from spiders.news import NewsSpider


class WinFuture(NewsSpider):
    name = "winfuture_de"
    domains = ("winfuture.de",)
    feeds = ("https://static.winfuture.de/feeds/WinFuture-News-rss2.0.xml",)
    sitemaps = ("https://winfuture.de/sitemap-latest-news.xml.gz",)

"""Where euronews.com, in English and German, lists its articles."""

from spiders.news import NewsSpider


class Euronews(NewsSpider):
    name = "euronews_com"
    domains = ("euronews.com",)
    feeds = (
        "https://www.euronews.com/rss?level=vertical&name=news",
        "https://de.euronews.com/rss?level=vertical&name=news",
    )
    sitemaps = (
        "https://www.euronews.com/sitemaps/en/latest-news.xml",
        "https://de.euronews.com/sitemaps/de/latest-news.xml",
    )

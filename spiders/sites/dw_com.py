"""Where dw.com lists its articles."""

from spiders.news import NewsSpider


class Dw(NewsSpider):
    name = "dw_com"
    domains = ("dw.com",)
    feeds = (
        "https://rss.dw.com/xml/rss-de-all",
        "https://rss.dw.com/xml/rss-en-all",
    )
    sitemaps = (
        "https://www.dw.com/de/news-sitemap.xml",
        "https://www.dw.com/en/news-sitemap.xml",
    )

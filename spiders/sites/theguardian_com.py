"""Where theguardian.com lists its articles."""

from spiders.news import NewsSpider


class Guardian(NewsSpider):
    name = "theguardian_com"
    domains = ("theguardian.com",)
    feeds = ("https://www.theguardian.com/uk/rss", "https://www.theguardian.com/world/rss")
    sitemaps = ("https://www.theguardian.com/sitemaps/news.xml",)

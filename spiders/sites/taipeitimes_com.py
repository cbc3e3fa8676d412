"""Where taipeitimes.com lists its articles."""

from spiders.news import NewsSpider


class TaipeiTimes(NewsSpider):
    name = "taipeitimes_com"
    domains = ("taipeitimes.com",)
    feeds = ("https://www.taipeitimes.com/xml/index.rss",)
    sitemaps = ("https://www.taipeitimes.com/sitemap/sitemap.xml",)

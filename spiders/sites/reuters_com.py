"""Where reuters.com lists its articles."""

from spiders.news import NewsSpider


class Reuters(NewsSpider):
    name = "reuters_com"
    domains = ("reuters.com",)
    sitemaps = ("https://www.reuters.com/arc/outboundfeeds/news-sitemap-index/?outputType=xml",)

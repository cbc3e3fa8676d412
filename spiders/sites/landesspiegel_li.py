"""Where landesspiegel.li lists its articles."""

from spiders.news import NewsSpider


class Landesspiegel(NewsSpider):
    name = "landesspiegel_li"
    domains = ("landesspiegel.li",)
    sitemaps = ("https://landesspiegel.li/sitemap-news.xml",)

"""Where lbcgroup.tv lists its articles."""

from spiders.news import NewsSpider


class LbcGroup(NewsSpider):
    name = "lbcgroup_tv"
    domains = ("lbcgroup.tv",)
    feeds = ("https://www.lbcgroup.tv/rss/ar", "https://www.lbcgroup.tv/Rss/latest-news/en")
    sitemaps = ("https://www.lbcgroup.tv/newssitemap.xml",)

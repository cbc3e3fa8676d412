"""Where mirror.co.uk lists its articles."""

from spiders.news import NewsSpider


class Mirror(NewsSpider):
    name = "mirror_co_uk"
    domains = ("mirror.co.uk",)
    feeds = ("https://www.mirror.co.uk/?service=rss",)
    sitemaps = ("https://www.mirror.co.uk/map_news.xml",)

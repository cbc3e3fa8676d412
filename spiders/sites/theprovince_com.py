"""Where theprovince.com lists its articles."""

from spiders.news import NewsSpider


class TheProvince(NewsSpider):
    name = "theprovince_com"
    domains = ("theprovince.com",)
    feeds = ("https://theprovince.com/feed",)
    sitemaps = ("https://theprovince.com/sitemap-news.xml",)

"""Where telegraph.co.uk lists its articles."""

from spiders.news import NewsSpider


class Telegraph(NewsSpider):
    name = "telegraph_co_uk"
    domains = ("telegraph.co.uk",)
    feeds = ("https://www.telegraph.co.uk/rss.xml",)
    sitemaps = ("https://www.telegraph.co.uk/custom/daily-news/sitemap.xml",)

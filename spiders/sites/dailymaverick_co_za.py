"""Where dailymaverick.co.za lists its articles."""

from spiders.news import NewsSpider


class DailyMaverick(NewsSpider):
    name = "dailymaverick_co_za"
    domains = ("dailymaverick.co.za",)
    feeds = ("https://www.dailymaverick.co.za/dmrss/",)
    sitemaps = ("https://www.dailymaverick.co.za/news-sitemap.xml",)

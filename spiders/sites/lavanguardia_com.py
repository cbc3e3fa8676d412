"""Where lavanguardia.com lists its articles."""

from spiders.news import NewsSpider


class LaVanguardia(NewsSpider):
    name = "lavanguardia_com"
    domains = ("lavanguardia.com",)
    feeds = ("https://www.lavanguardia.com/rss/home.xml",)
    sitemaps = ("https://www.lavanguardia.com/sitemap-google-news.xml",)

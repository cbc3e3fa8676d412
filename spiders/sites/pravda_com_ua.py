"""Where pravda.com.ua lists its articles."""

from spiders.news import NewsSpider


class UkrainskaPravda(NewsSpider):
    name = "pravda_com_ua"
    domains = ("pravda.com.ua",)
    feeds = ("https://www.pravda.com.ua/rss/view_news/",)
    sitemaps = ("https://www.pravda.com.ua/sitemap/sitemap-news.xml",)

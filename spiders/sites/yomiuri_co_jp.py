"""Where yomiuri.co.jp lists its articles."""

from spiders.news import NewsSpider


class Yomiuri(NewsSpider):
    name = "yomiuri_co_jp"
    domains = ("yomiuri.co.jp",)
    sitemaps = ("https://www.yomiuri.co.jp/sitemap-news-latest.xml",)

"""Where mallorcazeitung.es lists its articles."""

from spiders.news import NewsSpider


class MallorcaZeitung(NewsSpider):
    name = "mallorcazeitung_es"
    domains = ("mallorcazeitung.es",)
    feeds = ("https://www.mallorcazeitung.es/rss/section/28000",)
    sitemaps = ("https://www.mallorcazeitung.es/sitemap_google_news_8d82b.xml",)

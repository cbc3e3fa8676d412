"""Where lefigaro.fr lists its articles."""

from spiders.news import NewsSpider


class LeFigaro(NewsSpider):
    name = "lefigaro_fr"
    domains = ("lefigaro.fr",)
    feeds = ("https://www.lefigaro.fr/rss/figaro_actualites.xml",)
    sitemaps = ("https://www.lefigaro.fr/sitemap_news.xml",)

"""Where seznamzpravy.cz lists its articles."""

from spiders.news import NewsSpider


class SeznamZpravy(NewsSpider):
    name = "seznamzpravy_cz"
    domains = ("seznamzpravy.cz",)
    feeds = ("https://www.seznamzpravy.cz/rss",)
    sitemaps = ("https://www.seznamzpravy.cz/sitemaps/sitemap_news.xml",)

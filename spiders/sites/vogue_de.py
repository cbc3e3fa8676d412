"""Where vogue.de lists its articles."""

from spiders.news import NewsSpider


class VogueDe(NewsSpider):
    name = "vogue_de"
    domains = ("vogue.de",)
    feeds = ("https://www.vogue.de/feed/rss",)
    sitemaps = ("https://www.vogue.de/feed/sitemap-news/sitemap-google-news",)

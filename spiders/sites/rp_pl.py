"""Where rp.pl lists its articles."""

from spiders.news import NewsSpider


class Rzeczpospolita(NewsSpider):
    name = "rp_pl"
    domains = ("rp.pl",)
    feeds = ("https://www.rp.pl/rss_main",)
    sitemaps = ("https://www.rp.pl/sitemaps/news-sitemap.xml",)

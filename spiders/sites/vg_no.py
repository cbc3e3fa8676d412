"""Where vg.no lists its articles."""

from spiders.news import NewsSpider


class VerdensGang(NewsSpider):
    name = "vg_no"
    domains = ("vg.no",)
    feeds = ("https://www.vg.no/rss/feed/",)
    sitemaps = ("https://www.vg.no/sitemap/files/articles-48hrs.xml",)

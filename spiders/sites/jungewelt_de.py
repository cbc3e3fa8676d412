"""Where jungewelt.de lists its articles."""

from spiders.news import NewsSpider


class JungeWelt(NewsSpider):
    name = "jungewelt_de"
    domains = ("jungewelt.de",)
    feeds = ("https://www.jungewelt.de/feeds/newsticker.rss",)

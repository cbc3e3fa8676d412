"""Where sermitsiaq.ag lists its articles."""

from spiders.news import NewsSpider


class Sermitsiaq(NewsSpider):
    name = "sermitsiaq_ag"
    domains = ("sermitsiaq.ag",)
    sections = {"https://www.sermitsiaq.ag/": "article a[itemprop=url]"}

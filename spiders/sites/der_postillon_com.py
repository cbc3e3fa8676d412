"""Where der-postillon.com lists its articles."""

from spiders.news import NewsSpider


class Postillon(NewsSpider):
    name = "der_postillon_com"
    domains = ("der-postillon.com",)
    feeds = ("https://www.der-postillon.com/feeds/posts/default",)

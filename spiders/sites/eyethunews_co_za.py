"""Where eyethunews.co.za lists its articles."""

from spiders.news import NewsSpider


class Eyethu(NewsSpider):
    name = "eyethunews_co_za"
    domains = ("eyethunews.co.za",)
    sections = {"https://eyethunews.co.za/": ".post-title a"}

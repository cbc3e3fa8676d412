"""Where express.co.uk lists its articles."""

from spiders.news import NewsSpider


class Express(NewsSpider):
    name = "express_co_uk"
    domains = ("express.co.uk",)
    sitemaps = ("https://www.express.co.uk/googlenews.xml",)

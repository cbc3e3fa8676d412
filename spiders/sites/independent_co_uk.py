"""Where independent.co.uk lists its articles."""

from spiders.news import NewsSpider


class Independent(NewsSpider):
    name = "independent_co_uk"
    domains = ("independent.co.uk",)
    feeds = ("https://www.independent.co.uk/rss",)
    sitemaps = ("https://www.independent.co.uk/sitemaps/googlenews",)

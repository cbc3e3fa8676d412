"""Where cbc.ca lists its articles."""

from spiders.news import NewsSpider


class Cbc(NewsSpider):
    name = "cbc_ca"
    domains = ("cbc.ca",)
    feeds = (
        "https://www.cbc.ca/webfeed/rss/rss-topstories",
        "https://www.cbc.ca/webfeed/rss/rss-world",
        "https://www.cbc.ca/webfeed/rss/rss-canada",
    )

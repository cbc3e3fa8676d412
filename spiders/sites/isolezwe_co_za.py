"""Where isolezwe.co.za lists its articles."""

from spiders.news import NewsSpider


class Isolezwe(NewsSpider):
    name = "isolezwe_co_za"
    domains = ("isolezwe.co.za",)
    feeds = ("https://isolezwe.co.za/rss/", "https://isolezwe.co.za/rss/isolezwe/izindaba/")

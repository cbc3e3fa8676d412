"""Where mk.co.kr lists its articles."""

from spiders.news import NewsSpider


class MaeilBusiness(NewsSpider):
    name = "mk_co_kr"
    domains = ("mk.co.kr",)
    feeds = ("https://www.mk.co.kr/rss/30000001/",)

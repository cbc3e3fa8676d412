"""Where washingtontimes.com lists its articles."""

from spiders.news import NewsSpider


class WashingtonTimes(NewsSpider):
    name = "washingtontimes_com"
    domains = ("washingtontimes.com",)
    feeds = ("https://www.washingtontimes.com/rss/headlines/news/politics/",)

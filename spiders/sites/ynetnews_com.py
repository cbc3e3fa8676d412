"""Where ynetnews.com lists its articles."""

from spiders.news import NewsSpider


class Ynetnews(NewsSpider):
    name = "ynetnews_com"
    domains = ("ynetnews.com",)
    feeds = ("https://www.ynetnews.com/Integration/StoryRss3082.xml",)

"""Where mediaindonesia.com lists its articles."""

from spiders.news import NewsSpider


class MediaIndonesia(NewsSpider):
    name = "mediaindonesia_com"
    domains = ("mediaindonesia.com",)
    feeds = ("https://mediaindonesia.com/feed",)

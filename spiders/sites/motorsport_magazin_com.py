"""Where motorsport-magazin.com lists its articles."""

from spiders.news import NewsSpider


class MotorsportMagazin(NewsSpider):
    name = "motorsport_magazin_com"
    domains = ("motorsport-magazin.com",)
    feeds = ("https://www.motorsport-magazin.com/rss/alle-rennserien.xml",)

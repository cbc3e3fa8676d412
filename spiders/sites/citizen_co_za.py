"""Where citizen.co.za lists its articles."""

from spiders.news import NewsSpider


class Citizen(NewsSpider):
    name = "citizen_co_za"
    domains = ("citizen.co.za",)
    feeds = ("https://www.citizen.co.za/feed/",)

"""Where tageblatt.lu lists its articles."""

from spiders.news import NewsSpider


class Tageblatt(NewsSpider):
    name = "tageblatt_lu"
    domains = ("tageblatt.lu",)
    feeds = (
        "https://www.tageblatt.lu/category/politik/feed/atom/",
        "https://www.tageblatt.lu/category/meinung/feed/atom/",
        "https://www.tageblatt.lu/category/nachrichten/feed/atom/",
        "https://www.tageblatt.lu/category/wirtschaft/feed/atom/",
        "https://www.tageblatt.lu/category/sport/feed/atom/",
        "https://www.tageblatt.lu/category/kultur/feed/atom/",
    )

"""Where elpais.com lists its articles."""

from spiders.news import NewsSpider


class ElPais(NewsSpider):
    name = "elpais_com"
    domains = ("elpais.com",)
    feeds = ("https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/portada",)

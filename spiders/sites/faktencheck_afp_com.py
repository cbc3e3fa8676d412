"""Where faktencheck.afp.com lists its articles."""

from spiders.news import NewsSpider


class AfpFaktencheck(NewsSpider):
    name = "faktencheck_afp_com"
    domains = ("faktencheck.afp.com",)
    sections = {"https://faktencheck.afp.com/list": ".card a, article.node--type-article > a"}

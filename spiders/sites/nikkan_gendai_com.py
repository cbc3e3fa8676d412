"""Where nikkan-gendai.com lists its articles."""

from spiders.news import NewsSpider


class NikkanGendai(NewsSpider):
    name = "nikkan_gendai_com"
    domains = ("nikkan-gendai.com",)
    sections = {"https://www.nikkan-gendai.com/articles/index/news": "a[href*='/articles/view/']"}

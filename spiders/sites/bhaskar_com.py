"""Where bhaskar.com lists its articles."""

from spiders.news import NewsSpider


class Bhaskar(NewsSpider):
    name = "bhaskar_com"
    domains = ("bhaskar.com",)
    sitemaps = ("https://www.bhaskar.com/sitemaps-v1--sitemap-google-news-index.xml",)

"""Where thegatewaypundit.com lists its articles."""

from spiders.news import NewsSpider


class TheGatewayPundit(NewsSpider):
    name = "thegatewaypundit_com"
    domains = ("thegatewaypundit.com",)
    sitemaps = ("https://www.thegatewaypundit.com/news-sitemap.xml",)

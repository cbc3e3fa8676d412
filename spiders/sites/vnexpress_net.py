"""Where vnexpress.net lists its articles."""

from spiders.news import NewsSpider


class VnExpress(NewsSpider):
    name = "vnexpress_net"
    domains = ("vnexpress.net",)
    feeds = (
        "https://vnexpress.net/rss/tin-moi-nhat.rss",
        "https://vnexpress.net/rss/the-gioi.rss",
        "https://vnexpress.net/rss/thoi-su.rss",
        "https://vnexpress.net/rss/kinh-doanh.rss",
        "https://vnexpress.net/rss/the-thao.rss",
        "https://vnexpress.net/rss/suc-khoe.rss",
    )

"""What stands between Scrapy and the spider: the URL gate, robots.txt, and the place where errors become outcomes."""

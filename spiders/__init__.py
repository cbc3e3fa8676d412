"""Everything that knows Scrapy: how pages are found, fetched, stored and counted. What a page says is `extractors`."""

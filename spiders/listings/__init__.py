"""Listings: feeds, section pages and sitemaps in, links out. Fetching and storing them is `spiders.news`."""

"""dailymaverick.co.za."""

from extractors.site import Label, Site


class DailyMaverick(Site):
    domains = ("dailymaverick.co.za",)
    body = ".article-contents"
    noise = {".article-contents p:has(> em:only-child > u > a)": Label.AUTHOR_BIO}

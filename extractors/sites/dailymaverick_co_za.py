"""dailymaverick.co.za."""

from extractors.site import Label, Site


class DailyMaverick(Site):
    domains = ("dailymaverick.co.za",)
    body = ".article-contents"
    noise = {".article-contents p:nth-last-of-type(-n+3):has(> em:only-child)": Label.AUTHOR_BIO}

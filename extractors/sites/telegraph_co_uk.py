"""telegraph.co.uk."""

from extractors.site import Label, Site


class Telegraph(Site):
    domains = ("telegraph.co.uk",)
    body = "[data-test=article-body-text]"
    noise = {
        ".html-embed": Label.SOCIAL,  # posts of others beside the text of live blogs
        "[data-test=key-moments]": Label.LIVE,
        ".e-caption__credit": Label.CREDIT,
    }

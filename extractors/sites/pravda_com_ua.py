"""pravda.com.ua: news, and the long pieces that are built otherwise."""

from extractors.site import Label, Site


class UkrainskaPravda(Site):
    domains = ("pravda.com.ua",)
    body = ".post_news_text > p, .post_article_text > p"
    noise = {"p:has(> strong > em:only-child)": Label.BYLINE}  # the signature under the text

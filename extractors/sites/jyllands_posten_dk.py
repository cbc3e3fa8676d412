"""jyllands-posten.dk."""

from extractors.site import Label, Site


class JyllandsPosten(Site):
    domains = ("jyllands-posten.dk",)
    body = ".c-article-text-container p, .c-article-body > p"
    standfirst = ".c-article-top-info__description"
    noise = {
        ".c-article-top-info__data": Label.TIMESTAMP,
        ".c-article-top-info__description": Label.STANDFIRST,
    }

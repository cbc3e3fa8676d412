"""jyllands-posten.dk."""

from extractors.site import Site


class JyllandsPosten(Site):
    domains = ("jyllands-posten.dk",)
    body = ".c-article-text-container :is(p, h3, ul, ol), .c-article-body > :is(p, h3)"

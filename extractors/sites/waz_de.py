"""waz.de, morgenpost.de and braunschweiger-zeitung.de: papers of one publisher, made with one system."""

from extractors.site import Label, Site


class Funke(Site):
    domains = ("waz.de", "morgenpost.de", "braunschweiger-zeitung.de")
    body = ".article-body > :is(p, h3), .article-body > ul > li, .article__body > :is(p, h3)"
    authors = "article address"
    headline = "::data(headline)"  # the h1 stands in the breadcrumb, for search engines
    standfirst = "article hgroup ~ div.expressive-copy-lg"
    noise = {
        '.article-body li:has(> [data-track-v2-parent="Link List"]), .article-body > div.not-prose': Label.RELATED,
        '.article-body > p:lexbor-contains(">>")': Label.PROMO,
    }

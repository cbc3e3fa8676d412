"""welt.de."""

from extractors.site import Label, Site


class Welt(Site):
    domains = ("welt.de",)
    body = ".c-rich-text-renderer--article > :is(p, h3), .c-rich-text-renderer--article > ul > li"
    noise = {".c-rich-text-renderer--article > p:has(> b:first-child > em):has(a[href*='/autor/'])": Label.AUTHOR_BIO}

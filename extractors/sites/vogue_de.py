"""vogue.de."""

from extractors.site import Label, Site


class VogueDe(Site):
    domains = ("vogue.de",)
    body = ".body__inner-container > :is(p, h2, h3, ul, ol, blockquote)"
    noise = {
        ".body__inner-container > p:has(> em:only-child > strong:first-child > a.external-link)": Label.PROMO,
    }

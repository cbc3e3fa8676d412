"""hankookilbo.com, as it was until January 2026; since then the story stands in a script, which the engine reads."""

from extractors.site import Label, Site


class HankookIlbo(Site):
    domains = ("hankookilbo.com",)
    body = "[itemprop=articleBody] > .editor-p"
    noise = {".module-quote": Label.PROMO}

"""tageblatt.lu."""

from extractors.site import Label, Site


class Tageblatt(Site):
    domains = ("tageblatt.lu",)
    body = ".text-content > p"
    headline = 'meta[property="og:title"]::attr(content)'  # the printed one has no mark between kicker and headline
    noise = {".text-content .blockquote": Label.TECH}  # repeats a sentence of the story


class Tageblatt2026(Site):
    domains = Tageblatt.domains
    body = ".StoryShowBody p"
    authors = "::data(author)"

"""seznamzpravy.cz: the layout until 2025, which folds up boxes of background between the paragraphs."""

from extractors.site import Label, Site


class SeznamZpravy(Site):
    domains = ("seznamzpravy.cz",)
    body = ".mol-rich-content--for-article > .speakable"
    noise = {".mol-post-card__body": Label.RELATED}

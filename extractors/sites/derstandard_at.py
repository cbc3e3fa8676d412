"""derstandard.at."""

from extractors.site import Label, Site


class DerStandard(Site):
    domains = ("derstandard.at",)
    body = ".article-body > p, .article-body > h2, .article-body > h3"
    noise = {"[data-section-type=quote]": Label.TECH}  # set out of the story, and often shortened

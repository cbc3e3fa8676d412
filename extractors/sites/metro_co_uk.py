"""metro.co.uk."""

from extractors.site import Label, Site


class Metro(Site):
    domains = ("metro.co.uk",)
    body = ".article-body, .article__content__inner"
    headline = "::data(headline)"  # as the site lists it; the page prints a variant
    authors = "::data(author)"  # desks as well
    noise = {
        ".metro-factbox": Label.RELATED,  # a text of its own beside the story
        "p:has([href*=how-to-subscribe-to-metro])": Label.NEWSLETTER,
    }

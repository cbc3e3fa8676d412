"""tagesanzeiger.ch."""

from extractors.site import Label, Site


class Tagesanzeiger(Site):
    domains = ("tagesanzeiger.ch",)
    body = "[class*=ArticleParagraph_root], [class*=CrossheadElement_root]"
    headline = "h2 > [data-testid=content-title]"
    standfirst = "[class*=ContentHead_lead]"
    authors = "::data(author)"
    noise = {"[class*=ContentHead_title]": Label.HEADLINE}  # with the kicker in it

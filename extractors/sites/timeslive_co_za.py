"""timeslive.co.za."""

from extractors.site import Label, Site


class TimesLive(Site):
    domains = ("timeslive.co.za",)
    body = ".b-article-body"
    authors = "::data(author)"  # TimesLIVE and agencies as well
    noise = {".b-article-body__pullquote": Label.RELATED}

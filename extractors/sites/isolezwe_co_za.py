"""isolezwe.co.za."""

from extractors.site import Site


class Isolezwe(Site):
    domains = ("isolezwe.co.za",)
    body = "[class*=text_text__]"
    authors = "::data(author)"  # the paper's staff and agencies as well

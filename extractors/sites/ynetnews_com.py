"""ynetnews.com: the English edition of ynet."""

from extractors.site import Label, Site


class Ynetnews(Site):
    domains = ("ynetnews.com",)
    body = "#ArticleBodyComponent .text_editor_paragraph"
    standfirst = ".subTitle"
    noise = {
        ".ImageCaption": Label.CAPTION,
        ".ImageCredit": Label.CREDIT,
        ".galleryCounterExpand": Label.PLAYER,
    }

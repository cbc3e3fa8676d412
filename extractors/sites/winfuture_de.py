"""winfuture.de: the story is text and line breaks in one box."""

from extractors.site import Label, Site


class WinFuture(Site):
    domains = ("winfuture.de",)
    body = "#news_content"
    noise = {
        ".button_box": Label.AD,
        ".hmedia": Label.CAPTION,
        ".summary_box": Label.RELATED,  # the story once more, in points
    }

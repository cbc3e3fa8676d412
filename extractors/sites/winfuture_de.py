"""winfuture.de: the story is text and line breaks in one box."""

from extractors.site import Label, Site


class WinFuture(Site):
    domains = ("winfuture.de",)
    body = "#news_content"
    standfirst = ".teaser_text"
    noise = {
        ".teaser_text": Label.STANDFIRST,
        ".metadata": Label.BYLINE,
        ".button_box": Label.AD,
        ".hmedia": Label.CAPTION,
        ".video_container": Label.PLAYER,
        ".summary_box": Label.RELATED,  # the story once more, in points
        ".changelog_list li:has(> b > a:only-child)": Label.AD,
    }

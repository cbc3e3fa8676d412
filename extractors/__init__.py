"""HTML or text in, Article out: the only door. No network, no disk, no clock, no Scrapy behind it."""

from extractors.article import Article, Block, Entry, Hints, Image, Label, Translation
from extractors.errors import (
    AmendError,
    CopydeskError,
    ExtractionError,
    MissingFieldError,
    NotArticleError,
    SiteError,
    UnsupportedContentError,
)
from extractors.extraction import clean, extract

__all__ = [
    "AmendError",
    "Article",
    "Block",
    "CopydeskError",
    "Entry",
    "ExtractionError",
    "Hints",
    "Image",
    "Label",
    "MissingFieldError",
    "NotArticleError",
    "SiteError",
    "Translation",
    "UnsupportedContentError",
    "clean",
    "extract",
]

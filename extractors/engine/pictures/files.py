"""A picture's file: the address that it is loaded from, and what tells a sign, an advertisement or a placeholder."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.engine.pictures.sizes import Attributes, larger_of, largest_of, points_of

# Where the address of a picture stands: of one that is loaded late, `src` has but a placeholder.
_LATE = tuple("data-src data-original data-lazy-src data-srcs data-full-src".split())
_ADDRESSES = (*_LATE, "src", "data-url", "data-image")
_EARLIER = frozenset(_LATE)  # of more weight than `src`
_FILE = re.compile(
    r"(?:https?:)?//[^\s\"'()<>\[\],{}]{4,500}?\.(?:jpe?g|png|webp|avif)(?![^\s\"'()<>\[\],{}?&#])", re.IGNORECASE
)
_CALLING = "1x1 pixel spacer blank placeholder logo icon avatar emoji gravatar".split()
_CALLED = re.compile(rf"\b(?:{'|'.join(_CALLING)})\b")  # in a class
_NAMED = re.compile(  # in the name of a file
    r"(?<![a-z0-9])(?:1x1|pixel|spacer|blank|preload|placeholder|transparent|logo|icon|avatar|emoji|gravatar)(?![a-z0-9])"
)
_PORTRAIT = re.compile(
    r"(?:author|byline|columnist|journalist)[_-]*(?:img|image|photo|pic|thumb|avatar|portrait|headshot)", re.IGNORECASE
)
# Names of files that are signs: of a service, of a step, of nothing at all.
_SIGN = re.compile(
    r"(?:icons?|ico|btn|bttn)[_.-]|(?:clear|bullet|arrow|button|[01]px|get_flash_player)\.(?:gif|png)"
    r"|(?:share[_-]?)?(?:print(?:er)?|e?mail|rss|comments?|facebook|twitter|delicious|digg|myspace|linkedin|pinterest"
    r"|whatsapp|telegram|youtube|instagram|reddit|weibo|wechat|weixin|qzone|viber|xing|tumblr)\.(?:png|gif|svg|ico)"
)
_SQUARE = re.compile(r"(?<![0-9])([2-4][0-9])x\1(?![0-9])")  # so small are the signs and portraits of authors alone
_ADVERTISING = re.compile(r"(?:https?:)?//(?:ads?|adserver)\d{0,2}\.", re.IGNORECASE)  # how its hosts begin
_SOLD = re.compile(  # folders of advertisements
    r"/(?:ads|adserv(?:er|ing)?|adverts?|advertis(?:ing|ements?)|werbung|anzeigen|reklam[ae]?|publicidade?|pubblicita"
    r"|doubleclick)/", re.IGNORECASE
)  # fmt: skip
_BANNER = re.compile(r"/banners?/", re.IGNORECASE)  # which may be one of the story too
_SUFFIX = re.compile(r"^[^?]*\.(?:jpe?g|png|webp|avif)\?", re.IGNORECASE)
_SIZED = re.compile(r"[-_]\d{2,4}x\d{2,4}$|-scaled$")
_COMMON = ("default", "image", "photo", "share", "original", "facebook", "thumb", "large")  # names of files
_TELLING = 5  # characters of a file's name
_ALIKE = 4  # letters that two names of one file begin with
# A file, and not the page about it: of a wiki, of a blog's viewer.
_LINKED = re.compile(r"(?<!-h)/[^/:]{1,200}\.(?:jpe?g|png|webp|gif|avif)$", re.IGNORECASE)
_LEAST = 50  # points of a picture's sides


def address_of(attributes: Attributes, sources: Sequence[Attributes] = ()) -> str | None:
    """Return the address that a picture is loaded from: `src` where the other is the same file or a pattern.

    Of several sizes it is the largest, also of those that a `picture` element has as `sources`; at last any data of
    the element that name a picture's file.
    """
    shown = (attributes.get("src") or "").strip()
    if shown and not shown.startswith("data:") and _EARLIER.isdisjoint(attributes):
        return shown
    for name in _ADDRESSES:
        if (value := attributes.get(name)) and (address := value.strip()) and not address.startswith("data:"):
            if name in _LATE and ("{" in address or address.partition("?")[0] == shown.partition("?")[0]):
                continue
            return address
    for name, value in attributes.items():
        if value and name.endswith("srcset") and (largest := largest_of(value)):
            return largest
        if value and name.startswith("data-") and name.endswith("src") and value.startswith(("/", "http")):
            return value
    if largest := larger_of(None, attributes, sources):
        return largest
    told = (_FILE.search(value) for name, value in attributes.items() if value and name.startswith("data-"))
    return next((found[0] for found in told if found), None)


def full_of(address: str, attributes: Attributes, link: str | None, sources: Sequence[Attributes]) -> str:
    """Return the address of a picture in full: that of the file that a link around it leads to, where it is the same
    one, or the largest of the sizes among which it stands, or of its `sources`.
    """
    if link and _LINKED.search(link.partition("?")[0]) and stem_of(link)[:_ALIKE] == stem_of(address)[:_ALIKE] != "":
        return link
    sets = (sizes for name, sizes in attributes.items() if sizes and name.endswith("srcset") and address in sizes)
    own = next((largest_of(sizes) or address for sizes in sets), address)
    return (larger_of(own, attributes, sources) if sources else None) or own


def file_of(address: str) -> str:
    """Return what tells a file: its address, of one with a name of its own without the size that is asked for."""
    return address.partition("?")[0] if stem_of(address) and _SUFFIX.search(address) else address


def stem_of(address: str) -> str:
    """Return a picture's file without its size and ending, or nothing where that tells it from no other.

    >>> stem_of("https://a.example/2026/old-pier-1024x683.jpg?w=600"), stem_of("/i/image.jpg"), stem_of("/a/")
    ('old-pier', '', '')
    """
    file = address.partition("?")[0].rpartition("/")[2]
    stem = _SIZED.sub("", file.rpartition(".")[0] or file)
    lower = stem.lower()
    common = lower.isalpha() and any(word in lower for word in _COMMON)
    return "" if len(stem) < _TELLING or common or "logo" in lower else stem


def is_small(attributes: Attributes, *, told: bool) -> bool:
    """Tell whether the page shows a picture as small as signs are, or as low as headings: not one with a caption."""
    width, height = points_of(attributes.get("width")), points_of(attributes.get("height"))
    return (width is not None and width < _LEAST) or (not told and 0 < (height or 0) < _LEAST)  # 0 is not known


def is_tiny(names: str | None, address: str | None) -> bool:
    """Tell whether a picture's class, file name, size or host calls it a sign or an advertisement and not a picture."""
    address = address or ""
    file = address.rpartition("/")[2].lower()
    if _SIGN.match(file) or _ADVERTISING.match(address) or _NAMED.search(file) or _SQUARE.search(address):
        return True
    called = (names or "").lower()
    return any(map(called.__contains__, _CALLING)) and _CALLED.search(called) is not None


def is_sold(address: str | None, link: str | None) -> bool:
    """Tell an advertisement by the folder of its file; among banners by its link. A story may show one in a caption."""
    return address is not None and bool(_SOLD.search(address) or (link and _BANNER.search(address)))


def is_portrait(names: str) -> bool:
    """Tell whether class names call a picture one of the author: `byline-thumbnail`, `author_image`."""
    return _PORTRAIT.search(names) is not None


def is_drawn(address: str) -> bool:
    """Tell a drawing by its file: most are signs."""
    return address.partition("?")[0].lower().endswith(".svg")

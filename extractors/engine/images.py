"""The article's pictures: each with what it shows (caption), whose it is (credit), its alt text and address.

Made from the pictures that stand in the region and the caption and credit pieces beside them; a caption that the page
prints three times (alt, title, figcaption) is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import zip_longest

from extractors.article import Image, Label
from extractors.engine.addresses import absolute
from extractors.engine.lexicon import Lexicon
from extractors.engine.lexicon.folding import fold_line
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Picture
from extractors.engine.pieces import Piece
from extractors.engine.prose import key_of
from extractors.engine.reprieves import TOLD
from extractors.text import fold

# Where the address of a picture stands: of one that is loaded late, `src` has but a placeholder.
_LATE = tuple("data-src data-original data-lazy-src data-srcs data-full-src".split())
_ADDRESSES = (*_LATE, "src", "data-url", "data-image")
_TINY = ("1x1", "pixel", "spacer", "blank", "placeholder", "logo", "icon", "avatar", "emoji", "gravatar")
_TINY_WORD = re.compile(rf"\b(?:{'|'.join(_TINY)})\b")
# Names of files that are signs: of a service, of a step, of nothing at all.
_SIGN = re.compile(
    r"(?:icons?|ico|btn|bttn)[_.-]|(?:clear|transparent|bullet|arrow|button|[01]px|get_flash_player)\.(?:gif|png)"
)
_ADVERTISING = re.compile(r"(?:https?:)?//(?:ads?|adserver)\d{0,2}\.", re.IGNORECASE)  # how its hosts begin
_WHOSE = (
    r"(?:photo(?:graph)?s?|pictures?|images?|credits?|(?:photo|image|picture) credits?|file photo|source"
    r"|foto|fotos|bild|bilder|quelle|bildquelle|фото|джерело|источник|צילום|תצלום|קרדיט|crédit photo|crédit|写真)\s*"
)
_LEADING = re.compile(rf"^[\s(\[【（]*(?:{_WHOSE}(?:by|courtesy of|courtesy)?\s*[:：/|]?\s*)?", re.IGNORECASE)
_LABELLED = re.compile(rf"[\s(\[【（]*(?:{_WHOSE}[:：]|©)", re.IGNORECASE)
_WRAPPED = re.compile(r"(?<![\s()\[\]【】（）])[\s()\[\]【】（）]++$")
_ENDING = re.compile(
    r"(?:^|[.!?…»”\"'’)]\s++|[(\[|]\s*+|\s[–-]\s)(?P<credit>[^\s.:()|\[\]][^.:()|\[\]]{0,28}[:：][^:()\[\]]{2,140})[)\]]?\s*+(?:\.\s*+)?$"
)
_TELLING = frozenset({Label.CAPTION, Label.CREDIT})
_TOLD = (TOLD,)
_LEAST = 50  # points of a picture's sides
_NEAR = 3  # boxes outwards from a picture to what holds it and its caption


def images_of(outline: Outline, pieces: list[Piece], region: Box, url: str, lexicon: Lexicon) -> tuple[Image, ...]:
    """Return the pictures of the region in page order; `pieces` are its own and those of the figures above it."""
    images: list[Image] = []
    taken: set[int] = set()
    above = {b.order for p in pieces if p.run.box.order < region.order for b in _ancestors(p.run.box)}
    captions = _Captions([p for p in pieces if p.label in _TELLING or (p.why == _TOLD)])
    end = _end_of(outline, pieces)
    pictures = [p for p in outline.pictures if not _is_tiny(p.attributes.get("class"), _address_of(p.attributes))]
    for picture, below in zip_longest(pictures, pictures[1:]):
        if region.order <= picture.box.order <= region.last or picture.box.order in above:
            around = _around(picture, captions, region) or _after(picture, captions, outline)
            after = outline.runs[below.run].box if below is not None and below.run < len(outline.runs) else None
            free = [p for p in around if id(p) not in taken and not _is_beyond(p, picture, below, after)]
            if picture.run >= end and not free and (picture.run > end or _opens_line(picture, outline)):
                continue  # of what stands below the story
            if image := _image(picture, free, url, lexicon):
                taken.update(map(id, free))
                images.append(image)
    return merged(images)


def _is_beyond(piece: Piece, picture: Picture, below: Picture | None, after: Box | None) -> bool:
    """Tell whether a caption stands with the picture below: text parts the two, and it stands after the second."""
    return (
        below is not None and after is not None and below.run > picture.run + 1 and piece.run.box.order >= after.order
    )


def _end_of(outline: Outline, pieces: list[Piece]) -> int:
    """Return the place among the page's runs right after the story's last, where a picture may still close it."""
    last = next((id(piece.run) for piece in reversed(pieces) if piece.story), None)
    return next((i + 1 for i in range(len(outline.runs) - 1, -1, -1) if id(outline.runs[i]) == last), len(outline.runs))


def _opens_line(picture: Picture, outline: Outline) -> bool:
    """Tell whether a picture stands in the box of the line after it, as in the cards of other stories."""
    after = outline.runs[picture.run] if picture.run < len(outline.runs) else None
    return after is not None and after.box.line is picture.box.line


def _is_caption(piece: Piece) -> bool:
    return piece.label is Label.CAPTION or piece.why == _TOLD


def _is_credit(piece: Piece) -> bool:
    """Tell a credit, by its label or by the words that open it."""
    return piece.label is Label.CREDIT or _LABELLED.match(piece.line.text) is not None


def credit_text(text: str) -> str:
    """Return whose a picture is, without the label and the brackets.

    >>> credit_text("(Photo: Ada Quill/Harbour Pool)"), credit_text("((Reuters) )")
    ('Ada Quill/Harbour Pool', 'Reuters')
    """
    return _WRAPPED.sub("", _LEADING.sub("", fold(text))).strip(" .|:")


def parted(caption: str, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Part a caption that ends in its credit: a credit's label and a colon, after a sentence or in brackets.

    >>> from extractors.engine.lexicon import lexicon_for
    >>> parted("The old pier at dawn (Photo: Ada Quill)", lexicon_for("en"))
    ('The old pier at dawn', 'Ada Quill')
    """
    found = _ENDING.search(caption) if ":" in caption or "：" in caption else None
    if found is None:
        return caption, None
    wording = lexicon.find(fold_line(found["credit"]))
    if wording is None or wording.label not in (Label.CREDIT, Label.AGENCY):
        return caption, None
    return caption[: found.start("credit")].rstrip(" ([|–-") or None, credit_text(found["credit"])


def merged(images: list[Image]) -> tuple[Image, ...]:
    """Make pictures with the same address or the same caption one, keeping what either knows."""
    out: list[Image] = []
    known: dict[str, int] = {}  # addresses and folded captions -> place in `out`
    for image in images:
        names = [name for name in (image.url, image.caption and f"caption {key_of(image.caption)}") if name]
        at = next((known[name] for name in names if name in known), len(out))
        if at < len(out):
            other = out[at]
            image = Image(
                other.url or image.url,
                other.caption or image.caption,
                other.credit or image.credit,
                other.alt or image.alt,
            )
            out[at] = image
        else:
            out.append(image)
        known.update(dict.fromkeys(names, at))
    return tuple(out)


def _ancestors(box: Box) -> list[Box]:
    """Return the box and those around it up to the figure that they stand in."""
    found = [box]
    while box.parent is not None and box.parent.roles & Role.FIGURE:
        box = box.parent
        found.append(box)
    return found


class _Captions:
    """The caption and credit pieces, found by the box or the run that they stand in without a look at all of them."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.places = sorted((piece.run.box.order, i) for i, piece in enumerate(pieces))
        self.pieces = pieces
        self.by_run = {id(piece.run): piece for piece in pieces}

    def inside(self, box: Box) -> list[Piece]:
        """Return those in a box, in page order."""
        found = self.places[bisect_left(self.places, (box.order, -1)) : bisect_left(self.places, (box.last + 1, -1))]
        return [self.pieces[i] for i in sorted(i for _, i in found)]


def _around(picture: Picture, captions: _Captions, region: Box) -> list[Piece]:
    """Return the caption and credit pieces in the smallest box around the picture that holds any."""
    box: Box | None = picture.box if captions.pieces else None
    credits: list[Piece] = []
    for _ in range(_NEAR + 1):
        if box is None or box is region:
            break
        if found := captions.inside(box):
            if any(not _is_credit(piece) for piece in found) or not box.roles & Role.FIGURE:
                return found
            credits = found  # the figure's caption may stand beside the box of the picture
        box = box.parent
    return credits


def _after(picture: Picture, captions: _Captions, outline: Outline) -> list[Piece]:
    """Return the caption and credit pieces that stand right after a picture."""
    near = outline.runs[picture.run : picture.run + 2]
    return [captions.by_run[id(run)] for run in near if id(run) in captions.by_run]


def _image(picture: Picture, around: list[Piece], url: str, lexicon: Lexicon) -> Image | None:
    attributes = picture.attributes
    address = _address_of(attributes)
    if _is_small(attributes, told=bool(around)):
        return None
    caption, credit = _told_by(around, lexicon) if around else (None, None)
    if not (address or caption):
        return None
    alt = attributes.get("alt")
    return Image(absolute(url, address) if address else None, caption, credit, (fold(alt) or None) if alt else None)


def _told_by(around: list[Piece], lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Return the caption and the credit that the pieces around a picture give."""
    several = sum(not _is_credit(p) for p in around) > 0
    credits = [credit_text(p.run.text) for p in around if p.label is Label.CREDIT or (several and _is_credit(p))]
    captions = [fold(p.run.text) for p in around if _is_caption(p) and not (several and _is_credit(p))]
    caption, credit = parted(" ".join(dict.fromkeys(captions)), lexicon) if captions else (None, None)
    return caption or None, next((c for c in credits if c), credit)


def _address_of(attributes: dict[str, str | None]) -> str | None:
    """Return the address that a picture is loaded from: `src` where the other is the same file or a pattern."""
    shown = (attributes.get("src") or "").strip()
    for name in _ADDRESSES:
        if (value := attributes.get(name)) and (address := value.strip()) and not address.startswith("data:"):
            if name in _LATE and ("{" in address or address.partition("?")[0] == shown.partition("?")[0]):
                continue
            return address
    return None


def _is_small(attributes: dict[str, str | None], *, told: bool) -> bool:
    """Tell whether the page shows a picture as small as signs are, or as low as headings: not one with a caption."""
    width, height = attributes.get("width") or "", attributes.get("height") or ""
    if width.isdigit() and int(width) < _LEAST:
        return True
    return not told and height.isdigit() and 0 < int(height) < _LEAST  # 0 is not known


def _is_tiny(names: str | None, address: str | None) -> bool:
    """Tell whether a picture's class, file name or host calls it a sign or an advertisement and not a picture."""
    address = address or ""
    file = address.rpartition("/")[2].lower()
    if _SIGN.match(file) or _ADVERTISING.match(address):
        return True
    told = f"{names or ''} {file}".lower()
    return any(map(told.__contains__, _TINY)) and _TINY_WORD.search(told) is not None

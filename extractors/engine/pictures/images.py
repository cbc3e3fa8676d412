"""The article's pictures: each with what it shows (caption), whose it is (credit), its alt text and address.

Made from the pictures that stand in the region and the caption and credit pieces beside them; a caption that the page
prints three times (alt, title, figcaption) is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from extractors.article import Image, Label
from extractors.engine.addresses import absolute
from extractors.engine.data.schema import text_of
from extractors.engine.lexicon import Lexicon
from extractors.engine.markup.elements import SOURCES, Role
from extractors.engine.markup.outline import Box, Outline, Picture, Run
from extractors.engine.noise.credits import parted
from extractors.engine.noise.cues import AT_PICTURES
from extractors.engine.noise.photographers import credit_text, is_labelled
from extractors.engine.pictures.captions import TOLD
from extractors.engine.pictures.files import (
    address_of,
    file_of,
    full_of,
    is_drawn,
    is_portrait,
    is_small,
    is_sold,
    is_tiny,
)
from extractors.engine.pictures.leads import UNDER_HEADING
from extractors.engine.pictures.nearby import Captions, is_credit
from extractors.engine.pictures.ownership import Ours, is_told
from extractors.engine.pictures.thumbnails import is_on_card, is_thumbnail
from extractors.engine.pieces import Piece, is_unseen_label
from extractors.engine.prose import ends_sentence, key_of, word_count
from extractors.text import fold

_CALLED = re.compile(
    r"^(?:legende|bildlegende|bildunterschrift|légende|caption|didascalia|pie de foto)\s*[:：]\s*", re.IGNORECASE
)
_UNTOLD = re.compile(r"[\w.-]{1,80}\.(?:jpe?g|png|gif|webp|avif)|null|undefined|(?:article )?image|img", re.IGNORECASE)
_OF = re.compile(r"^(?:author|(?:photo|picture|image|portrait|headshot)(?: of)?)\s+", re.IGNORECASE)
_NAMING = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w.'’-]*){0,2} [A-ZÀ-Þ][\w'’-]+\. [A-ZÀ-Þ]")  # and who else worked
_TOLD = (TOLD,)
_CAPTIONS = ("data-caption", "data-c-caption", "data-image-caption")
_CREDITS = ("data-credit", "data-credits", "data-c-credit", "data-copyright", "data-image-copyright")
_NAMES = 8  # words of a credit whose label stands before it
_SHOWN, _SAID = 5, 3  # words of a caption that closes with its credit; of one that is a sentence
_NAMED = 80  # characters of an alternative text that names whom it shows
_PARTS, _PART = 2, 4  # of a credit that stand in elements of their own; words of one


def images_of(
    outline: Outline,
    pieces: list[Piece],
    region: Box,
    url: str,
    lexicon: Lexicon,
    authors: Sequence[str],
    told: str,
) -> tuple[Image, ...]:
    """Return the pictures of the region in page order; `pieces` are its own and those of the figures above it,
    and `told` the stem of the picture that the page's data tell of. The author's portrait is none of them.
    """
    ours = Ours(outline, pieces, region, told)
    if (first := next(filter(ours.holds, outline.pictures), None)) is None:
        return ()
    images: list[Image] = []
    taken: set[int] = set()
    captions = Captions([p for p in pieces if p.label in AT_PICTURES or p.why == _TOLD], outline.runs)
    by_run: dict[int, Piece] = {}
    end = _end_of(outline, pieces)
    names = frozenset(filter(None, map(key_of, authors)))
    pictures = _once([picture for picture in outline.pictures if picture.run >= first.run])
    for at, (picture, address) in enumerate(pictures):
        if ours.holds(picture):
            below = pictures[at + 1][0] if at + 1 < len(pictures) else None
            if picture is ours.lead:
                around = [p for p in pieces[:2] if UNDER_HEADING in p.why] or captions.after(picture)[:1]
            else:
                around = captions.under(picture) or captions.around(picture, region) or captions.after(picture)
            free = [p for p in around if id(p) not in taken and not _is_beyond(p, picture, below, outline.runs)]
            if picture.run >= end and not free and (picture.run > end or _opens_line(picture, outline)):
                continue  # of what stands below the story
            if not (told and is_told(picture, told)):
                by_run = by_run or {id(piece.run): piece for piece in pieces}
                where = by_run, region, outline
                alone = not free and (is_sold(address, picture.link) or is_thumbnail(picture, *where))
                if alone or is_on_card(picture, *where):
                    continue
            if _is_author(picture, names):
                taken.update(map(id, free))
            elif image := _image(picture, address, free, url, lexicon):
                taken.update(map(id, free))
                images.append(image)
    return merged(images)


def _is_author(picture: Picture, authors: frozenset[str]) -> bool:
    """Tell whether a picture is the author's portrait, by its class, its box's, or who its alternative text names."""
    if is_portrait(picture.box.names) or is_portrait(picture.attributes.get("class") or ""):
        return True
    shown = picture.attributes.get("alt") or "" if authors else ""
    return 0 < len(shown) < _NAMED and key_of(_OF.sub("", fold(shown))) in authors


def _is_beyond(piece: Piece, picture: Picture, below: Picture | None, runs: Sequence[Run]) -> bool:
    """Tell whether a caption stands with the picture below: text parts the two, and it stands after the second."""
    if below is None or below.run <= picture.run + 1 or below.run >= len(runs):
        return False
    return piece.run.box.order >= runs[below.run].box.order and piece.run not in runs[picture.run : below.run]


def _end_of(outline: Outline, pieces: list[Piece]) -> int:
    """Return the place among the page's runs right after the story's last, where a picture may still close it.

    A line of the page may announce it: "See more photos:".
    """
    last = next((id(piece.run) for piece in reversed(pieces) if piece.story or _announces(piece)), None)
    return next((i + 1 for i in range(len(outline.runs) - 1, -1, -1) if id(outline.runs[i]) == last), len(outline.runs))


def _announces(piece: Piece) -> bool:
    return piece.label is Label.PLAYER and piece.line.text[-1] in ":："


def _opens_line(picture: Picture, outline: Outline) -> bool:
    """Tell whether a picture stands in the box of the line after it, as in the cards of other stories."""
    after = outline.runs[picture.run] if picture.run < len(outline.runs) else None
    return after is not None and after.box.line is picture.box.line


def _once(pictures: list[Picture]) -> list[tuple[Picture, str | None]]:
    """Return the pictures that are no signs, each once and with its address.

    One that the page shows without scripts is its neighbour.
    """
    kept: list[tuple[Picture, str | None]] = []
    for picture in pictures:
        address = address_of(picture.attributes, picture.sources)
        drawn = address is not None and is_drawn(address) and not picture.box.roles & Role.FIGURE
        if drawn or is_tiny(picture.attributes.get("class"), address):
            continue
        before, known = kept[-1] if kept else (None, None)
        if before is None or before.run != picture.run:
            kept.append((picture, address))
        elif (before.box.roles ^ picture.box.roles) & Role.NOSCRIPT:
            kept[-1] = before, known or address
        elif known == address is not None and picture.sources:  # small at first, by its sources, and then in full
            before.sources = (*before.sources, *picture.sources)[:SOURCES]
        elif known is None:  # nor has a script given it one
            kept[-1] = picture, address
        else:
            kept.append((picture, address))
    return kept


def merged(images: list[Image]) -> tuple[Image, ...]:
    """Make pictures with the same file or the same caption one, keeping what either knows."""
    out: list[Image] = []
    known: dict[str, int] = {}  # addresses and folded captions -> place in `out`
    for image in images:
        told = image.url and file_of(image.url), image.caption and f"caption {key_of(image.caption)}"
        names = [name for name in told if name]
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


def _image(picture: Picture, address: str | None, around: list[Piece], url: str, lexicon: Lexicon) -> Image | None:
    attributes = picture.attributes
    if is_small(attributes, told=bool(around)):
        return None
    caption, credit = _told_by(around, lexicon) if around else (None, None)
    if not around and (title := attributes.get("title")) and "caption" in (attributes.get("class") or "").split():
        caption, credit = parted(fold(title), lexicon)  # a script prints it under the picture
    if not caption and (said := _said(attributes, _CAPTIONS)):
        caption, whose = parted(said, lexicon)
        credit = credit or whose
    if not credit:
        credit = credit_text(_said(attributes, _CREDITS) or "") or None
    if not (caption or credit) and (not address or is_drawn(address)):
        return None
    alt = text_of(attributes.get("alt"))  # which publishing systems fill with the caption's markup
    return Image(
        absolute(url, full_of(address, attributes, picture.link, picture.sources)) if address else None,
        caption,
        credit,
        alt if alt and not _UNTOLD.fullmatch(alt) else None,
    )


def _said(attributes: Mapping[str, str | None], names: Sequence[str]) -> str | None:
    """Return what the data of a picture's element say of it, which a script prints under it."""
    told = (text_of(attributes[name]) for name in names if name in attributes)
    return next((text for text in told if text and not _UNTOLD.fullmatch(text)), None)


def _told_by(around: list[Piece], lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Return the caption and the credit that the pieces around a picture give."""
    several = not all(map(is_credit, around))
    captions, credits = list[str](), list[str]()
    announced = False  # by a label that stands alone
    for piece in around:
        shown, whose = _shares(piece, lexicon, several=several, announced=announced)
        announced = whose == ""
        captions += [shown] if shown else []
        credits += [whose] if whose else []
    told = _joined(dict.fromkeys(captions)).rstrip(" |–—-")
    caption, credit = parted(told, lexicon) if told else (None, None)
    return caption or None, _all(credits) or credit


def _all(credits: list[str]) -> str:
    """Put together what parts of a page tell of one credit: who took the picture, and for whom."""
    credits = [bare for credit in credits if (bare := credit.strip(" |·•").lstrip("/ "))]
    named = [credit for credit in dict.fromkeys(credits) if not is_labelled(f"{credit}:")] or credits[:1]
    told = [one for one in named if not any(one in other and one != other for other in named)]
    brief = all(len(one.split()) <= _PART for one in told[:_PARTS])
    return "/".join(told[: _PARTS if brief else 1])


def _joined(parts: Iterable[str]) -> str:
    """Put the parts of a caption together; one may go on with a comma behind a name in an element of its own."""
    text = ""
    for part in parts:
        text += part if not text or part[0] in "),.;:]’”" or text[-1] in "([“„" else f" {part}"
    return text


def _shares(piece: Piece, lexicon: Lexicon, *, several: bool, announced: bool) -> tuple[str | None, str | None]:
    """Return what a piece gives of a caption and of a credit; of a credit's label alone nothing but an empty text."""
    text = fold(piece.run.text)
    whose = credit_text(text)
    if not whose or (announced and piece.line.words <= _NAMES):
        return None, whose
    if is_unseen_label(piece):
        return None, None
    if piece.label is not Label.CREDIT and not (several and is_credit(piece)):
        return _CALLED.sub("", text), None
    shown, credit = parted(text, lexicon)
    words = word_count(shown) if credit and shown else 0
    if words >= _SHOWN or (words >= _SAID and ends_sentence(shown or "") and not is_labelled(text)):
        return shown, credit
    if credit is None and piece.line.sentence and not (is_labelled(text) or _NAMING.match(text)):
        return text, None
    return None, whose

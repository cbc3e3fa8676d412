"""What HTML elements mean to the walk: which are passed over, which break the line, what their names and roles say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode


class Role:
    """What an element says it is, as bits (plain integers: an IntFlag costs more than the rest of the walk).

    A box has its own roles and those of its ancestors.
    """

    FIGURE = 1
    CAPTION = 2
    ASIDE = 4
    NAV = 8
    FOOTER = 16
    HEADER = 32
    FORM = 64
    HIDDEN = 128
    QUOTE = 256
    LIST = 512
    TABLE = 1024
    HEADING = 2048
    CONTROL = 4096
    NOSCRIPT = 8192
    ARTICLE = 16384


LINK, STRONG, EMPHASIS = 1, 2, 4  # styles of inline elements

SKIP = frozenset(
    """script style svg template iframe object math head select datalist canvas audio video map title meta link
    track source param col colgroup""".split()
)
INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby rb rp rt s samp
    small span strike strong sub sup time tt u var wbr slot picture""".split()
)
# What the walk does with a node. From SITE on it looks inside; from SITE to OTHER the node breaks the line.
NOTHING, BREAK, PICTURE, TEMPLATE, SITE, TITLE, OTHER, FLOW, CLOCK, READING = range(10)
_KINDS: dict[str, int] = dict.fromkeys((*SKIP, "", "-comment", "!doctype", "-undef", "-document"), NOTHING)
_KINDS |= {"br": BREAK, "img": PICTURE, "amp-img": PICTURE, "nav": SITE, "footer": SITE, "h1": TITLE}
_KINDS |= dict.fromkeys(INLINE, FLOW) | {"time": CLOCK, "rt": READING, "template": TEMPLATE}
TEXT_NUMBER = 2  # of a text node
_STANDARD = 1024  # Lexbor numbers the tags it knows below this; others have a number of one page alone
Kind = tuple[int, str, int, int]  # what the walk does with an element, its tag, the role and the style of that tag
KINDS: dict[int, Kind] = {}  # by the tag's number, which is read in less time; see `kind_of`
_ROLES: dict[str, int] = {
    "figure": Role.FIGURE,
    "figcaption": Role.FIGURE | Role.CAPTION,
    "aside": Role.ASIDE,
    "nav": Role.NAV,
    "footer": Role.FOOTER,
    "header": Role.HEADER,
    "form": Role.FORM,
    "blockquote": Role.QUOTE,
    "li": Role.LIST,
    "dd": Role.LIST,
    "dt": Role.LIST,
    "table": Role.TABLE,
    "button": Role.CONTROL,
    "textarea": Role.CONTROL,
    "noscript": Role.NOSCRIPT,
    "article": Role.ARTICLE,
    "main": Role.ARTICLE,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADING),
}
ARIA: dict[str, int] = {
    "navigation": Role.NAV,
    "complementary": Role.ASIDE,
    "contentinfo": Role.FOOTER,
    "search": Role.FORM,
    "form": Role.FORM,
    "dialog": Role.HIDDEN,
    "alertdialog": Role.HIDDEN,
    "banner": Role.NAV,
    "button": Role.CONTROL,
    "menu": Role.NAV,
}
_STYLES = {"b": STRONG, "strong": STRONG, "i": EMPHASIS, "em": EMPHASIS}
# Attributes, beside class and id, that say what an element is.
TELLING = frozenset({"role", "hidden", "style", "itemprop", "itemtype"})
INITIAL = 2  # characters of a large letter that opens a story, with its quotation mark
_PARAGRAPH = 40  # characters of an element of a site's own that is a paragraph
SOURCES = 48  # nodes before an image among which its sources are looked for; of one picture, at most
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def kind_of(node: LexborNode) -> Kind:
    """Return what a node's tag says, and note it in `KINDS` where the tag is a standard one."""
    tag, number = node.tag or "", node.tag_id
    does = _KINDS.get(tag)
    kind = _kind_of_own(node, tag) if does is None else does, tag, _ROLES.get(tag, 0), _STYLES.get(tag, 0)
    if number < _STANDARD:
        KINDS[number] = kind
    return kind


def _kind_of_own(node: LexborNode, tag: str) -> int:
    """Return what the walk does with an element of a site's own making: most flow in the line around them.

    One that stands beside its like is a paragraph where it has the text of one, and so is a shadow root where no text
    stands beside its host.
    """
    if "-" not in tag:
        return OTHER
    if tag == "shadow-root":
        host = node.parent
        return FLOW if host is None or _is_text(host.prev) or _is_text(host.next) else OTHER
    beside = any(other is not None and other.tag == tag for other in (_past_space(node, 1), _past_space(node, -1)))
    return OTHER if beside and len(node.text(deep=False).strip()) >= _PARAGRAPH else FLOW


def _past_space(node: LexborNode, way: int) -> LexborNode | None:
    """Return the node after or before another, past white space."""
    other = node.next if way > 0 else node.prev
    if other is not None and other.tag == "-text" and not _is_text(other):
        other = other.next if way > 0 else other.prev
    return other


def _is_text(node: LexborNode | None) -> bool:
    return node is not None and node.tag == "-text" and bool((node.text_content or "").strip())


def roles_of(attributes: dict[str, str | None]) -> int:
    """Return the roles that an element's attributes give it."""
    roles = ARIA.get(attributes["role"] or "", 0) if "role" in attributes else 0
    style = (attributes.get("style") or "").lower()
    if "hidden" in attributes or (("none" in style or "hidden" in style) and _INVISIBLE.search(style)):
        roles |= Role.HIDDEN
    return roles


def shown_by(node: LexborNode) -> dict[str, str | None]:
    """Return an image's attributes, with what an empty element right after it tells of it in its data."""
    attributes = node.attributes
    if (beside := node.next) is not None and beside.first_child is None and (told := beside.attributes):
        return {name: value for name, value in told.items() if name.startswith("data-c")} | attributes
    return attributes


def sources_of(node: LexborNode, around: Sequence[tuple[LexborNode, Kind]]) -> tuple[dict[str, str | None], ...]:
    """Return the attributes of the sources before an image in a `picture` element; `around` are the open elements."""
    found: list[dict[str, str | None]] = []
    before = node.prev if around and around[-1][1][1] == "picture" else None
    for _ in range(SOURCES):
        if before is None:
            break
        if before.tag == "source":
            found.append(before.attributes)
        before = before.prev
    return tuple(reversed(found))


def is_set_apart(node: LexborNode, style: str) -> bool:
    """Tell whether a style makes an inline element a block; an initial that floats beside its line is none."""
    style = style.replace(" ", "")
    if "display:block" not in style:
        return False
    # Not the text of all that is inside: of a thousand such elements in each other that is a square.
    return "float:" not in style or not 0 < len(node.text(deep=False).strip()) <= INITIAL


def stands_in_brackets(node: LexborNode) -> bool:
    """Tell whether how a word is read is printed in brackets, as text; else it stands over the word."""
    before = node.prev
    return (before is not None and before.tag == "rp") or node.text(deep=False).lstrip().startswith(("(", "（"))

"""The links of a front or section page as candidates: what each says, and where on the page it stands.

Whether one looks like an article is `likeness`; which of them are the site's is `listing`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice, takewhile
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree, html

from extractors import UnsupportedContentError
from extractors.charset import utf8
from extractors.engine.notices import says_paid
from spiders.addresses import key_of

MAX_TEXT = 300  # characters of a link's text that anybody looks at
_NEAR = 3  # ancestors that a template writes around a link
_CARD = 5  # ancestors between which a card lies
_HOLDERS = ("span", "div", "p", "em", "i", "small", "li", "td")  # of a time that is no `time`
_LONG_TIME = 60  # characters
_FEW = 3  # elements in it that are looked at: a hostile page nests them without end
_ONE = ("a", "article", "li")  # that hold one card
_MOST_PAID = 100  # cards of a page that are looked for: a hostile one has labels without end
_LABELS = (5, 60)  # characters of a label
_CROWD = 6  # links of a card: more are a list's
_TIMES = re.compile(r"dat|time|fecha|hora|heure|publi|posted", re.IGNORECASE)  # one is in each of the next
_TIMED = frozenset(
    "date dates time datetime timestamp pubdate data datum fecha hora heure ago published posted".split()
)
_CLIMB = 60  # ancestors: deeper is a hostile page
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLE = re.compile(r"title|titulo|titre|titel|headline|heading", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


class Place(StrEnum):
    """Where on a page a link stands."""

    BODY = "body"
    MENU = "menu"
    HEAD = "head"
    FOOT = "foot"
    SIDE = "side"


_BY_TAG = {"nav": Place.MENU, "aside": Place.SIDE, "header": Place.HEAD, "footer": Place.FOOT}
_BY_ROLE = {"navigation": Place.MENU, "menu": Place.MENU, "menubar": Place.MENU, "contentinfo": Place.FOOT}
_BY_ROLE |= {"main": Place.BODY, "banner": Place.HEAD, "complementary": Place.SIDE}
# Tokens of classes and ids are hints: they hold only while they are not those of nearly the whole page.
_BY_TOKEN = {"footer": Place.FOOT, "foot": Place.FOOT, "colophon": Place.FOOT, "copyright": Place.FOOT}
_BY_TOKEN |= {"menu": Place.MENU, "nav": Place.MENU, "navbar": Place.MENU, "navigation": Place.MENU}
_BY_TOKEN |= {"mainmenu": Place.MENU, "breadcrumb": Place.MENU, "breadcrumbs": Place.MENU, "topbar": Place.HEAD}
_BY_TOKEN |= {"header": Place.HEAD, "hdr": Place.HEAD, "masthead": Place.HEAD, "sidebar": Place.SIDE}
_MOST = 0.6  # of the links of a page: a footer that has more is none


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that a listing lists, and what it says of it.

    `text` is the longest text of its links; `headed` says whether one is a heading, `place` the most article-like
    place among them; `markup` is the same for links that a template wrote alike; `timed` says that its card tells a
    time, `paid` is the label by which its card says that somebody paid for it. For a feed, the address and its headline
    are enough.
    """

    url: str
    text: str = ""
    headed: bool = False
    place: Place = Place.BODY
    markup: str = ""
    timed: bool = False
    paid: str = ""


def candidates(page: bytes, url: str, encoding: str | None = None, selector: str | None = None) -> list[Candidate]:
    """Return the links of a page, each address once, in the order in which they first stand there.

    Args:
        encoding: the charset of the HTTP header.
        selector: a CSS selector of `a` elements; None for all of them.
    Raises:
        UnsupportedContentError: it is not HTML.
        SelectorError: the selector is not one.
    """
    try:
        root = html.document_fromstring(utf8(page, encoding), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnsupportedContentError(f"the page is not HTML: {error}") from error
    anchors = root.cssselect(selector) if selector else list(root.iter("a"))
    base = _base(root, url)
    cards = _Cards(_timed_cards(root, anchors), _paid_cards(root))
    found = [one for anchor in anchors if (one := _candidate(anchor, base, cards))]
    crowds = {place for place, n in Counter(one.place for one in found).items() if n > _MOST * len(found)}
    merged: dict[str, Candidate] = {}
    for one in found:
        if one.place in crowds:
            one = replace(one, place=Place.BODY)
        key = key_of(one.url)
        merged[key] = _both(merged[key], one) if key in merged else one
    return list(merged.values())


def _base(root: html.HtmlElement, url: str) -> str:
    try:
        return urljoin(url, str(next((b.get("href") or "" for b in root.iter("base")), "")))
    except ValueError:
        return url


class _Cards(NamedTuple):
    timed: Set[html.HtmlElement]
    paid: Mapping[html.HtmlElement, str]


def _timed_cards(root: html.HtmlElement, anchors: Iterable[html.HtmlElement]) -> set[html.HtmlElement]:
    """Return the elements that hold a time and few enough links to be a story's card."""
    links = Counter(e for anchor in anchors for e in (anchor, *islice(anchor.iterancestors(), _CARD)))
    cards = set[html.HtmlElement]()
    for time in root.iter("time", *_HOLDERS):
        if time.tag == "time" or _is_time(time):
            around = (time, *islice(time.iterancestors(), _CARD - 1))
            cards.update(takewhile(lambda e: links[e] <= _CROWD, around))
    return cards


def _is_time(element: html.HtmlElement) -> bool:
    names = element.get("class") or ""
    if not _TIMES.search(names) or _TIMED.isdisjoint(t.lower() for t in _TOKEN.findall(names)):
        return False
    text = "".join(t or "" for t in (element.text, *(t for e in element[:_FEW] for t in (e.text, e.tail)))).strip()
    return len(text) <= _LONG_TIME and any(map(str.isdigit, text))


def _paid_cards(root: html.HtmlElement) -> dict[html.HtmlElement, str]:
    """Return the cards and links in which a label says that somebody paid for what is there, with the label."""
    language = (root.get("lang") or "").partition("-")[0].lower() or None
    cards: dict[html.HtmlElement, str] = {}
    for element in root.iter(*_HOLDERS, "b", "strong"):
        text = " ".join((element.text or "").split())
        if _LABELS[0] <= len(text) <= _LABELS[1] and says_paid(text, language):
            if (card := _card_of(element)) is not None:
                cards[card] = text
            if len(cards) == _MOST_PAID:
                break
    return cards


def _card_of(label: html.HtmlElement) -> html.HtmlElement | None:
    """Return the card that a label stands in: the nearest that is marked up as one, else all that leads to one page."""
    around = (label, *islice(label.iterancestors(), _CARD))
    marked = next((element for element in around if element.tag in _ONE), None)
    if marked is not None:
        return marked
    card = None
    for element in around:
        leads = set[str]()
        for anchor in element.iter("a"):
            leads.add((anchor.get("href") or "").partition("#")[0])
            if len(leads) > 1:
                return card
        card = element if leads else card
    return card


def _candidate(anchor: html.HtmlElement, base: str, cards: _Cards) -> Candidate | None:
    href = (anchor.get("href") or "").strip()
    if not href or href[0] == "#":
        return None
    try:
        url = urljoin(base, href)
    except ValueError:  # "http://[…"
        return None
    if not url.startswith(("http://", "https://")):
        return None
    inner = next((e for e in anchor.iter() if e.tag in _HEADINGS), None)
    text = _text(anchor if inner is None else inner) or _text_of_picture(anchor)
    place, headed, markup = _surroundings(anchor)
    around = (anchor, *islice(anchor.iterancestors(), _CARD))
    paid = next((cards.paid[e] for e in around if e in cards.paid), "")
    return Candidate(url, text, headed or inner is not None, place, markup, any(e in cards.timed for e in around), paid)


def _text(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())[:MAX_TEXT]


def _text_of_picture(anchor: html.HtmlElement) -> str:
    told = anchor.get("title") or next((e.get("alt") for e in anchor.iter("img") if e.get("alt")), None)
    return " ".join((told or "").split())[:MAX_TEXT]


def _surroundings(anchor: html.HtmlElement) -> tuple[Place, bool, str]:
    """Climb from a link: where it stands, whether a heading is near, what its template wrote around it."""
    classes = anchor.get("class") or ""
    headed, markup = _TITLE.search(classes) is not None, [classes]
    nearest: Place | None = None
    for level, element in enumerate(anchor.iterancestors()):
        if level < _NEAR:
            classes = element.get("class") or ""
            headed = headed or element.tag in _HEADINGS or (level < _NEAR - 1 and _TITLE.search(classes) is not None)
            markup.append(f"{element.tag}.{classes}")
        role = element.get("role")
        if element.tag == "article" or role == "article":  # its header and footer are a card's, not the page's
            nearest = nearest if nearest in (Place.MENU, Place.SIDE) else Place.BODY
        if nearest or level > _CLIMB or element.tag in ("main", "body"):
            if nearest not in (Place.HEAD, Place.FOOT):
                break
        else:
            nearest = _BY_ROLE.get(role or "") or _BY_TAG.get(element.tag) or _hinted(element)
    return nearest or Place.BODY, headed, " ".join(markup)


def _hinted(element: html.HtmlElement) -> Place | None:
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    if len(names) == 1:
        return None
    return next((_BY_TOKEN[t] for token in _TOKEN.findall(names) if (t := token.lower()) in _BY_TOKEN), None)


_RANK = {Place.BODY: 0, Place.SIDE: 1, Place.HEAD: 2, Place.MENU: 3, Place.FOOT: 4}


def _both(one: Candidate, other: Candidate) -> Candidate:
    """Join what two links say of one address: a heading goes before "Continue reading", then the longer text counts."""
    first, then = (other, one) if other.headed > one.headed or not one.text else (one, other)
    text = first.text if first.headed > then.headed and first.text else max(first.text, then.text, key=len)
    place = min(one.place, other.place, key=_RANK.__getitem__)
    return replace(
        first, url=one.url, text=text, place=place, timed=one.timed or other.timed, paid=one.paid or other.paid
    )

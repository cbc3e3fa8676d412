"""The outlet: its name as printed, and a title without it. Which title is the headline is decided in `headline`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from extractors.engine.addresses import host_of, is_front, site_name
from extractors.engine.data.schema import named_in, text_of
from extractors.engine.markup.outline import Run
from extractors.engine.people.titles import PARTICLES
from extractors.engine.prose import key_of
from extractors.page import Page

SEPARATOR = re.compile(r" (?:(?:[·•»«–—-]|::?) |[|｜] ?|： ?)|\| ?|｜ ?")  # of folded text; opens with plain characters
_SEPARATING = frozenset("·•»«–—-:|｜：")
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss"})
_STROKED = str.maketrans("łđıħ", "ldih")  # which have no mark to take off
_EDGES = " |–—-:·•"
_NAMELESS = re.compile(
    r"(?:https?:)?//|www\.[\w.-]+(?:/|$)|@|[$%{]*\{", re.IGNORECASE
)  # a name may begin with a dot: ".txt"
_ARTICLE = 3  # letters of "The", "Der", "Los" before the name that a host has
_DEFINITE = frozenset("The La Le Les L Il Lo I El Los Las O A Os As".split())
_COMMON = frozenset("Radio News Online Live Today Zeitung Nachrichten World TV Blog Site".split())  # of any outlet
_MORE = 14  # letters of a word after it: "Entertainment"
# From where a Chinese title names sections and the site: "_国际_青柳网", "--青柳网", "-青柳网".
_SITE = re.compile("(?:(?<=[⺀-￟])_|_(?=[⺀-￟])).*$|(?:--[一-鿿]{1,8})?-{1,2}[一-鿿]{1,8}网$")
_AT_SITE = re.compile("[_-]+")


def outlet_of(page: Page, article: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the outlet's name as printed, and its source; an address, a handle and an unfilled slot are no name."""
    for told, source in (
        (page.first("og:site_name"), "meta og:site_name"),
        (next((name for name, _ in named_in(page, article, "publisher")), None), "json-ld publisher"),
        (page.first("application-name"), "meta application-name"),
    ):
        name = (text_of(told) or "").strip(_EDGES)
        if name and not _NAMELESS.match(name):
            return name, source
    return None, None


def short_of(outlet: str) -> str | None:
    """Return the noun by which an outlet calls itself in its own lines, where its name tells which that is.

    >>> short_of("La Voz de Robledal"), short_of("The Dunmere Chronicle"), short_of("Grünauer Rundschau")
    ('Voz', 'Chronicle', 'Rundschau')
    >>> short_of("Radio Robledal"), short_of("El Mundo"), short_of("Saltmouth Today News")
    (None, None, None)
    """
    first, *rest = words = outlet.replace("’", " ").replace("'", " ").split()
    at = next((i for i, word in enumerate(rest, 1) if word in PARTICLES), len(words))
    cut, adjective = at < len(words), len(words) == 2 and first.endswith("er")
    if not (cut or adjective or (first in _DEFINITE and len(words) > 2)):
        return None
    noun = words[at - 1]
    return noun if noun[0].isupper() and len(noun) > 2 and noun not in _COMMON else None


def outlet_in(title: str | None, url: str) -> str | None:
    """Return the name that a page's title closes or opens with, where the site's host is called so.

    >>> outlet_in("Ferry strikes the pier - The Harbour Times", "https://www.harbourtimes.example/ferry")
    'The Harbour Times'
    >>> outlet_in("Ferry strikes the pier - Harbour news", "https://www.gazette.example/ferry")
    """
    parts = SEPARATOR.split(title) if title and may_part(title) else []
    ends = ((parts[-1], _MORE), (parts[0], 0)) if len(parts) > 1 else ()
    return next((part for part, more in ends if _is_host(part, more, url)), None)


def without_motto(outlet: str | None, url: str) -> str | None:
    """Return an outlet's name without the words that it is printed with, where the host is called so.

    >>> without_motto("The Harbour Times | News of the coast", "https://www.harbourtimes.example/ferry")
    'The Harbour Times'
    """
    parts = SEPARATOR.split(outlet) if outlet and may_part(outlet) else []
    return parts[0] if len(parts) > 1 and _is_host(parts[0], _MORE, url) else outlet


def _is_host(name: str, more: int, url: str) -> bool:
    """Tell whether a host is called so, `more` letters of the name aside."""
    own, host = key_of(site_name(url) or ""), key_of(host_of(url).removeprefix("www."))
    first, _, rest = name.partition(" ")
    for key in _spellings(name, rest if len(first) <= _ARTICLE else "") if own else ():
        begins = len(own) > _ARTICLE and key.startswith(own) and len(key) <= len(own) + more
        if begins or key in (own, host):
            return True
    return False


def _spellings(*names: str) -> set[str]:
    """Return the keys of names as hosts write them: letters without their accents, or two in place of one."""
    keys = {key for name in names if (key := key_of(name))}
    plain = ("".join(filter(str.isalnum, unicodedata.normalize("NFKD", key))) for key in keys)  # no combining marks
    bare = (key.translate(_STROKED) for key in plain)
    return {*keys, *bare, *(key.translate(_DIGRAPHS) for key in keys)}


def site_names(page: Page, outlet: str | None) -> frozenset[str]:
    """Return what a site may call itself in its titles, folded: the outlet's name, its host, the host's own label."""
    labels = host_of(page.url).removeprefix("www.").split(".")
    own = max(labels[:-1], key=len, default="")
    return frozenset(k for k in (key_of(outlet or ""), key_of("".join(labels)), key_of(own)) if len(k) > 2)


def opened(title: str | None) -> tuple[str | None, list[str]]:
    """Part a title from the names of sections and site that a Chinese one closes with.

    >>> opened("渡船今冬照常运营_国际_青柳网")
    ('渡船今冬照常运营', ['国际', '青柳网'])
    """
    site = _SITE.search(title) if title and not title.isascii() else None
    if title is None or site is None or not site.start():
        return title, []
    return title[: site.start()].rstrip(" _-"), _AT_SITE.split(site[0].strip("_-"))


def may_part(text: str) -> bool:
    """Tell at little cost whether a text may have a separator in it."""
    return not _SEPARATING.isdisjoint(text)


def is_masthead(run: Run, names: Collection[str], url: str, closing: str) -> bool:
    """Tell whether a heading is the site's name and not a headline.

    It is so called, or links to the front page or to the folder of a blog in which the page (`url`) stands; by a word
    of it where it is the last part of the page's title (`closing`).
    """
    key = key_of(run.text)
    if key in names:
        return True
    linked = key == closing or run.linked * 10 >= len(run.line) * 9
    return linked and any(is_front(href) or _is_home(href, url) for href in run.hrefs)


def closing_of(title: str | None) -> str:
    """Return the key of a title's last part; empty where it has but one.

    >>> closing_of("How the ferry struck « the bay blog"), closing_of("How the ferry struck")
    ('thebayblog', '')
    """
    parts = SEPARATOR.split(title) if title and may_part(title) else []
    return key_of(parts[-1]) if len(parts) > 1 else ""


def without_outlet(text: str, outlet: str | None) -> str:
    """Return a title without the outlet's name at its end or beginning.

    >>> without_outlet("Ferry strikes the pier | The Gazette", "The Gazette")
    'Ferry strikes the pier'
    """
    return without_names(text, {key_of(outlet)} if outlet else ())


def without_names(text: str, names: Collection[str]) -> str:
    """Return a title without what its separators part off and the site calls itself (folded names).

    >>> without_names("Gazette | Sport - How the ferry struck | gazette.example", {"gazette", "gazetteexample"})
    'Sport - How the ferry struck'
    """
    start, end = 0, len(text)
    cuts = [found.span() for found in SEPARATOR.finditer(text)] if names and may_part(text) else []
    while cuts and _names_site(key_of(text[cuts[-1][1] : end]), names):
        end = cuts.pop()[0]
    while cuts and key_of(text[start : cuts[0][0]]) in names:
        start = cuts.pop(0)[1]
    return text[start:end] or text


def _names_site(key: str, names: Collection[str]) -> bool:
    """Tell whether the last part of a title names the site: it is in a name, or holds one and little else."""
    return any(key in name or (name in key and len(key) <= 2 * len(name) + 12) for name in names)


def _is_home(href: str, url: str) -> bool:
    """Tell whether an address is that of a folder in which another one stands."""
    home = href.strip()
    return home.endswith("/") and "://" in home and len(home) < len(url) and url.startswith(home)

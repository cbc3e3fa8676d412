"""Copies of pages that others keep or show: a web archive, a viewer of AMP pages, a translator.

Such a copy stands under an address that tells the page's own, and its links lead through the other's house. A page is
read as what it is a copy of; where the copy was got stays its address.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

# A replay (Wayback, pywb): https://web.archive.org/web/20240102030405id_/https://site.example/a, also without a scheme
# inside; 2024.01.02-030405 is how archive.today writes the time.
_REPLAYED = re.compile(
    r"(?P<house>https?://[^/?#\s]+)(?P<folder>(?:/[\w-]+){0,3})/"
    r"(?:(?:\d{4,14}(?:[a-z]{2}_)?|\d{4}\.\d\d\.\d\d-\d{6})/(?P<scheme>https?):/{1,2}(?P<own>[^/\s].*)"
    r"|\d{14}(?:[a-z]{2}_)?/(?P<bare>(?:[\w-]+\.)+[a-z]{2,18}(?::\d+)?/.*))", re.IGNORECASE
)  # fmt: skip
# A viewer of AMP pages: https://developers.google.com/amp/cache/overview
_VIEWED = re.compile(
    r"https?://(?:(?:[a-z0-9-]+\.)?cdn\.ampproject\.org/[acv]/|(?:www\.)?google\.[a-z.]{2,6}/amp/)(s/)?"
    r"([a-z0-9-]+\.[^?#]+.*)", re.IGNORECASE
)  # fmt: skip
_CACHED = re.compile(
    r"https?://webcache\.googleusercontent\.com/search\?(?:[^#]*&)?q=(cache(?::|%3A)[^&#]+)", re.IGNORECASE
)
_NAMED = re.compile(r"cache:(?:[\w-]{12}:)?(?P<own>\S+)")
_TRANSLATED = re.compile(r"https?://([a-z0-9-]+)\.translate\.goog(?=[/?#]|$)", re.IGNORECASE)
_HEAD = 16_384  # bytes in which a replay's script stands
_SCRIPT = re.compile(rb"""__wm\.wombat\("(https?:[^"\s]+)","\d{4,14}","(https?://[^/"\s]+)/","([\w/-]+)\"""")
TOOLBAR = "#wm-ipp-base, #wm-ipp-print"  # what a web archive prints above the page
# What a viewer's own copies of pictures and pages stand under, in the page's markup.
_SERVED = re.compile(
    rb"(?<=[\"'\s,=])(?:https?://[a-z0-9-]+\.cdn\.ampproject\.org)?/(?:[acirv]|ii/\w{1,12})/s/(?=[a-z0-9-]+\.[a-z0-9.-]+/)",
    re.IGNORECASE,
)
_SOURCE = "view-source:"


def viewed(url: str) -> str:
    """Return the address of the page that a viewer's address shows as it is now; any other address as it is.

    >>> viewed("https://news-example.cdn.ampproject.org/c/s/news.example/a"), viewed("https://news.example/a")
    ('https://news.example/a', 'https://news.example/a')
    """
    while shown := _VIEWED.fullmatch(url):
        url = f"http{'s' if shown[1] else ''}://{shown[2]}"
    return url


def own_of(url: str) -> str:
    """Return the address of the page that an address gives a copy of; any other address as it is.

    >>> own_of("https://web.archive.org/web/20240102030405id_/https://news.example/a?b=1")
    'https://news.example/a?b=1'
    >>> own_of("https://my--news-example.translate.goog/a?b=1&_x_tr_sl=pt&_x_tr_tl=en")
    'https://my-news.example/a?b=1'
    """
    while (own := _step(url.removeprefix(_SOURCE))) != url:
        url = own
    return url


def _step(url: str) -> str:
    if replayed := _REPLAYED.fullmatch(url):
        return f"{replayed['scheme'] or 'http'}://{replayed['own'] or replayed['bare']}"
    if (cached := _CACHED.match(url)) and (named := _NAMED.match(unquote(cached[1].replace("+", " ")))):
        return named["own"] if "://" in named["own"] else f"http://{named['own']}"
    if translated := _TRANSLATED.match(url):
        return _untranslated(url, translated[1])
    return viewed(url)


def _untranslated(url: str, label: str) -> str:
    """Return the address that a translator's stands for: dots of its host are dashes there, dashes double."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = label.replace("--", "\0").replace("-", ".").replace("\0", "-")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in pairs if not name.startswith("_x_tr_")])
    return parts._replace(netloc=host, query=query).geturl()


def without_house(html: bytes, url: str) -> tuple[bytes, str]:
    """Return a page as it was before an archive or a viewer led its links to itself, and the page's own address.

    Args:
        html: the page in UTF-8; one that was saved from an archive may tell that it was.
        url: where it was got, "" if nobody knows.
    """
    own = own_of(url)
    replayed = _REPLAYED.match(url.removeprefix(_SOURCE))
    if replayed:
        house, folder = replayed["house"], replayed["folder"]
    elif b"__wm." in (head := html[:_HEAD]) and (told := _SCRIPT.search(head)):
        address, house, folder = (part.decode("utf-8", "replace") for part in told.groups())
        own, folder = own or address.replace(":80/", "/", 1), f"/{folder}"
    else:
        return _SERVED.sub(b"https://", html) if ".ampproject.org/" in url else html, own
    return _leading_through(house, folder).sub(b"", html), own


def _leading_through(house: str, folder: str) -> re.Pattern[bytes]:
    """Return what finds the archive's part of the addresses in a page, those of its scripts' JSON among them."""
    name = re.escape(house.partition("//")[2])
    path = re.escape(folder).replace("/", r"\\?/")
    return re.compile(
        rf"(?:(?:https?:)?\\?/\\?/{name})?{path}\\?/\d{{4,14}}(?:[a-z]{{2}}_)?\\?/(?=[a-z]{{2,10}}:|\\?/\\?/)".encode(),
        re.IGNORECASE,
    )

"""Addresses of the web: the host and the site in one, whether two are of one site, what a relative one means.

What an address tells of its page (a day, a headline) is read where the field is made.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from extractors.text import fold

if TYPE_CHECKING:
    from tldextract import TLDExtract

_WHOLE = re.compile(
    r"https?://[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*/[!$%&'()*+,./0-9:;=?@A-Z_a-z~-]*[0-9A-Za-z/=_-]"
)  # as is
_LONGEST = 8_000  # characters of an address that a server takes


def ascii_host(name: str) -> str:
    """Return the one form of a host's name: lower case, in ASCII.

    >>> ascii_host("BÜCHER.example"), ascii_host("News.example")
    ('xn--bcher-kva.example', 'news.example')
    """
    if name.isascii():
        return name.lower()
    try:
        return name.encode("idna").decode().lower()
    except UnicodeError:  # no name that there can be
        return name.lower()


def host_of(url: str) -> str:
    """Return the host of an address, small, without its port; empty where it names none.

    >>> host_of("https://WWW.Gazette.example:8000/pier"), host_of("//cdn.example?a=b"), host_of("/pier")
    ('www.gazette.example', 'cdn.example', '')
    """
    scheme, slashes, rest = url.partition("//")
    if not slashes or (scheme and scheme[-1] != ":"):
        return ""
    place = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2].lower()
    return place[1:].partition("]")[0] if place[:1] == "[" else place.partition(":")[0]


def site_of(url: str) -> str | None:
    """Return the domain of an address without www.

    >>> site_of("https://www.example.com/a"), site_of("nonsense")
    ('example.com', None)
    """
    return host_of(url).removeprefix("www.") or None


def site_name(url: str) -> str | None:
    """Return the name that a site's addresses share under whichever suffix: the label before the public suffix.

    >>> site_name("https://www.example.co.uk/news"), site_name("https://m.example.com/"), site_name("/news")
    ('example', 'example', None)
    """
    labels = host_of(url).split(".")
    if len(labels) < 2:
        return None
    return labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 and labels[-3] != "www" else labels[-2]


def lead_away(hrefs: Collection[str], site: str | None) -> bool:
    """Tell whether every one of these links leads to another site than the one of that name.

    >>> lead_away(["https://shop.example/1"], "news"), lead_away(["/about", "https://shop.example/1"], "news")
    (True, False)
    """
    return bool(hrefs) and all(
        href.startswith(("http://", "https://", "//")) and site_name(href) not in (None, site) for href in hrefs
    )


def is_front(url: str) -> bool:
    """Tell whether an address is that of a site's front page.

    >>> is_front("https://www.gazette.example"), is_front("/"), is_front("/pier"), is_front("#top")
    (True, True, False, False)
    """
    try:
        address = urlsplit(url.strip())
    except ValueError:
        return False
    here = address.query or address.fragment or not (address.netloc or address.path)
    return not here and not address.path.strip("/")


def absolute(base: str, address: str) -> str | None:
    """Return an address of the web in full, or None for one of another kind or none that could be asked for.

    >>> absolute("https://a.example/b/c", "../d e"), absolute("https://a.example/", "javascript:void(0)")
    ('https://a.example/d%20e', None)
    >>> absolute("https://a.example/", "/{width}.jpg"), absolute("https://a.example/", "https://:0/")
    (None, None)
    """
    if len(address) > _LONGEST:
        return None
    if _WHOLE.fullmatch(address):
        return address
    path, mark, rest = fold(address).partition("?")
    try:
        parts = urlsplit(urljoin(base, path.replace("\\", "/") + mark + rest))  # as browsers read it
        asked = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # half an IPv6 address, a port that is no number or too high a one
        return None
    full = parts.geturl().replace(" ", "%20")
    return full if asked and "{" not in full else None  # a script would fill in the braces


def is_same_site(a: str, b: str) -> bool:
    """Tell whether two addresses are of one site: one registrable domain.

    >>> is_same_site("https://m.gazette.co.uk/a", "//www.gazette.co.uk/"), is_same_site("//a.co.uk", "//b.co.uk")
    (True, False)
    """
    short, long = sorted((host_of(url).removeprefix("www.") for url in (a, b)), key=len)
    if not short or long == short or long.endswith("." + short):
        return bool(short)
    if short.split(".")[-2:] != long.split(".")[-2:]:
        return False  # two names at least make a site; the list of suffixes takes 16 MB
    names = suffixes()
    domain = names(short).top_domain_under_public_suffix
    return bool(domain) and domain == names(long).top_domain_under_public_suffix


@lru_cache(maxsize=1)
def suffixes() -> TLDExtract:
    """Return what parts a host at its public suffix; the network is not asked for the list of them."""
    from tldextract import TLDExtract  # the list takes a moment to read, and 16 MB

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)

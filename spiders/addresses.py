"""Addresses: the one form under which a page is known, where its article is kept, which host and site it is of."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url

from extractors import Article
from spiders.scrubbing import scrub_url
from spiders.values import ascii_host, text

if TYPE_CHECKING:
    from tldextract import TLDExtract

# Parameters that say where a reader came from, never which page it is.
_TRACKERS = frozenset(
    {"fbclid", "gclid", "gclsrc", "dclid", "wbraid", "gbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid"}
    | {"mc_cid", "mc_eid", "_ga", "_gl", "cmpid", "ocid", "smid", "smtyp", "xtor"}
    | {"ns_mchannel", "ns_source", "ns_campaign", "ns_linkname"}
)
# Addresses that are in their one form but for the scheme and slashes at the end: most are, and the long way is slow.
_PLAIN = re.compile(r"https?://([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)((?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)/*")
_PORTS = {"http": ":80", "https": ":443"}
_PREFIXES = ("www.", "m.", "amp.", "mobile.")


def key_of(url: str) -> str:
    """Return the one form of an address: https, no fragment, no trackers, no slash at its end, sorted query.

    >>> key_of("http://News.example:80/a/?b=2&utm_source=x&a=1#top")
    'https://news.example/a?a=1&b=2'
    """
    if plain := _PLAIN.fullmatch(url):
        return f"https://{plain[1]}{plain[2] or '/'}"
    return _canonical(url)


def _canonical(url: str) -> str:
    parts = urlsplit(canonicalize_url(text(url)))
    query = "&".join(p for p in parts.query.split("&") if not _is_tracker(p.partition("=")[0]))
    scheme = "https" if parts.scheme == "http" else parts.scheme
    host = parts.netloc.removesuffix(_PORTS.get(parts.scheme, " "))
    return parts._replace(scheme=scheme, netloc=host, path=parts.path.rstrip("/") or "/", query=query).geturl()


def kept_at(url: str) -> str:
    """Return the address under which the article of a page is kept: the one form of its own, without secrets.

    >>> kept_at("http://news.example/a?token=abc"), kept_at(kept_at("http://news.example/a?token=abc"))
    ('https://news.example/a?token=REDACTED-ba7816bf', 'https://news.example/a?token=REDACTED-ba7816bf')
    """
    return scrub_url(key_of(url), marked=True)


def host_of(url: str) -> str:
    """Return the host and port that an address asks, "" for one that names none.

    >>> host_of("https://News.example/a"), host_of("http://news.example:8080/")
    ('news.example', 'news.example:8080')
    """
    try:
        parts = urlsplit(url)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    return f"{host}:{port}" if port else host


def domain_of(url: str) -> str:
    """Return the registered domain of an address, the host itself where it has none (an IP address, a bare name).

    Suffixes under which anybody may have a site of their own count as such.

    >>> domain_of("https://www.news.co.uk/a"), domain_of("https://harbour.blogspot.com/"), domain_of("http://127.0.1.7/")
    ('news.co.uk', 'harbour.blogspot.com', '127.0.1.7')
    >>> domain_of("https://www.news.example/a"), domain_of("http://localhost:80/")
    ('news.example', 'localhost')
    """
    host = ascii_host(urlsplit(url).hostname or "")
    parts = _suffixes()(host)
    if parts.suffix or parts.ipv4 or parts.ipv6:
        return parts.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract  # the list of public suffixes takes a moment to read, and 16 MB

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def is_of(address: str, site: str) -> bool:
    """Say whether an address is of a domain or of one under it.

    >>> is_of("https://www.news.example/a", "News.example"), is_of("https://fakenews.example/", "news.example")
    (True, False)
    """
    host, domain = ascii_host(urlsplit(address).hostname or ""), ascii_host(site.strip().rstrip("/."))
    return f".{host}".endswith(f".{domain}")


def address_of(article: Article, url: str) -> str:
    """Return the address under which an article is kept: what the page calls itself, if that can be believed.

    A canonical address of another host (a syndicated copy) or of a front page (a broken template gives all of its
    pages the same one) would let one article overwrite another: `url`, the address that answered, is taken then.
    """
    claimed = article.canonical_url or ""
    if _host(claimed) == _host(url) and urlsplit(claimed).path.strip("/"):
        return kept_at(claimed)
    return kept_at(url)


def _is_tracker(name: str) -> bool:
    return name.startswith("utm_") or name in _TRACKERS


def _host(url: str) -> str:
    try:
        host = ascii_host(urlsplit(url).hostname or "")
    except ValueError:  # a page may call itself "http://[…"
        return ""
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    return host

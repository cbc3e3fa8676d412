"""Addresses: the one form under which a page is known, where its article is kept, which host and site it is of.

Only what is the same page by the rules of the web, or says nothing of the page, is one form here. What is so by habit
(a printed, mobile or AMP form, a page's claim to be another) is for `claims`, which asks for the same text as well.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url

from extractors.copies import viewed
from extractors.engine.addresses import ascii_host, suffixes
from spiders.surfaces.scrubbing import scrub_url
from spiders.surfaces.values import text

# Addresses that are in their one form but for the scheme and slashes at the end: most are, and the long way is slow. A
# port of four digits or five is none that a scheme implies.
_PLAIN = re.compile(
    r"https?://([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+(?::(?:[1-5][0-9]|[1-9])[0-9]{3})?)"
    r"((?:/(?!(?i:index|default)\.)[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)/*"
)
_PORTS = {"http": (":80", ":443"), "https": (":443",)}  # behind a proxy a page may call itself http://…:443/
# Where anybody has a site of their own, beside those that the list of public suffixes knows of.
_SHARED = frozenset(
    {"beehiiv.com", "ghost.io", "livejournal.com", "medium.com", "over-blog.com", "substack.com", "tumblr.com"}
    | {"typepad.com", "wordpress.com"}
)
# What a server gives for a folder: https://httpd.apache.org/docs/2.4/mod/mod_dir.html and its like.
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|s?html|php|aspx?|jsp)$", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid|sessionid)=[^/;]*", re.IGNORECASE)


def key_of(url: str) -> str:
    """Return the one form of an address: https, no fragment, no trackers, no slash at its end, sorted query.

    A fragment that begins with ! names a page and stays. Sessions go, the index file of a folder is the folder, and a
    viewer's address is that of the page it shows. The form of a form is itself, and so is that of what is no address.

    >>> key_of("http://News.example:80/a/?b=2&utm_source=x&a=1#top")
    'https://news.example/a?a=1&b=2'
    >>> key_of("https://news.example/a/index.html;jsessionid=9A"), key_of("https://news.example/a?p=1#!story/5")
    ('https://news.example/a', 'https://news.example/a?p=1#!story/5')
    """
    if (plain := _PLAIN.fullmatch(url)) and "/amp/" not in url and "ampproject.org" not in url:
        return f"https://{plain[1]}{plain[2] or '/'}"
    return _canonical(url)


@lru_cache(maxsize=1024)  # a page's own address is asked for several times, from its lease to its last row
def _canonical(url: str) -> str:
    url = viewed(text(url))
    try:
        parts = urlsplit(canonicalize_url(url, keep_fragments=True))
        parts.port  # noqa: B018
    except ValueError:  # half an IPv6 address, a port that is no number or too high a one: nobody can be asked for it
        return url
    query = "&".join(p for p in parts.query.split("&") if not is_tracker(p.partition("=")[0]))
    scheme = "https" if parts.scheme == "http" else parts.scheme
    host = parts.netloc
    for port in _PORTS.get(parts.scheme, ()):
        host = host.removesuffix(port)
    host = host.removesuffix(".")
    path = _path(parts.path, query)
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return parts._replace(scheme=scheme, netloc=host, path=path, query=query, fragment=fragment).geturl()


def _path(path: str, query: str) -> str:
    """Return a path without sessions, slashes at its end and the index file that a folder is given for.

    A script with a query keeps its name: what `index.php?id=5` is, `/?id=5` need not be.
    """
    path = _SESSION.sub("", path)
    while True:
        path = path.rstrip("/")
        shorter = path if query else _INDEX.sub("", path)
        if shorter == path:
            return path or "/"
        path = shorter


def twin_of(key: str) -> str:
    """Return the key of the same address with www before its host, or without it.

    >>> twin_of("https://www.gazette.example/pier"), twin_of("https://gazette.example/pier")
    ('https://gazette.example/pier', 'https://www.gazette.example/pier')
    """
    scheme, _, rest = key.partition("://")
    return f"{scheme}://{rest.removeprefix('www.') if rest.startswith('www.') else f'www.{rest}'}"


def is_tracker(name: str) -> bool:
    """Tell whether a parameter of an address says nothing of the page: see `trackers.toml`.

    >>> is_tracker("utm_source"), is_tracker("id")
    (True, False)
    """
    names, beginnings = _trackers()
    name = name.lower().replace("amp%3b", "")  # of an address that was escaped once too often: ?a=1&amp;utm_id=2
    return name in names or name.startswith(beginnings)


@cache
def _trackers() -> tuple[frozenset[str], tuple[str, ...]]:
    table = tomllib.loads(files("spiders").joinpath("trackers.toml").read_text("utf-8"))
    names = [name for group in table.values() for name in group["names"]]
    return (
        frozenset(name for name in names if not name.endswith("*")),
        tuple(name[:-1] for name in names if name.endswith("*")),
    )


def kept_at(url: str) -> str:
    """Return the address under which the article of a page is kept: the one form of its own, without secrets.

    >>> kept_at("http://news.example/a?token=abc"), kept_at(kept_at("http://news.example/a?token=abc"))
    ('https://news.example/a?token=REDACTED-ba7816bf', 'https://news.example/a?token=REDACTED-ba7816bf')
    """
    return scrub_url(key_of(url), marked=True)


def is_web(address: str) -> bool:
    """Say whether an address could be asked for.

    >>> is_web("https://news.example/a"), is_web("ftp://news.example/"), is_web("https://news.example:99999/")
    (True, False, False)
    """
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:  # half an IPv6 address, a port that is no number or too high a one
        return False
    return named and parts.scheme in ("http", "https") and not any(c.isspace() for c in address)


def host_of(url: str) -> str:
    """Return the host and port that an address asks, "" for one that names none.

    >>> host_of("https://News.example/a"), host_of("http://news.example:8080/"), host_of("http://[::1]:8080/")
    ('news.example', 'news.example:8080', '[::1]:8080')
    """
    try:
        parts = urlsplit(url)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if port else host


def domain_of(url: str) -> str:
    """Return the registered domain of an address, the host itself where it has none (an IP address, a bare name).

    Suffixes under which anybody may have a site of their own count as such.

    >>> domain_of("https://www.news.co.uk/a"), domain_of("https://harbour.blogspot.com/"), domain_of("http://127.0.1.7/")
    ('news.co.uk', 'harbour.blogspot.com', '127.0.1.7')
    >>> domain_of("https://harbour.substack.com/p/ferry"), domain_of("https://substack.com/")
    ('harbour.substack.com', 'substack.com')
    >>> domain_of("https://www.news.example/a"), domain_of("http://localhost:80/")
    ('news.example', 'localhost')
    """
    host = ascii_host(urlsplit(url).hostname or "")
    parts = suffixes()(host)
    if parts.suffix or parts.ipv4 or parts.ipv6:
        registered = parts.top_domain_under_public_suffix
        return ".".join(host.split(".")[-3:]) if registered in _SHARED else registered or host
    return ".".join(host.split(".")[-2:])


def site_of(url: str) -> str | None:
    """Return the site that an address belongs to, by which pages are held against each other; None for no address.

    >>> site_of("https://www.news.example/a"), site_of("nonsense")
    ('news.example', None)
    """
    return host_of(url).removeprefix("www.") or None


def is_of(address: str, site: str) -> bool:
    """Say whether an address is of a domain or of one under it.

    >>> is_of("https://www.news.example/a", "News.example"), is_of("https://fakenews.example/", "news.example")
    (True, False)
    """
    host, domain = ascii_host(urlsplit(address).hostname or ""), ascii_host(site.strip().rstrip("/."))
    return f".{host}".endswith(f".{domain}")

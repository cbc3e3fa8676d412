"""Which address an article goes by: what its page calls itself, and which other addresses may be forms of the same.

A page's claim is believed where it makes sense. What is a form of another page only by habit (AMP, mobile, print, with
and without www.), or a claim that is odd, is a possibility: the store takes it where the same text stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote_plus, urlsplit

from extractors import Article
from extractors.engine.addresses import ascii_host
from spiders.addresses import kept_at, key_of

_PREFIXES = ("www.", "m.", "amp.", "mobile.", "mobil.", "touch.", "wap.", "print.")
_FORMS = frozenset(
    {"amp", "print", "printable", "print-view", "printview", "drucken", "imprimir", "imprimer", "stampa"}
)
_FOLDERS = frozenset({"amp", "print", "m", "mobile"})  # the same before the path of a page
# Parameters that give a page another form, with the values that do ("" and "1" always).
_SWITCHES = {
    **dict.fromkeys(("amp", "print", "printable", "print_view", "printview", "mobile"), ("true", "yes", "amp")),
    **dict.fromkeys(("output", "outputtype", "view", "format", "mode", "display"), ("amp", "print", "mobile")),
}
_AMP = re.compile(r"\bamp\b", re.IGNORECASE)
_PAGE = re.compile(r"(?:page|seite|p)?-?\d{1,2}")  # the last folder of a story's second page
_NUMBER = re.compile(r"\d{5,}")  # no year, no day: a page's own number
_WORDS = re.compile(r"[^\W\d]{2,}")
_IDENTITY = frozenset("p a id no nr article story post item news doc entry node nid aid pid tid".split())
_FEWEST = 200  # characters of a text that shows that two addresses are one


def address_of(article: Article, url: str) -> str:
    """Return the address under which an article is kept: what its page calls itself, if that makes sense.

    A claim that does not (see `is_sound`) would let one article overwrite another: `url`, the address that answered, is
    taken then.
    """
    claimed = article.canonical_url or ""
    return kept_at(claimed if claimed != url and is_sound(claimed, url) else url)


def others_of(article: Article, url: str) -> list[str]:
    """Return the other addresses under which the same article may be kept already, likely ones first.

    They are worth a look where the text there is the same, and nothing else: `tells_enough` says for which texts.
    """
    claimed, address = article.canonical_url or "", address_of(article, url)
    found = [kept_at(claimed)] if _host(claimed) and _host(claimed) == _host(url) and _path(claimed) else []
    found += _forms(address)
    return [other for other in dict.fromkeys(found) if other != address]


def plain_of(key: str) -> str:
    """Return the key of the plain page that an AMP page's address tells; any other key as it is.

    >>> plain_of("https://news.example/a/amp"), plain_of("https://amp.news.example/a?outputType=amp&b=1")
    ('https://news.example/a', 'https://news.example/a?b=1')
    """
    if not _AMP.search(key):
        return key
    plain = _plain(key)
    return key_of(plain._replace(netloc=plain.netloc.removeprefix("amp.")).geturl())


def tells_enough(body: str) -> bool:
    """Tell whether a text is long enough to show that two addresses have the same article."""
    return len(body) >= _FEWEST


def is_sound(claimed: str, url: str) -> bool:
    """Tell whether a page may be believed that it is the page at another address of its site.

    Not where that is of another host (a syndicated copy), the front page, a folder of the page's own address or a short
    name such as /news where the page has an article's address (a broken template gives all of its pages the same one),
    and not where both addresses have a number or parameter of their own that tells two pages apart.
    """
    host, own = _host(claimed), _host(url)
    if not host or host != own:
        return False
    there, here = urlsplit(claimed), urlsplit(url)
    if not there.path.strip("/") and not _identity(there):
        return False
    if _differ(there, here):
        return False
    return _names_page(there) or not _names_page(here) or _path(claimed) == _path(url)


def _differ(there: SplitResult, here: SplitResult) -> bool:
    """Tell whether two addresses are of two pages by what tells pages apart."""
    one, other = _identity(there), _identity(here)
    if any(one[name] != other[name] for name in one.keys() & other.keys()):
        return True
    if other and not one and _bare(there.path) == _bare(here.path):  # the claim has lost what tells its pages apart
        return True
    one_numbers, other_numbers = set(_NUMBER.findall(there.path)), set(_NUMBER.findall(here.path))
    return bool(one_numbers and other_numbers) and not one_numbers & other_numbers


def _identity(parts: SplitResult) -> dict[str, str]:
    """Return the parameters of an address by which sites choose their page."""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return {
        n.lower(): v for n, v in pairs if n.lower() != "page" and (n.lower() in _IDENTITY or n.lower().endswith("id"))
    }


def _names_page(parts: SplitResult) -> bool:
    """Tell whether an address looks like a page's and not like a section's: an id, a file, or some words in it."""
    last = next((part for part in reversed(_bare(parts.path).split("/")) if not _PAGE.fullmatch(part)), "")
    named = len(_WORDS.findall(last)) >= 3 or "." in last or not last.isascii() or "%" in last
    return named or bool(_NUMBER.search(parts.path)) or bool(_identity(parts))


def _forms(address: str) -> Iterator[str]:
    """Yield what the page at an address may also go by, each in its one form: without a form's mark, then with one."""
    plain = _plain(address)
    site, path = f"{plain.scheme}://{plain.netloc}", plain.path.rstrip("/")
    rest = f"?{plain.query}" if plain.query else ""
    yield f"{site}{path or '/'}{rest}"
    yield from (f"{plain.scheme}://{host}{path or '/'}{rest}" for host in _hosts(plain.netloc))
    pairs = plain.query.split("&") if plain.query else []
    for name in ("amp", "print"):
        yield f"{site}{path}/{name}{rest}"
        yield f"{site}/{name}{path}{rest}"
        for switch in (f"{name}=1", f"output={name}", f"outputType={name}", f"{name}=", f"view={name}"):
            query = "&".join(sorted((*pairs, switch), key=_order)) if pairs else switch
            yield f"{site}{path or '/'}?{query}"


def _order(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return unquote_plus(name), unquote_plus(value)


def _plain(address: str) -> SplitResult:
    """Return an address without the marks of a form."""
    parts = urlsplit(address)
    query = "&".join(pair for pair in parts.query.split("&") if not _is_switch(*pair.partition("=")[::2]))
    return parts._replace(path=_bare(parts.path), query=query)


def _hosts(host: str) -> Iterator[str]:
    """Yield the hosts that are one site's by habit; a host with no domain above it has none but itself."""
    bare = _bare_host(host)
    yield from (f"www.{bare}", bare, *(f"{prefix}{bare}" for prefix in ("m.", "amp.", "mobile.")))


def _bare(path: str) -> str:
    """Return a path without the folder or ending that stands for a form of the page."""
    folders = path.strip("/").split("/")
    if len(folders) > 1 and folders[0].lower() in _FOLDERS:
        folders = folders[1:]
    last = folders[-1].lower()
    if len(folders) > 1 and last.removesuffix(".html") in _FORMS:
        folders = folders[:-1]
    else:
        folders[-1] = re.sub(r"\.(?:amp|print)(?=\.html?$|$)", "", folders[-1])
    return "/" + "/".join(folders)


def _is_switch(name: str, value: str) -> bool:
    values = _SWITCHES.get(name.lower())
    return values is not None and (value in ("1", "") or value.lower() in values)


def _path(address: str) -> str:
    return urlsplit(address).path.strip("/")


@lru_cache(maxsize=4)  # one page's few addresses are asked about again and again
def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # a page may call itself "http://[…" or "http://news.example:99999"
        return ""
    return _bare_host(host)


def _bare_host(host: str) -> str:
    """Return a host without the name that stands for a form of the site; a domain is never taken for one."""
    for prefix in _PREFIXES:
        rest = host.removeprefix(prefix)
        host = rest if "." in rest else host
    return host

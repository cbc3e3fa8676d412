"""Sites as a person names them on a command line: by a domain, or by an address of theirs."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from spiders.addresses import is_of
from spiders.surfaces.values import ascii_host

if TYPE_CHECKING:
    from spiders.store.reader import Reader

_ODD = re.compile(r"[^\w.:-]")


def domain(text: str) -> str:
    """Return the domain that `text` names, without "www.".

    Raises:
        UsageError: it names none.

    >>> domain("News.example"), domain("https://www.news.example/a?b")
    ('news.example', 'news.example')
    """
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:  # half an IPv6 address
        host = ""
    name = ascii_host(host).strip(".").removeprefix("www.")
    if not name or _ODD.search(name):
        raise UsageError(f"{text[:200]!r} is no domain: write news.example")
    return name


def expect(reader: Reader, site: str | None) -> None:
    """Make sure that the store has heard of a site, if one is named.

    Raises:
        UsageError: it has not.
    """
    hosts = [] if site is None else reader.hosts()
    if site is None or any(is_of(f"//{host}", site) for host in hosts):
        return
    near = difflib.get_close_matches(site, {host.removeprefix("www.") for host in hosts}, n=3)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"the store {reader.path} does not know {site}{meant}")

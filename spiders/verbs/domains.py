"""Sites as a person names them on a command line: by a domain, or by an address of theirs."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from spiders.surfaces.values import ascii_host

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

"""Sites as a person names them on a command line: by a domain, or by an address of theirs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from extractors.engine.addresses import ascii_host
from spiders.addresses import host_of, is_of

if TYPE_CHECKING:
    from spiders.record import Raw
    from spiders.store.reader import Reader

_ODD = re.compile(r"[^\w.:-]")
_ALIKE = 0.75  # of two names: most end alike
_MOST = 10_000  # hosts of an archive that a name is compared with


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
    if site is not None and not any(is_of(f"//{host}", site) for host in hosts):
        raise UsageError(f"the store {reader.path} does not know {site}{meant(site, hosts)}")


class Chosen:
    """The pages of one site among those of archives, or all where none is named."""

    def __init__(self, pages: Iterable[Raw], site: str | None, where: str) -> None:
        self._pages, self._site, self._where = pages, site, where
        self._others: set[str] = set()
        self._found = False

    def __iter__(self) -> Iterator[Raw]:
        for page in self._pages:
            if self._site is None or is_of(page.url, self._site):
                self._found = True
                yield page
            elif len(self._others) < _MOST:
                self._others.add(host_of(page.url))

    def expect(self) -> None:
        """Make sure, when all were read, that there was one if a site is named.

        Raises:
            UsageError: there was none.
        """
        if self._site is not None and not self._found:
            raise UsageError(f"no page of {self._site} is in {self._where}{meant(self._site, self._others)}")


def meant(site: str, known: Iterable[str]) -> str:
    """Return the end of a sentence about a site that there is not: which ones somebody may have meant, if any.

    >>> meant("new.example", ["www.news.example", "time.com"]), meant("new.example", ["time.com"])
    ('; did you mean news.example?', '')
    """
    others = {host.removeprefix("www.") for host in known} - {site}
    near = difflib.get_close_matches(site, others, 3, _ALIKE)
    return f"; did you mean {' or '.join(near)}?" if near else ""

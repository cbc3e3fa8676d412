"""The last line of the guard: every socket of this process asks here before it connects, whoever opened it.

The resolver of `guard` stands where Scrapy connects; a library that brings its own sockets (urllib, aiohttp, requests)
would pass it by. An audit hook of Python sees them all, except those that a C library opens by itself (libcurl). It
cannot be taken off a process again; what it refuses is put in force for the time of a crawl.

Sockets that do not leave the machine's kernel (AF_UNIX: pipes to workers, event loops) are none of its business.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from spiders.network.guard import TRIAL, Pair, literal_of, refusal

_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})
_INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})


class SocketRefusedError(PermissionError):
    """A socket that may not connect. An OSError: whoever opened it takes it for a connection that failed."""


class Watch:
    """What is refused from now on until `lift` is called, and what has been."""

    def __init__(self, why: Callable[[Any], str | None], *, lookups: bool) -> None:
        self.refused: list[str] = []
        self.lookups = lookups  # whether names may be looked up, which asks the network too
        self._why = why
        _hook()
        _IN_FORCE.append(self)

    def lift(self) -> None:
        """Refuse nothing any more; a second time does no harm."""
        if self in _IN_FORCE:
            _IN_FORCE.remove(self)

    def ask(self, address: Any) -> None:
        """Note and refuse an address that a socket is about to connect to.

        Raises:
            SocketRefusedError: always when `why` has something against it.
        """
        if why := self._why(address):
            self.refused.append(why)
            raise SocketRefusedError(errno.EACCES, f"refused: {why}")


_IN_FORCE: list[Watch] = []


def guard_sockets(allowed: Collection[Pair]) -> Watch:
    """Let sockets connect to public addresses only, and to the pairs of `guard.exceptions`."""

    def why(address: Any) -> str | None:
        pair = _pair_of(address)
        if pair is None:  # sockets get addresses from whoever resolved the name; one that does it itself is a back door
            return f"a socket was to connect to {str(address)[:100]!r}, which is no IP address"
        reason = None if pair in allowed or pair in TRIAL else refusal(pair[0])
        return reason and f"a socket was to connect to {pair[0]} port {pair[1]}, but {reason}"

    return Watch(why, lookups=True)


def forbid_sockets() -> Watch:
    """Let no socket connect to anything, and no name be looked up: for a replay."""
    return Watch(
        lambda address: f"a socket was to connect to {_shown(address)}, but a replay asks nobody", lookups=False
    )


@cache
def _hook() -> None:
    """Put the hook on the process, once: Python offers no way to take it off."""
    sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _IN_FORCE:
        return
    if event in _EVENTS:
        asking, address = arguments[0], arguments[-1]
        if asking.family in _INTERNET and address is not None:  # sendmsg on a connected socket has none
            for watch in tuple(_IN_FORCE):
                watch.ask(address)
    elif event in _LOOKUPS and not _is_here(arguments[0]):
        for watch in [watch for watch in _IN_FORCE if not watch.lookups]:
            watch.ask((arguments[0], "any"))


def _pair_of(address: Any) -> Pair | None:
    host, port = address[:2]
    ip = literal_of(host.decode("latin-1") if isinstance(host, bytes | bytearray) else str(host))
    return None if ip is None else (ip, int(port))


def _is_here(host: Any) -> bool:
    """Say whether a name can be told without a question: none at all, an address, this machine."""
    text = host.decode("latin-1") if isinstance(host, bytes | bytearray) else str(host or "")
    return text in ("", "localhost") or literal_of(text) is not None


def _shown(address: Any) -> str:
    return " port ".join(str(part)[:100] for part in address[:2])

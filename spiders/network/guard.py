"""Which addresses a crawl may go to: nothing that a page says leads into a private network.

`refusal` judges an IP address, `url_refusal` what can be judged of a URL without asking the network, and
`GuardedResolver` judges what names resolve to, at the moment of connecting (so that an answer that changes between
check and connect is of no use). It is a process setting: `TWISTED_DNS_RESOLVER` in a spider's custom_settings does
nothing. `backstop` judges every socket of the process once more, and `extensions.sentinel` tries all three before the
first request. `ALLOW_PRIVATE` lists the exceptions as "ip:port".
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import string
import unicodedata
from collections.abc import Collection, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from scrapy.settings import BaseSettings
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from spiders.errors import GuardError
from spiders.listings.listing import MAX_URL
from spiders.surfaces.terminal import printable

logger = logging.getLogger(__name__)

IPAddress = IPv4Address | IPv6Address
Pair = tuple[IPAddress, int]  # an address and a port

# What Python's `is_global` lets pass and a crawler has no business with (or a metadata service hides in).
_DENIED = [
    ip_network(network)
    for network in (
        *("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "198.18.0.0/15", "240.0.0.0/4"),
        *("2001::/32", "3fff::/20"),
    )
]
_PUBLIC_IPV6 = ip_network("2000::/3")  # all that has been given out; what lies outside is special, or will be
_NAT64, _COMPATIBLE = ip_network("64:ff9b::/96"), ip_network("::/96")
_REFUSED: dict[str, str] = {}  # names that lead nowhere else, and a sentence that says so
TRIAL: set[Pair] = set()  # where `extensions.sentinel` knocks: the backstop looks away, and refusals are no news
_NUMERIC = frozenset(string.hexdigits + "xX.")  # what inet_aton may take for an address


class AddressRefusedError(IgnoreRequest):
    """An address that the guard lets nobody go to."""


class NameRefusedError(CannotResolveHostError):
    """A name that leads into a private network only, for now: names are given other addresses every day."""


def exceptions(settings: BaseSettings) -> frozenset[Pair]:
    """Return the pairs of address and port that `ALLOW_PRIVATE` lets a crawl go to.

    Raises:
        GuardError: one of them is not an address and a port; there are no wildcards.
    """
    return frozenset(map(_pair, settings.getlist("ALLOW_PRIVATE")))


def refusal(address: IPAddress) -> str | None:
    """Say why no crawl goes to an IP address, or return None for a public one.

    >>> refusal(ipaddress.ip_address("::ffff:127.0.0.1"))
    '127.0.0.1 is not a public address'
    """
    inner = _unwrapped(address)
    denied = any(inner in network for network in _DENIED if network.version == inner.version)
    special = inner.version == 6 and inner not in _PUBLIC_IPV6
    if denied or special or inner.is_multicast or not inner.is_global:
        return f"{inner} is not a public address"
    return None


def url_refusal(url: str, allowed: Collection[Pair] = ()) -> str | None:
    """Say why a request is refused before any name is resolved: scheme, port, user data, a private IP literal.

    Args:
        allowed: the `exceptions`.
    """
    try:
        parts = urlsplit(url)
        host, told = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "the address cannot be read"
    if parts.scheme not in ("http", "https") or not host:
        return "it is not a web address"
    if len(url) > MAX_URL:
        return f"the address is longer than {MAX_URL} characters"
    port = told if told is not None else 443 if parts.scheme == "https" else 80
    literal = literal_of(host)
    if literal and (literal, port) in allowed:
        return None
    if parts.username is not None or parts.password is not None:
        return "the address carries a user name"
    if port not in (80, 443):
        return f"port {port} is not one of the web"
    return refusal(literal) if literal else None


def literal_of(host: str) -> IPAddress | None:
    """Read a host as an IP address in any spelling a connect would take: short, decimal, octal, hex, full-width."""
    host = unicodedata.normalize("NFKC", host).replace("。", ".").rstrip(".")
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    if not _NUMERIC.issuperset(host):
        return None
    try:
        return IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def name_refusal(host: str) -> str | None:
    """Say that the guard has just refused all that a name leads to; None if it has not."""
    return _REFUSED.get(host.lower())


class GuardedResolver(CachingHostnameResolver):
    """Scrapy's resolver for both IP versions, minus the addresses that the guard refuses."""

    allowed: Collection[Pair] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Read the exceptions from `ALLOW_PRIVATE`; of a mistake in it, the gate tells the crawl."""
        resolver = super().from_crawler(crawler, reactor)
        with suppress(GuardError):
            resolver.allowed = exceptions(crawler.settings)
        return resolver

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Resolve a name; what is private never reaches the receiver."""
        receiver: Any = _Sieve(resolutionReceiver, hostName, self.allowed)
        super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
        return resolutionReceiver


@implementer(IResolutionReceiver)
class _Sieve:
    """Hands on the addresses that are public."""

    def __init__(self, receiver: Any, name: str, allowed: Collection[Pair]) -> None:
        self._receiver, self._name, self._allowed = receiver, name, allowed
        _REFUSED.pop(name.lower(), None)
        self._passed = False

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        ip = ipaddress.ip_address(address.host)
        if (why := refusal(ip)) and (ip, address.port) not in self._allowed:
            if (ip, address.port) not in TRIAL:
                logger.warning("refused to connect to %s: %s", printable(self._name), why)
            if not self._passed:
                _REFUSED[self._name.lower()] = f"refused: {why}, and the host's name leads nowhere else"
        else:
            self._passed = True
            _REFUSED.pop(self._name.lower(), None)
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()


def _unwrapped(address: IPAddress) -> IPAddress:
    """Return the IPv4 address that an IPv6 one carries: mapped, 6to4, NAT64 or compatible."""
    if isinstance(address, IPv4Address):
        return address
    if inner := address.ipv4_mapped or address.sixtofour:
        return inner
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _pair(text: str) -> Pair:
    host, _, port = text.strip().rpartition(":")
    try:
        if not 0 < int(port) < 65536:
            raise ValueError(port)
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]")), int(port)
    except ValueError:
        wanted = "pairs such as 127.0.0.1:8000, one address and one port"
        raise GuardError(f"ALLOW_PRIVATE takes {wanted}; {text!r} is none") from None

"""Whose certificates are looked at: everybody's, minus the hosts that a person has named in `TLS_UNVERIFIED`.

A host is named as it stands in addresses, exactly: its subdomains are other hosts. `scrapy doctor` shows each.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from scrapy.settings import BaseSettings
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from spiders.errors import GuardError

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")


def unverified(settings: BaseSettings) -> frozenset[bytes]:
    """Return the hosts that need no valid certificate.

    Raises:
        GuardError: what is named is no host; there are no wildcards.
    """
    return frozenset(map(_host, settings.getlist("TLS_UNVERIFIED")))


@implementer(IPolicyForHTTPS)
class Trust:
    """Scrapy's policy for https, and one that believes anybody for the hosts that are named."""

    def __init__(self, policy: Any, believed: frozenset[bytes]) -> None:
        self._policy = policy
        self._credulous = copy(policy)
        self._credulous._verify_certificates = False  # what the setting for all hosts would set
        self._believed = believed

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """Return what makes the secure connections to a host."""
        policy = self._credulous if hostname.lower() in self._believed else self._policy
        return policy.creatorForNetloc(hostname, port)


def _host(name: str) -> bytes:
    name = name.strip().lower()
    try:
        if _HOST.fullmatch(name):
            return name.encode("idna")
    except UnicodeError:  # a part of it is too long
        pass
    raise GuardError(f"TLS_UNVERIFIED takes hosts such as news.example, without wildcards; {name!r} is none")

"""Whose certificates are looked at: everybody's, minus the hosts that a person has named in `TLS_UNVERIFIED`.

A host is named as it stands in addresses, exactly: its subdomains are other hosts. `scrapy doctor` shows each.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer


@implementer(IPolicyForHTTPS)
class Trust:
    """Scrapy's policy for https, and one that believes anybody for the hosts that are named."""

    def __init__(self, policy: Any, unverified: Iterable[str]) -> None:
        self._policy = policy
        self._credulous = copy(policy)
        self._credulous._verify_certificates = False  # what the setting for all hosts would set
        self._unverified = frozenset(host.strip().lower().encode("idna") for host in unverified)

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """Return what makes the secure connections to a host."""
        policy = self._credulous if hostname.lower() in self._unverified else self._policy
        return policy.creatorForNetloc(hostname, port)

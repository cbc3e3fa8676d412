"""A name server for crawls in a process of their own: `-s TWISTED_DNS_RESOLVER=tests.faults.names.Names`.

What it answers is in the environment, as JSON: {"news.example": ["127.0.0.1:8000", null]} leads the port that is asked
for to that one, resolves to nothing the second time, and begins anew. All other names lead nowhere, and other literals
where they say.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from typing import Any

from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address

from spiders.network.guard import GuardedResolver, literal_of

VARIABLE = "COPYDESK_TEST_NAMES"
HERE = "tests.faults.names.Names"


def environment(names: Mapping[str, list[str | None]]) -> dict[str, str]:
    """What a crawl needs in its environment to be answered so."""
    return {VARIABLE: json.dumps(names)}


class Names(GuardedResolver):
    """The guarded resolver, over answers of our own."""

    def __init__(self, reactor: Any, cache_size: int) -> None:
        super().__init__(reactor, 0)  # what is kept forgets the port
        self.original_resolver = _Server(json.loads(os.environ[VARIABLE]))  # type: ignore[assignment]


class _Server:
    def __init__(self, names: dict[str, list[str | None]]) -> None:
        self._names = names
        self._asked: Counter[str] = Counter()

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> Any:
        resolution = HostResolution(name)
        receiver.resolutionBegan(resolution)
        literal = literal_of(name)
        own = f"{literal}:{port}" if literal else None
        answers = self._names.get(name) or self._names.get(str(literal)) or [own]
        answer = answers[self._asked[name] % len(answers)]
        self._asked[name] += 1
        if answer:
            host, number = answer.rsplit(":", 1)
            receiver.addressResolved(IPv4Address("TCP", host, int(number)))
        receiver.resolutionComplete()
        return resolution

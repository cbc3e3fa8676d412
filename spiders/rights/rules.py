"""The rules of one robots.txt, as RFC 9309 tells them, for us; and what it means that they forbid, or cannot be had.

Protego does most of it. What it does not: a group is for the product that its line names and for no other, whatever
else the line or our user agent says ("User-agent: copy" is not Copydesk, "Copydesk/2.0" is); lines of other kinds do
not part the lines that name the products of a group; bytes that are no UTF-8 are paths as well.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from protego import Protego
from scrapy.exceptions import IgnoreRequest

from spiders.manners.introduction import token_of

MAX_BYTES = 500 * 1024  # of robots.txt that count: what RFC 9309 asks for at least; parsing more blocks the crawl
_LINE = re.compile(r"\r\n?|\n")
_RULE = re.compile(r"\s*(?:(user[- ]?agent)\b|dis|dia|allow|crawl)", re.IGNORECASE)
_OTHER_BREAK = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029\udc80-\udcff]")  # of Python's lines; and bytes that are none
_OTHERS = "!"  # the product of groups that are not ours


class RobotsRefusedError(IgnoreRequest):
    """robots.txt forbids the address."""


class RobotsUnavailableError(IgnoreRequest):
    """robots.txt could not be fetched; the address may be tried another time.

    `cause` is an error or a status, `told` how many seconds the host asks us to wait.
    """

    def __init__(self, cause: Exception | int, told: float | None = None) -> None:
        self.cause, self.told = cause, told
        super().__init__("robots.txt could not be had")


class Rules:
    """What a robots.txt allows the crawler that its user agent calls `token`, in lower case.

    >>> rules = Rules(b"User-agent: Copydesk\\nAllow: /a\\nDisallow: /", "copydesk")
    >>> rules.allow("https://news.example/a"), rules.allow("https://news.example/b"), rules.delay
    (True, False, None)
    """

    def __init__(self, body: bytes, token: str) -> None:
        self._token = token
        self._rules = Protego.parse(_ours(body, token))

    def allow(self, url: str) -> bool:
        """Say whether an address may be fetched."""
        return self._rules.can_fetch(url, self._token)

    @property
    def delay(self) -> float | None:
        """The seconds between two requests that the host asks for."""
        return self._rules.crawl_delay(self._token)


def _ours(body: bytes, token: str) -> str:
    """Return the lines of a robots.txt that are rules, those that name products with ours, "*" or another."""
    text = body[:MAX_BYTES].decode("utf-8-sig", "surrogateescape")
    if len(body) > MAX_BYTES:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]  # of a line that is cut, nobody knows what it says
    lines = []
    for line in _LINE.split(text):
        if not (rule := _RULE.match(line)):
            continue
        if rule[1]:
            name = line[rule.end() :].partition("#")[0].strip(" \t:")
            product = "*" if name.startswith("*") else token if token_of(name) == token else _OTHERS
            lines.append(f"User-agent: {product}")
        else:
            lines.append(_OTHER_BREAK.sub(_escaped, line))
    return "\n".join(lines)


def _escaped(found: re.Match[str]) -> str:
    return quote(found[0].encode("utf-8", "surrogateescape"))

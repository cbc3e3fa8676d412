"""An invented newspaper on this machine: as many pages as one likes, of the size and the clutter of real ones."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Self

A_FEED = 500  # articles that one feed lists
_FIRST = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
_WORDS = (
    "harbour council winter ferry evening letter quay market tower bridge school library garden station bakery museum "
    "people morning water street board money work question answer house window engine summer river paper hour crowns "
    "said decided wanted opened closed found kept moved asked paid built promised waited returned repaired the of and "
    "to in a that for on with as by from at after before under over because while until although without between"
).split()


def headline(number: int) -> str:
    """Return the headline of an article; no two are the same."""
    return f"District {number} keeps its {_WORDS[number % 16]}"


def page(number: int, base: str, size: int) -> str:
    """Return an article of some six hundred words, in a page of about `size` bytes."""
    dice = random.Random(number)
    story = "".join(f"<p>{_paragraph(dice, number)}</p>" for _ in range(14))
    url = f"{base}/news/{number}"
    links = "".join(f'<li><a href="/news/{n}">{headline(n)}</a></li>' for n in dice.sample(range(100_000), 60))
    head = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline(number)} - The Quay</title>'
        f'<link rel="canonical" href="{url}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{_published(number).isoformat()}">'
    )
    body = (
        f'</head><body><nav><ul>{links}</ul></nav><article><h1>{headline(number)}</h1><p class="byline">By Oda Brandt'
        f"</p>{story}<p>Read more: <a href='/news/{number + 1}'>{headline(number + 1)}</a></p></article>"
        f"<aside><h2>Most read</h2><ul>{links}</ul></aside></body></html>"
    )
    rest = size - len(head) - len(body)
    script = "" if rest < 200 else f"<script>var state = '{dice.randbytes(rest // 2).hex()}';</script>"
    return head + script + body


class Newspaper:
    """A server of so many articles, in feeds of `A_FEED` each; `asked` counts what was asked of it."""

    def __init__(self, pages: int, size: int) -> None:
        self.pages = pages
        self._size = size
        self.asked: Counter[int] = Counter()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    @property
    def base(self) -> str:
        """The address at which it is."""
        return f"http://127.0.0.1:{self.port}"

    def feeds(self) -> Iterator[str]:
        """Yield the addresses of its feeds."""
        return (f"{self.base}/feed/{start}.xml" for start in range(0, self.pages, A_FEED))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                while (await reader.readline()).strip():
                    pass
                status, kind, body = self._answer(line.split()[1].decode("ascii"))
                head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode("ascii") + body)
                await writer.drain()
        except (ConnectionError, IndexError):
            pass  # whoever asked is dead, which is what we are here for
        finally:
            writer.close()

    def _answer(self, path: str) -> tuple[str, str, bytes]:
        room, _, name = path.strip("/").partition("/")
        if room == "news":
            number = int(name)
            self.asked[number] += 1
            return "200 OK", "text/html; charset=utf-8", page(number, self.base, self._size).encode()
        if room == "feed":
            start = int(name.removesuffix(".xml"))
            return "200 OK", "application/rss+xml", self._feed(range(start, min(start + A_FEED, self.pages))).encode()
        return "404 Not Found", "text/plain", b"no such page"

    def _feed(self, numbers: range) -> str:
        items = "".join(
            f"<item><title>{headline(n)}</title><link>{self.base}/news/{n}</link>"
            f"<pubDate>{format_datetime(_published(n))}</pubDate></item>"
            for n in numbers
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay</title>{items}</channel></rss>'


def _paragraph(dice: random.Random, number: int) -> str:
    sentences = []
    for _ in range(3):
        words = dice.choices(_WORDS, k=dice.randint(10, 18))
        sentences.append(f"{' '.join(words).capitalize()} in district {number}.")
    return " ".join(sentences)


def _published(number: int) -> datetime:
    return _FIRST + timedelta(minutes=number)

"""The server: all hosts at one port, each at its own address; and the record of every request that came."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Self

from tests.simulated.clock import Clock, moment
from tests.simulated.hosts import Host
from tests.simulated.site import Answer, Site

STARTED = "x-started"  # when the crawl let a request go, by its own clock: `hurry` tells it
_PHRASES = {200: "OK", 302: "Found", 304: "Not Modified", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests"}
_HANG = 600.0  # seconds: longer than anybody waits


@dataclass(frozen=True, slots=True)
class Seen:
    """A request: times are those of the clock. `ended` is when the last of the answer left, None where it never did."""

    host: Host
    path: str
    conditional: bool
    began: float
    ended: float | None
    status: int
    held: float  # seconds for which the host wants to be left alone from `ended` on
    round: int

    def __str__(self) -> str:
        ended = "never" if self.ended is None else f"{self.ended - self.began:.2f} s"
        return f"{self.round} {moment(self.began):%H:%M:%S} {self.host.pair}{self.path} {self.status} ({ended})"


class Web:
    """Hosts that listen; `seen` has what was asked of them in each round, in the order in which answers ended."""

    def __init__(self, hosts: Sequence[Host], clock: Clock) -> None:
        self.hosts, self.clock = list(hosts), clock
        self.seen: list[Seen] = []
        self.round = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(60)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def allowed(self) -> str:
        """What `-s ALLOW_PRIVATE=…` has to be for a crawl to get here."""
        return ",".join(host.pair for host in self.hosts)

    async def _listen(self) -> None:
        for host in self.hosts:
            if host.answers:
                site = Site(host, self.clock)

                def serve(r: asyncio.StreamReader, w: asyncio.StreamWriter, site: Site = site) -> asyncio.Task[None]:
                    task = asyncio.ensure_future(self._serve(site, r, w))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
                    return task

                self._servers.append(await asyncio.start_server(serve, host.address, host.port, reuse_address=True))

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes on a connection, one request after the other."""
        try:
            while await self._answered(site, reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, ValueError):
            pass  # whoever asked has had enough, or said nothing that can be answered
        finally:
            writer.close()

    async def _answered(self, site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; say whether the connection stays."""
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        came = time.time()
        _, path, _ = lines[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        answer = site.answer(path, headers)
        began, conditional = float(headers.get(STARTED, came)), any(h.startswith("if-") for h in headers)
        ended = None if answer.way == "hang" else self.clock.now()  # before it leaves: whoever asked is not slower
        told = (path, conditional, self.clock.at(began), ended, answer.status, answer.held, self.round)
        self.seen.append(Seen(site.host, *told))
        return await _sent(answer, writer, format_datetime(moment(self.clock.now()), usegmt=True))


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.1.1", 0))
        return int(probe.getsockname()[1])


async def _sent(answer: Answer, writer: asyncio.StreamWriter, date: str) -> bool:
    """Send an answer in its way; say whether the connection stays."""
    if answer.way == "hang":
        await asyncio.sleep(_HANG)
        return False
    if answer.way == "reset":
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False
    lines = [f"HTTP/1.1 {answer.status} {_PHRASES.get(answer.status, 'Trouble')}", f"Date: {date}", *answer.headers]
    if answer.kind:
        lines.append(f"Content-Type: {answer.kind}")
    if answer.status != 304:
        lines.append(f"Content-Length: {len(answer.body)}")
    body = answer.body[: len(answer.body) // 2] if answer.way == "cut" else answer.body
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
    await writer.drain()
    return answer.way == "whole"

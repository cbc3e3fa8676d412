"""The server itself: one thread, one event loop, routes by name, and what it saw."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

CRLF = b"\r\n"
_BUFFER = 65536  # bytes that the kernel keeps for us: what is "sent" is not far ahead of what was read


class Asked(NamedTuple):
    """A request that the server saw; header names are in lower case."""

    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as a route sees it."""

    path: str  # with its query
    rest: str  # what follows the route's name
    options: Mapping[str, str]  # the query
    headers: Mapping[str, str]
    count: int  # this is the n-th request for the path, from 1
    since: float  # seconds since the first one
    base: str  # "http://127.0.0.1:8000": where it was asked
    server: Server


class Wire:
    """The way back to whoever asked; counts what it took."""

    def __init__(self, writer: asyncio.StreamWriter, server: Server, path: str) -> None:
        self._writer = writer
        self._server = server
        self._path = path

    async def raw(self, *parts: bytes) -> None:
        """Send bytes as they are, and wait until nearly all of them have left."""
        for part in parts:
            self._writer.write(part)
            await self._writer.drain()
            self._server.sent[self._path] += len(part)

    async def head(self, status: str = "200 OK", *headers: str, kind: str = "text/html; charset=utf-8") -> None:
        """Send a status line and headers; "Connection: close" is always one of them."""
        lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *headers, "Connection: close"]
        await self.raw(CRLF.join(line.encode("latin-1") for line in lines) + CRLF * 2)

    async def page(self, body: bytes | str, *headers: str, status: str = "200 OK", kind: str = "text/html") -> None:
        """Send a whole and honest response."""
        body = body.encode() if isinstance(body, str) else body
        kind = f"{kind}; charset=utf-8" if kind == "text/html" else kind
        await self.head(status, *headers, f"Content-Length: {len(body)}", kind=kind)
        await self.raw(body)

    def reset(self) -> None:
        """End the connection with a reset in the place of a goodbye."""
        plain: socket.socket = self._writer.get_extra_info("socket")
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self._writer.transport.abort()


Route = Callable[[Ask, Wire], Awaitable[None]]
ROUTES: dict[str, Route] = {}


def route(name: str) -> Callable[[Route], Route]:
    """Put a function into the table under a name; its docstring is the line that `--list` prints."""

    def put(function: Route) -> Route:
        assert name not in ROUTES
        ROUTES[name] = function
        return function

    return put


class Server:
    """The running server; a context manager. With `tls` it speaks https."""

    def __init__(
        self, hosts: Iterable[str] = ("127.0.0.1",), *, port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.hosts = tuple(hosts)
        self.port = port
        self.asked: list[Asked] = []
        self.sent: Counter[str] = Counter()  # bytes of answer that the other side took, by path
        self.connections = 0  # also those that asked for nothing
        self._first: dict[str, float] = {}
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def url(self, path: str = "/", host: str | None = None) -> str:
        """Return the address of a path."""
        return f"http{'s' if self._tls else ''}://{host or self.hosts[0]}:{self.port}{path}"

    def count(self, path: str) -> int:
        """Say how often exactly this path was asked for."""
        return sum(asked.path == path for asked in self.asked)

    @property
    def allowed(self) -> str:
        """What `-s ALLOW_PRIVATE=…` has to be for a crawl to get here."""
        return ",".join(f"{host}:{self.port}" for host in self.hosts)

    def reset(self) -> None:
        """Forget what was asked; counts and storms begin anew."""
        self.asked.clear()
        self.sent.clear()
        self._first.clear()
        self.connections = 0

    async def _listen(self) -> None:
        self._servers = []
        for host in self.hosts:
            listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)  # inherited by what it accepts
            listening.bind((host, self.port))
            self.port = listening.getsockname()[1]
            self._servers.append(await asyncio.start_server(self._serve, sock=listening, ssl=self._tls))

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            lines = (await reader.readuntil(CRLF * 2)).decode("latin-1").split("\r\n")
            _, path, _ = lines[0].split(" ", 2)
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            await self._answer(path, {name: value for name, value in headers.items() if name}, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ValueError):
            pass  # whoever asked has had enough, or said nothing that can be answered
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answer(self, path: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        self.asked.append(Asked(path, headers))
        now = time.monotonic()
        parts = urlsplit(path)
        name, _, rest = parts.path.strip("/").partition("/")
        ask = Ask(
            path=path,
            rest=rest,
            options=dict(parse_qsl(parts.query)),
            headers=headers,
            count=self.count(path),
            since=now - self._first.setdefault(path, now),
            base=f"http{'s' if self._tls else ''}://{headers.get('host', '')}",
            server=self,
        )
        wire = Wire(writer, self, path)
        if name in ROUTES:
            await ROUTES[name](ask, wire)
        else:
            await wire.page("<title>Not found</title>no such route", status="404 Not Found")

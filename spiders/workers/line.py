"""A worker as the event loop sees it: the page that it is at, the next ones already on their way, and their answers.

A worker that had to wait for the loop between two pages would stand still as long as the loop is busy; so it has the
next pages in its socket before it has answered the last. It reads them one after the other: what kills it is the page
that it is at, and those behind that are asked of another. Which pages a worker gets is `pool`'s business.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from spiders.errors import WorkerError
from spiders.surfaces.values import as_utf8
from spiders.workers.nursery import Deadline, aside, name_of
from spiders.workers.tray import SLOTS, Tray
from spiders.workers.worker import LENGTH, REACHED_OUT, STARVED

AHEAD = SLOTS  # pages at a worker: the one that it is at, and those that it reads while the loop is busy
_LARGEST = 256 << 20  # bytes of a message: no page gives as many, so these are none of ours
_PIECE = 1 << 16  # bytes that are taken from a socket in one go; room for more is asked of the system each time


@dataclass(slots=True)
class Job:
    """A page or listing to be read: the question, the seconds it may take, and what makes a value of the answer."""

    question: dict[str, Any]
    body: bytes
    seconds: float
    read: Callable[[dict[str, Any], list[Any]], Any]
    answer: asyncio.Future[Any]
    head: dict[str, Any] = field(default_factory=dict)
    rows: list[Any] = field(default_factory=list)

    def message(self, tray: Tray) -> list[memoryview]:
        """Return the question as it goes to a worker, its body laid on the tray; one that is too large follows it."""
        slot = tray.lay(self.body)
        asked = as_utf8(self.question | {"size": len(self.body), "slot": slot})
        follows = [memoryview(self.body)] if slot is None else []
        return [memoryview(LENGTH.pack(len(asked)) + asked), *follows]

    def tell(self, answer: Any) -> None:
        """Answer, unless nobody waits any more."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, error: Exception) -> None:
        """Answer with an error, unless nobody waits any more."""
        if not self.answer.done():
            self.answer.set_exception(error)


class Line:
    """The line to one worker.

    Args:
        worker: its process, the socket that leads to it, and its tray.
        end: ends it, if it has not ended itself, and says how it ended (blocks for a moment).
        told: is called when there is room for another job, `lost` when the worker is no more.
    """

    def __init__(
        self,
        worker: tuple[int, Any, Tray],
        megabytes: int,
        *,
        end: Callable[[int], int | None],
        told: Callable[[], None],
        lost: Callable[[Line], None],
    ) -> None:
        self._process, self._socket, self._tray = worker
        self._megabytes, self._end, self._told, self._lost = megabytes, end, told, lost
        self._loop = asyncio.get_running_loop()
        self.jobs: deque[Job] = deque()
        self._out: deque[memoryview] = deque()
        self._in = bytearray()
        self._blocked = False  # the socket takes no more for now
        self._deadline: Deadline | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._socket.setblocking(False)
        self._loop.add_reader(self._socket, self._readable)

    def give(self, job: Job) -> None:
        """Send the worker a job; it begins when those before it are answered."""
        self.jobs.append(job)
        if len(self.jobs) == 1:
            self._begin()
        idle = not self._out
        self._out += job.message(self._tray)
        if idle:
            self._writable()

    def close(self) -> None:
        """Hang up."""
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        if self._timer:
            self._timer.cancel()
        self._socket.close()
        self._tray.close()

    def _begin(self) -> None:
        """Count the time of the job that is first now."""
        self._deadline = Deadline(self._process, self.jobs[0].seconds)
        self._wake(self._deadline.left())

    def _wake(self, seconds: float) -> None:
        """Have the deadline looked at in so many seconds. Most jobs end long before: one timer serves many of them."""
        when = self._loop.time() + seconds
        if self._timer is None or when < self._timer.when():
            if self._timer:
                self._timer.cancel()
            self._timer = self._loop.call_at(when, self._look)

    def _look(self) -> None:
        self._timer = None
        if not self.jobs or self._deadline is None:
            return
        if not self._deadline.is_over() or self._deadline.extended():
            self._wake(self._deadline.left())
        else:
            self._give_up(f"it took more than {self.jobs[0].seconds:g} s")

    def _writable(self) -> None:
        """Send what the socket takes; the rest when it has room again."""
        try:
            while self._out:
                sent = self._socket.sendmsg(self._out)
                while self._out and sent >= len(self._out[0]):
                    sent -= len(self._out.popleft())
                if sent:
                    self._out[0] = self._out[0][sent:]
        except BlockingIOError:
            if not self._blocked:
                self._loop.add_writer(self._socket, self._writable)
                self._blocked = True
            return
        except OSError:
            self._out.clear()  # the worker is gone: the reader hears of it too, and says why
        if self._blocked:
            self._loop.remove_writer(self._socket)
            self._blocked = False

    def _readable(self) -> None:
        try:
            data = self._socket.recv(_PIECE)
            self._in += data
            while len(self._in) >= LENGTH.size:
                (size,) = LENGTH.unpack_from(self._in)
                if size > _LARGEST or not self.jobs:
                    raise EOFError
                if len(self._in) < LENGTH.size + size:
                    break
                message = orjson.loads(memoryview(self._in)[LENGTH.size : LENGTH.size + size])
                del self._in[: LENGTH.size + size]
                self._hear(message)
        except BlockingIOError:
            return
        except (OSError, EOFError, ValueError):  # ValueError: code of a site file wrote on our socket
            data = b""
        if not data:
            self._give_up()

    def _hear(self, message: dict[str, Any]) -> None:
        """Take one message of an answer; the last one ends the job."""
        job = self.jobs[0]
        job.rows += message.pop("rows", [])
        if message.pop("more", False):
            return
        self.jobs.popleft()
        if self.jobs:
            self._begin()
        try:
            job.tell(job.read(message, job.rows))
        except Exception as error:  # noqa: BLE001 - it is raised where the page is waited for
            job.fail(error)
        self._told()

    def _give_up(self, why: str | None = None) -> None:
        """Let go of the worker; the page that it was at has failed, those behind it have not."""
        self.close()
        self._lost(self)
        if self.jobs:
            self._loop.create_task(self._blame(self.jobs.popleft(), why))

    async def _blame(self, job: Job, why: str | None) -> None:
        status = await aside(self._end, self._process)
        job.fail(WorkerError(f"extraction was stopped: {why or self._last_words(status)}"))

    def _last_words(self, status: int | None) -> str:
        if status == STARVED:
            return f"it needed more than {self._megabytes} MB"
        if status == REACHED_OUT:
            return "code of a site file asked for the network or another process"
        return f"the process died ({name_of(status)})"

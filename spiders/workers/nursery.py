"""The processes of a pool: the nursery that forks workers, and how long one of them may be at a page.

What they do in there is `spiders.workers.worker`; how they are talked to is `line`, and with whom `pool`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeVar

from spiders.errors import WorkerStartError
from spiders.workers.tray import Tray
from spiders.workers.worker import END, FORK, GONE, ORDER, REPLY

P = ParamSpec("P")
T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
_LOADING = 120.0  # seconds that loading the extractors may take, on a machine that has other things to do
_BUSY = 5  # times its seconds a page may take on a machine that has other things to do


class Nursery:
    """The process that forks workers, loaded before the first page comes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):  # told by `fork`: whoever opens a pool has no page yet that could fail
            self._start()

    def _start(self) -> None:
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_LOADING)
        with theirs:
            self._process = subprocess.Popen(
                # -P: what lies in the working folder is no module of ours
                [sys.executable, "-P", "-m", "spiders.workers.worker", str(theirs.fileno())],
                env=os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},  # threads do not outlive a fork
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # a Ctrl-C is for the crawl, which lets the pages under way end
            )

    @property
    def process(self) -> int | None:
        """Its number, which is that of its group and session as well."""
        return self._process.pid if self._process else None

    def fork(self, megabytes: int) -> tuple[int, socket.socket, Tray]:
        """Return a new worker: its process, the socket that leads to it, and the memory that it shares.

        Raises:
            WorkerStartError: there is none to be had.
        """
        try:
            tray, why = Tray(), ""
        except OSError as error:
            raise WorkerStartError(f"there is no memory to share with a process for extraction: {error}") from error
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            tray.close()
            raise WorkerStartError(f"there is no socket for a process for extraction: {error}") from error
        with self._lock, theirs:
            for _ in range(2):  # it may have been killed: the first loss is not the end
                try:
                    if self._process is None:
                        self._start()
                    socket.send_fds(self._control, [ORDER.pack(FORK, megabytes)], [theirs.fileno(), tray.file])
                    return self._reply(), ours, tray
                except OSError as error:
                    why = self._post_mortem(error)
        ours.close()
        tray.close()
        raise WorkerStartError(f"the process for extraction does not start: {why}")

    def _post_mortem(self, error: OSError) -> str:
        """Say why the process cannot be talked to, and clear it away."""
        process = self._process
        if process is None or isinstance(error, TimeoutError):
            self._stop()
            return error.strerror or "it takes too long"
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it hung up, so it ends: how is worth knowing
        self._stop()
        return name_of(process.returncode)

    def end(self, worker: int) -> int | None:
        """End a worker, if it has not ended itself, and return its exit status, negative for a signal.

        None where nobody can tell any more.
        """
        with self._lock:
            try:
                self._control.sendall(ORDER.pack(END, worker))
                status = self._reply()
            except OSError:
                return None
            return None if status == GONE else os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """End it and every worker of its."""
        with self._lock:
            self._stop()

    def _reply(self) -> int:
        reply = self._control.recv(REPLY.size)
        if len(reply) < REPLY.size:
            raise ConnectionError("the nursery is gone")
        return int(REPLY.unpack(reply)[0])

    def _stop(self) -> None:
        if self._process is None:
            return
        self._control.close()
        os.killpg(self._process.pid, signal.SIGKILL)  # its workers are of its group
        self._process.wait()
        self._process = None


class Deadline:
    """When a worker must have answered: after so many seconds.

    One that is still at work gets what the machine has kept from it, up to `_BUSY` times the seconds: a page must not
    be lost because other programs were busy.
    """

    def __init__(self, process: int, seconds: float) -> None:
        self._process, self._seconds = process, seconds
        self._had = cpu_of(process)
        start = time.monotonic()
        self._until, self._last = start + seconds, start + _BUSY * seconds

    def left(self) -> float:
        """Return the seconds that it has."""
        return max(self._until - time.monotonic(), 0.0)

    def is_over(self) -> bool:
        """Say whether none of them are left."""
        return time.monotonic() >= self._until

    def extended(self) -> bool:
        """Say whether it gets more time now that it has none left: not if it waits for something else than its turn."""
        owed = self._seconds - (cpu_of(self._process) - self._had)
        if owed <= 0 or time.monotonic() >= self._last or not _is_at_work(self._process):
            return False
        self._until = min(time.monotonic() + owed, self._last)
        return True


def cpu_of(process: int) -> float:
    """Return the seconds of CPU that a process has had; 0 for one that is no more."""
    try:
        return time.clock_gettime(~process << 3 | 2)  # what clock_getcpuclockid(3) makes of a process
    except OSError:
        return 0.0


def _is_at_work(process: int) -> bool:
    """Say whether a process runs, waits for its turn or for the disk."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] in "RD"
    except OSError:
        return False


def name_of(status: int | None) -> str:
    """Say how a process ended, by its exit status."""
    if status is None:
        return "nobody saw how"
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"


async def aside(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a call returns that blocks, or raise what it raises, in a thread that no exit waits for."""
    loop = asyncio.get_running_loop()
    told: asyncio.Future[T] = loop.create_future()

    def tell(error: Exception | None, result: Any) -> None:
        if not told.done():
            told.set_exception(error) if error else told.set_result(result)

    def run() -> None:
        error: Exception | None = None
        result: T | None = None
        try:
            result = call(*args, **kwargs)
        except Exception as raised:  # noqa: BLE001 - it is raised where the call is waited for
            error = raised
        with suppress(RuntimeError):  # a second Ctrl-C has closed the loop: nobody waits any more
            loop.call_soon_threadsafe(tell, error, result)

    Thread(target=run, daemon=True).start()
    return await told

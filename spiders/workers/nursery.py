"""The processes of a pool: the nursery that forks workers, and a worker as the one who asks it sees it.

What they do in there is `spiders.workers.worker`; who asks them, and what becomes of the answers, is `pool`.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from spiders.errors import WorkerError, WorkerStartError
from spiders.workers.worker import END, FORK, LENGTH, ORDER, REACHED_OUT, REPLY, STARVED

ROOT = Path(__file__).resolve().parents[2]
_LOADING = 120.0  # seconds that loading the extractors may take, on a machine that has other things to do
_BUSY = 5  # times its seconds a page may take on a machine that has other things to do
_LARGEST = 256 << 20  # bytes of a message: no page gives as many, so these are none of ours


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

    def fork(self, megabytes: int) -> tuple[int, socket.socket]:
        """Return a new worker: its process and the socket that leads to it.

        Raises:
            WorkerStartError: there is none to be had.
        """
        ours, theirs = socket.socketpair()
        why = ""
        with self._lock, theirs:
            for _ in range(2):  # it may have been killed: the first loss is not the end
                try:
                    if self._process is None:
                        self._start()
                    socket.send_fds(self._control, [ORDER.pack(FORK, megabytes)], [theirs.fileno()])
                    return self._reply(), ours
                except OSError as error:
                    why = self._post_mortem(error)
        ours.close()
        raise WorkerStartError(f"the process for extraction does not start: {why}")

    def _post_mortem(self, error: OSError) -> str:
        """Say why the process cannot be talked to, and clear it away."""
        process = self._process
        if process is None or isinstance(error, TimeoutError):
            self._stop()
            return error.strerror or "it takes too long"
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it hung up, so it ends: how is worth knowing
        self._stop()
        return _name(process.returncode)

    def end(self, worker: int) -> int | None:
        """End a worker, if it has not ended itself, and return its exit status, negative for a signal.

        None where nobody can tell any more.
        """
        with self._lock:
            try:
                self._control.sendall(ORDER.pack(END, worker))
                return os.waitstatus_to_exitcode(self._reply())
            except OSError:
                return None

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
        self._control.close()
        if self._process is not None:
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
        """Return the seconds that it has; never 0, which would tell a socket not to wait at all."""
        return max(self._until - time.monotonic(), 0.001)

    def last(self) -> float:
        """Return the seconds that it can have at most."""
        return max(self._last - time.monotonic(), 0.001)

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


class Worker:
    """A process that reads a page at a time."""

    def __init__(self, nursery: Nursery, megabytes: int) -> None:
        self._nursery = nursery
        self._megabytes = megabytes
        self.process, self._line = nursery.fork(megabytes)

    def ask(self, question: dict[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any], list[Any]]:
        """Return the head and the rows of the answer.

        Raises:
            WorkerError: there was none, or none in time; the worker is no more.
        """
        self._deadline = Deadline(self.process, seconds)
        try:
            asked = json.dumps(question | {"size": len(body)}).encode()
            self._send(LENGTH.pack(len(asked)) + asked)
            self._send(body)
            head: dict[str, Any] = self._message()
            rows: list[Any] = head.pop("rows", [])
            more = head.pop("more", False)
            while more:
                message = self._message()
                rows += message["rows"]
                more = message["more"]
        except TimeoutError:
            self.end()
            raise WorkerError(f"extraction was stopped: it took more than {seconds:g} s") from None
        except (OSError, EOFError, ValueError):  # ValueError: code of a site file wrote on our socket
            raise WorkerError(f"extraction was stopped: {self._last_words(self.end())}") from None
        return head, rows

    def end(self) -> int | None:
        """End the process, if it has not ended itself, and return its exit status."""
        self._line.close()
        return self._nursery.end(self.process)

    def _send(self, data: bytes) -> None:
        self._line.settimeout(self._deadline.last())  # a worker that is asked has nothing else to do than to read
        self._line.sendall(data)

    def _message(self) -> Any:
        (size,) = LENGTH.unpack(self._received(LENGTH.size))
        if size > _LARGEST:
            raise EOFError
        return json.loads(self._received(size).decode("utf-8", "surrogatepass"))

    def _received(self, size: int) -> bytearray:
        buffer = bytearray(size)
        rest = memoryview(buffer)
        while rest:
            self._line.settimeout(self._deadline.left())
            try:
                count = self._line.recv_into(rest)
            except TimeoutError:
                if self._deadline.extended():
                    continue
                raise
            if not count:
                raise EOFError
            rest = rest[count:]
        return buffer

    def _last_words(self, status: int | None) -> str:
        if status == STARVED:
            return f"it needed more than {self._megabytes} MB"
        if status == REACHED_OUT:
            return "code of a site file asked for the network or another process"
        return f"the process died ({_name(status)})"


def _name(status: int | None) -> str:
    if status is None:
        return "nobody saw how"
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"

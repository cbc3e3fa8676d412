"""A file that takes another's place, whole or not at all: a crash or a full disk leaves the one that was there."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from spiders.errors import ExportError

_BUFFER = 1 << 20


@contextmanager
def replacement(path: Path) -> Iterator[BinaryIO]:
    """Open a new file; when the block ends well it is on the disk under the name of `path`, with what rights that had.

    It is written beside `path` under a hidden name, which one writer at a time may have: a writer that was killed
    leaves it behind, and the next takes it over.

    Raises:
        ExportError: another export is writing the same file, or `path` is no file.
        OSError: it cannot be written; `path` is as it was, but where this comes from syncing the folder.
    """
    path = path.resolve()
    part = path.with_name(f".{path.name}.part")
    old = path.stat() if path.exists() else None
    if old and not stat.S_ISREG(old.st_mode):
        raise ExportError(f"{path} cannot be written: it is no ordinary file")
    handle = _taken(part, path)
    file = os.fdopen(handle, "wb", _BUFFER)
    try:
        with ExitStack() as undo:
            undo.callback(part.unlink, missing_ok=True)  # whatever stops it, an interrupt too
            if old:
                os.fchmod(handle, stat.S_IMODE(old.st_mode))
            yield file
            file.flush()
            os.fsync(handle)
            os.replace(part, path)
            undo.pop_all()
    finally:
        with suppress(OSError):  # what is left in its buffer belongs to a file that is no more
            file.close()
    _sync_folder(path.parent)


def _taken(part: Path, path: Path) -> int:
    """Open and lock the part; return its descriptor."""
    while True:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(handle, part):
                os.ftruncate(handle, 0)
                return handle
        except BlockingIOError:
            os.close(handle)
            raise ExportError(f"{path} is being written by another export") from None
        except OSError:
            os.close(handle)
            raise
        os.close(handle)  # its last writer has just finished with it: what we hold is in place, under another name


def _is_at(handle: int, part: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), part.stat())
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

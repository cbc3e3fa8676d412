"""How far an export or a replay is: one moving line on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.text import Text

from spiders.surfaces.terminal import console, printable

_EVERY = 10.0  # seconds between two lines where there is no terminal
_STEP = 100  # items between two looks at the clock or the line, where each is soon done

T = TypeVar("T")


@contextmanager
def followed(items: Iterable[T], name: str, step: int = _STEP) -> Iterator[Iterator[T]]:
    """Give the items on, and tell on standard error how many have passed."""
    if not sys.stderr.isatty():
        yield _logged(items, name, step)
        return
    with console(stderr=True).status(Text(printable(name))) as status:

        def shown() -> Iterator[T]:
            for count, item in enumerate(items):
                if count % step == 0:
                    status.update(Text(printable(f"{name}: {count:,}")))
                yield item

        yield shown()


def _logged(items: Iterable[T], name: str, step: int) -> Iterator[T]:
    told = time.monotonic()
    for count, item in enumerate(items):
        if count % step == 0 and time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            print(printable(f"{name}: {count:,}"), file=sys.stderr)
        yield item

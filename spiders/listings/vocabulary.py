"""The words that folders, files and hosts are called after, as `words.toml` has them, by word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple


class Word(NamedTuple):
    """What a word of an address says of what lies there: `firm` words decide, the others weigh.

    `part`: it decides as a part of a folder's name as well.
    """

    kind: str
    said: str
    firm: bool
    part: bool = False


def _loaded() -> dict[str, Word]:
    kinds = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return {
        word: Word(kind, told["said"], weight != "faint", weight == "part")
        for kind, told in kinds.items()
        for weight in ("faint", "firm", "part")
        for word in told.get(weight, "").split()
    }


KINDS = _loaded()

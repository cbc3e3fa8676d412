"""The words that folders, files and hosts are called after, as `words.toml` has them, by word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple


class Word(NamedTuple):
    """What a word of an address says of what lies there: `firm` words decide, the others weigh."""

    kind: str
    said: str
    firm: bool


def _loaded() -> dict[str, Word]:
    kinds = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return {
        word: Word(kind, told["said"], firm == "firm")
        for kind, told in kinds.items()
        for firm in ("faint", "firm")
        for word in told[firm].split()
    }


KINDS = _loaded()

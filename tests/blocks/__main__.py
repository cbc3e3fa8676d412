"""Print how the answers are judged: `python -m tests.blocks [--all]`; without --all those that are not held out."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.blocks import answers
from tests.blocks.judging import Judged, judged


def main() -> None:
    """Print what is wrong, and the sums: of those seen while the rules were written, with --all of those held out."""
    with TemporaryDirectory() as folder:
        verdicts, _ = judged(Path(folder), answers())
    for held_out in (False, True) if "--all" in sys.argv else (False,):
        part = [verdict for verdict in verdicts if verdict.answer.held_out is held_out]
        for verdict in part:
            if not verdict.is_right:
                print(
                    f"{verdict.answer.name}: {verdict.kind} for {' or '.join(verdict.answer.kinds)}: {verdict.reason}"
                )
        print(_sum(part, "held out" if held_out else "seen"))


def _sum(part: list[Judged], name: str) -> str:
    walls = [verdict for verdict in part if not verdict.answer.is_article]
    stories = [verdict for verdict in part if verdict.answer.is_article]
    taken = sum(verdict.is_stored for verdict in walls)
    refused = sum(not verdict.is_stored for verdict in stories)
    right = sum(verdict.is_right for verdict in part)
    return (
        f"{name}: {taken} of {len(walls)} walls taken for articles, {refused} of {len(stories)} articles refused, "
        f"{right} of {len(part)} right in kind and text"
    )


if __name__ == "__main__":
    main()

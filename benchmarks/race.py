"""Every page of a corpus through one tool, several times over: the bodies, and the best time of each page.

The tool runs in a child process (`trial`). One that dies on a page, or takes longer than `PATIENCE`, is started anew
for the next; that page counts as empty and as a crash, and its cost is not known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

from benchmarks.tools import Tool
from benchmarks.trial import READY, Answer
from spiders.specimens.corpora import Sample

PATIENCE = 120.0  # seconds for one page, or for loading the tool
ROOT = Path(__file__).resolve().parent.parent
CHILD = (sys.executable, "-m", "benchmarks.trial")
DIED = "the process died, or took too long"


class BrokenToolError(Exception):
    """A tool that is installed does not load; what it said stands on standard error."""


class Process:
    """The child that runs a tool; one that died is started anew when it is asked next."""

    def __init__(self, tool: Tool, patience: float = PATIENCE) -> None:
        self.tool = tool
        self.patience = patience
        self.child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def ask(self, sample: Sample) -> Answer | None:
        """Return what came of a page; None where the child did not outlive it.

        Raises:
            BrokenToolError: the tool does not even load.
        """
        line = self._said({"page": str(sample.page.resolve()), "url": sample.url})
        return Answer(**json.loads(line)) if line else None

    def end(self) -> None:
        """Stop the child."""
        if child := self.child:
            self.child = None
            child.kill()
            child.communicate()

    def _said(self, question: dict[str, str]) -> str:
        if self.child is None:
            command, pipe = [*CHILD, self.tool.name], subprocess.PIPE
            self.child = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="utf-8")
            if self._line(self.child, "", PATIENCE) != READY:
                raise BrokenToolError(f"{self.tool.name} does not load")
        return self._line(self.child, json.dumps(question) + "\n", self.patience)

    def _line(self, child: subprocess.Popen[str], question: str, patience: float) -> str:
        """Return the child's next line; it is empty, and the child no more, where none comes in time."""
        assert child.stdin
        assert child.stdout
        limit = Timer(patience, child.kill)
        limit.start()
        try:
            child.stdin.write(question)
            child.stdin.flush()
            line = child.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            limit.cancel()
        if not line.endswith("\n"):
            self.end()
            return ""
        return line.rstrip("\n")


@dataclass
class Run:
    """What came of one tool on a corpus: bodies in the order of the pages, all else by a page's id."""

    bodies: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)  # it gave no body
    crashed: dict[str, str] = field(default_factory=dict)  # what happened
    cpu: dict[str, float] = field(default_factory=dict)  # best seconds
    parse: dict[str, float] = field(default_factory=dict)  # the same for the bare parse
    peak: float = 0.0  # MiB

    @property
    def times_parse(self) -> float:
        """What all pages cost, as a multiple of their bare parse."""
        return sum(self.cpu.values()) / (sum(self.parse.values()) or float("inf"))

    @property
    def p99(self) -> float:
        """The milliseconds that ninety-nine of a hundred pages stay within."""
        return sorted(self.cpu.values())[int(0.99 * len(self.cpu))] * 1000 if self.cpu else 0.0


def run(
    tool: Tool,
    samples: Sequence[Sample],
    passes: int,
    tick: Callable[[], object] = lambda: None,
    *,
    patience: float = PATIENCE,
) -> Run:
    """Read every page once for its body and to warm up, then `passes` times for the best of its times.

    Args:
        tick: called after every page of every pass.
        patience: seconds to wait for one page.

    Raises:
        BrokenToolError: the tool does not load.
    """
    result = Run()
    with Process(tool, patience) as process:
        for sample in samples:
            _read(result, sample, process.ask(sample))
            tick()
        for _ in range(passes):
            for sample in samples:
                if result.crashed.get(sample.id) != DIED:
                    _weigh(result, sample, process.ask(sample))
                tick()
    return result


def _read(result: Run, sample: Sample, answer: Answer | None) -> None:
    result.bodies.append((answer.body or "") if answer else "")
    if answer is None or answer.error:
        result.crashed[sample.id] = answer.error or DIED if answer else DIED
    elif not answer.body:
        result.refused.add(sample.id)


def _weigh(result: Run, sample: Sample, answer: Answer | None) -> None:
    if answer is None:
        result.crashed[sample.id] = DIED
        return
    result.cpu[sample.id] = min(result.cpu.get(sample.id, float("inf")), answer.cpu)
    result.parse[sample.id] = min(result.parse.get(sample.id, float("inf")), answer.parse)
    result.peak = max(result.peak, answer.peak)

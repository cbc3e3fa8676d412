"""Every regular expression of ours is linear: no page can make one take for ever.

Python's `re` tries again and again, so that RE2 takes a pattern (most of ours) says nothing of what it costs us: time
is compared at two sizes of each attack (`tests/attacks.py`), and only where it is large.
"""

from __future__ import annotations

import ast
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import re2

from tests.attacks import Attack, attacks
from tests.conftest import ROOT

# Not linear where they are searched for in anything, and of no harm: what they read is said here.
SHORT = {
    "extractors/engine/people/names.py _ASIDE": "a byline is at most people.names._LONGEST_LINE characters",
    "extractors/engine/people/names.py _WEB": "a byline is at most people.names._LONGEST_LINE characters",
    "extractors/engine/people/names.py _HARD": "a byline is at most people.names._LONGEST_LINE characters",
    "extractors/engine/people/names.py _SOFT": "a byline is at most people.names._LONGEST_LINE characters",
    "extractors/engine/people/names.py _CLOCK": "a byline is at most people.names._LONGEST_LINE characters",
    "extractors/engine/people/openers.py pattern": "a byline is at most people.names._LONGEST_LINE characters",
    "extractors/engine/dates/hidden.py _WORD_END": "it sees 16 bytes",
    "spiders/verbs/checkup.py _FLOOR": "it reads our own pyproject.toml",
    "spiders/exports/warc.py _SIGNS": "they are tried at the beginning of a body only",
}
FIRST, SMALL, LARGE = 3_000, 8_000, 16_000  # characters of an attack
QUIET = 0.004  # seconds for the first, below which nothing can be a square
LOUD = 0.1  # seconds for the large one, which a square has at a nanosecond a step
MOST = 2.9  # times as long for twice as much; a square takes 4
LIMIT = 2.0  # seconds of CPU after which an attack has won

COLLECT = """
import importlib, json, pkgutil, re, sys
found, compiled = {}, re._compile
def spy(pattern, flags):
    place = sys._getframe(2)
    name = place.f_code.co_filename
    if isinstance(pattern, (str, bytes)) and name.startswith(ROOMS):
        is_text = isinstance(pattern, str)
        text = pattern if is_text else pattern.decode("latin-1")
        found[text, int(flags), is_text] = (name[len(ROOT) + 1:], place.f_lineno)
    return compiled(pattern, flags)
ROOT = sys.argv[1]
ROOMS = (ROOT + "/extractors", ROOT + "/spiders")
re._compile = spy
for room in ("extractors", "spiders"):
    for module in pkgutil.walk_packages(importlib.import_module(room).__path__, room + "."):
        importlib.import_module(module.name)
from tests.gazette import STORIES, page, paragraphs, read
for language, story in STORIES.items():
    read(page(paragraphs(*story), language=language))
print(json.dumps([[*key, *place] for key, place in found.items()]))
"""


@cache
def patterns() -> dict[str, re.Pattern[Any]]:
    """Return every pattern by where it stands: those that modules and pages have compiled, and those in calls."""
    command = [sys.executable, "-c", COLLECT, str(ROOT)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, re.Pattern[Any]] = {}
    for text, flags, is_text, file, line in json.loads(done.stdout):
        place = f"{file} {names_of(ROOT / file).get(line, line)}"
        twins = sum(known.partition(" #")[0] == place for known in found)
        found[f"{place} #{twins + 1}" if twins else place] = re.compile(
            text if is_text else text.encode("latin-1"), flags
        )
    return found | {place: re.compile(text) for place, text in inline()}


@cache
def names_of(file: Path) -> dict[int, str]:
    """Say to which name each line of a file's assignments belongs."""
    names: dict[int, str] = {}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Assign):
            target = node.targets[0].elts[0] if isinstance(node.targets[0], ast.Tuple) else node.targets[0]
            names |= dict.fromkeys(range(node.lineno, (node.end_lineno or 0) + 1), ast.unparse(target))
    return names


def inline() -> Iterator[tuple[str, Any]]:
    """Yield the patterns that are written into calls, which importing a module does not compile."""
    for path in sorted(p for room in ("extractors", "spiders") for p in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_call = isinstance(node, ast.Call) and re.fullmatch(r"re\.(?!escape|compile)\w+", ast.unparse(node.func))
            if is_call and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
                yield f"{path.relative_to(ROOT)} {ast.unparse(node.func)}:{node.lineno}", node.args[0].value  # type: ignore[attr-defined]


def is_searched_for(place: str) -> bool:
    """Say whether a pattern may be tried at every letter of a text, and not at one place only."""
    file, name, *_ = place.split()
    if name.startswith("re."):
        return not name.startswith(("re.match", "re.fullmatch"))
    calls = {
        node.attr
        for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }
    return not calls or not calls <= {"match", "fullmatch"}


def seconds(pattern: re.Pattern[Any], attack: Attack, size: int, *, searched: bool) -> float:
    """Return how long a pattern takes over an attack of a size."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before, piece, behind = attack
    text: Any = before + piece * (size // len(piece)) + behind
    if isinstance(pattern.pattern, bytes):
        text = text.encode("latin-1", "replace")
    old = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    start = time.process_time()
    try:
        if searched:
            for _ in pattern.finditer(text):
                pass
        else:
            pattern.match(text)
            pattern.fullmatch(text)
        return time.process_time() - start
    except TimeoutError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old)


def beaten(pattern: re.Pattern[Any], *, searched: bool) -> Attack | None:
    """Return an attack over which a pattern takes more than linear time, if there is one."""
    for attack in attacks(pattern):
        if seconds(pattern, attack, 30, searched=searched) == float("inf"):
            return attack
        first = seconds(pattern, attack, FIRST, searched=searched)
        if first == float("inf"):
            return attack
        if first < QUIET:
            continue
        large = seconds(pattern, attack, LARGE, searched=searched)
        if large < LOUD:
            continue
        large = min(large, seconds(pattern, attack, LARGE, searched=searched))
        if large > MOST * min(seconds(pattern, attack, SMALL, searched=searched) for _ in range(3)):
            return attack
    return None


def test_every_pattern_is_linear() -> None:
    found = patterns()
    assert len(found) > 150
    slow = {
        place: attack
        for place, pattern in found.items()
        if place.partition(" #")[0] not in SHORT and (attack := beaten(pattern, searched=is_searched_for(place)))
    }
    if slow:
        pytest.fail("\n".join(f"{place}: {attack!r} many times over" for place, attack in slow.items()), pytrace=False)


def test_what_is_excused_is_still_there() -> None:
    assert set(SHORT) <= set(patterns())


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"(a|a)*$", r".*\|.*\|.*\|x", r"\s+$", r"<[^>]*?x", r"(\w+\s?)*:", r"a*?a*?b"]
)
def test_a_pattern_that_is_not_linear_is_found(pattern: str) -> None:
    assert beaten(re.compile(pattern), searched=True)


@pytest.mark.parametrize("pattern", [r"[a-z]+", r"\d{1,4}-\d{2}", r"(?<!\s)\s++$", r'"[^"]*"'])
def test_a_pattern_that_is_linear_is_let_pass(pattern: str) -> None:
    assert beaten(re.compile(pattern), searched=True) is None


def test_the_phrases_of_noise_are_plain_regular_expressions() -> None:
    """RE2 takes them all: no back-reference and nothing else that could make them depend on what was read before."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 64 << 20
    phrases = {place: p for place, p in patterns().items() if place.startswith("extractors/engine/lexicon/")}
    assert phrases
    for place, pattern in phrases.items():
        with_flags = f"(?i){pattern.pattern}" if pattern.flags & re.IGNORECASE else pattern.pattern
        assert re2.compile(with_flags, options), place

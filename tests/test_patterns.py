"""Every regular expression of ours is linear: no page can make one take for ever.

Python's `re` tries again and again, so that RE2 takes a pattern (most of ours) says nothing of what it costs us: its
steps (`tests/steps.py`) over three sizes of each attack (`tests/attacks.py`) are compared.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import re2

from tests.attacks import Attack, attacks
from tests.conftest import ROOT
from tests.steps import Counted, TooManyError

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
TIMES = 16  # an attack's piece, and twice and three times as often: what is linear adds as many steps each time
SQUARE = TIMES**2 // 2  # steps: what a look at all pairs of pieces takes, and as it grows adds twice as many each time

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


def beaten(pattern: re.Pattern[Any], *, searched: bool) -> Attack | None:
    """Return an attack over which a pattern takes more than linear steps, if there is one."""
    counted = Counted(pattern)
    for before, piece, behind in attacks(pattern):
        try:
            once = counted.over(before + piece * TIMES + behind, searched=searched)
            if once < SQUARE:
                continue
            twice, thrice = (counted.over(before + piece * TIMES * n + behind, searched=searched) for n in (2, 3))
        except TooManyError:
            return before, piece, behind
        if (thrice - twice) - (twice - once) > SQUARE:
            return before, piece, behind
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
    "pattern",
    [
        r"(a+)+$",
        r"(a|a)*$",
        r".*\|.*\|.*\|x",
        r"\s+$",
        r"<[^>]*?x",
        r"<[^>]*>",
        r"\s*\|",
        r"(\w+\s?)*:",
        r"a*?a*?b",
        r"\bpier\b.*\bend\b",
        r'"(?:[^"\\]|\\.)*"',
    ],
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

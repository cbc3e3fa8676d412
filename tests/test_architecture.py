"""What holds for the code as a whole: the tools pass, imports point one way, house rules that can be checked are kept.

Each tool runs as a person would run it, configured in `pyproject.toml`; what it prints is the failure's text.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from scrapy.settings import Settings

import extractors
from extractors.article import BODY_LABELS, FIELD_LABELS, Label
from spiders.roster import Roster
from spiders.status import ExitStatus
from spiders.verbs.inspection import complaints
from tests.conftest import ROOT

MAX_LINES = 280
CODE = sorted(p for room in ("extractors", "spiders") for p in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
BENCHMARKS = sorted((ROOT / "benchmarks").rglob("*.py"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")  # in pieces, so that this file passes
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PINS = {"requirements.txt": PROJECT["project"]["dependencies"]}
for group in ("dev", "peers"):
    PINS[f"requirements-{group}.txt"] = PINS["requirements.txt"] + PROJECT["dependency-groups"][group]

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"  # it cannot be run with -m


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in the project's folder."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def fail_with(found: Iterator[str]) -> None:
    if lines := list(found):
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        pytest.param(("-m", "ruff", "check", "--output-format", "concise", "."), "All checks passed", id="ruff check"),
        pytest.param(
            ("-m", "ruff", "format", "--check", "--output-format", "concise", "."),
            "already formatted",
            id="ruff format",
        ),
        pytest.param(("-m", "mypy"), "Success", id="mypy"),
        pytest.param(("-c", LINT_IMPORTS, "--no-cache", "--no-logo"), " 0 broken", id="import contracts"),
    ],
)
def test_tool_passes(command: tuple[str, ...], said: str) -> None:
    done = run(*command)
    if done.returncode or said not in done.stdout:
        pytest.fail(f"exit status {done.returncode}\n{done.stdout}\n{done.stderr}", pytrace=False)


def test_importing_extractors_brings_in_nothing_heavy() -> None:
    heavy = ["scrapy", "twisted", "vcr", "trafilatura", "lxml", "numpy"]
    done = run("-c", f"import extractors, sys; print(*(m for m in {heavy} if m in sys.modules))")
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_the_door_of_extractors_lists_all_that_it_opens_to() -> None:
    modules = {p.stem for p in (ROOT / "extractors").iterdir()}
    public = {n for n in vars(extractors) if not n.startswith("_")} - modules
    assert public == set(extractors.__all__) - modules
    for exported in extractors.__all__:
        assert getattr(extractors, exported).__doc__, f"{exported} is not documented"


def test_every_spider_file_loads_and_names_its_spider_after_itself() -> None:
    settings = Settings()
    settings.setmodule("spiders.settings")
    roster = Roster(settings)
    assert roster.broken == {}
    assert sorted(roster.list()) == sorted(
        {p.stem for p in (ROOT / "spiders" / "sites").glob("*.py")} - {"__init__"} | {"article"}
    )


def test_no_file_is_too_long() -> None:
    lengths = {name(p): len(p.read_text("utf-8").splitlines()) for p in CODE}
    fail_with(
        f"{path}: {n} lines, at most {MAX_LINES}: which room do the rest belong to?"
        for path, n in lengths.items()
        if n > MAX_LINES
    )


def test_nothing_is_left_unfinished() -> None:
    files = [*CODE, *TESTS, *BENCHMARKS, *PAGES, *(ROOT / "extractors").rglob("*.toml"), ROOT / "pyproject.toml"]
    fail_with(
        f"{name(path)}:{n}: {line.strip()}"
        for path in files
        for n, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    )


def test_no_spider_starts_in_the_way_that_scrapy_ignores() -> None:
    fail_with(
        f"{name(path)}:{node.lineno}: start_requests is never called: write async def start(self)"
        for path in [*CODE, *TESTS]
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.name == "start_requests"
    )


def test_site_files_import_nothing_but_extractors_and_what_works_on_values() -> None:
    fail_with(sentence for path in (ROOT / "extractors" / "sites").glob("[a-z]*.py") for sentence in complaints(path))


def test_whoever_catches_everything_says_why() -> None:
    fail_with(
        f"{name(path)}:{handler.lineno}: {line.strip()}"
        for path in CODE
        for handler, line in _handlers(path)
        if handler.type is None or (_is_broad(handler.type) and not re.search(r"#\s*\w", line))
    )


def _handlers(path: Path) -> Iterator[tuple[ast.ExceptHandler, str]]:
    lines = path.read_text("utf-8").splitlines()
    yield from ((n, lines[n.lineno - 1]) for n in ast.walk(parsed(path)) if isinstance(n, ast.ExceptHandler))


def _is_broad(caught: ast.expr) -> bool:
    return any(isinstance(n, ast.Name) and n.id in ("Exception", "BaseException") for n in ast.walk(caught))


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    ways = {"skip", "skipif", "xfail", "importorskip"}
    fail_with(
        f"{name(path)}:{node.lineno}: {node.attr}"
        for path in TESTS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in ways
        and ast.unparse(node.value) in ("pytest", "pytest.mark")
    )


def pins(path: Path) -> Iterator[Requirement]:
    """Read a file of pins; fail on whatever else stands in it."""
    text = re.sub(r"^\s*#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    for line in text.replace("\\\n", " ").splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        assert hashes, f"{path.name}: not a pin with hashes: {line}"
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", h) for h in hashes), f"{path.name}: {line}"
        pin = Requirement(requirement)
        assert pin.url is None, f"{path.name}: {line}"
        assert [s.operator for s in pin.specifier] == ["=="], f"{path.name}: {line}"
        yield pin


@pytest.mark.parametrize("file", PINS)
def test_every_dependency_is_pinned(file: str) -> None:
    pinned = {canonicalize_name(p.name): next(iter(p.specifier)).version for p in pins(ROOT / file)}
    for wanted in map(Requirement, PINS[file]):
        version = pinned.get(canonicalize_name(wanted.name))
        assert version, f"{wanted.name} is not in {file}"
        assert wanted.specifier.contains(version), f"{file} pins {wanted.name} to {version}, pyproject.toml: {wanted}"


def test_users_and_developers_have_the_same_versions() -> None:
    def key(pin: Requirement) -> tuple[str, Marker | None]:
        return canonicalize_name(pin.name), pin.marker

    files = ("requirements.txt", "requirements-dev.txt")
    few, many = ({key(p): str(p.specifier) for p in pins(ROOT / file)} for file in files)
    assert few.items() <= many.items()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    named = re.findall(r"`((?:extractors|spiders|tests|cassettes|docs|benchmarks|\.ci)/[\w./-]+)`", text)
    fail_with(f"{name(page)}: no such file: {t}" for t in links if not _leads(page, *t.partition("#")[::2]))
    fail_with(f"{name(page)}: no such file: {path}" for path in named if not (ROOT / path).exists())


def _leads(page: Path, target: str, heading: str) -> bool:
    file = page.parent / target if target else page
    if not file.exists():
        return False
    headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), flags=re.MULTILINE) if heading else []
    return not heading or heading in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}


def test_the_design_lists_every_label_where_it_belongs() -> None:
    rows = dict(
        re.findall(
            r"^\| (body|fields|removed) \| (.*) \|$",
            (ROOT / "docs" / "design.md").read_text("utf-8"),
            flags=re.MULTILINE,
        )
    )
    told = {kind: set(labels.split(", ")) for kind, labels in rows.items()}
    removed = set(Label) - BODY_LABELS - FIELD_LABELS
    assert told == {"body": BODY_LABELS, "fields": FIELD_LABELS, "removed": removed}


def test_the_readme_tells_the_exit_statuses_and_the_command_of_ci() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    told = [int(n) for n in re.findall(r"^\| (\d+) \|", readme, flags=re.MULTILINE)]
    assert told == sorted(ExitStatus), "the table of exit statuses"
    command = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()[-1]
    assert f"\n{command}\n" in readme

"""Site files as text: noise that a person accepted is written into one, and all else in it stays as it stands."""

from __future__ import annotations

import ast
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from extractors import Label, SiteError
from extractors.registry import FOLDER, tried
from extractors.site import Site
from spiders.exports import failure
from spiders.exports.replacement import replacement

_INDENT = " " * 4
_BOM = "\ufeff"  # what some editors put before a text
_COMMA = re.compile(r"(?:\s|#[^\n]*\n)*,")


def path_for(domain: str) -> Path:
    """Return where the file of a site belongs: in the user's own folder, where COPYDESK_SITES names one."""
    own = os.environ.get("COPYDESK_SITES")
    return (Path(own) if own else FOLDER) / f"{re.sub(r'[^a-z0-9]+', '_', domain.lower())}.py"


def begun(domain: str, body: str) -> str:
    """Return a new site file, with a template that says where the body stands.

    >>> print(begun("news-desk.example", ".copy"))
    \"\"\"news-desk.example.\"\"\"
    <BLANKLINE>
    from extractors.site import Site
    <BLANKLINE>
    <BLANKLINE>
    class NewsDesk(Site):
        domains = ("news-desk.example",)
        body = ".copy"
    <BLANKLINE>
    """
    name = "".join(word.capitalize() for word in re.split(r"[^a-z0-9]+", domain.lower().split(".")[0]))
    name = name if name[:1].isalpha() else f"Site{name}"
    return (
        f'"""{domain}."""\n\nfrom extractors.site import Site\n\n\nclass {name}(Site):\n'
        f"    domains = ({_literal(domain)},)\n    body = {_literal(body)}\n"
    )


def with_noise(text: str, template: str, noise: Mapping[str, Label]) -> str:
    """Return the text of a site file in which a template calls more selectors noise.

    Raises:
        SiteError: the text is no Python, or has no such class on lines of its own.
    """
    if "\r\n" in text:
        return with_noise(text.replace("\r\n", "\n"), template, noise).replace("\n", "\r\n")
    if text.startswith(_BOM):
        return _BOM + with_noise(text.removeprefix(_BOM), template, noise)
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise SiteError(f"the site file cannot be read: {error.msg}, line {error.lineno}") from error
    found = next((n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == template), None)
    if found is None:
        raise SiteError(f"the site file holds no class {template}")
    entries = [f"{_literal(selector)}: Label.{label.name}" for selector, label in noise.items()]
    told = [s for s in found.body if isinstance(s, ast.Assign | ast.AnnAssign) and _target(s) == "noise"]
    edited = _more(text, told[-1], entries) if told else _new(text, found, entries)
    return _with_label(edited)


def check(path: Path, text: str) -> tuple[Site, ...]:
    """Run the text of a site file aside from its place; return its templates, the newest first.

    Raises:
        SiteError: it cannot be run, or says something wrong.
    """
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        aside = Path(folder) / path.name
        aside.write_text(text, "utf-8")
        return tried(aside)


def write(path: Path, text: str) -> None:
    """Check a site file and put it in its place, whole or not at all.

    Raises:
        SiteError: it says something wrong; what was there is as it was.
        ExportError: it cannot be written.
    """
    check(path, text)
    try:
        with replacement(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise failure(str(path), error) from error


def _target(statement: ast.Assign | ast.AnnAssign) -> str:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    return target.id if isinstance(target, ast.Name) else ""


def _more(text: str, told: ast.Assign | ast.AnnAssign, entries: list[str]) -> str:
    """Add entries to the noise that a class has."""
    value = told.value
    if value is None:
        raise SiteError(f"line {told.lineno} of the site file announces a noise and gives none")
    start, end = _span(text, value)
    if not isinstance(value, ast.Dict):
        return text[:start] + _dict([f"**({text[start:end]})", *entries], _indent(text, told)) + text[end:]
    closing = text.rfind("\n", start, end) + 1
    if not closing or text[closing : end - 1].strip():  # on one line, or its brace stands behind the last entry
        pairs = zip(value.keys, value.values, strict=True)
        known = [f"{_source(text, key)}: {_source(text, v)}" if key else f"**{_source(text, v)}" for key, v in pairs]
        return text[:start] + _dict([*known, *entries], _indent(text, told)) + text[end:]
    last = _span(text, value.values[-1])[1] if value.values else start + 1
    comma = "," if value.values and not _COMMA.match(text[last:end]) else ""
    more = "".join(f"{_indent(text, told)}{_INDENT}{entry},\n" for entry in entries)
    return text[:last] + comma + text[last:closing] + more + text[closing:]


def _new(text: str, found: ast.ClassDef, entries: list[str]) -> str:
    """Give a class its first noise, beside what it inherits."""
    if found.body[0].lineno == found.lineno:
        raise SiteError(f"the class {found.name} stands on one line: put what it says on lines of their own")
    said = [s for s in found.body if isinstance(s, ast.Assign | ast.AnnAssign)]
    inherited = [f"**{_source(text, base)}.noise" for base in found.bases if _source(text, base) != "Site"]
    if not said:  # what says nothing inherits all: after its docstring, or whatever it begins with
        said = found.body[:1]  # type: ignore[assignment]
    lines = text.split("\n")
    at = said[-1].end_lineno or said[-1].lineno
    indent = _indent(text, found.body[0])
    noise = f"{indent}noise = {_dict([*inherited, *entries], indent)}"
    return "\n".join([*lines[:at], noise, *(lines[at:] or [""])])


def _with_label(text: str) -> str:
    """Import `Label` where that is not done yet."""
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
    if any((name.asname or name.name) == "Label" for node in imports for name in node.names):
        return text
    ours = next((n for n in imports if isinstance(n, ast.ImportFrom) and n.module == "extractors.site"), None)
    if ours is None:
        at = _span(text, imports[-1])[1] if imports else 0
        return f"{text[:at]}\nfrom extractors.site import Label{text[at:]}"
    names = sorted([*(ast.unparse(name) for name in ours.names), "Label"])
    start, end = _span(text, ours)
    return f"{text[:start]}from extractors.site import {', '.join(names)}{text[end:]}"


def _dict(entries: list[str], indent: str) -> str:
    lines = "".join(f"{indent}{_INDENT}{entry},\n" for entry in entries)
    return f"{{\n{lines}{indent}}}"


def _indent(text: str, node: ast.stmt) -> str:
    """Return what the line of a statement begins with: blanks, or tabs."""
    line = text.split("\n")[node.lineno - 1]
    return line[: len(line) - len(line.lstrip())]


def _source(text: str, node: ast.expr) -> str:
    start, end = _span(text, node)
    return text[start:end]


def _span(text: str, node: ast.expr | ast.stmt) -> tuple[int, int]:
    """Return where a piece of code begins and ends in a text; Python counts in bytes of a line."""
    lines = text.split("\n")  # Python knows fewer kinds of line breaks than splitlines() does

    def place(line: int, column: int) -> int:
        return sum(len(before) + 1 for before in lines[: line - 1]) + len(lines[line - 1].encode()[:column].decode())

    end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    return place(node.lineno, node.col_offset), place(end_line, end_column)


def _literal(text: str) -> str:
    """Return a string as code, in the quotation marks that our formatter would choose."""
    made = repr(text)
    if made.startswith('"') or '"' in text:
        return made
    return f'"{made[1:-1]}"'

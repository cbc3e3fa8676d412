"""What a site file does that it has no use for, told from its text without running it.

A site file runs in a worker, where it can cost no more than its page; this says beforehand which one will.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

# Modules of the standard library that only work on values. `extractors` is the rest of what a site file may import.
_PLAIN = frozenset(
    "__future__ base64 calendar collections copy dataclasses datetime decimal enum fractions functools html itertools "
    "json locale math operator re statistics string textwrap types typing unicodedata urllib.parse zoneinfo".split()
)
_OPENING = frozenset({"__import__", "breakpoint", "compile", "eval", "exec", "input", "open"})
_CHANGING = frozenset(
    {"decompose", "insert_after", "insert_before", "insert_child", "remove", "replace_with", "strip_tags", "unwrap"}
    | {"unwrap_tags", "inner_html"}
)


def complaints(path: Path) -> list[str]:
    """Return a sentence for each thing in a site file that needs a look; none for a file as it should be.

    Told are imports of anything but `extractors` and modules that work on values alone, calls that open files or run
    text, and changes of the tree inside a walk over it (`traverse`), at which Lexbor crashes.
    """
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError) as error:
        return [f"{path} cannot be read: {error}"]
    return [f"{path}, line {line}: {what}" for line, what in sorted(set(_found(tree)))]


def _found(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, _import(name.name)) for name in names if not _is_plain(name.name))
            case ast.ImportFrom(module=module, level=level) if level or not _is_plain(module or "", node.names):
                yield node.lineno, _import("." * level + (module or ""))
            case ast.Call(func=ast.Name(id=name)) if name in _OPENING:
                yield node.lineno, f"calls {name}(), which a site file has no use for"
            case ast.For(iter=ast.Call(func=ast.Attribute(attr="traverse"))):
                yield from _changes(node)


def _is_plain(module: str, names: list[ast.alias] | None = None) -> bool:
    if module == "urllib" and names:
        return all(name.name == "parse" for name in names)
    parts = module.split(".")
    return parts[0] == "extractors" or any(".".join(parts[: n + 1]) in _PLAIN for n in range(len(parts)))


def _import(module: str) -> str:
    return f"imports {module}, which a site file has no use for"


def _changes(walk: ast.For) -> Iterator[tuple[int, str]]:
    for node in ast.walk(walk):
        if isinstance(node, ast.Attribute) and node.attr in _CHANGING:
            changed = isinstance(node.ctx, ast.Store) or node.attr != "inner_html"
            if changed:
                yield node.lineno, f"changes the tree ({node.attr}) while it walks over it, which crashes the parser"

"""The recordings of `cassettes/`, what each must give, and how the two are compared.

An expectation stands beside its recording as `<same name>.json`: an object keyed by address. A person writes it by
reading the page; the extractor's output is never pasted into it. Which recordings are walked and what is asserted of
them is in `test_sites`. `scrapy record` leaves an empty skeleton beside what it records; for a recording that came
from elsewhere this file run as a program writes the same:

    python -m tests.expected cassettes/example.com/2026-11-22-slug.yaml
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from extractors import Article
from extractors.article import parse_when
from spiders.commands.record import SKELETON
from spiders.recordings.expectations import Recorded, expectations, recorded, recordings_in

CASSETTES = Path(__file__).parent.parent / "cassettes"
FIELDS = frozenset(f.name for f in dataclasses.fields(Article))
DATES = ("published", "modified")
OWN = frozenset({"read", "error", "kind", "removed"})  # keys of an expectation that are no field of an article


def all_recorded() -> list[Recorded]:
    """Return every response of every cassette, in the order of their names."""
    return list(recordings_in(CASSETTES))


def is_article(page: Recorded) -> bool:
    """Tell whether somebody says that a response must give an article."""
    return bool(page.expected and "error" not in page.expected)


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


def _body(article: Article, expected: list[str]) -> Iterator[str]:
    got = article.body.split("\n\n") if article.body else []
    if got != expected:
        yield "body, paragraph by paragraph (- expected, + got):\n" + "\n".join(
            line for line in difflib.ndiff(expected, got) if not line.startswith("  ")
        )


def _date(name: str, got: datetime | date | None, expected: str | None) -> Iterator[str]:
    """The same day, or the same instant in the same zone: Python holds 08:00+02:00 and 06:00+00:00 for equal."""
    wanted = parse_when(expected)
    texts = [w.isoformat() if w else None for w in (wanted, got)]
    if texts[0] != texts[1]:
        yield f"{name}: expected {texts[0]}, got {texts[1]}"


def _removed(article: Article, expected: list[Mapping[str, str]], body: list[str]) -> Iterator[str]:
    """Each text stands in a removed block of its label (of any label where none is given), in no stray paragraph."""
    stray = [_flat(paragraph) for paragraph in article.body.split("\n\n") if paragraph not in body]
    runs: dict[tuple[int, str], str] = {}
    for block in article.removed:
        place = (block.paragraph, str(block.label))
        runs[place] = runs.get(place, "") + block.text
    for item in expected:
        text, label = _flat(item["text"]), item.get("label")
        places = {name for (_, name), run in runs.items() if text in _flat(run)}
        if any(text in paragraph for paragraph in stray):
            yield f"removed: stands in the body: {text!r}"
        if not places:
            yield f"removed: in no removed block: {text!r} ({label or 'any label'})"
        elif label and label not in places:
            yield f"removed: {text!r} is labelled {', '.join(sorted(places))}, expected {label}"


def _images(article: Article, expected: list[Mapping[str, str]], removed: list[Mapping[str, str]]) -> Iterator[str]:
    """Each picture is there with what is said of it, and no other caption than those on the page is."""
    known = {_flat(item["text"]) for item in removed} | {_flat(item["caption"]) for item in expected}
    got = [{"caption": _flat(i.caption), "credit": _flat(i.credit)} for i in article.images]
    wanted = [{key: _flat(value) for key, value in image.items()} for image in expected]
    missing = [image for image in wanted if not any(image.items() <= candidate.items() for candidate in got)]
    strange = [image for image in got if image["caption"] and image["caption"] not in known]
    yield from (f"images: missing {image}" for image in missing)
    yield from (f"images: not on the page {image}" for image in strange)


def _plain(name: str, got: Any, expected: Any) -> Iterator[str]:
    value = list(got) if isinstance(got, tuple) else got
    if value != expected:
        yield f"{name}: expected {expected!r}, got {value!r}"


def differences(article: Article, expected: Mapping[str, Any]) -> list[str]:
    """Compare an article with an expectation: a sentence a difference; keys that are not there are not compared."""
    found: list[str] = []
    for name, value in expected.items():
        if name == "body":
            found += _body(article, value)
        elif name in DATES:
            found += _date(name, getattr(article, name), value)
        elif name == "removed":
            found += _removed(article, value, expected.get("body", []))
        elif name == "images":
            found += _images(article, value, expected.get("removed", []))
        elif name in FIELDS:
            found += _plain(name, getattr(article, name), value)
    return found


def main(paths: list[str]) -> int:
    """Write a skeleton beside each recording that has no expectation yet."""
    for path in map(Path, paths):
        pages = [r for r in recorded(path) if r.is_page and r.status == 200]
        skeleton = {page.url: SKELETON for page in pages} | expectations(path)
        text = json.dumps(skeleton, ensure_ascii=False, indent=2)
        path.with_suffix(".json").write_text(text + "\n", "utf-8")
        print(f"{path.with_suffix('.json')}: read the page, fill this in, sign it in “read”")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

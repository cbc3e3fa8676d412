"""Answers that are walls and stories that look like them: 218 and 122, in five tables beside this file.

`python -m tests.blocks` prints how they are judged; `--all` also those that were held out while the rules were written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from zlib import crc32

_HERE = Path(__file__).parent
_HEADLINES = '<aside class="most-read"><h2>★</h2><ol>{}</ol></aside>'
HELD_OUT = 3  # every third page


@dataclass(frozen=True)
class Answer:
    """What a site answered; `kinds` are those that its outcome may have, "stored" for an article."""

    name: str
    kinds: tuple[str, ...]
    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    holds: str = ""
    paywalled: bool = False
    held_out: bool = False
    slug: str = ""

    @property
    def url(self) -> str:
        """Its address, of an article: one that says nothing of what stands there, unless the table has words for it."""
        return f"https://www.tidings.example/2026/03/{self.slug or crc32(self.name.encode())}"

    @property
    def is_article(self) -> bool:
        """Whether it is a story."""
        return self.kinds == ("stored",)


def answers() -> list[Answer]:
    """Return all of them, the later ones last."""
    return [*_read("walls"), *_read("stories"), *_read("later"), *_read("abroad"), *_read("unheard")]


def _read(table: str) -> list[Answer]:
    pages = tomllib.loads((_HERE / f"{table}.toml").read_text("utf-8"))["page"]
    return [_answer(page, held_out=number % HELD_OUT == HELD_OUT - 1) for number, page in enumerate(pages)]


def _answer(page: dict[str, Any], *, held_out: bool) -> Answer:
    kinds = page.get("kind", "stored")
    return Answer(
        page["name"],
        (kinds,) if isinstance(kinds, str) else tuple(kinds),
        _page(page["html"].strip(), page.get("lang", "en"), page.get("nav", ()), page.get("read", ())),
        page.get("status", 200),
        page.get("headers", {}),
        page.get("holds", ""),
        page.get("paywalled", False),
        held_out,
        page.get("slug", ""),
    )


def _page(html: str, language: str, menu: Sequence[str], read: Sequence[str]) -> str:
    """Set what a table has of a page between the menus of its paper."""
    if html.lower().startswith(("<!doctype", "<html")):
        return html
    title, _, rest = html.partition("</title>")
    items = "".join(f'<li><a href="/{n}">{escape(name)}</a></li>' for n, name in enumerate(menu))
    header = f'<header><a href="/">{escape(menu[0])}</a><nav><ul>{items}</ul></nav></header>' if menu else ""
    footer = f"<footer><ul>{items}</ul><p>© 2026</p></footer>" if menu else ""
    stories = "".join(f'<li><a href="/story/{n}">{escape(name)}</a></li>' for n, name in enumerate(read))
    aside = _HEADLINES.format(stories) if read else ""
    head = f'<head><meta charset="utf-8">{title}</title></head>'
    return f'<!DOCTYPE html><html lang="{language}">{head}<body>{header}{rest}{aside}{footer}</body></html>'

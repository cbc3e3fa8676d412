"""An article as a person or a program reads it: plain text, Markdown, JSON; and what was taken out of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from extractors import Article, Block, Label
from extractors.article import BODY_LABELS
from spiders.surfaces.terminal import printable
from spiders.surfaces.values import storable

_LIVE = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(\[:])|^(?:#{1,6}(?=\s)|>|[-+*](?=\s)|`{3}|~{3})", re.MULTILINE)
_MARKS = {Label.CROSSHEAD: "## ", Label.ENTRY: "### ", Label.QUOTE: "> ", Label.LIST: "- ", Label.EMBED: "> "}


def render(article: Article, form: str, *, removed: bool, file: str | None = None) -> str:
    """Return the article, or what was taken out of it, as text, json or markdown, without a line break at the end.

    `file` is the name of one of many files; JSON tells it first.
    """
    if form == "json":
        data = _removed_data(article) if removed else article.as_dict()
        return _json({"file": file} | data if file else data)
    if removed:
        return "\n".join(_removed_lines(article))
    writer: Callable[[Article], str] = _markdown if form == "markdown" else lambda a: a.body
    return printable(writer(article), lines=True)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(storable(data), ensure_ascii=False, allow_nan=False)


def _removed_data(article: Article) -> dict[str, Any]:
    blocks = [{"label": b.label, "why": list(b.why), "text": b.text} for b in article.removed]
    return {"url": article.url, "removed": blocks}


def _removed_lines(article: Article) -> Iterator[str]:
    for block in article.removed:
        why = f" ({'; '.join(block.why)})" if block.why else ""
        yield printable(f"{block.label}{why}: {block.text}")


def _markdown(article: Article) -> str:
    by = article.byline or ", ".join(article.authors)
    when = article.published.isoformat() if article.published else ""
    source = " · ".join(part for part in (by, when, article.outlet) if part)
    headline, standfirst = _plain(article.headline or ""), _plain(article.standfirst or "")
    head = [headline and f"# {headline}", standfirst and f"*{standfirst}*", _plain(source)]
    blocks = (b for b in article.blocks if b.label in BODY_LABELS)
    body = (_paragraph(list(runs)) for _, runs in groupby(blocks, key=lambda b: b.paragraph))
    return _joined([*filter(None, head), *body])


def _paragraph(runs: list[Block]) -> str:
    """Return a paragraph with the mark of its first run; the lines of a quotation or list each have it."""
    mark = _MARKS.get(runs[0].label, "")
    text = _plain("".join(b.text for b in runs).strip())
    return "\n".join(mark + line for line in text.splitlines()) if mark else text


def _plain(text: str) -> str:
    r"""Return text of a page so that Markdown takes it for text: no element, link or picture, no heading or fence.

    >>> print(_plain("<img src=x> [here](javascript:x) costs < 3"))
    \<img src=x> [here\](javascript:x) costs < 3
    """
    return _LIVE.sub(r"\\\g<0>", text)


def _joined(paragraphs: list[str]) -> str:
    """Join by blank lines; items of one list stand together."""
    text = ""
    for before, paragraph in zip(["", *paragraphs], paragraphs, strict=False):
        listed = before.startswith("- ") and paragraph.startswith("- ")
        text += ("\n" if listed else "\n\n" if text else "") + paragraph
    return text

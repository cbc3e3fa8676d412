"""Text as editors store it, where it is neither markup nor a tree: Quill's operations, Markdown, lists in lists.

Each becomes what the other editors store, objects that say their kind and hold their text; `rendering` writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

_HEADING = re.compile(r"(?:heading|header|headline|h)(?:one|two|three|four|five|six|[1-6])")
_ITEM = re.compile(r"(?:un)?orderedlistitem|bullet(?:ed)?listitem|checklistitem")
_MARKED = re.compile(r"^ {0,3}#{1,6} \S|\*\*\w[^*\n]{0,400}\*\*|\]\((?:https?:|/)", re.MULTILINE)
_LINE = re.compile(
    r" {0,3}(?:(?P<heading>#{1,6}) |(?P<quote>> ?)|(?P<item>[*-]) |(?=(?P<numbered>\d{1,3}[.)]) ))?(?P<text>.*)"
)
_PICTURE = re.compile(r"!\[(?P<alt>[^\[\]\n]{0,300})\]\((?P<url>[^\s()]{1,1000})(?: \"(?P<title>[^\"\n]{0,300})\")?\)")
_LINK = re.compile(r"\[(?P<text>[^\[\]\n]{1,300})\]\([^\s()]{1,1000}(?: \"[^\"\n]{0,300}\")?\)")
_BOLD = re.compile(r"(?<!\\)(\*\*)(?=[^\s*])([^*\n]{1,400})(?<=\S)\1")
_SLANTED = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^*_\n]{1,400})(?<=[^\s*_])\1(?![\w*_])")
_BARE = re.compile(r"\\([!-/:-@\[-`{-~])")  # a mark that is meant as such
_SET = {"heading": "<h2>{}</h2>", "quote": "<blockquote><p>{}</p></blockquote>", "item": "<ul><li>{}</li></ul>"}
_SET |= {"numbered": "<p>{}</p>"}
_RULE = re.compile(r" {0,3}(?:[*_-] ?){3,40}")


def kind_told(kind: str) -> str:
    """Return what a kind that some editor spells in its own way is called by most.

    >>> kind_told("headertwo"), kind_told("unorderedlistitem"), kind_told("paragraph")
    ('heading', 'listitem', 'paragraph')
    """
    if _HEADING.fullmatch(kind):
        return "heading"
    return "listitem" if _ITEM.fullmatch(kind) else kind


def is_item(value: Any) -> bool:
    """Tell an item of a list that does not say so: a text, and perhaps items of its own."""
    return isinstance(value, dict) and isinstance(value.get("content"), str) and isinstance(value.get("items"), list)


def operations_in(data: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return the lines of what Quill stores, where the end of each line says its kind; None of any other object.

    >>> operations_in({"ops": [{"insert": "A pier"}, {"insert": "\\n", "attributes": {"header": 2}}]})
    [{'type': 'heading', 'content': [{'type': 'text', 'text': 'A pier'}]}]
    """
    ops = data.get("ops")
    if not isinstance(ops, list) or not all(isinstance(op, dict) and "insert" in op for op in ops):
        return None
    lines: list[dict[str, Any]] = []
    runs: list[dict[str, Any]] = []
    for op in ops:
        told = op["insert"]
        if isinstance(told, dict):
            lines += [{"type": name, "url": value} for name, value in told.items() if isinstance(value, str)]
            continue
        parts = told.split("\n") if isinstance(told, str) else []
        for at, part in enumerate(parts):
            if part:
                runs.append({"type": "text", "text": part})
            if at < len(parts) - 1 and runs:
                lines.append({"type": _kind_of(op.get("attributes")), "content": runs})
                runs = []
    return [*lines, {"type": "paragraph", "content": runs}] if runs else lines


def _kind_of(attributes: Any) -> str:
    told = attributes if isinstance(attributes, dict) else {}
    kinds = {"header": "heading", "list": "listitem", "blockquote": "blockquote"}
    return next((kind for name, kind in kinds.items() if told.get(name)), "paragraph")


def is_markdown(text: str) -> bool:
    """Tell a text that is written in Markdown: with its headings, links, words in bold."""
    return _MARKED.search(text) is not None


def markup_of_markdown(text: str) -> str:
    """Return Markdown as markup.

    >>> markup_of_markdown("## A pier\\n\\nIt **fell** [today](/x).\\n\\n- one\\n- two")
    '<h2>A pier</h2><p>It fell today.</p><ul><li>one</li></ul><ul><li>two</li></ul>'
    """
    return "".join(_blocks(text))


def _blocks(text: str) -> Iterator[str]:
    flows = "\n\n" in text  # else each line is a paragraph
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        found = _LINE.fullmatch(line)
        told = found["text"].strip() if found and not _RULE.fullmatch(line) else ""
        kind = next((k for k in _SET if found and found[k]), None)
        if paragraph and (kind or not told or not flows):
            yield f"<p>{_inline(' '.join(paragraph))}</p>"
            paragraph = []
        if told and kind:
            yield _SET[kind].format(_inline(told))
        elif told:
            paragraph.append(told)


def _inline(text: str) -> str:
    """Return a line without its marks; a picture in it becomes a figure."""
    parts: list[str] = []
    at = 0
    for found in _PICTURE.finditer(text):
        title = f"<figcaption>{escape(found['title'])}</figcaption>" if found["title"] else ""
        figure = f'<figure><img src="{escape(found["url"])}" alt="{escape(found["alt"])}">{title}</figure>'
        parts += [_plain(text[at : found.start()]), figure]
        at = found.end()
    return "".join([*parts, _plain(text[at:])])


def _plain(text: str) -> str:
    text = _LINK.sub(lambda found: found["text"], text)
    for pattern in (_BOLD, _SLANTED):
        text = pattern.sub(lambda found: found[2], text)
    return escape(_BARE.sub(r"\1", text), quote=False)

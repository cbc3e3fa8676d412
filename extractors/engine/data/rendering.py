"""A value out of a script as markup, so that the engine reads it as it reads any page.

An object becomes a box whose class is its key and kind, a string a paragraph, rich text as the many editors store it
its blocks and inline runs. Which of the boxes is the story is not decided here.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.article import Label
from extractors.engine.data.editors import is_item, is_markdown, kind_told, markup_of_markdown, operations_in
from extractors.engine.data.figures import figure_of, figures_in, is_shown
from extractors.engine.data.payload import value_of
from extractors.engine.markup.hints import hints_of
from extractors.engine.prose import is_sentence, key_of, unspaced
from extractors.errors import UnsupportedContentError
from extractors.hostile import refuse_hostile
from extractors.text import scrub

MAX_DEPTH = 48
MAX_STRINGS = 20_000
MAX_CHARACTERS = 1_000_000  # of markup
CATALOGUE = 12  # sentences that stand in one object under names of their own: a site's phrases, no story
PROSE = 60  # characters of a string that is taken whatever its name

_ELSEWHERE = frozenset(
    {Label.RELATED, Label.COMMENTS, Label.NAV, Label.LEGAL, Label.NEWSLETTER, Label.AD, Label.AUTHOR_BIO, Label.SOCIAL}
)
_TEXT_KEYS = frozenset("text value content html body children copy paragraph raw rendered plaintext markup".split())
_LISTED_KEYS = frozenset("items listitems bullets points".split())
_WHOSE_KEYS = frozenset("attribution cite citation".split())  # whose a quotation is
_TITLE_KEYS = frozenset("headline title heading name".split())
_SILENT = re.compile(
    r"^(?:_*id|_*type|__typename|kind|slug|path|alt|class(?:name)?|css|styles?|lang(?:uage)?|locale|format|key|sha|hash"
    r"|(?:seo|meta|og|twitter|social|schema|structured|json_?ld|analytics|tracking|i18n|translations?|messages|labels|marks|attrs"
    r"|phrases|config|settings|features?|env|theme|query|variables|author|byline).*|.*(?:url|uri|href|src|link|image_?set))$",
    re.IGNORECASE,
)
_KINDS = ("type", "_type", "nodeType", "__typename", "tag", "tagName", "blockType", "kind", "style")
_BLOCK = "block"  # whose style says more
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_TAGS: dict[str, str] = {
    **dict.fromkeys("text span a link hyperlink strong b bold em i italic mark underline sup sub code".split(), "span"),
    **dict.fromkeys("heading header crosshead subheading subhead".split(), "h2"),
    **dict.fromkeys("li listitem".split(), "li"),
    "figcaption": "figcaption",
    **dict.fromkeys("quote blockquote pullquote".split(), "blockquote"),
    **dict.fromkeys("image photo figure picture video gallery media audio img embed".split(), "figure"),
}
_PARAGRAPHS = frozenset("paragraph p block unstyled normal textblock".split())
_RUN = ("text", "value", "content")
_MARKED_UP = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|b|i|strong|em|span|figure|blockquote|table)\b[^<>]*>", re.I)
_BLOCKS = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|blockquote|table)\b", re.IGNORECASE)
_BRACED = re.compile(r"\{/([a-z][a-z0-9-]{0,20})\}")
_BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*+")


def markup_of(value: Any, title: str) -> str:
    """Return a value as markup; `title` is the key of the page's headline, which becomes a heading."""
    writer = _Writer(title)
    writer.write(value, "", 0, False)
    return scrub("".join(writer.parts))


def paragraphs_of(text: str) -> str:
    """Return a text as markup: what is markup already as it is, else a paragraph for each of its lines."""
    if "{/p}" in text:  # as an editor kept its closing tags
        text = _BRACED.sub(r"</\1>", text)
    if "&lt;" in text and not _MARKED_UP.search(text):
        text = unescape(text)
    if _MARKED_UP.search(text):
        body = body_of(scrub(text))
        inside = (body.inner_html or "") if body else ""
        return inside if _BLOCKS.search(inside) else f"<p>{inside}</p>"
    if is_markdown(text):
        return markup_of_markdown(unescape(text))
    return "".join(f"<p>{escape(unescape(line), quote=False)}</p>" for line in _BREAK.split(text.strip()) if line)


def body_of(markup: str) -> LexborNode | None:
    """Return what markup out of a page's data is parsed to; None for what would exhaust a parser."""
    try:
        refuse_hostile(markup.encode())
    except UnsupportedContentError:
        return None
    return LexborHTMLParser(markup).body


def is_prose(text: str) -> bool:
    """Tell a string that is text for readers from an address, a name, code."""
    if len(text) < PROSE or text.startswith(("http", "/", "data:", "function", "var ", "(function")):
        return is_sentence(text)
    return text.count(" ", 0, 200) > 4 or unspaced(text)


class _Writer:
    """Writes one value; stops without a word where its bounds are reached."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.parts: list[str] = []
        self.size = self.strings = 0

    def put(self, markup: str) -> None:
        self.size += len(markup)
        self.strings += 1
        if self.size <= MAX_CHARACTERS and self.strings <= MAX_STRINGS:
            self.parts.append(markup)

    def write(self, value: Any, key: str, depth: int, inline: bool) -> None:
        """Write a value that stands under a key; `inline`: inside a paragraph or heading."""
        if depth > MAX_DEPTH or self.strings > MAX_STRINGS:
            return
        if isinstance(value, str):
            self._string(value, key, depth, inline)
        elif isinstance(value, dict):
            self._object(value, key, depth, inline)
        elif isinstance(value, list):
            self._list(value, key, depth, inline)

    def _list(self, items: list[Any], key: str, depth: int, inline: bool) -> None:
        if len(items) > 3 and items[0] == "$" and isinstance(items[1], str):
            self._element(items[1], items[3], depth)
            return
        if key.lower() in _LISTED_KEYS and all(isinstance(item, str) for item in items):
            self.put(f"<ul>{''.join(f'<li>{paragraphs_of(item)}</li>' for item in items)}</ul>")
            return
        if key.lower() in _LISTED_KEYS and all(map(is_item, items)):
            for item in items:
                self.put("<ul><li>")
                self.write(item["content"], "content", depth + 1, True)
                self.put("</li></ul>")
                self.write(item["items"], key, depth + 1, False)
            return
        flows = inline or _flows(items)
        self.put("" if inline else f'<div class="{_name(key)}">')
        for item in items:
            self.write(item, key, depth + 1, flows)
        self.put("" if inline else "</div>")

    def _element(self, tag: str, properties: Any, depth: int) -> None:
        """Write an element of a page that is sent as a stream: its tag and properties."""
        if not isinstance(properties, dict):
            return
        name = tag if tag.isalnum() and tag not in ("script", "style", "svg", "template") else "div"
        self.put(f'<{name} class="{_name(str(properties.get("className") or ""))}">')
        for key in ("children", "dangerouslySetInnerHTML", "__html"):
            self.write(
                properties.get(key), key, depth + 1, key == "children" and name not in ("div", "section", "main")
            )
        self.put(f"</{name}>")

    def _object(self, data: dict[str, Any], key: str, depth: int, inline: bool) -> None:
        if not inline and (figure := figure_of(data)) is not None:
            self.put(figure)
            return
        if (lines := operations_in(data)) is not None:
            self.write(lines, key, depth + 1, inline)
            return
        kind = _kind(data)
        tag = _TAGS.get(kind, "div")
        told = inline or kind in _PARAGRAPHS or tag in ("span", "h2", "li", "blockquote")
        if tag in ("span", "div"):
            tag = "span" if inline else "div"
        spoken = sum(isinstance(v, str) and is_sentence(v) for v in data.values())
        self.put(f'<{tag} class="{_name(key)} {_name(kind)}">')
        for figure in figures_in(data):
            self.put(figure)
        for name, value in data.items():
            if isinstance(value, str):
                if told and name.lower() in _TEXT_KEYS:
                    self.write(value, name, depth + 1, True)
                elif tag == "blockquote" and name.lower() in _WHOSE_KEYS:
                    self.put(f"<p>{escape(value, quote=False)}</p>")
                elif not told and spoken <= CATALOGUE:
                    self.write(value, name, depth + 1, False)
            elif value and (is_shown(name) or not _SILENT.match(name)) and not hints_of(name)[0] & _ELSEWHERE:
                self.write(value, "" if name in _TEXT_KEYS and told else name, depth + 1, told and name != "items")
        self.put(f"</{tag}>")

    def _string(self, text: str, key: str, depth: int, inline: bool) -> None:
        if text[:1] in "{[%" and len(text) > PROSE and (value := value_of(text)) is not None:
            self.write(value, key, depth + 8, False)
        elif inline and not _BLOCKS.search(text):
            self.put(text if _MARKED_UP.search(text) else escape(text, quote=False))
        elif not inline and _SILENT.match(key):
            return
        elif self.title and len(text) < 400 and key_of(text) == self.title:
            self.put(f"<h1>{escape(text, quote=False)}</h1>")
        elif key in _TITLE_KEYS:
            self.put(f"<h3>{escape(text, quote=False)}</h3>")
        elif inline or is_prose(text) or (key in _TEXT_KEYS and " " in text):
            self.put(f'<div class="{_name(key)}">{paragraphs_of(text)}</div>')


def _kind(data: dict[str, Any]) -> str:
    """Return what an object says that it is, in small letters without marks."""
    if isinstance(data.get("listItem"), str):
        return "listitem"
    for name in _KINDS:
        if isinstance(value := data.get(name), str) and 0 < len(value) < 40 and value != _BLOCK:
            return kind_told(_SEPARATORS.sub("", value.lower()))
    return ""


def _flows(items: list[Any]) -> bool:
    """Tell whether the items of a list are the inline runs of one paragraph."""
    runs = 0
    for item in items:
        if isinstance(item, dict):
            if _TAGS.get(_kind(item)) == "span":
                runs += 1
            elif _kind(item) or not any(isinstance(item.get(name), str) for name in _RUN) or len(item) > 4:
                return False
        elif not isinstance(item, str):
            return False
    return (runs > 0 or (len(items) > 0 and all(isinstance(item, dict) for item in items))) and not _stops(items)


def _stops(items: list[Any]) -> bool:
    """Tell whether most items are whole sentences: paragraphs, not runs of one."""
    texts = [next((i[n] for n in _RUN if isinstance(i.get(n), str)), "") for i in items if isinstance(i, dict)]
    return sum(map(is_sentence, texts)) * 2 > len(texts)


def _name(key: str) -> str:
    return escape(key[:80])

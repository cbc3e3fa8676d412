"""Large pages and damaged ones: no step grows with the square of a page, memory stays near the parse, nothing crashes.

Steps are counted, not timed: the opcodes that Python runs for a page and for the same page at four times the size. A
linear way takes four times as many; one that looks at all pairs of lines takes half as many again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import ExtractionError, clean
from tests.broadsheet import TEASERS, cards, filled, sheet
from tests.conftest import ROOT
from tests.gazette import HEADLINE, STORY, page, paragraphs, read
from tests.test_blocks import ends_as_said
from tests.test_embedded import BODIES, next_data, shell, state
from tests.test_liveblog import MARKUP, set_as

SMALL, TIMES, MOST = 500, 4, 4.3  # nodes, times as many of them, times as many steps at most
TYPED = '<meta property="og:type" content="article">'


def told(i: int) -> str:
    return f"{STORY[i % 8]} So it stood on page {i}."


def card(i: int) -> str:
    title, text = TEASERS[i % 6]
    return f'<div class="card"><a href="/{i}"><img src="/{i}.jpg" alt="{title} {i}"></a><h3><a href="/{i}">{title} {i}</a></h3><p>{text}</p></div>'


def many(count: int, one: Callable[[int], str], *, before: str = "", after: str = "") -> str:
    return page(before + "".join(map(one, range(count))) + after)


STORIED = paragraphs(*STORY)
SHAPES: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: many(n // 2, lambda i: f"<p>{told(i)}</p>"),
    "the same paragraph": lambda n: many(n // 2, lambda i: f"<p>{STORY[0]}</p>"),
    "lines of one paragraph": lambda n: many(n // 2, lambda i: f"{told(i)}<br>", before="<div>", after="</div>"),
    "links of one line": lambda n: many(n // 3, lambda i: f'<a href="/{i}">pier {i}</a>, ', before=f"{STORIED}<p>", after="</p>"),
    "spans with hints": lambda n: many(n // 3, lambda i: f'<span class="related">pier {i}</span> and ', before=f"{STORIED}<p>", after="</p>"),
    "teasers": lambda n: many(n // 8, card, before=STORIED),
    "teasers alone": lambda n: many(n // 8, card),
    "headings": lambda n: many(n // 2, lambda i: f"<h2>Part {i}</h2>", after=STORIED),
    "headings over links": lambda n: many(n // 5, lambda i: f'<h3>Read more</h3><p><a href="/{i}">Pier {i}</a></p>', before=STORIED),
    "pictures": lambda n: many(n // 4, lambda i: f'<figure><img src="/{i}.jpg" alt="{i}"><figcaption>{told(i)}</figcaption></figure>', before=STORIED),
    "pictures of one file, with sources": lambda n: many(n // 3, lambda i: '<picture><source srcset="/pier-900.jpg 900w"><img src="/pier-300.jpg"></picture>', before=STORIED),
    "headlines in captions": lambda n: many(n // 3, lambda i: "<figure><figcaption><h1>Pier</h1></figcaption></figure>", before=STORIED),
    "headlines over no story": lambda n: many(n, lambda i: "<h1>Part two</h1>", after=STORIED),
    "pictures over lines in italics": lambda n: many(n // 4, lambda i: f'<p><img src="/{i}.jpg"></p><p><em>{told(i)}</em></p>', before=STORIED),
    "steps of a recipe": lambda n: page(
        STORIED + "".join(f"<div><p>{told(i)}</p></div>" for i in range(n // 2)),
        data={"@type": "Recipe", "recipeInstructions": [told(i) for i in range(n // 2)]},
    ),
    "articles": lambda n: many(n // 8, lambda i: f"<article><h2>Pier {i}</h2><p>{told(i)}</p><p>{told(i + 1)}</p></article>"),
    "entries": lambda n: many(n // 7, lambda i: f'<div><time datetime="2026-05-03T10:00:00Z">10:{i % 60:02}</time><h3>Entry {i}</h3><p>{told(i)}</p></div>'),
    "a script's data": lambda n: page("", head=TYPED + next_data({"headline": HEADLINE, "body": [{"type": "paragraph", "text": told(i)} for i in range(n // 6)]})),
    "a script that is none": lambda n: page(STORIED[:200], head=TYPED + "<script>" + 'var a={b:"x"};' * n + "</script>"),
}  # fmt: skip


def steps(html: bytes, way: Callable[[bytes], object] = read) -> int:
    """Return how many opcodes Python runs to read a page."""
    count = 0

    def opcode(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return opcode

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        return opcode

    before = sys.gettrace()
    sys.settrace(call)
    try:
        with suppress(ExtractionError):  # a page of nothing but teasers is none
            way(html)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_no_step_grows_with_the_square_of_the_page(shape: str) -> None:
    small, large = (SHAPES[shape](size).encode() for size in (SMALL, SMALL * TIMES))
    with suppress(ExtractionError):
        read(large)  # loads what is loaded on demand
    assert steps(large) < MOST * steps(small)


TEXTS: dict[str, Callable[[int], str]] = {
    "fragments": lambda n: "\n".join(f"pier {i % 90}" for i in range(n)),
    "sentences": lambda n: "\n\n".join(map(told, range(n // 2))),
    "lines under Read more": lambda n: "\n\n".join(f"Read more:\n\nWhat the pier of Saltmouth says {i}" for i in range(n // 4)),
}  # fmt: skip


@pytest.mark.parametrize("shape", TEXTS)
def test_no_step_grows_with_the_square_of_a_text(shape: str) -> None:
    small, large = (TEXTS[shape](size).encode() for size in (SMALL, SMALL * TIMES))
    steps(small, lambda text: clean(text.decode()))
    small_steps, large_steps = (steps(text, lambda told: clean(told.decode())) for text in (small, large))
    assert large_steps < MOST * small_steps


CHILD = """
import resource, sys
from pathlib import Path
from selectolax.lexbor import LexborHTMLParser
from extractors import extract
extract(Path(sys.argv[2]).read_bytes(), "https://www.gazette.example/a", sites=False)  # loads what is loaded on demand
html = Path(sys.argv[3]).read_bytes()
if sys.argv[1] == "parse":
    tree = LexborHTMLParser(html)
else:
    article = extract(html, "https://www.gazette.example/a", sites=False)
    assert article.body.count("\\n\\n") == 299, article.body[-500:]
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
SCRIPT = f"<script>{'window.settings.push(1);' * 40_000}</script>"
LARGE = {
    "20 MB": lambda: page(f'<div data-state="{"x" * 3_000}"></div>' * 6_300 + SCRIPT + paragraphs(*map(told, range(300)))),
    "300,000 nodes": lambda: page(paragraphs(*map(told, range(300)))).replace("</footer>", '<i class="dot"></i>' * 300_000 + "</footer>"),
}  # fmt: skip


@pytest.mark.parametrize("size", LARGE)
def test_memory_is_at_most_twice_that_of_the_parse(size: str, tmp_path: Path) -> None:
    small, large = tmp_path / "small.html", tmp_path / "large.html"
    small.write_text(page(STORIED), "utf-8")
    large.write_text(LARGE[size](), "utf-8")
    peaks = {}
    for what in ("parse", "extract"):
        command = [sys.executable, "-c", CHILD, what, str(small), str(large)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        peaks[what] = int(done.stdout)
    assert peaks["extract"] <= 2 * peaks["parse"]


SOUND = (
    sheet(filled("<article><p>{0}</p><p>{1}</p><p>{2}</p></article>")),
    sheet(f'<article class="live">{MARKUP["articles with a time first"]}</article>'),
    shell(next_data(state(BODIES["a document of nodes"]))),
    page(STORIED, data={"@type": "LiveBlogPosting", "liveBlogUpdate": [{"articleBody": STORY[0]}], "articleBody": "\n".join(STORY)}),
    page(f"<pre>{STORY[0]}\n\n{STORY[1]}</pre><table><tr><td>{STORY[2]}</td></tr></table>{cards()}"),
    page(set_as("<li><time>{clock}</time>{title}{text}</li>") + '<a rel="next" href="?page=2">2</a>'),
    page("", head=TYPED + "<script>window.a=" + json.dumps(state(BODIES["draft blocks"])) + "</script>"),
)  # fmt: skip
DEBRIS = st.sampled_from(["<", ">", "</div>", "<pre>", "<table>", "<p", '"', "{", "}", "]", "\\", "\\u", "\0", "\ud800", "&", "<script>", "</script>", "<!--", "\u202e", "<time>", "null", "\n"])  # fmt: skip
Cut = tuple[float, float, str]


def damaged(html: str, cuts: list[Cut]) -> str:
    """Return a page with pieces taken out and debris in their place."""
    for start, length, debris in cuts:
        at = int(start * len(html))
        html = html[:at] + debris + html[at + int(length * 400) :]
    return html


@given(
    st.sampled_from(SOUND),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), DEBRIS), min_size=1, max_size=8),
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_damaged_page_is_an_article_or_an_error_that_says_why(html: str, cuts: list[Cut]) -> None:
    broken = damaged(html, cuts)
    ends_as_said(broken)
    ends_as_said(broken.encode("utf-8", "surrogatepass"))

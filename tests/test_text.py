"""The gate that cleans text: what never gets through it, and what it must leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import fold, scrub

FORBIDDEN = (
    {chr(n) for n in range(32)} - {"\n", "\t"}
    | {chr(n) for n in range(0x7F, 0xA0)}
    | set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad\u2028\u2029")
    | {chr(n) for n in range(0xD800, 0xE000)}
)
POISON = st.text(
    st.characters(exclude_categories=()) | st.sampled_from(sorted(FORBIDDEN)) | st.sampled_from("a \r\n\t")
)


@given(POISON)
def test_scrub_leaves_nothing_forbidden_and_is_idempotent(text: str) -> None:
    clean = scrub(text)
    assert not FORBIDDEN & set(clean)
    assert scrub(clean) == clean
    assert clean.encode().decode() == clean


@given(POISON)
def test_fold_gives_one_line(text: str) -> None:
    line = fold(text)
    assert line == " ".join(line.split()) == fold(line)
    assert not FORBIDDEN & set(line)


@given(st.text(st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029\xad")))
def test_scrub_keeps_every_ordinary_character(text: str) -> None:
    assert scrub(text) == text


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u200c", "\u200d", "\u061c", "👩\u200d🚀", "\u3000"])
def test_scrub_keeps_the_marks_that_scripts_need(mark: str) -> None:
    assert scrub(f"a{mark}b") == f"a{mark}b"

"""The lexicon by itself; what its phrases do to lines is tested in `test_noise_suite` and `test_noise`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import Label
from extractors.engine.lexicon import lexicon_for
from extractors.engine.lexicon.choices import standing_in, ways
from extractors.engine.lexicon.phrases import Openings, Sayings
from tests.gazette import STORIES, labels_of, page, paragraphs, read


def test_a_phrase_of_which_nothing_is_left_is_refused() -> None:
    with pytest.raises(ValueError, match="every line would open with it"):
        Openings([("read more", 1), ("", 2)])


@pytest.mark.parametrize("tag", ["no", "nb", "nb-NO", "nn-NO"])
def test_norwegian_has_its_phrases_by_each_of_its_names(tag: str) -> None:
    story = STORIES["no"]
    lines = ["Av Sissel Brenna", *story[:2], "Les også: Ugle forsinket toget", *story[2:]]
    found = read(page(paragraphs(*lines), language=tag))
    assert (found.authors, found.body) == (("Sissel Brenna",), "\n\n".join(story))
    assert lexicon_for(tag[:2]) is lexicon_for("no")


@pytest.mark.parametrize("language", sorted(STORIES))
def test_few_phrases_are_looked_for_all_over_each_line(language: str) -> None:
    assert len(lexicon_for(language).floating) < 200  # each costs every line of a page; one with choices came as 980


@given(st.lists(st.sampled_from(["a*", "{send|show}", "{we|the others}", " us ", "# ", "?", "near"]), max_size=4))
def test_every_way_of_a_phrase_has_one_of_the_texts_by_which_it_is_found(parts: list[str]) -> None:
    phrase = f"*{''.join(parts)} *"
    assert all(any(text in way for text in standing_in(phrase)) for way in ways(phrase))


_WORDS = st.lists(st.text("abé", min_size=1, max_size=3), min_size=1, max_size=3).map(" ".join)
_PHRASES = st.builds("{}{}".format, _WORDS, st.sampled_from(["", "", " "]))
_LINES = st.lists(st.builds("{}{}".format, st.sampled_from(["", "", "("]), _WORDS), max_size=4).map(" ".join)


@given(st.lists(_PHRASES, unique=True, max_size=6), st.lists(_LINES, min_size=1, max_size=4))
def test_a_phrase_is_found_wherever_it_stands_whatever_the_other_lines_say(
    phrases: list[str], lines: list[str]
) -> None:
    sayings = Sayings([(phrase, None) for phrase in phrases])
    for line, said in zip(lines, sayings.said_in_each(lines), strict=True):
        standing = [p for p in phrases if p in line and (" " not in p or any(b + p in f" {line}" for b in " ("))]
        assert {phrase for phrase, _ in said} == set(standing)


def test_what_is_asked_for_is_found_where_words_have_no_spaces() -> None:
    story = STORIES["ja"]
    asked, step, crosshead = "港の歴史がわかる写真を見る", "「写真を見る」を見る", "写真に残る面影"
    found = read(page(paragraphs(*story[:2], asked, step, crosshead, *story[2:]), language="ja"))
    assert found.body == "\n\n".join((*story[:2], step, crosshead, *story[2:]))
    assert labels_of(found, asked) == {Label.PLAYER}


def test_words_may_be_written_with_choices() -> None:
    assert {"כתבה", "הכתבה", "לכתבה"} <= lexicon_for("he").things.keys()


@pytest.mark.parametrize(
    ("language", "line", "stays"),
    [("ru", "Читайте больше в", "слух"), ("uk", "Читайте більше у", "голос"), ("en", "Adds", "ing up the bill")],
)
def test_a_phrase_that_ends_with_a_space_ends_a_word(language: str, line: str, stays: str) -> None:
    story = STORIES[language]
    found = read(page(paragraphs(*story[:2], f"{line} {stays}", line + stays, *story[2:]), language=language))
    assert found.body == "\n\n".join((*story[:2], line + stays, *story[2:]))


@pytest.mark.parametrize("row", ["Log in | Sign up | Terms of use", "Updated 9 May, 1.52pm · Reading time: 4 minutes"])
def test_a_line_parted_by_bars_or_dots_is_noise_where_each_part_is(row: str) -> None:
    told = "Log in | Sign up | The night ferry"
    found = read(page(paragraphs(*STORIES["en"][:2], row, told, *STORIES["en"][2:])))
    assert found.body == "\n\n".join((*STORIES["en"][:2], told, *STORIES["en"][2:]))

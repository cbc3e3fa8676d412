"""What differs between two readings of an article, and how briefly it is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extractors import Article, Block, Label
from spiders.verbs.differences import Fate, compared, differences, shortened

TEXTS = st.text(st.sampled_from("ab \n\t東京ก"), max_size=60)


def article(*paragraphs: str | Block, **fields: object) -> Article:
    blocks = tuple(p if isinstance(p, Block) else Block(p, Label.BODY, n) for n, p in enumerate(paragraphs))
    return Article("https://news.example/a", blocks=blocks, **fields)  # type: ignore[arg-type]


@given(TEXTS, TEXTS)
def test_the_runs_give_both_texts_back(old: str, new: str) -> None:
    runs = compared(old, new)
    assert "".join(r.text for r in runs if r.fate is not Fate.NEW) == old
    assert "".join(r.text for r in runs if r.fate is not Fate.GONE) == new
    assert all(r.text for r in runs)
    assert all(a.fate is not b.fate for a, b in pairwise(runs))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(run.fate is Fate.SAME for run in compared(text, text))


def test_equal_articles_do_not_differ() -> None:
    assert differences(article("One.", headline="A"), article("One.", headline="A")) == []


def test_every_field_that_a_person_would_ask_for_is_told() -> None:
    before = article("The old pier fell.", headline="Pier falls", authors=("Ann Lee",), published=date(2026, 5, 4))
    after = article(
        "The old pier fell down.",
        headline="Old pier falls",
        authors=("Ann Lee", "Bo Ek"),
        published=datetime(2026, 5, 4, 6, tzinfo=UTC),
        corrections=("It was old.",),
    )
    assert [d.marked() for d in differences(before, after)] == [
        "headline: [-Pier-]{+Old pier+} falls",
        "authors: Ann[- Lee-]{+ Lee, Bo Ek+}",
        "published: [-2026-05-04-]{+2026-05-04T06:00:00+00:00+}",
        "corrections: {+It was old.+}",
        "body: The old pier[- fell.-]{+ fell down.+}",
    ]


def test_a_line_that_stands_twice_under_two_labels_is_compared_with_both() -> None:
    contents, heading = Block("Step 1", Label.NAV, 0), Block("Step 1", Label.CROSSHEAD, 1)
    before = article(contents, heading, "One.")
    assert differences(before, before) == []
    told = differences(before, article(Block("Step 1", Label.RELATED, 0), heading, "One."))
    assert [d.marked() for d in told] == ["label: [-nav-]{+related+} Step 1"]


def test_a_line_that_moved_to_another_label_is_told_once() -> None:
    line = "Read more: the tower"
    before = article("One.", Block(line, Label.BODY, 1))
    after = article("One.", Block(line, Label.RELATED, 1))
    told = [d.marked() for d in differences(before, after)]
    assert told == ["body: One.[-\n\nRead more: the tower-]", "label: [-body-]{+related+} Read more: the tower"]


def test_what_is_far_from_a_change_is_left_out() -> None:
    words = [f"w{n}" for n in range(400)]
    old = " ".join(words)
    words[200] = "changed"
    runs = compared(old, " ".join(words))
    shown = "".join(run.text for run in shortened(runs))
    assert shown == "… w194 w195 w196 w197 w198 w199 w200 changed w201 w202 w203 w204 w205 w206 …"


def test_a_long_change_says_how_many_words_it_leaves_out() -> None:
    (run,) = shortened(compared("", " ".join(f"w{n}" for n in range(100))))
    assert "w19 … 60 words … w80" in run.text


def test_texts_made_to_be_slow_are_told_as_replaced() -> None:
    old, new = " ".join(["x"] * 50_000), " ".join(["x", "y"] * 25_000)
    assert {run.fate for run in compared(old, new)} == {Fate.GONE, Fate.NEW}

"""Noise lines set among real paragraphs go with the right label; real sentences that look like noise stay.

The lines of each language stand in `tests/lexicon/`. What a phrase alone may not do is tested with the noise rule.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractors import clean
from extractors.article import BODY_LABELS
from extractors.engine.lexicon import LANGUAGES

FOLDER = Path(__file__).parent / "lexicon"
LINES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
NOISE = [
    pytest.param(code, *pair, id=f"{code}-{i}-{pair[0]}")
    for code, d in LINES.items()
    for i, pair in enumerate(d["noise"])
]
KEPT = [pytest.param(code, line, id=f"{code}-{i}") for code, d in LINES.items() for i, line in enumerate(d["kept"])]


def among_the_story(language: str, line: str) -> dict[str, str]:
    """Return the label of each paragraph of the story with a line set into its middle."""
    story = LINES[language]["story"]
    article = clean("\n\n".join(["Fähre — Ferry — パロム 2026", *story[:3], line, *story[3:]]))
    assert article.language == language
    labels: dict[str, str] = {}
    for block in article.blocks:
        labels.setdefault(block.text.strip(), str(block.label))
    assert all(labels.get(paragraph) in BODY_LABELS for paragraph in story)
    return labels


def test_every_language_of_the_lexicons_has_lines_here() -> None:
    assert set(LINES) | {"en", "uk", "he"} == set(LANGUAGES)
    assert all(len(d["noise"]) >= 10 and len(d["kept"]) >= 10 for d in LINES.values())


@pytest.mark.parametrize(("language", "label", "line"), NOISE)
def test_noise_goes_with_its_label(language: str, label: str, line: str) -> None:
    assert among_the_story(language, line)[line] == label


@pytest.mark.parametrize(("language", "line"), KEPT)
def test_what_only_looks_like_noise_stays(language: str, line: str) -> None:
    assert among_the_story(language, line)[line] in BODY_LABELS


def test_a_phrase_of_which_nothing_is_left_is_refused() -> None:
    with pytest.raises(ValueError, match="every line would open with it"):
        Openings([("read more", 1), ("", 2)])

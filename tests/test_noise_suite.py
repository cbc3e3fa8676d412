"""The noise suite: some forty lines of noise and twenty sentences that look like it in each language of the lexicons.

The lines stand in `tests/noise/`, over the kinds in which papers print them. Each is set as a plain paragraph without
class hints, where such a line stands, and given as text that another scraper left. At least 95 % of a language's
noise goes with its label right, and each of the lines that are `sure`; every real sentence stays. More lines in
English, Ukrainian and Hebrew are tested one by one in `test_noise`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractors import Article, clean
from extractors.article import BODY_LABELS, Label
from extractors.engine.lexicon.tables import LANGUAGES
from tests.gazette import STORIES, SUITE, in_body, labels_of, noisy, page, paragraphs, read

SURE = [
    pytest.param(language, *pair, id=f"{language}-{i}-{pair[0]}")
    for language, lines in SUITE.items()
    for i, pair in enumerate(lines.get("sure", ()))
]
LEAST = 0.95
CLOSING = {"author-bio", "contributors"}  # what stands at the end of a story and nowhere else
MARKS = ("👉 {}", "► {}", "\u200f{}\u200e", "{} >>", "«{}»", "  {}\u00a0")


def readings(language: str, line: str, at: int) -> Iterator[Article]:
    """Read the story with a line among its paragraphs: a page of plain paragraphs, and plain text."""
    story = STORIES[language]
    texts = [*story[:at], line, *story[at:]]
    yield read(page(paragraphs(*texts), language=language))
    yield clean("\n\n".join(texts))


def is_told(language: str, labels: str, line: str) -> bool:
    """Tell whether a line goes with one of its labels from wherever it stands, and leaves the story whole."""
    story = STORIES[language]
    wanted = set(labels.split(","))
    places = (len(story),) if CLOSING & wanted else (2, len(story))
    for at in places:
        for article in readings(language, line, at):
            if not labels_of(article, line) or not {str(x) for x in labels_of(article, line)} <= wanted:
                return False
            if not all(paragraph in article.body for paragraph in story[1:]):
                return False
    return True


def test_the_suite_covers_the_lexicons() -> None:
    assert set(SUITE) == set(LANGUAGES)
    for lines in SUITE.values():
        assert len(lines["noise"]) >= 40
        assert len(lines["kept"]) >= 20
        kinds = {label for labels, _ in lines["noise"] for label in labels.split(",")}
        assert kinds >= {"credit", "related", "newsletter", "social", "comments", "comment-policy", "paywall", "ad"}
        assert kinds >= {"author-bio", "timestamp", "legal", "correction", "agency", "player", "promo"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_noise_goes_with_its_label(language: str) -> None:
    noise = SUITE[language]["noise"]
    missed = [line for labels, line in noise if not is_told(language, labels, line)]
    assert len(missed) <= (1 - LEAST) * len(noise), missed


@pytest.mark.parametrize(("language", "label", "line"), SURE)
def test_sure_lines_go_with_just_their_label(language: str, label: str, line: str) -> None:
    story = STORIES[language]
    article = clean("\n\n".join(["Fähre — Ferry — パロム 2026", *story[:3], line, *story[3:]]))
    assert article.language == language
    assert {str(found) for found in labels_of(article, line)} == {label}
    assert all(in_body(article, paragraph) for paragraph in story)


@pytest.mark.parametrize("language", LANGUAGES)
def test_real_sentences_stay(language: str) -> None:
    lost = [
        line
        for line in SUITE[language]["kept"]
        for at in (1, 3, len(STORIES[language]))
        for article in readings(language, line, at)
        if not in_body(article, line)
    ]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_full_of_look_alikes_is_whole(language: str) -> None:
    texts = [*STORIES[language], *SUITE[language]["kept"]]
    article = read(page(paragraphs(*texts), language=language))
    assert [text for text in texts if text not in article.body] == []
    assert not [block for block in article.blocks if block.label not in BODY_LABELS and block.text.strip() in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_around_a_line_hide_nothing(language: str) -> None:
    """Arrows, emoji, bidi marks, quotation marks and spaces at the ends of a label are folded away."""
    labels = ("related", "social")
    lines = [line for kind, line in SUITE[language]["noise"] if kind in labels and len(line) < 28]
    short = [line for line in lines if line[0].isalnum()][:5]
    assert len(short) >= 3
    for line in short:
        for mark in MARKS:
            for article in readings(language, mark.format(line), 2):
                assert labels_of(article, line).isdisjoint(BODY_LABELS), mark.format(line)


def test_a_line_in_another_script_is_read_with_the_phrases_of_its_language() -> None:
    line = next(line for _, line in SUITE["ko"]["noise"] if line.startswith("뉴스레터를 구독하고"))
    assert labels_of(read(page(paragraphs(*STORIES["en"][:3], line, *STORIES["en"][3:]))), line) == {Label.NEWSLETTER}


AUTHORS = {
    "en": "The author is a professor of tides. The views expressed are her own.",
    "de": "Die Autorin ist Professorin für Gezeitenkunde an der Hochschule von Salzmünde.",
    "fr": "L’auteur est professeur de droit des marées à l’université de Salines.",
    "es": "La autora es profesora de Derecho de las mareas en la Universidad de Salinas.",
    "it": "L’autrice è professoressa di diritto delle maree all’università di Saline.",
    "pt": "A autora é professora de direito das marés na universidade de Salinas.",
    "pl": "Autorka jest profesorką prawa pływów na uniwersytecie w Solnej.",
    "uk": "Авторка — професорка права припливів Солонського університету.",
    "ru": "Автор — профессор права приливов Солёного университета.",
    "he": "הכותבת היא פרופסור לדיני גאות באוניברסיטת מלחה.",
    "ar": "الكاتبة أستاذة قانون المد والجزر في جامعة الملاحة.",
    "ja": "筆者は塩港大学教授。",
}


@pytest.mark.parametrize("language", AUTHORS)
def test_what_the_author_is_closes_a_story_in_every_language(language: str) -> None:
    found = noisy(AUTHORS[language], language=language, last=True)
    assert labels_of(found, AUTHORS[language]) == {Label.AUTHOR_BIO}
    assert AUTHORS[language] not in found.body

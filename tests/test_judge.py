"""The noise rule by itself: no single cue, and no phrase of any lexicon, drops a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import Label
from extractors.article import BODY_LABELS
from extractors.engine.lexicon import lexicon_for
from extractors.engine.markup.elements import Role
from extractors.engine.noise.lines import Facts, Line
from extractors.engine.noise.rule import judge
from extractors.engine.prose import key_of

PLAIN = "The old harbour master told eleven people on the quay that the lamps had gone out."
ROLES = [value for name, value in vars(Role).items() if name.isupper()]


def judged(text: str, language: str = "en", **cues: Any) -> Label | None:
    verdict = judge(Line(text, **cues), Facts(), lexicon_for(language))
    return verdict.label if verdict else None


@pytest.mark.parametrize("label", list(Label))
def test_a_hint_alone_never_drops_a_sentence(label: Label) -> None:
    assert judged(PLAIN, hints=frozenset({label})) is None
    assert judged(PLAIN, hints=frozenset({label}), tail=True) is None
    assert judged(PLAIN, hints=frozenset({label}), last=True, strong=1.0) is None


def test_all_hints_together_never_drop_a_sentence() -> None:
    assert judged(PLAIN, hints=frozenset(Label)) is None


@pytest.mark.parametrize(
    "cue",
    [
        *({"roles": role} for role in ROLES),
        *({name: 1.0} for name in ("linked", "strong", "emphasis")),
        *({name: True} for name in ("outside", "lead", "tail", "last", "first", "pictured")),
    ],
    ids=str,
)
def test_one_cue_alone_never_drops_a_sentence(cue: dict[str, Any]) -> None:
    assert judged(PLAIN, **cue) is None


@pytest.mark.parametrize(
    "text",
    [
        "The old harbour master told @saltmouth on that night that the lamps had gone out.",
        "The old harbour master told the town by www.saltmouth.example that the lamps had gone out.",
        "Please tell the old harbour master on the quay that the lamps had gone out.",
        "On clear nights you can see the harbour on YouTube, Facebook or the town's own wireless.",
        "THE OLD HARBOUR MASTER TOLD ELEVEN PEOPLE ON THE QUAY THAT THE LAMPS HAD GONE OUT.",
        "(The old harbour master told eleven people on the quay that the lamps had gone out.)",
        "» The old harbour master told eleven people on the quay that the lamps had gone out.",
    ],
)
def test_contact_register_and_typography_alone_never_drop_a_sentence(text: str) -> None:
    assert judged(text) is None


TALES = {
    "en": ("The old harbour master of {}, told eleven people on the quay.", "{}: the old harbour master told eleven people on the quay."),
    "uk": ("Старий начальник порту {}, сказав одинадцятьом людям на причалі вночі.", "{}: старий начальник порту сказав одинадцятьом людям на причалі."),
    "he": ("מנהל הנמל הישן {}, אמר לאחד עשר אנשים על הרציף בלילה.", "{}: מנהל הנמל הישן אמר לאחד עשר אנשים על הרציף בלילה."),
}  # fmt: skip


def each(phrase: str) -> Iterator[str]:
    """Yield ways of a phrase in which each way of each choice is said once; all of them would take hours."""
    parts = [part.split("|") if i % 2 else [part] for i, part in enumerate(re.split(r"\{([^{}]*)\}", phrase))]
    for n in range(max(map(len, parts))):
        yield "".join(part[n % len(part)] for part in parts)


def phrases(language: str, kind: str) -> list[str]:
    """Return the phrases of one kind that speak of noise in a language's lexicon, as a line prints them."""
    text = files("extractors.engine.lexicon").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    sections = {name: section for name, section in tomllib.loads(text).items() if name in set(Label) - {Label.BYLINE}}
    told = [way for section in sections.values() for phrase in section.get(kind, ()) for way in each(phrase)]
    return [phrase.replace("#", "7").replace("*", "x") for phrase in told]


def spoken_of(language: str, kind: str) -> list[str]:
    """Return the phrases of a kind that do not themselves speak to the reader, which is a second family of cues."""
    text = files("extractors.engine.lexicon").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    address = [*tomllib.loads(text)["register"]["inside"], "t.me"]
    return [p for p in phrases(language, kind) if not any(word in p for word in address)]


@pytest.mark.parametrize("language", TALES)
def test_no_phrase_inside_a_sentence_drops_it(language: str) -> None:
    found = [p for p in phrases(language, "inside") if "/" not in p]  # an address is contact as well
    assert len(found) > 10
    assert [p for p in found if judged(TALES[language][0].format(p), language)] == []


@pytest.mark.parametrize("language", TALES)
def test_every_phrase_is_found_and_counts_with_a_second_cue(language: str) -> None:
    inside, label = TALES[language]
    cue: dict[str, Any] = {"hints": frozenset({Label.AD}), "last": True}
    lost = [p for p in phrases(language, "inside") if p[0].isalnum() and not judged(inside.format(p), language, **cue)]
    lost += [p for p in phrases(language, "start") if not judged(label.format(p), language, **cue)]
    lost += [p for p in phrases(language, "open") if not judged(label.format(p).replace(":", "", 1), language, **cue)]
    assert lost == []


@pytest.mark.parametrize("language", TALES)
def test_no_label_before_a_colon_drops_the_sentence_after_it(language: str) -> None:
    found = spoken_of(language, "start")
    assert len(found) > 30
    assert [p for p in found if judged(TALES[language][1].format(p), language)] == []


@pytest.mark.parametrize("language", TALES)
def test_no_opening_drops_a_sentence(language: str) -> None:
    found = spoken_of(language, "open")
    assert len(found) > 10
    assert [p for p in found if judged(TALES[language][1].format(p).replace(":", "", 1), language)] == []


@pytest.mark.parametrize("language", TALES)
def test_what_real_lines_begin_with_as_well_drops_no_sentence(language: str) -> None:
    found = spoken_of(language, "begin")
    assert len(found) > 100
    assert [p for p in found if judged(TALES[language][1].format(p).replace(":", "", 1), language)] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Join the harbour channel on WhatsApp and get the latest from the quay every day.", Label.NEWSLETTER),
        ("Follow our harbour master, the baker wrote on WhatsApp, and you get the latest news.", None),
        ("Download speeds fell on the quay, and the town's app told of it every hour.", None),
        ("Ada Quill/Getty Images", Label.CREDIT),
        ("dpa/aq", Label.AGENCY),
        ("Reuters/AFP", Label.AGENCY),
        ("Ada Quill/Ben Tarr", None),
        ("By Ada Quill and Ben Tarr", Label.BYLINE),
    ],
)
def test_what_is_asked_for_and_whose_a_picture_is(text: str, label: Label | None) -> None:
    assert judged(text) == label


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("he", "בשיתוף המשטרה נעצרו שלושה חשודים.", None),
        ("he", "בשיתוף משרד הבריאות", Label.AD),
        ("he", "הורידו את הדגל בשעת ערב.", None),
        ("ar", "تابع القضاة الجلسة حتى الفجر.", None),
        ("ja", "楽天で活躍した。", None),
        ("ja", "会員限定で販売した。", None),
        ("en", "More from the sea than from the land.", None),
        ("en", "More from the harbour", Label.RELATED),
    ],
)
def test_a_short_sentence_that_opens_as_a_label_does_is_story(language: str, text: str, label: Label | None) -> None:
    assert judged(text, language) == label


@pytest.mark.parametrize("text", ["إقـــرأ أيضا", "اقرا ايضا", "أخبار ذات صله", "الاكثر قراءه", "مواضيع ذات صلة"])
def test_arabic_is_known_however_it_is_spelled(text: str) -> None:
    assert judged(text, "ar") is Label.RELATED


@pytest.mark.parametrize("text", ["הצטרפו לערוץ הווטסאפ של הנמל", "צילום: יח״צ", "צילום: יח''צ", "עוד ב־ynet"])
def test_hebrew_is_known_with_any_of_its_marks(text: str) -> None:
    assert judged(text, "he") is not None


@pytest.mark.parametrize("language", TALES)
def test_no_whole_line_drops_a_sentence_that_opens_with_it(language: str) -> None:
    found = spoken_of(language, "line")
    assert len(found) > 100
    assert [p for p in found if judged(TALES[language][1].format(p), language)] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Read more: Council puts off the sea wall", Label.RELATED),
        ("Photo: Ada Quill", Label.CREDIT),
        ("(Photo: Ada Quill)", Label.CREDIT),
        ("Advertisement", Label.AD),
        ("ADVERTISEMENT", Label.AD),
        ("  Share this article  ", Label.SOCIAL),
        ("→ Leave a comment", Label.COMMENTS),
        ("“Never.”", None),
        ("He lied.", None),
        ("Going home", None),
        ("More than half", None),
    ],
)
def test_a_fragment_goes_on_one_whole_line_wording(text: str, label: Label | None) -> None:
    assert judged(text) == label


@pytest.mark.parametrize(
    ("text", "cues", "label"),
    [
        ("Sign up for our morning newsletter and the coast comes to your inbox every day.", {}, Label.NEWSLETTER),
        ("Follow us on the quay or write to desk@gazette.example at any time of the day.", {}, Label.SOCIAL),
        (PLAIN, {"linked": 1.0, "hints": frozenset({Label.RELATED})}, Label.RELATED),
        (PLAIN, {"roles": Role.ASIDE, "hints": frozenset({Label.PROMO})}, Label.PROMO),
        (PLAIN, {"roles": Role.FIGURE | Role.CAPTION, "pictured": True}, Label.CAPTION),
        (PLAIN, {"outside": True, "hints": frozenset({Label.COMMENTS})}, Label.COMMENTS),
        (PLAIN, {"pictured": True, "hints": frozenset({Label.CREDIT})}, Label.CREDIT),
    ],
)
def test_a_sentence_goes_on_two_families(text: str, cues: dict[str, Any], label: Label) -> None:
    assert judged(text, **cues) == label


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "“Sign up for our newsletter,” the screen in the ticket hall said, and Petra Vane pressed the wrong button.",
        ),
        ("en", "“Subscribe to our channel and like us on Facebook,” the boy in the crab costume shouted at the queue."),
        ("uk", "«Підписуйтесь на наш канал», — кричав хлопець у костюмі краба людям, які чекали на пором."),
        ("he", '"הירשמו לניוזלטר שלנו", נכתב על המסך באולם הכרטיסים, ופטרה לחצה בטעות על הכפתור הלא נכון.'),
    ],
)
def test_quotations_stay_whatever_their_wording(language: str, text: str) -> None:
    assert judged(text, language) is None
    assert judged(text, language, last=True) is None


def test_copies() -> None:
    lexicon = lexicon_for("en")
    known = Facts(captions=frozenset({key_of(PLAIN)}))
    assert (
        judge(Line(PLAIN, first=True, pictured=True), known, lexicon) is None
    )  # a short item whose caption says the same
    assert judge(Line(PLAIN), known, lexicon) is None
    verdict = judge(Line(PLAIN, pictured=True), known, lexicon)
    assert verdict is not None
    assert verdict.label is Label.CAPTION
    for facts, label in (
        (Facts(titles=frozenset({key_of(PLAIN)})), Label.RELATED),
        (Facts(recurring=frozenset({key_of(PLAIN)})), Label.PROMO),
    ):
        verdict = judge(Line(PLAIN.upper()), facts, lexicon)
        assert verdict is not None
        assert verdict.label is label


@given(
    st.text(max_size=80),
    st.fixed_dictionaries(
        {},
        optional={
            "roles": st.sampled_from(ROLES),
            "hints": st.frozensets(st.sampled_from(Label), max_size=3),
            "linked": st.floats(0, 1),
            "strong": st.floats(0, 1),
            **{name: st.booleans() for name in ("outside", "lead", "tail", "last", "first", "pictured")},
        },
    ),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_line_gets_a_verdict_with_a_reason_or_none(text: str, cues: dict[str, Any]) -> None:
    line = " ".join(text.split())
    if line:
        verdict = judge(Line(line, **cues), Facts(), lexicon_for("en"))
        assert verdict is None or (verdict.why and verdict.label not in BODY_LABELS)

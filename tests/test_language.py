"""The language of an article: what is claimed, what the script allows, what the text shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.engine.language import declared, identify, language_of, script_of
from extractors.page import Page

TEXTS = {
    "en": "The council voted late on Tuesday to keep the old ferry running through the winter, despite the cost.",
    "de": "Der Rat stimmte am späten Dienstag dafür, die alte Fähre trotz der Kosten auch im Winter fahren zu lassen.",
    "fr": "Le conseil a décidé mardi soir de maintenir le vieux bac en service tout l'hiver, malgré le coût élevé.",
    "es": "El concejo decidió el martes por la noche mantener el viejo transbordador durante el invierno, pese al coste.",
    "it": "Il consiglio ha deciso martedì sera di mantenere in servizio il vecchio traghetto anche durante l'inverno.",
    "pt": "A câmara decidiu na noite de terça-feira manter a velha balsa em funcionamento durante todo o inverno.",
    "pl": "Rada zdecydowała we wtorek wieczorem, że stary prom będzie kursował także zimą, mimo wysokich kosztów.",
    "ru": "Совет поздно вечером во вторник решил оставить старый паром на линии и зимой, несмотря на расходы.",
    "uk": "Рада пізно ввечері у вівторок вирішила залишити старий пором на лінії і взимку, попри великі витрати.",
    "he": "המועצה החליטה ביום שלישי בערב להמשיך להפעיל את המעבורת הישנה גם בחורף, למרות העלות הגבוהה.",
    "ar": "قرر المجلس مساء الثلاثاء الإبقاء على العبّارة القديمة في الخدمة طوال فصل الشتاء رغم ارتفاع التكاليف.",
    "ja": "市議会は火曜の夜、費用がかさんでも古い渡し船を冬のあいだも動かし続けることを決めた。",
    "zh": "市议会星期二晚上决定，尽管费用高昂，旧渡轮在冬季仍将继续运行。",
    "ko": "시의회는 화요일 밤 비용에도 불구하고 낡은 나룻배를 겨울에도 계속 운항하기로 했다.",
    "el": "Το συμβούλιο αποφάσισε το βράδυ της Τρίτης να κρατήσει το παλιό πορθμείο και τον χειμώνα.",
    "th": "สภาเมืองมีมติเมื่อคืนวันอังคารให้เรือข้ามฟากลำเก่าวิ่งต่อไปตลอดฤดูหนาว",
    "hi": "नगर परिषद ने मंगलवार की रात फैसला किया कि पुरानी नाव खर्च के बावजूद पूरी सर्दी चलती रहेगी।",
}


def page(lang: str = "", head: str = "") -> Page:
    return Page.parse(f'<html lang="{lang}"><head>{head}</head><body><p>x</p></body></html>', "u")


def ld(value: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "inLanguage": {value}}}</script>'


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        ("en-US", "", "en"),
        ("HE", "", "he"),
        ("iw-IL", "", "he"),
        ("zh-Hant-TW", "", "zh"),
        ("pt_BR", '<meta property="og:locale" content="en_US">', "pt"),
        ("ua", "", "uk"),
        ("", '<meta property="og:locale" content="uk_UA">', "uk"),
        ("und", '<meta property="og:locale" content="de_AT">', "de"),
        ("", ld('"fr-FR"'), "fr"),
        ("", ld('["es", "en"]'), "es"),
        ("", ld('{"@type": "Language", "name": "Ukrainian", "alternateName": "uk"}'), "uk"),
        ("", ld('{"@type": "Language", "name": "Hebrew"}'), "he"),
        ("", ld("7"), None),
        ("", '<meta http-equiv="Content-Language" content="pl, en">', "pl"),
        ("", "", None),
        ("123", "", None),
    ],
)
def test_declared(lang: str, head: str, language: str | None) -> None:
    assert declared(page(lang, head)) == language


@pytest.mark.parametrize("language", TEXTS)
def test_identify_by_the_text_alone(language: str) -> None:
    assert identify(TEXTS[language]) == language
    assert identify(f"\n {TEXTS[language]} \n" * 400) == language


@pytest.mark.parametrize("text", ["", "   ", "The river rose.", "Міська рада", "1234567890 " * 20])
def test_too_little_text_says_nothing(text: str) -> None:
    assert identify(text) is None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Ødegård’s straße, łódź", "latin"),
        ("Президент Zelenskyy сказав", "cyrillic"),
        ("צה״ל ו-IDF", "hebrew"),
        ("بی‌بی‌سی", "arabic"),
        ("東京都は新しい計画", "kana"),
        ("全国人民代表大会", "han"),
        ("中国队以3比1战胜对手，赛后の", "han"),
        ("서울시", "hangul"),
        ("საქართველო", "other"),
        ("2026 — 42 %", "other"),
        ("", "other"),
    ],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("claim", "text", "language"),
    [
        ("en", "en", "en"),
        ("en", "he", "he"),  # a theme's default
        ("en", "uk", "uk"),
        ("en", "ja", "ja"),
        ("he", "en", "en"),
        ("ru", "en", "en"),
        ("ru", "", "ru"),
        ("uk", "uk", "uk"),
        ("sr", "ru", "sr"),  # the script allows it
        ("sr", "pl", "sr"),
        ("ja", "zh", "ja"),
        ("ka", "de", "de"),
        ("", "fr", "fr"),
    ],
)
def test_a_claim_holds_where_the_script_allows_it(claim: str, text: str, language: str) -> None:
    assert language_of(page(claim), TEXTS.get(text, "")) == language


@pytest.mark.parametrize(
    ("claim", "text", "language"),
    [("en", "de", "de"), ("en", "pl", "pl"), ("de", "en", "en"), ("fr", "es", "fr"), ("en", "en", "en")],
)
def test_words_overrule_a_claim_of_english_and_english_overrules_a_claim(claim: str, text: str, language: str) -> None:
    assert language_of(page(claim), f"{TEXTS[text]} " * 4) == language


def test_text_without_a_page() -> None:
    assert language_of(None, TEXTS["uk"]) == "uk"
    assert language_of(None, "Brief.") is None


def test_a_short_text_leaves_the_claim() -> None:
    assert language_of(page("de"), "Kurz.") == "de"


@given(st.text())
def test_any_text_gives_two_letters_or_none(text: str) -> None:
    language = identify(text[:59])  # below what the model needs
    assert language is None or len(language) == 2


def test_the_model_is_loaded_only_when_it_is_needed() -> None:
    script = (
        "import sys; from extractors.engine.language import identify; identify('\u05d0' * 99); identify('Brief.');"
        "sys.exit('numpy' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0

"""Block pages become outcomes, and articles that look like them stay articles: by page, status, headers, redirects."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from extractors import ExtractionError, MissingFieldError, NotArticleError, extract
from extractors.engine.kinds.walls import walls_in
from spiders.challenges import door_of, landing_of, refuse_challenge, refuse_landing, unmasked
from spiders.outcomes import BLOCKS, outcome_of
from spiders.record import State
from tests.blocks import answers
from tests.blocks.judging import judged
from tests.conftest import ROOT, Run
from tests.gazette import STORY
from tests.newsroom import FEED, FERRY, HOME, TOWER, feed, page

ASKED = "https://www.tidings.example/2026/pier"
BARE = MissingFieldError("no body")
TABLE = tomllib.loads((ROOT / "extractors/engine/kinds/walls.toml").read_text("utf-8"))
WORDS = tomllib.loads((ROOT / "extractors/engine/kinds/wallwords.toml").read_text("utf-8"))
JSONLD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Gone"}</script>'
GUARD = (("X-Amzn-Waf-Action", "challenge"),)


def test_walls_are_outcomes_and_stories_are_articles(tmp_path: Path) -> None:
    verdicts, books = judged(tmp_path, answers())
    assert sum(one.answer.is_article for one in verdicts) >= 20
    assert len(verdicts) >= 40
    assert [one.answer.name for one in verdicts if one.is_stored is not one.answer.is_article] == []
    assert [(one.answer.name, one.kind, one.reason) for one in verdicts if not one.is_right] == []
    blocks = sum(number for kind, number in books.kinds.items() if kind in BLOCKS)
    share = f"block pages: {blocks} of {len(verdicts)} ({blocks / len(verdicts):.0%}".removesuffix("%")
    assert any(note.startswith(share) and "bot wall" in note for note in books.notes())


@pytest.mark.parametrize(
    ("status", "headers"),
    [(202, GUARD), (405, (("x-amzn-waf-action", "captcha"),)), (403, (("CF-Mitigated", "challenge"),))],
)
def test_a_guard_names_itself_in_its_headers(status: int, headers: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(NotArticleError, match="header") as caught:
        refuse_challenge(status, headers)
    assert caught.value.kind == "bot wall"


def test_headers_of_guards_that_let_a_page_through_say_nothing() -> None:
    refuse_challenge(200, (("x-datadome", "protected"), ("cf-ray", "8f"), ("x-amzn-waf-action", "allow")))


@pytest.mark.parametrize(
    ("answered", "kind"),
    [
        ("https://www.tidings.example/login?back=%2F2026%2Fpier", "login"),
        ("https://sso.tidings.example/authorize", "login"),
        ("https://consent.tidings.example/v2", "consent page"),
        ("https://www.tidings.example/privacy-gate.html", "consent page"),
        ("https://www.tidings.example/captcha", "bot wall"),
        ("https://www.tidings.example/", "soft 404"),
    ],
)
def test_where_a_redirect_led_says_what_stands_there(answered: str, kind: str) -> None:
    with pytest.raises(NotArticleError, match="redirects") as caught:
        refuse_landing(ASKED, answered)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (ASKED, f"{ASKED}/"),
        (ASKED, "https://www.tidings.example/2026/why-a-login-is-hard"),
        ("https://www.tidings.example/captcha/1", "https://www.tidings.example/captcha/1-the-sculptor"),
        ("https://www.tidings.example", "https://www.tidings.example/"),
        ("https://login.example/a", "https://login.example/b"),  # the site's own name
    ],
)
def test_a_redirect_to_a_page_of_its_kind_is_none(asked: str, answered: str) -> None:
    refuse_landing(asked, answered)


def test_redirects_to_walls_are_outcomes_of_a_crawl(run: Run) -> None:
    front, elsewhere = f"{HOME}/", "https://consent.broker.example/v2?back=1"
    pages = {FEED: feed(FERRY, TOWER), FERRY: (302, {"Location": elsewhere}, ""), TOWER: (302, {"Location": front}, "")}
    books = run(pages | {front: page("the harbour", front)})
    assert books.kinds == {"consent page": 1, "soft 404": 1}
    assert "block pages: 2 of 2 (100 %): " in "".join(books.notes())


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (403, "<title>Attention Required!</title><p>You have been blocked.</p>", "bot wall"),
        (403, "<title>x</title><script>var a='captcha'</script><p>Forbidden.</p>", "HTTP 403"),
        (402, "<h1>Subscribe to continue reading</h1>", "login"),
        (429, "<script>window.KPSDK={}</script>", "bot wall"),
        (428, "<div id='sec-if-cpt-container'></div>", "bot wall"),
        (503, "<h1>Service unavailable</h1>", "HTTP 503"),
        (404, "<h1>Page not found</h1><p>Log in or verify you are human.</p>", "HTTP 404"),
        (451, "<p>Unavailable for legal reasons</p>", "geo-block"),
    ],
)
def test_a_denial_is_named_by_its_page(status: int, body: str, kind: str) -> None:
    outcome = outcome_of(HttpError(Response(ASKED, status=status, body=body.encode()), ""), ASKED)
    assert (outcome.state, outcome.kind) == (State.FAILED, kind)
    assert f"HTTP {status}" in (outcome.reason or "")
    assert (outcome.retry_in is not None) == (status in (429, 503) or kind == "bot wall")


@pytest.mark.parametrize(
    ("error", "status", "headers", "body", "kind"),
    [
        (BARE, 200, (), b"<iframe src='/_Incapsula_Resource?a=1'>", "bot wall"),
        (BARE, 202, (), b"<p></p>", "bot wall"),
        (NotArticleError("needs JavaScript"), 202, GUARD, b"", "bot wall"),
        (NotArticleError("section front"), 200, (), b"window.KPSDK", "bot wall"),
        (NotArticleError("consent page"), 200, (), b"px-captcha", "consent page"),
        (BARE, 200, (), b"<p>nothing</p>", None),
    ],
)
def test_a_page_without_an_article_is_named_by_its_answer(
    error: ExtractionError, status: int, headers: tuple[tuple[str, str], ...], body: bytes, kind: str | None
) -> None:
    after = unmasked(error, status, headers, body)
    assert (after.kind if isinstance(after, NotArticleError) else None) == kind


@pytest.mark.parametrize("kind", ["waiting room", "rate limit", "maintenance", "server error"])
def test_what_will_pass_is_tried_again(kind: str) -> None:
    soon = outcome_of(NotArticleError(kind), ASKED).retry_in
    assert 0 < (soon or 0) < (outcome_of(NotArticleError("bot wall"), ASKED).retry_in or 0)
    assert outcome_of(NotArticleError("login"), ASKED).retry_in is None


def test_korean_phrases_are_found_with_what_grows_on_to_them() -> None:
    assert {wall.kind for wall in walls_in([], ["주소를확인해주세요. 페이지를 찾을 수 없습니다만"])} == {"soft 404"}


def test_letters_that_grow_when_they_are_lowered_hide_nothing() -> None:
    body = f"<p>{'İ' * 60}</p><script>{'x' * 200}</script>Verify you are human"
    assert (door := door_of(403, (), body.encode()))
    assert door.kind == "bot wall"


@given(st.text("<>/scriptle &;=\"'é見", max_size=300), st.sampled_from([200, 202, 403, 429, 503]))
def test_any_body_has_an_answer(body: str, status: int) -> None:
    door_of(status, (), body.encode())
    landing_of(f"https://a.example/{body}")
    walls_in([body], [body])


@pytest.mark.parametrize("kind", [kind for kind in TABLE if isinstance(TABLE[kind], dict)])
def test_each_phrase_of_the_table_names_its_kind_wherever_it_stands(kind: str) -> None:
    for phrase in TABLE[kind]["says"]:
        told = phrase.replace("#", "503").replace("*", "")
        for text in (told, f"Once more: “{told}” – as ever."):
            assert kind in {wall.kind for wall in walls_in([], [text])}, phrase
            assert kind in {wall.kind for wall in walls_in([text], [])}, phrase


@pytest.mark.parametrize("answered", ["https://www.tidings.example/", "https://www.tidings.example"])
def test_a_redirect_to_the_front_page_says_that_the_story_is_gone(answered: str) -> None:
    with pytest.raises(NotArticleError) as caught:
        refuse_landing(ASKED, answered)
    assert caught.value.kind == "soft 404"
    refuse_landing("https://tidings.example/", answered)
    refuse_landing(ASKED, "https://www.tidings.example/?p=7")


NOTE = (
    "<title>{0}</title><h1>{0}</h1><p>It has slipped its rope. Try the search box, or row back to the front page.</p>"
)


def test_an_address_speaks_for_a_page_that_has_its_words() -> None:
    html = NOTE.format("The old lightship is adrift")
    assert extract(html, "https://www.tidings.example/2026/old-lightship-adrift").headline
    with pytest.raises(NotArticleError):
        extract(html, "https://www.tidings.example/2026/mayor-opens-new-library")


@pytest.mark.parametrize("sign", ['<meta property="article:published_time" content="2026-03-14">', JSONLD])
def test_a_page_with_the_signs_of_an_article_is_one(sign: str) -> None:
    html = NOTE.format("The page you are looking for is gone")
    assert extract(sign + html, ASKED).headline
    with pytest.raises(NotArticleError):
        extract(html, ASKED)


def test_letters_of_other_scripts_are_those_of_addresses() -> None:
    note = "<title>{0}</title><h1>{0}</h1><p>Его нашли у старой пристани. Введите адрес, и мы покажем вам это на сайте.</p>"
    html = note.format("Тюлень вышел к людям")
    assert extract(html, "https://www.tidings.example/2026/tyulen-vyshel-k-lyudyam").headline
    with pytest.raises(NotArticleError):
        extract(html, "https://www.tidings.example/2026/vybory-mera-goroda")


def test_each_language_has_words_for_each_kind() -> None:
    files = (ROOT / "extractors/engine/lexicon").glob("??.toml")
    assert WORDS.keys() == {file.stem for file in files}
    kinds = {"reader", "web", *(kind for kind in TABLE if isinstance(TABLE[kind], dict))}
    assert [language for language in WORDS if WORDS[language].keys() != kinds] == []


@pytest.mark.parametrize("language", WORDS)
def test_no_word_of_a_page_is_told_by_a_shorter_one(language: str) -> None:
    for words in WORDS[language].values():
        told = words.split()
        begun = [word for word in told if word.endswith("*")]
        assert [word for word in told if any(word.startswith(one[:-1]) and word != one for one in begun)] == []
        assert len(told) == len(set(told))


def test_of_a_title_that_is_left_open_only_the_beginning_is_read() -> None:
    title = f"<title>{' '.join(STORY[2:])} {'sign in to your account, or reset your password ' * 400}</title>"
    page = f"<html lang=en><head>{title}</head><body><p>{STORY[0]}</p><p>{STORY[1]}</p></body></html>"
    assert extract(page, "https://www.gazette.example/2217", sites=False).body == "\n\n".join(STORY[:2])

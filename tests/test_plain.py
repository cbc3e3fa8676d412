"""clean(): text that another scraper left noisy, from galleries to press digests; what is clean already stays as it is."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest

from extractors import Article, Image, Label, Translation, UnsupportedContentError, clean
from tests.gazette import HEADLINE, STORY, STORY_HE, STORY_UK, has_story, labels_of, noisy, whole

STANDFIRST = "The council was warned six years ago, and the money went to the sea wall instead of the pier"
POLICY = (
    "By commenting you agree to the privacy policy of The Gazette and to its terms of use;"
    " insults, threats and advertisements are taken out by the desk without an answer."
)
GALLERY = (
    HEADLINE, STANDFIRST, *STORY[:2],
    "3 View gallery", "המזח הישן של העיירה בסערה", "המזח הישן של העיירה בסערה", "The old pier seen from Gull Point", "(Photo: Ada Quill/Harbour Pool)",
    STORY[2],
    "2 View gallery", "המזח לאחר הסערה", "המזח לאחר הסערה", "What is left of the bandstand", "((Reuters) )",
    STORY[3], "<< Follow The Gazette on Facebook | Twitter >>", STORY[4],
    "1 View gallery", "בית הקפה", "בית הקפה", "The café at the end of the pier last summer",
    *STORY[5:7], "Read more: Council puts off the sea wall once again", STORY[7], POLICY,
)  # fmt: skip
SPLITS = ("\n", "\n\n", "\r\n", "\n\n\n", "\n \t \n")


@pytest.mark.parametrize("between", SPLITS)
def test_a_page_with_galleries(between: str) -> None:
    article = clean(between.join(GALLERY))
    assert article.body == "\n\n".join(STORY)
    assert (article.headline, article.standfirst) == (HEADLINE, STANDFIRST)
    assert article.images == (
        Image(None, "The old pier seen from Gull Point", "Ada Quill/Harbour Pool", "המזח הישן של העיירה בסערה"),
        Image(None, "What is left of the bandstand", "Reuters", "המזח לאחר הסערה"),
        Image(None, "The café at the end of the pier last summer", None, "בית הקפה"),
    )
    assert [block.label.value for block in article.removed] == [
        *("player", "alt", "alt", "caption", "credit"),
        *("player", "alt", "alt", "caption", "credit"),
        "social",
        *("player", "alt", "alt", "caption"),
        *("related", "comment-policy"),
    ]
    assert article.language == "en"
    assert (article.template, article.url, article.site) == ("text", None, None)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("<< Follow The Gazette on Facebook | Twitter >>", Label.SOCIAL),
        ("<<Follow us on Facebook, Instagram and Telegram>>", Label.SOCIAL),
        ("Read more:", Label.RELATED),
        ("Read More: Council Puts Off the Sea Wall Once Again", Label.RELATED),
        ("READ MORE: Council puts off the sea wall", Label.RELATED),
        ("3 View gallery", Label.PLAYER),
        ("(Photo: Ada Quill)", Label.CREDIT),
        ("((Reuters) )", Label.CREDIT),
        ("(Unsplash)", Label.CREDIT),
        ("[Photo: Ada Quill/Harbour Pool]", Label.CREDIT),
        (POLICY, Label.COMMENT_POLICY),
    ],
)
def test_lines_that_go(line: str, label: Label) -> None:
    for article in (noisy(line), noisy(line, last=True)):
        assert labels_of(article, line) == {label}
        assert article.body == "\n\n".join(STORY)


def test_a_line_that_stands_twice_in_a_row_is_an_alt_text() -> None:
    line = "The old pier in its last summer"
    article = noisy(f"{line}\n{line}")
    assert labels_of(article, line) == {Label.ALT}
    assert article.body == "\n\n".join(STORY)


DIGEST = (
    "The Saltmouth Gazette.- 04.05.2026",
    "Ada Quill, Ben Tarr",
    HEADLINE,
    "Буря забрала старий причал",
    "Причал, який інженери шість років називали небезпечним, упав у ніч на понеділок. Ніхто не постраждав, каже начальник порту.",
    "<https://www.gazette.example/2026/05/pier>",
    *STORY[:4],
    "Read More: Council Puts Off the Sea Wall Once Again",
    *STORY[4:],
    "—Ada Quill reported from Gull Point. Cleo Wynn contributed to this report.",
)


@pytest.mark.parametrize("between", SPLITS)
def test_an_entry_of_a_press_digest(between: str) -> None:
    article = clean(between.join(DIGEST))
    assert article.body == "\n\n".join(STORY)
    assert article.outlet == "The Saltmouth Gazette"
    assert article.published == date(2026, 5, 4)
    assert type(article.published) is date
    assert article.authors == ("Ada Quill", "Ben Tarr")
    assert article.headline == HEADLINE
    assert article.canonical_url == "https://www.gazette.example/2026/05/pier"
    assert article.url is None
    assert article.translations == (Translation("uk", DIGEST[3], DIGEST[4]),)
    assert article.contributors == DIGEST[-1]
    assert article.language == "en"
    assert [block.text for block in article.removed] == ["Read More: Council Puts Off the Sea Wall Once Again"]
    assert {name: article.sources[name] for name in ("outlet", "published", "authors", "headline")} == {
        "outlet": "text",
        "published": "text",
        "authors": "text",
        "headline": "text",
    }


def test_a_digest_whose_day_does_not_exist_has_no_date() -> None:
    article = clean("\n".join(("The Saltmouth Gazette.- 31.02.2026", *DIGEST[2:])))
    assert article.published is None
    assert has_story(article)


def test_a_text_with_nothing_to_remove() -> None:
    for texts in (STORY, STORY_HE, STORY_UK):
        headline = texts[0].rstrip(".").partition(",")[0]
        article = clean("\n\n".join((headline, *texts)))
        assert article.headline == headline
        assert article.body == "\n\n".join(texts)
        assert article.removed == ()
        assert article.warnings == ()


def test_a_text_without_a_headline_keeps_its_first_paragraph() -> None:
    article = clean("\n\n".join(STORY))
    assert article.headline is None
    assert article.warnings == ("no headline",)
    assert article.body == "\n\n".join(STORY)


def test_hard_wrapped_text_is_put_together_again() -> None:
    for width in (40, 60, 72):
        article = clean("\n\n".join(textwrap.fill(text, width) for text in (HEADLINE, *STORY)))
        assert article.headline == HEADLINE
        assert article.body == "\n\n".join(STORY)


POEM = """The Pier

The pier went out to look at the sea
and did not come home for its tea,
the lamps all went under,
the gulls laughed like thunder,
and nobody thought to ask me.

The pier lay down on a bed of sand
with one iron foot on the land,
it had nothing to say
to the boats in the bay,
and the crabs came and held it by the hand.
"""


@pytest.mark.parametrize(
    "text",
    [
        POEM,
        POEM.replace(",", "").replace(".", ""),
        "Piers of the coast\n\nSaltmouth, 212 m\nGull Point, 80 m\nTern Island, 14 m\nEast Quay, 31 m",
        "He lied.",
        "Salt, rope, tar",
        "22:10 The lamps go out.\n22:40 The first pile gives way.\n23:05 The bandstand is gone.\n23:30 All is quiet.",
    ],
    ids=["poem", "poem without marks", "list", "two words", "fragment", "chronology"],
)
def test_texts_without_prose_lose_no_line(text: str) -> None:
    article = clean(text)
    assert article.removed == ()
    assert whole(article.blocks) == text.split()


@pytest.mark.parametrize("text", ["", " \n\t\r\n ", "\0\u200b\ufeff\n\u202e"])
def test_an_empty_text(text: str) -> None:
    with pytest.raises(UnsupportedContentError, match="empty"):
        clean(text)


def test_poison_in_a_text_comes_out_clean() -> None:
    article = clean(f"{HEADLINE}\n\n\u202e{STORY[0]}\0\n\n{STORY[1]}\ud800\n\n{STORY[2]}")
    assert article.body == f"{STORY[0]}\n\n{STORY[1]}\ufffd\n\n{STORY[2]}"


def test_where_a_text_came_from_names_its_site() -> None:
    article = clean("\n\n".join(STORY), url="https://www.gazette.example/2026/05/pier")
    assert (article.url, article.site) == ("https://www.gazette.example/2026/05/pier", "gazette.example")
    assert article.canonical_url is None


def test_cleaning_a_clean_body_again_changes_nothing() -> None:
    once = clean("\n".join(GALLERY))
    again = clean(f"{once.headline}\n\n{once.body}")
    assert again.body == once.body
    assert again.removed == ()


def test_captions_named_by_their_credit() -> None:
    article = noisy("The old pier seen from Gull Point", "Photo: Ada Quill/Harbour Pool")
    assert article.images == (Image(None, "The old pier seen from Gull Point", "Ada Quill/Harbour Pool"),)
    assert has_story(article)


def test_a_quotation_in_another_script_stays() -> None:
    quote = "«Причал ніколи не був таким тихим, як тієї ночі», — написала вона подрузі з острова."
    article = noisy(quote)
    assert quote in article.body
    assert isinstance(article, Article)

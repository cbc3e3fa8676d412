"""What a page says of its own article becomes a field before the line leaves the body; what a story tells does not."""

from __future__ import annotations

from typing import Any

import pytest

from extractors import Article, Label, clean
from extractors.article import BODY_LABELS
from tests.gazette import HEADLINE, STORIES, STORY, has_story, labels_of, meta, page, paragraphs, read, read_with


def among(language: str, line: str) -> Article:
    """Clean a story with a line set after its third paragraph."""
    story = STORIES[language]
    article = clean("\n\n".join([*story[:3], line, *story[3:]]))
    assert article.language == language
    assert all(paragraph in article.body for paragraph in story)
    return article


def flags_of(article: Article) -> set[str]:
    return {name for name in ("machine_translated", "affiliate", "sponsored") if getattr(article, name)}


# Disclosures.

DISCLOSURE = "Disclosure: Petra Vane, who wrote this article, is a cousin of the harbour master."


def test_a_disclosure_is_a_field_and_no_longer_in_the_body() -> None:
    for found in (read(page(paragraphs(*STORY, DISCLOSURE))), among("en", DISCLOSURE)):
        assert found.disclosures == (DISCLOSURE,)
        assert labels_of(found, DISCLOSURE) == {Label.DISCLOSURE}
        assert DISCLOSURE not in found.body
        assert flags_of(found) == set()


def test_fields_come_back_from_json() -> None:
    lines = (DISCLOSURE, "This article was translated with the help of AI and checked by our editors.")
    html = page(
        paragraphs(*STORY, *lines), data={"@type": "NewsArticle", "isAccessibleForFree": False, "wordCount": 400}
    )
    found = read(html)
    assert found.machine_translated
    assert found.visible_share is not None
    assert Article.from_dict(found.as_dict()) == found


# Machine translation, affiliate links.

TRANSLATED = {
    "en": "This article was machine translated from Norwegian and checked by our editors.",
    "de": "Dieser Artikel wurde maschinell übersetzt und von unserer Redaktion geprüft.",
    "fr": "Cet article a été traduit automatiquement et relu par notre rédaction.",
    "es": "Este artículo ha sido traducido automáticamente y revisado por nuestra redacción.",
    "it": "Questo articolo è stato tradotto automaticamente e rivisto dalla nostra redazione.",
    "pt": "Este artigo foi traduzido automaticamente e revisto pela nossa redação.",
    "pl": "Tekst został przetłumaczony automatycznie z norweskiego i sprawdzony przez naszą redakcję.",
    "ru": "Статья переведена автоматически с норвежского языка сотрудниками нашей редакции.",
    "ja": "この記事は英語版を機械翻訳したものです。",
}
AFFILIATE = {
    "en": "We may earn a commission if you buy something through links in this article.",
    "de": "Dieser Artikel enthält Affiliate-Links, bei einem Kauf erhalten wir eine Provision.",
    "fr": "Nous pouvons toucher une commission si vous achetez par un lien de cet article.",
    "es": "Podemos recibir una comisión por las compras que se hagan desde este artículo.",
    "it": "Possiamo ricevere una commissione se si compra da uno dei link in questo articolo.",
    "pt": "Podemos receber uma comissão por compras feitas a partir dos links: este artigo tem vários.",
    "pl": "Za zakupy przez linki, które zawiera ten artykuł, otrzymujemy prowizję od sklepów.",
    "ja": "商品を購入いただくと、アフィリエイト広告により当サイトに報酬が支払われます。",
}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_notice_of_machine_translation(language: str) -> None:
    found = among(language, TRANSLATED[language])
    assert flags_of(found) == {"machine_translated"}
    assert found.sources["machine_translated"] == "page"
    assert found.disclosures == (TRANSLATED[language],)
    assert TRANSLATED[language] not in found.body


@pytest.mark.parametrize("language", AFFILIATE)
def test_a_notice_of_affiliate_links(language: str) -> None:
    found = among(language, AFFILIATE[language])
    assert flags_of(found) == {"affiliate"}
    assert AFFILIATE[language] not in found.body


def test_a_notice_between_headline_and_story_counts() -> None:
    above = f'<div class="top"><h1>{HEADLINE}</h1><div>{AFFILIATE["en"]}</div></div>'
    story = f'<div class="story">{paragraphs(*STORY)}</div>'
    assert flags_of(read(page(above + story, headline=None, head=meta("og:title", HEADLINE)))) == {"affiliate"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The shop's owner said that a small commission from each affiliate link paid for the lamps on the quay.",
        "The town guide was machine translated into Norwegian, which is why the ferry is called a pancake in it.",
        "The regatta was sponsored by the rope works, which has paid for the buoys since 1981.",
        "You have read 30% of this book, the librarian told him, and you are not allowed to take the rest home.",
        "A council report says that 57% of this article of the charter has never been put into force.",
    ],
)
def test_a_story_about_these_things_is_a_story(sentence: str) -> None:
    for found in (read(page(paragraphs(*STORY[:3], sentence, *STORY[3:]))), among("en", sentence)):
        assert labels_of(found, sentence) <= BODY_LABELS
        assert flags_of(found) == set()
        assert (found.paywalled, found.visible_share, found.disclosures) == (None, None, ())


# A sponsor.


@pytest.mark.parametrize(
    ("data", "head", "source"),
    [
        ({"@type": "AdvertiserContentArticle"}, "", "json-ld type"),
        ({"sponsor": {"@type": "Organization", "name": "Saltmouth Rope Works"}}, "", "json-ld sponsor"),
        ({}, meta("article:section", "Sponsored Content"), "section"),
        ({}, meta("article:section", "Advertorial"), "section"),
    ],
)
def test_a_sponsor_in_the_pages_data(data: dict[str, Any], head: str, source: str) -> None:
    found = read_with(head, data)
    assert found.sponsored
    assert found.sources["sponsored"] == source


@pytest.mark.parametrize("data", [{"sponsor": None}, {"sponsor": {}}, {"sponsor": ""}, {"sponsor": [{"name": ""}]}])
def test_an_empty_sponsor_is_none(data: dict[str, Any]) -> None:
    assert not read_with(meta("article:section", "Sport"), data).sponsored


def test_a_label_over_the_story_says_that_it_is_sponsored_and_an_ads_label_does_not() -> None:
    def labelled(line: str, at: int = 0) -> Article:
        story = [*STORY[:at], line, *STORY[at:]]
        return read(page(f"<h1>{HEADLINE}</h1>{paragraphs(*story)}", headline=None, head=meta("og:title", HEADLINE)))

    assert labelled("Sponsored content").sponsored
    assert labelled("Paid for by Saltmouth Rope Works").sponsored
    assert labelled("This article was paid for by Saltmouth Rope Works and is not by our newsroom.", at=8).sponsored
    assert not labelled("Advertisement").sponsored
    assert not labelled("Sponsored by").sponsored
    assert not labelled("Sponsored content", at=4).sponsored


# A paywall, and how much of the text stands before it.

LEFT = {
    "en": "You've read 38% of this article. Sign up to read the rest of it on our site.",
    "fr": "Il vous reste 62 % de cet article à lire. La suite est réservée aux abonnés.",
    "pl": "Pozostało 62% artykułu. Ten artykuł jest dostępny tylko dla prenumeratorów.",
    "de": "Noch 62 % des Artikels: Testen Sie unser Digital-Abo und lesen Sie hier weiter.",
}


@pytest.mark.parametrize("language", LEFT)
def test_a_stated_share(language: str) -> None:
    found = among(language, LEFT[language])
    assert (found.paywalled, found.visible_share) == (True, 0.38)
    assert found.sources["visible_share"] == "page"
    assert LEFT[language] not in found.body


def test_a_stated_share_outside_the_story() -> None:
    wall = "<section><p>You have read <b>12.5 %</b> of this article.</p><p>Log in or subscribe.</p></section>"
    sentence = "You have read 30% of this article of faith, she said, and the rest of it is no better than that."
    html = page(
        paragraphs(*STORY, sentence),
        around=("<main><article>", f"</article></main>{wall}"),
        data={"@type": "NewsArticle", "isAccessibleForFree": False, "wordCount": 400},
    )
    found = read(html)
    assert (found.paywalled, found.visible_share) == (True, 0.125)
    assert found.sources["visible_share"] == "page"
    assert has_story(found)


def test_letters_left_in_japanese() -> None:
    story = STORIES["ja"]
    seen = sum(map(len, story))
    found = clean(
        "\n\n".join([*story, f"ここから先は有料会員限定です。ログインしてお読みください。残り{3 * seen:,}文字"])
    )
    assert (found.paywalled, found.visible_share) == (True, 0.25)


@pytest.mark.parametrize(
    ("data", "paywalled", "share"),
    [
        ({"isAccessibleForFree": False, "wordCount": 676}, True, 0.25),
        ({"isAccessibleForFree": "False", "wordCount": "676"}, True, 0.25),
        ({"isAccessibleForFree": False, "wordCount": 100}, True, 1.0),
        ({"isAccessibleForFree": False, "wordCount": 0}, True, None),
        ({"isAccessibleForFree": False, "wordCount": "many"}, True, None),
        ({"isAccessibleForFree": False, "wordCount": None}, True, None),
        ({"isAccessibleForFree": True, "wordCount": 676}, False, None),
        ({"wordCount": 676}, None, None),
        ({"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False"}, "wordCount": 676}, True, 0.25),
        ({"hasPart": [{"@type": "WebPageElement", "isAccessibleForFree": True}]}, None, None),
    ],
)
def test_the_share_by_the_words_that_the_page_counts(
    data: dict[str, Any], paywalled: bool | None, share: float | None
) -> None:
    found = read_with(data=data)
    assert (found.paywalled, found.visible_share) == (paywalled, share)


@pytest.mark.parametrize(
    "line",
    [
        "Disclosure: The Gazette has a grant from the Tern Island Trust, which pays for the ferry as well.",
        "This article was written with the help of AI and read by an editor before it went out.",
    ],
)
def test_how_a_story_came_to_be_closes_it_as_a_disclosure(line: str) -> None:
    found = read(page(paragraphs(*STORY) + f"<p><em>{line}</em></p>"))
    assert found.body == "\n\n".join(STORY)
    assert found.disclosures == (line,)


def test_news_that_opens_with_the_hour_of_an_update_stays() -> None:
    line = "UPDATE, 5 p.m.: The council has put the whole plan for the new pier on its board."
    found = read(page(paragraphs(*STORY) + f"<p><b>{line.partition(':')[0]}:</b>{line.partition(':')[2]}</p>"))
    assert found.body == "\n\n".join((*STORY, line))

"""Pages that list articles are none, with and without a line under each headline; a short story above cards is one."""

from __future__ import annotations

import pytest

from extractors import NotArticleError, extract
from tests.gazette import page, paragraphs

SITE = "https://www.gazette.example"
ABOUT = "ferry crane school goat bridge beach choir library kite oven tower market siren tunnel mole reef".split()
STORY = (
    "The council of Saltmouth voted on Monday evening to keep the old ferry running until the new bridge opens.",
    "Eleven members voted for it and ten against, after the mayor had come back from his holiday a day early.",
)
BIO = (
    "Ada Quill has written for the Gazette since 2009, on the harbour, the council and whatever else floats in it.",
    "She was a diver before that and, for the length of one winter, the last keeper of the lighthouse on the mole.",
    "Her series on the sunken road won the Golden Herring, and she speaks four languages, one of them to her dogs.",
)


def cards(count: int, *, told: bool = True) -> str:
    """Return cards of other stories, with a line or two and a date under each headline if they are `told`."""
    under = "<p>Nobody had asked for the {0}, and now that it is there nobody knows who is to look after it.</p><p>4 May</p>"
    heads = '<article class="card"><h3><a href="/2026/{0}">Council argues for a whole evening about the {0}</a></h3>'
    return "".join((heads + (under if told else "") + "</article>").format(name) for name in ABOUT[:count])


def fronts() -> dict[str, tuple[str, str]]:
    """Return lists of articles: address and page of each."""
    profile = '<meta property="og:type" content="profile">'
    results = "".join(
        f'<div><a href="/s{n}">Council argues for a whole evening about the {name}</a>'
        f"<div>… nobody had asked for the {name}, and now that it is there it stays …</div></div>"
        for n, name in enumerate(ABOUT)
    )
    around = ("<main>", "</main>")
    return {
        "section": ("/culture/", page(cards(16), headline="Culture", around=around)),
        "section-of-eight": ("/culture", page(cards(8), headline="Culture", around=around)),
        "section-that-says-what-it-is": (
            "/culture/",
            page(
                paragraphs("All that we write on theatre, music and books in Saltmouth.") + cards(12),
                headline="Culture",
            ),
        ),
        "topic": ("/tag/ferry", page(cards(3), headline="Ferry", around=around)),
        "author": ("/author/ada-quill", page(paragraphs(BIO[0]) + cards(10), headline="Ada Quill", around=around)),
        "author-by-data": (
            "/ada-quill",
            page(paragraphs(*BIO) + cards(8, told=False), headline="Ada Quill", head=profile),
        ),
        "search": ("/search?q=ferry", page(results, headline="Search", around=around)),
        "found": ("/?s=ferry", page(results, headline="Search", around=around)),
        "main": ("/", page(cards(7), headline="The Gazette", around=around)),
    }


@pytest.mark.parametrize("name", fronts())
def test_a_list_of_articles_is_none(name: str) -> None:
    address, html = fronts()[name]
    with pytest.raises(NotArticleError, match="linked headlines") as caught:
        extract(html, SITE + address)
    assert caught.value.kind == "section front"


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("address", ["/2026/05/04/ferry", "/news/council-keeps-old-ferry", "/x"])
def test_a_short_story_above_cards_is_an_article(address: str, count: int, told: bool) -> None:
    more = f'<section class="latest"><h2>Latest</h2>{cards(12, told=told)}</section>'
    html = page(
        paragraphs(*STORY[:count]),
        headline="Council keeps the ferry",
        around=("<main><article>", f"</article>{more}</main>"),
    )
    assert extract(html, SITE + address).body == "\n\n".join(STORY[:count])


def test_headlines_with_a_paragraph_each_in_one_text_are_a_digest() -> None:
    parts = "".join(f'<h2><a href="/{name}">The long way of the {name}</a></h2><p>{STORY[0]}</p>' for name in ABOUT[:6])
    assert STORY[0] in extract(page(parts, headline="Five things and one"), f"{SITE}/five").body

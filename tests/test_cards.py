"""Links of small fronts and old systems: what cards, queries and neighbours tell where an address alone tells nothing."""

from __future__ import annotations

import pytest

from spiders.addresses import key_of
from spiders.listings.anchors import Candidate
from spiders.listings.discovery import read_listing
from spiders.listings.likeness import judge
from spiders.record import Kind

PAPER = "https://www.millbrookbugle.example/"
TOWN = "https://cinderhill.example/"
LETTER = "https://tidelines.example/"


def verdicts(
    page: str, home: str, counts: dict[str, tuple[int, int]] | None = None
) -> tuple[list[str], dict[str, str]]:
    """Return the paths that are taken of a front, and those that are not with their reasons."""
    found = read_listing(Kind.SECTION, page.encode(), home, (home.split("/")[2],), counts=counts)
    passed = {key_of(one.url).removeprefix(home): one.reason for one in found.passed}
    return [link.url.removeprefix(home) for link in found.links], passed


def reasons(*addresses: str, home: str = PAPER) -> list[str]:
    """Return "" for each address that is taken, else the reason."""
    text = "The harbour council keeps the ferry for another winter"
    told = judge([Candidate(home + address, text) for address in addresses])
    return ["" if verdict.article else verdict.reason for verdict in told]


# --- fronts whose addresses tell nothing -------------------------------------------------------------------------------

ENTRY = """<article class="post hentry"><div class="post-thumbnail"><a href="{0}" aria-hidden="true"><img></a></div>
<header class="entry-header"><h2 class="entry-title"><a href="{0}" rel="bookmark">{1}</a></h2><div class="entry-meta">
<span class="posted-on"><a href="{0}"><time>November 20, 2026</time></a></span><span class="byline"><a class="url"
href="/author/dot/">Dot Pell</a></span></div></header><p>It was so. <a class="more-link" href="{0}">Continue reading</a>
</p><footer><a href="/category/local-news/" rel="category tag">Local News</a></footer></article>"""
ENTRIES = {
    "school-board-votes-to-keep-the-bell": "School board votes to keep the bell",
    "pickles": "Pickles",
    "culvert-on-route-9-to-close-until-spring": "Culvert on Route 9 to close until spring",
    "lady-otters-win-sectional": "Lady Otters win sectional",
    "harvest-dinner-2": "Harvest dinner",
    "?p=18233": "Town clerk to retire after 41 years",
    "police-log-nov-9-15": "Police log, Nov. 9-15",
}
MENU = ("submit-a-letter-to-the-editor", "subscribe-to-the-bugle", "contact-us-and-office-hours", "about-the-bugle")


def a_paper() -> str:
    """Return the front of a paper that names its stories in a word or two."""
    menu = "".join(f'<li class="menu-item"><a href="/{one}/">{one.replace("-", " ").title()}</a></li>' for one in MENU)
    entries = "".join(ENTRY.format(f"/{path}", headline) for path, headline in ENTRIES.items())
    return f"<body class='home blog'><nav><ul>{menu}</ul></nav><main>{entries}</main></body>"


def test_stories_with_short_names_are_taken_where_they_stand_in_cards_like_the_others() -> None:
    taken, passed = verdicts(a_paper(), PAPER)
    assert sorted(taken) == sorted(ENTRIES)
    assert {"author/dot", "category/local-news", *MENU} == passed.keys()


def test_a_paper_that_has_been_read_before_has_no_stories_in_its_menu() -> None:
    shapes = {"millbrookbugle.example/<slug>": (5, 0), "millbrookbugle.example/<word>": (2, 0)}
    taken, _ = verdicts(a_paper(), PAPER, shapes)
    assert sorted(taken) == sorted(ENTRIES)


STORIES = {
    "tram-thief": "Tram thief jailed: ‘I only wanted to go home’",
    "town-hall-sold": "Town hall sold for a pound",
    "eels": "Why the eels have left the canal",
    "pini": "Pini, 22, named captain",
    "bell": "School keeps its bell",
    "fog-film": "A film in which nothing is seen",
    "letters/stop-sign": "Who moved the stop sign?",
}
SECTIONS = {
    "courts-crime-and-public-safety": "Courts, crime and public safety",
    "schools-colleges-and-learning": "Schools, colleges and learning",
    "planning-housing-and-transport": "Planning, housing and transport",
    "the-long-weekend": "The long weekend",
}


@pytest.mark.parametrize("counts", [None, {"cinderhill.example/<slug>": (1, 0), "cinderhill.example/<word>": (5, 0)}])
def test_sections_may_have_longer_names_than_stories(counts: dict[str, tuple[int, int]] | None) -> None:
    links = "".join(f'<li><a href="/{path}">{text}</a></li>' for path, text in SECTIONS.items())
    cards = "".join(
        f'<div class="story-card"><a class="story-card__image" href="/{path}"><img></a><h3 class="story-card__title">'
        f'<a href="/{path}">{text}</a></h3><p>It was so.</p></div>'
        for path, text in STORIES.items()
    )
    pills = '<a class="pill" href="/topics/canal-and-river-trust">Canal and River Trust</a>'
    page = f"<body><header><ul>{links}</ul></header><main>{cards}{pills}</main></body>"
    taken, passed = verdicts(page, TOWN, counts)
    assert sorted(taken) == sorted(STORIES)
    assert {*SECTIONS, "topics/canal-and-river-trust"} == passed.keys()


def test_a_time_beside_them_makes_stories_of_titles_of_a_word() -> None:
    titles = {
        "p/eels": "Eels",
        "p/a9c": "A9C",
        "p/nine-nights": "Nine nights in a bell tower",
        "p/the-minister-and-the-ferry": "The minister and the ferry",
        "p/who-pays-for-lighthouses": "Who pays for lighthouses?",
        "p/what-the-salt-farmers-eat": "What the salt farmers eat",
    }
    rows = "".join(
        f'<div class="linkRow"><a class="reset" href="/{path}">{text}</a><a href="/{path}" class="sub">They left.</a>'
        f'<div class="meta"><time>Nov 20</time> <a href="/{path}/comments" class="ufi">12</a></div></div>'
        for path, text in titles.items()
    )
    menu = '<a href="/archive">Archive</a><a href="/about">About</a><a href="/s/dispatches">Dispatches</a>'
    taken, passed = verdicts(f"<body><div class='menu'>{menu}</div><div>{rows}</div></body>", LETTER)
    assert sorted(taken) == sorted(titles)
    assert all(f"{path}/comments" in passed for path in titles)


def test_a_day_in_the_head_of_a_page_makes_no_stories_of_its_menu() -> None:
    names = ("sport", "culture", "letters", "region", "economy")
    menu = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in names)
    page = f"<body><header><span class='date'>22 November 2026</span><ul>{menu}</ul></header></body>"
    with pytest.raises(Exception, match="no link that looks like an article"):
        verdicts(page, TOWN)


PAID = {
    "an article": "<article><a href='{0}'><img></a><span class='kicker'>Sponsored content</span><h3><a href='{0}'>{1}</a></h3></article>",
    "an item": "<li><h3><a href='{0}'>{1}</a></h3><div><p>Paid for by Harbour Bank</p><a href='/author/bank/'>Bank</a></div></li>",
    "a link": "<div><a href='{0}'><small>Advertorial</small><h3>{1}</h3></a></div>",
    "what leads to one page": "<div class='card'><div><a href='{0}#top'></a><h3>{1}</h3></div><p>Partner content</p></div>",
}
FREE = {
    "its headline": "<li><h3><a href='{0}'>Sponsored by nobody, the ferry sails again after eleven days at sea</a></h3></li>",
    "a slot beside it": "<div><div class='ad'><span>Sponsored</span></div><h3><a href='{0}'>{1}</a></h3><a href='/x'>More</a></div>",
}


@pytest.mark.parametrize("how", [*PAID, *FREE])
def test_a_card_that_says_that_it_is_paid_for_is_no_story(how: str) -> None:
    path, headline = "/2026/11/22/how-to-save-for-a-boat-in-a-year", "How to save for a boat in a year"
    other = "<article><h3><a href='/2026/11/22/the-eels-have-left-the-canal'>The eels have left the canal</a></h3></article>"
    page = f"<html lang='en'><body><main>{other}{(PAID | FREE)[how].format(path, headline)}</main></body></html>"
    taken, passed = verdicts(page, TOWN)
    assert "2026/11/22/the-eels-have-left-the-canal" in taken
    assert (path[1:] in taken) is (how in FREE)
    assert how in FREE or passed[path[1:]].startswith("paid for: its card says “")


def test_a_page_lists_not_itself() -> None:
    page = (
        "<main><article><h2><a href='#top'>To the top of this page of the town of Cinder Hill</a></h2></article>"
        + "".join(
            f"<article><h2><a href='/bretagne/rennes_35238{path}'>La mairie vendue pour un euro {n}</a></h2></article>"
            for n, path in enumerate(("", "?from=top", "/la-mairie-vendue-pour-un-euro_62345678.html"))
        )
    )
    taken, passed = verdicts(page, "https://quartier.example/bretagne/rennes_35238")
    assert taken == ["/la-mairie-vendue-pour-un-euro_62345678.html"]
    assert passed[""] == "the listing itself"


# --- addresses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("artykul.php?id=20860&s=foto", ""),
        ("index.php?mod=news&action=show&nid=3312", ""),
        ("show.php?dzial=9&art=1187", ""),
        ("index.php?action=login&id=3312", "a page about accounts or subscriptions (“login”)"),
        ("?page_id=1234", "a front page"),
        ("?s=ferry", "a front page"),
    ],
)
def test_a_query_says_which_page_it_is(address: str, reason: str) -> None:
    assert reasons(address) == [reason]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (
            "coast-audio/lage/who-sank-the-ferry-a-9b9b9b9b-ffff-4308-86ee-cceeddffaabb",
            "something to listen to (“audio”)",
        ),
        ("news/in-pictures-67510932", "pictures without a story (“in-pictures”)"),
        ("local/gallery301234123.html", "pictures without a story (“gallery”)"),
        ("especial-publicitario/banco/noticia/2026/11/18/como-poupar-para-um-barco.html", "paid for (“publicitario”)"),
        ("politik/2026-11/wer-versenkte-die-faehre-podcast", "something to listen to (“podcast”)"),
        ("mots-croises/2026/11/22/grille-4711_6654000.html", "a service for readers, no story (“mots-croises”)"),
        ("lotteries/news/2026/11/21/ferry-wins-the-lottery", ""),
        ("loterias/noticia/2026/11/21/concurso-2941-acumula-de-novo.html", ""),
        ("sport/play-offs/2026/11/21/the-otters-win-the-sectional", ""),
        ("politics/2026-11/why-everybody-has-a-podcast-now", ""),
    ],
)
def test_words_as_parts_of_an_address(address: str, reason: str) -> None:
    assert [one.partition(" (")[0] for one in reasons(address)] == [reason.partition(" (")[0]]


def test_the_word_of_a_headline_is_no_label() -> None:
    address = f"{PAPER}politics/2026-11/what-he-says-in-his-podcast"
    assert [v.article for v in judge([Candidate(address, "What the minister says in his podcast of the week")])] == [
        True
    ]
    assert [v.article for v in judge([Candidate(address, "Podcast: What the minister says of the ferry")])] == [False]


def test_a_label_before_a_headline_and_in_its_address_tells_what_a_page_is() -> None:
    quiz, story = "news/quiz-how-well-do-you-know-fog-6512277", "news/quiz-champion-reads-the-answers-6512278"
    told = [
        Candidate(PAPER + quiz, "Quiz: How well do you know fog?"),
        Candidate(PAPER + story, "Quiz champion reads answers"),
    ]
    assert [verdict.reason for verdict in judge(told) if not verdict.article] == [
        "a service for readers, no story (“quiz”)"
    ]


def test_what_differs_from_a_listed_page_by_a_query_or_a_last_name_is_a_form_or_a_part_of_it() -> None:
    story = "world/port-leani-under-water-army-sends-barges-7054321"
    forms = [f"{story}?pfrom=mostread", f"{story}/amp/1", f"{story}/komplettansicht", f"{story}/photos"]
    assert [bool(reason) for reason in reasons(story, *forms)] == [False, True, True, True, True]
    assert "listed without its query" in reasons(story, *forms)[1]
    assert reasons(f"{story}?pfrom=mostread") == [""]
    for section, below in (
        ("collectie/13965", "collectie/13965/artikel/2541210-hoe-het-water-de-stad-nam"),
        ("blog/il-molo-di-ines", "blog/il-molo-di-ines/mare-frontiera.html"),
    ):
        assert reasons(section, below)[1] == ""


def test_a_suffix_after_the_number_is_of_the_shape() -> None:
    counts = {"millbrookbugle.example/world/<slug>-<id>-vi.html": (0, 20)}
    text = "The harbour council keeps the ferry for another winter"
    told = [
        Candidate(f"{PAPER}world/barges-come-to-port-leani-20261122111500-{kind}.html", text) for kind in ("vi", "nt")
    ]
    assert [verdict.article for verdict in judge(told, counts)] == [False, True]

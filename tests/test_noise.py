"""What is noise and what only looks like it: at the door people use; the rule by itself in test_judge."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractors import Hints, Label
from extractors.article import BODY_LABELS
from tests.gazette import STORIES, STORY, has_story, in_body, labels_of, noisy, page, paragraphs, read, read_story

LINES = tomllib.loads((Path(__file__).parent / "lookalikes.toml").read_text(encoding="utf-8"))

# Class names that sound like noise, hashed or ordinary; each stands on real paragraphs.
UNLUCKY = (
    "related-text",
    "banner-text",
    "follow-up",
    "similar-story",
    "poll-results",
    "sharenews",
    "itemad",
    "share-paragraph",
    "ad-free-copy",
    "promo-lead",
    "comment-text",
    "commentary",
    "caption-body",
    "credit-union",
    "newsletter-story",
    "sidebar-main",
    "footer-note",
    "video-story",
    "popular-science",
    "paywall-content",
    "premium-body",
    "social-affairs",
    "subscribe-wall",
    "header-shadow",
    "download-text",
    "tags-story",
    "widget",
    "sponsor-text",
    "hidden-gem",
    "teaser",
    "teaser-text",
    "nav-story",
    "print-only",
    "breadcrumb-crisis",
    "consent",
    "author-text",
    "date-text",
    "gallery-text",
    "player-profile",
    "menu-guide",
    "cookie-recipe",
    "outbrain-study",
    "popup-store",
    "legal-affairs",
    "bio-text",
    "disclaimer",
    "trending",
    "sc-1x2y-related",
    "css-9adbox",
)

KEPT = [pytest.param(lang, text, id=f"{lang}-{i}") for lang, d in LINES.items() for i, text in enumerate(d["kept"])]
NOISE = [
    pytest.param(lang, *pair, id=f"{lang}-{i}-{pair[0]}")
    for lang, d in LINES.items()
    for i, pair in enumerate(d["noise"])
]


def test_the_initials_of_a_wires_writers_at_the_storys_end_are_the_agencys() -> None:
    found = read(page(paragraphs(*STORY, "CRT KLM SNB")))
    assert found.body == "\n\n".join(STORY)
    assert labels_of(found, "CRT KLM SNB") == {Label.AGENCY}
    assert "CRT KLM SNB" in read(page(paragraphs(*STORY[:3], "CRT KLM SNB", *STORY[3:]))).body


@pytest.mark.parametrize(("language", "text"), KEPT)
def test_story_that_looks_like_noise_stays(language: str, text: str) -> None:
    story = STORIES[language]
    flat = "".join(f"<div>{t}</div>" for t in (*story[:3], text, *story[3:]))
    for article in (
        read_story(paragraphs(text), language=language),
        read(page(paragraphs(text, *story), language=language)),
        read(page(flat, language=language)),
        noisy(text, language=language),
    ):
        assert in_body(article, text)
        assert has_story(article, language)


@pytest.mark.parametrize(("language", "label", "line"), NOISE)
def test_noise_goes_wherever_it_stands_and_nothing_with_it(language: str, label: str, line: str) -> None:
    story = STORIES[language]
    for article in (
        read_story(paragraphs(line), language=language),
        read(page(paragraphs(*story, line), language=language)),
        noisy(line, language=language),
        noisy(line, language=language, last=True),
    ):
        assert labels_of(article, line) == {label}
        assert has_story(article, language)


@pytest.mark.parametrize(("label", "line"), LINES["en"]["closing"])
def test_noise_that_goes_only_at_the_end(label: str, line: str) -> None:
    for article in (read(page(paragraphs(*STORY, line))), noisy(line, last=True)):
        assert labels_of(article, line) == {label}
        assert has_story(article)


@pytest.mark.parametrize(("language", "label", "line"), NOISE)
def test_noise_above_the_story_cuts_nothing(language: str, label: str, line: str) -> None:
    article = read(page(paragraphs(line, *STORIES[language]), language=language))
    assert has_story(article, language)
    assert line not in article.body


def test_every_removed_block_says_why() -> None:
    lines = [line for _, line in LINES["en"]["noise"]]
    for article in (read_story(paragraphs(*lines)), noisy(*lines)):
        found = [block for block in article.blocks if block.text.strip() in lines]
        assert [block.text.strip() for block in found] == lines
        assert all(block.why and all(": " in cue for cue in block.why) for block in found)


@pytest.mark.parametrize("name", UNLUCKY)
def test_unlucky_names_on_real_paragraphs(name: str) -> None:
    for attribute in (f'class="{name}"', f'id="{name}"', f'class="box {name} t-{name}"'):
        for at in (2, 4, len(STORY) - 1):
            plain = [f"<p>{text}</p>" for text in STORY]
            for element in (f"<p {attribute}>{STORY[at]}</p>", f"<p><span {attribute}>{STORY[at]}</span></p>"):
                assert has_story(read(page("".join([*plain[:at], element, *plain[at + 1 :]]))))
    assert has_story(read(page("".join(f'<p class="{name}">{text}</p>' for text in STORY))))


@pytest.mark.parametrize("name", UNLUCKY)
def test_unlucky_names_on_what_holds_the_story(name: str) -> None:
    for around in (
        (f'<article class="{name}">', "</article>"),
        (f'<article><div id="{name}">', "</div></article>"),
        (f'<main class="{name}"><div><section class="{name}">', "</section></div></main>"),
    ):
        assert has_story(read(page(paragraphs(*STORY), around=around)))


def test_a_heading_of_noise_over_links_takes_the_links_and_no_paragraph() -> None:
    links = "".join(f'<li><a href="/{i}">Council puts off part {i} of the wall</a></li>' for i in range(3))
    for heading in ("Read more", "Related stories", "Most read", "Comments", "Advertisement"):
        article = read_story(f"<h2>{heading}</h2><ul>{links}</ul>")
        assert has_story(article)
        assert "Council puts off" not in article.body
        assert labels_of(article, heading).isdisjoint(BODY_LABELS)


def test_a_linked_line_between_paragraphs_goes_and_a_paragraph_with_a_link_stays() -> None:
    line = "Council puts off the sea wall once again"
    linked = STORY[0].replace("sailmakers", '<a href="/makers">sailmakers</a>')
    article = read(
        page(f"<p>{linked}</p>{paragraphs(*STORY[1:4])}<p><a href='/wall'>{line}</a></p>{paragraphs(*STORY[4:])}")
    )
    assert has_story(article)
    assert labels_of(article, line) == {Label.RELATED}


def test_what_a_caller_knows_of_the_site() -> None:
    title, line = (
        "Council puts off the sea wall once again",
        "The Gazette has been printed in Saltmouth since the year 1834.",
    )
    story = paragraphs(*STORY[:3], title, line, *STORY[3:])
    unaware = read(page(story))
    assert in_body(unaware, title)
    assert in_body(unaware, line)
    aware = read(page(story), hints=Hints(titles=frozenset({title}), recurring=frozenset({line})))
    assert labels_of(aware, title) == {Label.RELATED}
    assert labels_of(aware, line) == {Label.PROMO}
    assert has_story(aware)


def test_what_closes_a_story_is_told_above_the_fine_print() -> None:
    bio = "Owen Hale is a staff writer at the paper and has sailed the bay since 1994."
    fine = (
        "Sign up for our newsletter and get the news of the bay in your inbox every morning.",
        "Follow us on Facebook, Instagram and Bluesky for the latest news from the bay.",
        "Want more stories like this? Download our free app on your phone today.",
    )
    article = read(page(paragraphs(*STORY, bio, *fine)))
    assert labels_of(article, bio) == {Label.AUTHOR_BIO}
    assert has_story(article)


@pytest.mark.parametrize("parted", ["Owen Hale/The Gazette", "The Gazette | Owen Hale", "Owen Hale, Gazette"])
def test_a_name_beside_the_house_is_a_credit(parted: str) -> None:
    named = page(paragraphs(*STORY[:2], parted, *STORY[2:])).replace(
        "<head>", '<head><meta property="og:site_name" content="The Gazette">'
    )
    assert labels_of(read(named), parted) == {Label.CREDIT}


@pytest.mark.parametrize("line", ["Reuters / The Gazette", "The Gazette/AFP"])
def test_the_house_beside_a_wire_is_whose_text_that_is(line: str) -> None:
    named = page(paragraphs(*STORY, line)).replace(
        "<head>", '<head><meta property="og:site_name" content="The Gazette">'
    )
    assert labels_of(read(named), line) == {Label.AGENCY}


def test_a_word_that_names_a_role_may_open_a_story() -> None:
    told = "Contributing: so the old ferrymen called it when they sewed the torn parts of a sail together."
    assert in_body(read(page(paragraphs(*STORY, told))), told)


def test_who_took_part_is_no_author() -> None:
    article = read(page(paragraphs(*STORIES["ru"], "При участии Алексея Грачёва"), language="ru"))
    assert (article.authors, article.contributors) == ((), "При участии Алексея Грачёва")


@pytest.mark.parametrize(
    "line", ["Marta Sikora / Silesia Foto", "/ Dune Press / Owen Hale", "Ada van Quill/Coast Images"]
)
def test_an_agency_that_nobody_wrote_down_is_known_by_how_its_name_ends(line: str) -> None:
    assert labels_of(read_story(f"<p>{line}</p>"), line) == {Label.CREDIT}
    told = "Ferries and fares / Dune Harbour"
    assert in_body(read_story(f"<p>{told}</p>"), told)


def test_letters_of_another_script_hide_no_advertisement() -> None:
    line = "Аdvеrtіѕе with the paper of the coast. Соntасt uѕ аt desk@gazette.example оr саll uѕ аt 555-0142."
    article = read_story(f"<p>{line}</p>")
    assert has_story(article)
    assert not labels_of(article, line) & BODY_LABELS


def test_words_in_two_scripts_are_no_disguise_where_they_are_usual() -> None:
    line = "Після COVIDу порт Солоного знову приймає круїзні судна, повідомив начальник порту SMSкою."
    assert in_body(read_story(f"<p>{line}</p>", language="uk"), line)


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Open the gallery</h2>",
        "<ul><li>Open the gallery at dusk</li><li>Turn the pictures over</li><li>Read the report aloud</li></ul>",
        "<blockquote><p>Read our story</p></blockquote>",
        '<p>You can read the full report <a href="https://board.example/report.pdf">here</a></p>',
    ],
    ids=["crosshead", "steps", "quotation", "another site"],
)
def test_what_asks_for_a_thing_of_the_page_may_be_story(html: str) -> None:
    text = html.partition("</")[0].rpartition(">")[2]
    article = read_story(html)
    assert labels_of(article, text) <= BODY_LABELS
    assert has_story(article)
    assert labels_of(read_story("<p>Turn captions on</p>"), "Turn captions on") == {Label.PLAYER}


def test_the_outlets_own_name_speaks_of_it() -> None:
    line = "Sign up for breaking stories from the Saltmouth Gazette and never miss a tide."
    head = '<meta property="og:site_name" content="Saltmouth Gazette">'
    told = "The newsletter of the Saltmouth Gazette had printed the closure two days before the board knew of it."
    article = read_story(*(f"<p>{text}</p>" for text in (line, told)), head=head)
    assert labels_of(article, line) == {Label.NEWSLETTER}
    assert in_body(article, told)
    assert has_story(article)


@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        ("The Saltmouth Gazette", "en", "The Gazette's book of ferries is sold for £9.99 from our shop."),
        ("La Gazette de Valbrune", "fr", "Le livre de La Gazette sur les bacs est en vente dans notre boutique."),
    ],
)
def test_an_outlet_speaks_of_itself_by_the_noun_of_its_name(name: str, language: str, line: str) -> None:
    story = STORIES[language]
    for outlet, stays in ((name, False), ("Radio Saltmouth", True)):
        head = f'<meta property="og:site_name" content="{outlet}">'
        found = read(page(paragraphs(*story[:2], line, *story[2:]), head=head, language=language))
        assert in_body(found, line) is stays


@pytest.mark.parametrize("dash", "—–-‐―")
def test_a_dash_is_a_dash_however_it_is_printed(dash: str) -> None:
    line = f"Подробиці {dash} згодом"
    assert labels_of(noisy(line, language="uk"), line) == {Label.LIVE}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("pl", "– Bez komentarza – rzucił trener i wyszedł tylnymi drzwiami ratusza."),
        ("pl", "– Zapiszcie się na newsletter urzędu, tam jest wszystko – odpowiedziała burmistrz, a sala się śmiała."),
        ("uk", "— Підпишіться на розсилку громади, там є все, — відповіла голова, і зала засміялася."),
        ("ru", "— Читайте, что подписываете, — советует адвокат всем, кто приходит к ней на приём."),
    ],
)
def test_a_dash_that_opens_speech_marks_nothing_out(language: str, told: str) -> None:
    article = read(page(paragraphs(*STORIES[language][:2], told, *STORIES[language][2:]), language=language))
    assert in_body(article, told)


def test_the_way_to_a_page_is_no_way_through_a_program() -> None:
    told = "Settings > Privacy > Location > Off"
    assert in_body(noisy(told), told)


def test_a_dash_before_what_nobody_says_marks_it_out() -> None:
    line = "— Zapisz się na newsletter i czytaj o mieście codziennie rano."
    assert labels_of(noisy(line, language="pl"), line) == {Label.NEWSLETTER}


def test_who_asks_for_something_may_stand_in_quotation_marks() -> None:
    asked = "«Вестник» существует благодаря вам, и помогите нам, пожалуйста, работать дальше."
    told = "«Помогите нам», попросила учительница, и школа существует благодаря вам всем до сих пор."
    article = read(page(paragraphs(*STORIES["ru"][:2], asked, told, *STORIES["ru"][2:]), language="ru"))
    assert labels_of(article, asked) == {Label.PROMO}
    assert in_body(article, told)


def test_whose_the_outlet_is_may_open_with_its_name_in_quotation_marks() -> None:
    owned = "«Вестник реки» входит в холдинг «Плёс», который оплачивает и фестиваль."
    other = "«Голос реки» входит в холдинг «Плёс», который оплачивает и фестиваль."
    body = paragraphs(*STORIES["ru"][:2], owned, other, *STORIES["ru"][2:])
    head = '<head><meta property="og:site_name" content="Вестник реки">'
    article = read(page(body, language="ru").replace("<head>", head))
    assert labels_of(article, owned) == {Label.DISCLOSURE}
    assert in_body(article, other)


def test_a_name_in_quotation_marks_at_the_end_is_no_arrow() -> None:
    line = "Популярне місце зустрічі біля ринку, яке зветься «Голка»"
    assert in_body(noisy(line, language="uk"), line)
    assert not in_body(noisy("Популярне у розділі »", language="uk"), "Популярне у розділі »")


@pytest.mark.parametrize("line", ["#ferry #harbour", "#鉄道　＃地方創生", "#עבורת | #נמל"])
def test_hashtags_and_nothing_else_are_no_story(line: str) -> None:
    article = read_story(f"<p>{line}</p>")
    assert labels_of(article, " ".join(line.split())) == {Label.NAV}
    assert in_body(read_story("<p>#SaveTheFerry</p>"), "#SaveTheFerry")
    assert in_body(read_story(f"<blockquote><p>{line}</p></blockquote>"), " ".join(line.split()))


@pytest.mark.parametrize("mark", ["▶\ufe0e", "≫", "➔ ", "✔\ufe0e", "💡"])
def test_a_mark_before_a_label_does_not_hide_it(mark: str) -> None:
    assert labels_of(read_story(f"<p>{mark}Read more</p>"), f"{mark}Read more") == {Label.RELATED}


def test_a_short_sentence_is_noise_as_a_whole_and_story_where_somebody_says_it() -> None:
    asked = ["У статті містяться партнерські посилання.", "Допоможіть нам."]
    told = ["Допоможіть нам винести піаніно, просила сусідка.", "Коментарі модеруються трьома, повідомила мерія."]
    for line in asked:
        assert labels_of(noisy(line, language="uk"), line).isdisjoint(BODY_LABELS)
    for line in told:
        assert in_body(noisy(line, language="uk"), line)


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "With Ada Quill in Oslo and Eva de Boer"), ("fr", "Avec Jeanne Houlet, à Paris, et Pierre Amiel")],
)
def test_who_else_reported_is_named_at_the_storys_end(language: str, line: str) -> None:
    story = STORIES[language]
    assert labels_of(read(page(paragraphs(*story, line), language=language)), line) == {Label.CONTRIBUTORS}
    for other in (line, f"{line.split()[0]} fog in the bay", f"{line.split()[0]} Ada Quill gone, nobody sails"):
        assert in_body(read(page(paragraphs(*story[:2], other, *story[2:]), language=language)), other)


@pytest.mark.parametrize("line", ["Newsroom + Reuters", "AP + staff"])
def test_the_house_and_a_wire_sign_together(line: str) -> None:
    assert labels_of(noisy(line), line) == {Label.AGENCY}


def test_an_exclamation_bears_out_what_calls_on_the_reader() -> None:
    line = "The fund of the harbour paper grows by the day and gifts are tax-deductible until Christmas!"
    assert labels_of(noisy(line), line) == {Label.PROMO}
    told = ["Gifts are tax-deductible, the ferryman shouted across the quay on Monday morning!", f"{line[:-1]}."]
    assert all(in_body(noisy(other), other) for other in told)

"""What class names and ids say, in the languages that papers name them in: they weigh, and only as whole words."""

from __future__ import annotations

import pytest

from extractors import Article, Label
from tests.gazette import HEADLINE, STORY, has_story, in_body, labels_of, page, paragraphs, read

LINE = "The blue boats sail past the lanterns of the quay every evening in June."
NOISE = [
    (Label.SOCIAL, "sharebox articleShare socialicons boxshare compartir nota__compartir condividi teilen sdilet paylas"),
    (Label.SOCIAL, "bookmarks reseaux-sociaux sharethis udostepnij bagikan"),
    (Label.RELATED, "relatedlinks similarposts recent-posts view-more lees-ook lire-aussi leggiAnche verwandte leiaMais"),
    (Label.RELATED, "czytaj-takze souvisejici baca-juga te-puede-interesar notas-relacionada relatert zum-thema tile_teaser3"),
    (Label.COMMENTS, "commentbox comentarios commentaires reacties kommentarer komentarze yorumlar discussion-list"),
    (Label.NEWSLETTER, "newsletterform subscribeBlock sign-up boletin nieuwsbrief nyhetsbrev iscriviti"),
    (Label.AD, "adwrapper topad ads-zone promo-less-banner publicidade pubblicita annons reklam iklan"),
    (Label.PROMO, "modal popup pop-up promobar donatebox vc_cta3-content"),
    (Label.NAV, "articletools topnav toolbox prev-next site-footer etiquetas fil-ariane rootline articlefooter entryfooter"),
    (Label.AUTHOR_BIO, "about-the-author author-card sobre-autor autorenbox saboxplugin-desc"),
    (Label.PLAYER, "poll umfrage"),
]  # fmt: skip
IN_AN_ASIDE = [
    (Label.RELATED, "related-stories"), (Label.NEWSLETTER, "newsletter"), (Label.AD, "ad"), (Label.COMMENTS, "comments"),
    (Label.SOCIAL, "share"), (Label.PROMO, "box"), (Label.CAPTION, "caption"),
]  # fmt: skip
INNOCENT = (
    "shareholder adventure thread headliner bannerman tagline menudo nodeadlock unrelated commentary "
    "node--promoted discussion anzeigen annonce actions kommentar subsection forumtext navy prevail adjust2 col3 "
    "font-utility-2 sm:font-utility-3 bg-nav lg:border-nav-100 text-utility-100 text-utility3-size "
    "field--type-text-with-summary"
).split()


def boxed(name: str, attribute: str = "class") -> Article:
    """Read the story with a sentence among its paragraphs that is in a box of its own of that name."""
    box = f'<div {attribute}="{name}"><div>{LINE}</div></div>'
    return read(page(paragraphs(*STORY[:4]) + box + paragraphs(*STORY[4:])))


@pytest.mark.parametrize(("label", "name"), [(label, name) for label, names in NOISE for name in names.split()])
def test_a_sentence_in_a_box_of_that_name_is_what_the_name_says(label: Label, name: str) -> None:
    for attribute in ("class", "id"):
        article = boxed(name, attribute)
        assert labels_of(article, LINE) == {label}
        assert has_story(article)


@pytest.mark.parametrize("name", INNOCENT)
def test_a_name_that_only_looks_like_one_of_noise_says_nothing(name: str) -> None:
    assert in_body(boxed(name), LINE)


def test_an_id_in_the_words_of_a_heading_says_nothing() -> None:
    for slug in ("what-to-share-and-comment-on-at-the-quay", "wie-man-ein-boot-mit-werbung-und-newsletter-malt"):
        assert in_body(boxed(slug, "id"), LINE)
    for slug in ("the-newsletter-of-the-quay", "Share_of_the_boats", "video-and-audio"):
        told = f'<h2 id="{slug}"><b>Lanterns over the water</b></h2>'
        article = read(page(paragraphs(*STORY[:4]) + told + paragraphs(*STORY[4:])))
        assert labels_of(article, "Lanterns over the water") == {Label.CROSSHEAD}


def test_a_short_id_of_a_heading_is_a_name() -> None:
    for name in ("comments", "comments-title"):
        told = f'<h3 id="{name}"><b>Twelve of them by noon</b></h3>'
        assert labels_of(read(page(paragraphs(*STORY) + told)), "Twelve of them by noon") == {Label.COMMENTS}


def test_a_row_of_a_table_may_be_called_a_banner() -> None:
    head = '<tr class="pale_banner"><th class="banner">Boat and crew</th><th class="banner">Hour of sailing</th></tr>'
    rows = "".join(f"<tr><td>The Heron {i}</td><td>at {i} in the evening</td></tr>" for i in range(2, 6))
    article = read(page(f"{paragraphs(*STORY[:4])}<table>{head}{rows}</table>{paragraphs(*STORY[4:])}"))
    assert in_body(article, "Boat and crew")


@pytest.mark.parametrize("name", ["font-utility-2 border-b", "text-caption", "md:text-overline text-subtitle1"])
def test_what_a_name_says_of_the_look_of_a_line_is_no_hint(name: str) -> None:
    rows = "".join(f'<tr><td class="{name}">Boat {i}</td><td class="{name}">Long run</td></tr>' for i in range(2, 6))
    pitch = f'<section><h3>Harbour inside</h3><p class="text-body2">Behind the scenes of the quay, every morning.</p><form><input type="email"><button>Sign up now</button></form><p class="text-caption">By signing up you agree to our <a href="/t" class="{name}">terms of use</a>.</p></section>'
    figure = '<p><img src="/a.jpg" alt="Pier"></p>'
    content = f"{paragraphs(*STORY[:4])}<table>{rows}</table>{figure}{pitch}{paragraphs(*STORY[4:])}"
    article = read(page(content))
    assert in_body(article, "Long run")
    assert not in_body(article, "Harbour inside")
    assert not in_body(article, "Behind the scenes of the quay, every morning.")
    assert [(i.caption, i.credit) for i in article.images] == [(None, None)]


def test_a_banner_over_the_story_keeps_its_headline() -> None:
    body = f'<div class="hero-banner"><h1>{HEADLINE}</h1></div><div class="text">{paragraphs(*STORY)}</div>'
    article = read(f"<html><head><title>{HEADLINE} | Gazette</title></head><body>{body}</body></html>")
    assert article.headline == HEADLINE
    assert has_story(article)


@pytest.mark.parametrize(("label", "name"), IN_AN_ASIDE)
def test_a_line_in_an_aside_is_what_the_aside_is_called(label: Label, name: str) -> None:
    article = read(page(paragraphs(*STORY) + f'<aside class="{name}"><p>Harbour lanterns</p></aside>'))
    assert has_story(article)
    assert labels_of(article, "Harbour lanterns") == {label}


@pytest.mark.parametrize(
    ("label", "name"), [(Label.SOCIAL, "share"), (Label.COMMENTS, "comments"), (Label.PLAYER, "box")]
)
def test_a_button_is_what_its_class_says(label: Label, name: str) -> None:
    article = read(page(paragraphs(*STORY) + f'<div><button class="{name}">Harbour lanterns</button></div>'))
    assert has_story(article)
    assert labels_of(article, "Harbour lanterns") == {label}

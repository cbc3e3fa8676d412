"""Pages as newspapers set them before 2018: tables, signs, widgets and captions without a figure. All invented."""

from __future__ import annotations

import pytest

from extractors import Label
from tests.gazette import STORY, has_story, in_body, labels_of, meta, page, paragraphs, read, read_story

SPEAKERS = (
    "ADA QUILL: The old pier has stood in the bay for longer than anybody here can remember.",
    "PETRA VANE: Engineers had warned the council for six years that the piles were rusting away.",
    "ADA QUILL: And the council, in all these years, did nothing but put the repair off twice.",
    "PETRA VANE: That is so, and nobody who lives above the boatyard has forgotten it.",
)


def test_a_transcript_names_its_reporter_before_what_she_says() -> None:
    article = read(page(paragraphs(*STORY[:2], *SPEAKERS), head=meta("author", "Ada Quill")))
    assert article.authors == ("Ada Quill",)
    assert all(in_body(article, line) for line in SPEAKERS)


@pytest.mark.parametrize(
    "style", ["float:left;display:block;font-size:90px", "display: block; float: left; line-height: 1"]
)
def test_an_initial_that_is_set_as_a_block_of_its_own_opens_its_word(style: str) -> None:
    first = f'<p><span style="{style}">{STORY[0][0]}</span>{STORY[0][1:]}</p>'
    assert has_story(read(page(first + paragraphs(*STORY[1:]))))


@pytest.mark.parametrize(
    "attributes",
    [
        'src="/images/icon_facebook.gif" alt="Facebook"',
        'src="/common/btn_print.gif" alt="Print"',
        'src="/el/bttn_close.gif"',
        'src="/i/1px.gif"',
        'src="/news/clear.gif"',
        'src="/get_flash_player.gif" alt="Get the player"',
        'src="/img/tit_hot.gif" height="22" alt="Hot"',
        'src="https://ad.adhouse.example/ad/general;sz=120x40"',
        'src="https://ads.adhouse.example/general.jpg"',
    ],
)
def test_a_sign_or_an_advertisement_is_no_picture_of_the_article(attributes: str) -> None:
    article = read_story(f"<p><img {attributes}></p>", '<p><img src="/pier_button_1.jpg" alt="Pier"></p>')
    assert [image.alt for image in article.images] == ["Pier"]


def test_a_date_above_the_headline_is_no_kicker() -> None:
    above = '<article><time datetime="2026-05-04" class="article_time">May 4, 2026</time>'
    article = read(page(paragraphs(*STORY), around=(above, "</article>")))
    assert article.kicker is None
    assert labels_of(article, "May 4, 2026") == {Label.TIMESTAMP}


def test_a_date_alone_in_the_byline_s_box_is_no_byline() -> None:
    line = '<div class="byline"><div> </div><p class="publishedDate">9:39AM BST 05 May 2026</p></div>'
    article = read(page(line + paragraphs(*STORY)))
    assert article.byline is None
    assert labels_of(article, "9:39AM BST 05 May 2026") == {Label.TIMESTAMP}
    assert str(article.published) == "2026-05-05 09:39:00+01:00"


def test_what_a_page_hides_names_no_author() -> None:
    hidden = '<div style="display:none">Current DateTime: 08:48:59 4 May 2026<br>List Documentid: 23279717</div>'
    article = read(page(hidden + paragraphs(*STORY)))
    assert article.authors == ()


@pytest.mark.parametrize("line", ["Ada Quill, THE GAZETTE", "Ada Quill, GAZETTE"])
def test_the_outlet_beside_a_name_is_no_second_author(line: str) -> None:
    person = f'<div itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{line}</span></div>'
    assert read(page(person + paragraphs(*STORY))).authors == ("Ada Quill",)


def test_the_site_s_address_is_no_author() -> None:
    line = '<p class="byline"><em>Ada Quill</em> | <span class="place">Saltmouth</span></p>'
    article = read(
        page(line + paragraphs(*STORY), head='<meta name="author" content="gazette.es">'),
        url="https://www.gazette.es/a/1",
    )
    assert article.authors == ("Ada Quill",)


def test_the_print_tells_the_time_of_the_day_that_the_data_tells() -> None:
    line = '<div class="byline"><a href="/author/ada-quill">Ada Quill</a> | <span class="date">May. 4, 2026, 3:17 PM</span> | 1,209</div>'
    article = read(page(line + paragraphs(*STORY), head='<meta name="date" content="2026-05-04">'))
    assert str(article.published) == "2026-05-04 15:17:00"

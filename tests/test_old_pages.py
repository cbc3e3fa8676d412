"""Pages as newspapers set them before 2018: tables, signs, widgets and captions without a figure. All invented."""

from __future__ import annotations

import pytest

from extractors import Label
from tests.gazette import (
    HEADLINE,
    STORIES,
    STORY,
    has_story,
    in_body,
    labels_of,
    meta,
    page,
    paragraphs,
    read,
    read_story,
)

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


def test_what_floats_beside_a_paragraph_and_is_no_initial_stays_apart() -> None:
    aside = '<span style="float:right;display:block"><b>The pier in numbers</b></span>'
    article = read(page(f"<p>{aside}{STORY[0]}</p>" + paragraphs(*STORY[1:])))
    assert STORY[0] in [block.text for block in article.blocks]


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


@pytest.mark.parametrize("name", ["data-src", "data-original", "data-lazy-src"])
@pytest.mark.parametrize("holder", ["/theme/placeholder.svg", "/theme/grey.png", "/up/pier-20x11.jpg"])
def test_a_picture_that_is_loaded_late_has_the_address_it_is_loaded_from(name: str, holder: str) -> None:
    article = read_story(f'<p><img src="{holder}" {name}="/up/pier.jpg" alt="Pier"></p>')
    assert [image.url for image in article.images] == ["https://www.gazette.example/up/pier.jpg"]


@pytest.mark.parametrize(
    "late", ["/up/pier.jpg?w=800&is-pending-load=1", "/up/pier.jpg?w={width}", "/up/{size}/pier.jpg"]
)
def test_a_picture_that_is_there_already_keeps_its_address(late: str) -> None:
    article = read_story(f'<p><img src="/up/pier.jpg?w=800" data-src="{late}" alt="Pier"></p>')
    assert [image.url for image in article.images] == ["https://www.gazette.example/up/pier.jpg?w=800"]


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


def test_the_word_of_the_host_beside_a_name_is_no_second_author() -> None:
    line = "Ada Quill, HARBOUR TODAY"
    person = f'<div itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{line}</span></div>'
    article = read(page(person + paragraphs(*STORY)), url="https://www.harbourtoday.example/2026/05/pier")
    assert article.authors == ("Ada Quill",)


def test_the_number_of_comments_beside_a_byline_silences_nobody() -> None:
    count = '<a href="#comments" class="comentarios">12 comentarios</a>'
    line = f'<div class="firma_comentarios"><span class="autor"><a href="/a/q">Ada Quill</a></span>{count}</div>'
    assert read(page(line + paragraphs(*STORY))).authors == ("Ada Quill",)


def test_who_comments_below_the_story_is_no_author() -> None:
    comment = '<div class="comentarios"><span class="autor">Petra Vane</span><p>They said so in 1998 already.</p></div>'
    assert read(page(paragraphs(*STORY) + comment)).authors == ()


def test_no_more_of_a_line_than_all_is_a_link() -> None:
    opinions = '<p class="comments"><a href="#c">1\n\n\n      Opinion</a></p>'
    [block] = read(page(paragraphs(*STORY) + opinions)).removed
    assert "links: 100% of it is a link" in block.why


def test_the_site_s_address_is_no_author() -> None:
    line = '<p class="byline"><em>Ada Quill</em> | <span class="place">Saltmouth</span></p>'
    article = read(
        page(line + paragraphs(*STORY), head='<meta name="author" content="gazette.es">'),
        url="https://www.gazette.es/a/1",
    )
    assert article.authors == ("Ada Quill",)


def test_the_print_tells_the_time_of_the_day_that_the_data_tells() -> None:
    line = '<div class="byline"><a href="/author/ada-quill">Ada Quill</a> | <span class="date">May. 4, 2026, 3:17 PM</span> | 1,209</div>'
    html = page(
        line + paragraphs(*STORY),
        head='<meta name="date" content="2026-05-04">',
        around=('<div class="ad-free">', "</div>"),
    )
    assert str(read(html, url="https://www.gazette.example/pier").published) == "2026-05-04 15:17:00"


def test_a_heading_in_the_headline_s_own_box_is_the_standfirst() -> None:
    line = "Could the council have saved it in time?"
    top = f'<article><div class="top"><h1>{HEADLINE}</h1><h3>{line}</h3></div><p>By Ada Quill</p>'
    article = read(page(paragraphs(*STORY), headline=None, around=(top, "</article>")))
    assert article.standfirst == line
    assert labels_of(article, line) == {Label.STANDFIRST}
    assert has_story(article)


def test_a_crosshead_right_under_the_headline_is_no_standfirst() -> None:
    first = "<h2>What the engineers said before the storm</h2>"
    article = read(page(first + paragraphs(*STORY)))
    assert labels_of(article, "What the engineers said before the storm") == {Label.CROSSHEAD}


CAPTION = "The old pier before the storm took it, seen from the boatyard of the sailing club."


def test_a_caption_and_a_credit_in_one_box_are_told_apart_by_their_own_classes() -> None:
    picture = (
        '<div class="artImageExtras"><img src="/pier.jpg" alt="Pier"><div class="ingCaptionCredit">'
        f'<span class="caption">{CAPTION}</span>&nbsp;<span class="credit">Photo: HARBOUR POOL</span></div></div>'
    )
    (image,) = read_story(picture).images
    assert (image.caption, image.credit) == (CAPTION, "HARBOUR POOL")


@pytest.mark.parametrize(
    "picture",
    [
        '<div class="mod-inline image image-right"><div style="width:300px"><a href="#">[+] Enlarge<img src="/pier.jpg"></a>'
        f'<div style="width:300px"><cite>Ada Quill/Pool </cite>{CAPTION}</div></div></div>',
        f'<div class="photo-left"><img src="/pier.jpg"><br>{CAPTION}</div>',
        f'<div class="photo"><a href="/pier.jpg"><img src="/pier.jpg"></a><p>{CAPTION}</p></div>',
    ],
)
def test_the_one_sentence_in_a_picture_s_box_is_its_caption(picture: str) -> None:
    article = read_story(picture)
    assert has_story(article)
    assert CAPTION not in article.body
    (image,) = article.images
    assert CAPTION in (image.caption or "")


def test_paragraphs_in_a_box_with_a_picture_stay() -> None:
    box = f'<div class="photo-story"><img src="/pier.jpg">{paragraphs(*STORY[:4])}</div>'
    assert has_story(read(page(box + paragraphs(*STORY[4:]))))


@pytest.mark.parametrize("line", ["Ada Quill/Harbour Pool", "Ada Quill / Saltmouth Times"])
def test_a_name_and_a_house_right_after_a_picture_are_its_credit(line: str) -> None:
    article = read_story(f'<figure><img src="/pier.jpg"></figure><p>{line}</p>')
    assert has_story(article)
    assert labels_of(article, line) == {Label.CREDIT}


def test_a_name_and_a_house_elsewhere_stay() -> None:
    assert in_body(read_story("<p>Tern Island/Saltmouth Bay</p>"), "Tern Island/Saltmouth Bay")


@pytest.mark.parametrize("label", ["IN SALTMOUTH", "MORE NEWS", "PIER"])
def test_a_label_in_capitals_before_a_link_labels_another_story(label: str) -> None:
    article = read_story(
        f'<p><b>{label}: </b><a href="/2026/05/ferry">Family of the café owner looks for a new home</a></p>'
    )
    assert labels_of(article, "Family of the café owner looks for a new home") == {Label.RELATED}


def test_the_name_of_a_blog_that_links_to_its_own_folder_is_no_headline() -> None:
    html = (
        "<html lang=en><head><title>The Harbour Gang &raquo; Blog Archive &raquo; Stand By</title></head><body>"
        '<div id="content"><h1><a href="https://www.gazette.example/gang/">The Harbour Gang</a></h1><div class="post">'
        f'<h2><a href="https://www.gazette.example/gang/2026/05/08/stand-by/">Stand By</a></h2>{paragraphs(*STORY)}</div></div></body></html>'
    )
    assert read(html, url="https://www.gazette.example/gang/2026/05/08/stand-by/").headline == "Stand By"


@pytest.mark.parametrize(
    "line",
    [
        "Contributing: Petra Vane, Jon Falk, Associated Press.",
        "(Corrects second paragraph to show that the piles are of iron, not of oak.)",
        "Questions? Comments? Email us at",
    ],
)
def test_notes_of_a_newsroom_are_none_of_the_story(line: str) -> None:
    article = read(page(paragraphs(*STORY, line)))
    assert has_story(article)
    assert not in_body(article, line)


def test_special_correspondents_follow_the_names_of_several_authors() -> None:
    line = '<div class="author">Par <strong>ADA QUILL</strong>, <strong>JON FALK</strong> Envoyés spéciaux à Saltmouth</div>'
    assert read(page(line + paragraphs(*STORIES["fr"]), language="fr")).authors == ("ADA QUILL", "JON FALK")


def test_a_korean_reporter_signs_under_the_story() -> None:
    story = "<br><br>".join(STORIES["ko"])
    article = read(page(f"<div>{story}<br><br>홍길동 기자 hong@gazette.example<br><br></div>", language="ko"))
    assert article.authors == ("홍길동",)
    assert "hong@" not in article.body


def test_pictures_far_below_the_story_are_none_of_it() -> None:
    closing = '<p><img src="/crabs.jpg" alt="Crabs"></p>'
    links = "".join(f'<li><a href="/{i}"><img src="/{i}.jpg">Another story of Saltmouth {i}</a></li>' for i in range(5))
    article = read(page(f"{paragraphs(*STORY)}{closing}<ul>{links}</ul>", around=("<div>", "</div>")))
    assert [image.url for image in article.images] == ["https://www.gazette.example/crabs.jpg"]


def test_a_label_of_a_date_is_no_korean_name() -> None:
    line = "<p>기사입력 2026-05-04 03:00:00 기사수정 2026-05-04 03:00:00</p>"
    html = page(f"{line}<div>{'<br><br>'.join(STORIES['ko'])}</div>", language="ko")
    assert read(html).authors == ()


def test_a_colon_parts_a_day_from_its_hour() -> None:
    line = '<span class="cnnDateStamp">May 12, 2026: 1:21 PM ET</span>'
    html = page(line + paragraphs(*STORY), head='<meta name="date" content="2026-05-12 01:21:28">')
    assert str(read(html).published) == "2026-05-12 13:21:00-04:00"


def test_an_address_that_leaves_its_scheme_out_is_the_page_s_own() -> None:
    html = page(paragraphs(*STORY), head=meta("og:url", "www.gazette.example/2026/05/pier"))
    assert read(html).canonical_url == "https://www.gazette.example/2026/05/pier"


def test_a_desk_that_asks_for_news_at_the_end_goes() -> None:
    line = "Get the Gazette's business desk on Twitter and Facebook! Know something we don't? E-mail us at desk@gazette.example"
    article = read(page(f"{paragraphs(*STORY)}<span>{line}</span>"))
    assert has_story(article)
    assert not in_body(article, line)


def test_a_credit_is_that_of_the_picture_before_it() -> None:
    gulls = '<p><img src="/gulls.jpg" width="60" alt="Gulls"> by Ada Quill</p>'
    picture = '<div class="pic"><img src="/pier.jpg" alt="Pier"><span class="image-credit">(Credit: Harbour Pool)</span></div>'
    article = read(page(f"<div>{gulls}{paragraphs(STORY[0])}{picture}</div>{paragraphs(*STORY[1:])}"))
    assert {image.url.rpartition("/")[2]: image.credit for image in article.images if image.url} == {
        "gulls.jpg": None,
        "pier.jpg": "Harbour Pool",
    }

"""How pages frame a story: what stands over its headline, under it, around its pictures and behind its end."""

from __future__ import annotations

import pytest

from extractors import Label
from tests.gazette import HEADLINE, STORY, has_story, labels_of, meta, page, paragraphs, read, read_story

CAPTION = "The pier in 2019, when the café at its end was still open."
POINT = "An inspector had closed the pier to lorries, and the café alone was allowed to stay."
CARDS = (
    "Ines Tarrow bakes rye bread at four in the morning, and the whole jury came to watch her work.",
    "Birdwatchers saw a pair of herons at the weir, and nobody had expected that they would stay.",
    "The bridge needs a new bearing, the county said, and the firm that makes them is in Trieste.",
)
NEXT = (
    '<article><div class="hd"><h1>Ring road stays shut until August</h1></div><p class="byline">By Cleo Wynn</p>'
    f"{paragraphs(*CARDS)}</article>"
)


def test_linked_cards_made_as_the_story_is_are_no_entries_of_a_live_blog() -> None:
    card = '<article class="post"><h3><a href="/a{0}">Herons counted at the weir again</a></h3><i>{0} May</i><p>{1}</p></article>'
    linked = '<article class="post"><p><a href="/a{0}">Herons counted at the weir again</a></p><i>{0} May</i><p>{1}</p></article>'
    for made in (card, linked):
        cards = "".join(made.format(n, text) for n, text in enumerate(CARDS, 1))
        html = page(f'<h1>{HEADLINE}</h1><article class="post">{paragraphs(*STORY)}<i>2 May</i></article>{cards}', headline=None, around=("<div>", "</div>"))  # fmt: skip
        article = read(html)
        assert has_story(article)
        assert not article.entries
        assert not any(text in article.body for text in CARDS)


@pytest.mark.parametrize("around", ["<div>{}</div>", "<div><div class=story>{}</div></div>"])
def test_who_wrote_the_next_story_did_not_write_this_one(around: str) -> None:
    story = around.format(f"<h1>{HEADLINE}</h1>{paragraphs(*STORY)}")
    article = read(page(story + NEXT, headline=None, around=("", "")))
    assert (article.headline, article.authors) == (HEADLINE, ())


def test_a_byline_under_a_heading_that_pitches_something_else_stays() -> None:
    pitch = '<div class="cta"><h1>Get a free tide table</h1><a href="/tides">Sign up for free</a></div>'
    signed = '<div class="author-card"><p>Ada Quill</p></div>'
    assert read(page(paragraphs(*STORY) + pitch + signed)).authors == ("Ada Quill",)


@pytest.mark.parametrize("line", ["Report by the office of works, 2025.", "By the harbour office"])
def test_an_article_is_nobody(line: str) -> None:
    assert read(page(paragraphs(*STORY, line))).authors == ()


@pytest.mark.parametrize(
    "first", ['<p><div class="dropcap">{0}</div>{1}', '<span class="cap">{0}</span><p>{1}</p>', "<div>{0}</div><div>{1}</div>"]
)  # fmt: skip
def test_an_initial_in_a_block_of_its_own_opens_its_word(first: str) -> None:
    assert has_story(read(page(first.format(STORY[0][0], STORY[0][1:]) + paragraphs(*STORY[1:]))))


@pytest.mark.parametrize("lines", ["<li>A</li><li>bakery</li>", "<h2>A</h2><p>anchor: what holds a ship.</p>"])
def test_a_letter_that_opens_no_word_stays_apart(lines: str) -> None:
    texts = [block.text for block in read_story(lines).blocks]
    assert "A" in texts


def test_a_small_table_around_a_picture_holds_its_caption() -> None:
    framed = (
        f'<table align="right" width="210"><tr><td><img src="/pier.jpg" width="200"></td></tr><tr><td><font size="1">{CAPTION}'
        '</font></td></tr><tr><td align="right"><font size="1">Ole Brandt / Saltmouth Times</font></td></tr></table>'
    )
    article = read_story(framed)
    assert has_story(article)
    assert labels_of(article, CAPTION) == {Label.CAPTION}
    assert [(image.caption, image.credit) for image in article.images] == [(CAPTION, "Ole Brandt / Saltmouth Times")]


def test_a_table_with_a_picture_and_rows_stays_a_table() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{figure}</td></tr>" for name, figure in (("Length", "212 m"), ("Piles", "96"))
    )
    article = read_story(f'<table><tr><td colspan="2"><img src="/pier.jpg"></td></tr>{rows}</table>')
    assert labels_of(article, "Length") == labels_of(article, "96") == {Label.TABLE}


def test_the_head_of_an_old_page_in_cells() -> None:
    head = (
        f"<table><tr><td><font size=2>HARBOUR</font></td></tr><tr><td><font size=5><b>{HEADLINE}</b></font></td></tr>"
        "<tr><td><font size=2>By Ada Quill<br>Tuesday, May 3, 2005</font></td></tr></table>"
    )
    html = page(f"{head}<font size=3>{'<br><br>'.join(STORY)}</font>", headline=None, head=f"<title>{HEADLINE}</title>")
    article = read(html, url="https://www.gazette.example/pier")
    assert has_story(article)
    assert (article.kicker, article.authors, str(article.published)) == ("HARBOUR", ("Ada Quill",), "2005-05-03")
    assert "May 3" not in article.body


def test_a_box_of_its_own_over_bare_text_is_the_standfirst() -> None:
    detail = f'<div class="news-detail"><h3>{HEADLINE}</h3><div class="news-preview">{POINT}</div>{"<br> <br> ".join(STORY)}</div>'
    article = read(page(detail, headline=None, head=f"<title>{HEADLINE}</title>"))
    assert (article.standfirst, article.body) == (POINT, "\n\n".join(STORY))


def test_a_heading_that_says_what_the_description_says_is_the_standfirst() -> None:
    article = read(page(f"<hr><h4>{POINT}</h4><hr>{paragraphs(*STORY)}", head=meta("og:description", POINT)))
    assert (article.standfirst, article.body) == (POINT, "\n\n".join(STORY))


def test_what_holds_the_headline_is_no_caption() -> None:
    hero = f'<figure><img src="/pier.jpg"></figure><figcaption><small>3 May 2026</small><h1>{HEADLINE}</h1><p>{POINT}</p></figcaption>'
    html = page(
        f'<div class="hero">{hero}</div><div>{paragraphs(*STORY)}</div>',
        headline=None,
        head=meta("og:description", POINT),
    )
    article = read(html, url="https://www.gazette.example/pier")
    assert (article.standfirst, str(article.published)) == (POINT, "2026-05-03")
    assert has_story(article)

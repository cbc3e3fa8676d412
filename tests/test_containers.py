"""How a story's containers are cut and nested changes nothing of the story."""

from __future__ import annotations

from tests.gazette import HEADLINE, STORY, has_story, page, paragraphs, read

B = "\n\n".join(STORY)
H1 = f"<h1>{HEADLINE}</h1>"
MAIN = ("<main>", "</main>")
BOXED = ["".join(f'<div class="block"><div>{paragraphs(text)}</div></div>' for text in texts) for texts in (STORY, STORY[:4])]  # fmt: skip


def test_a_story_parted_by_an_advert_is_whole_though_its_heading_stands_in_its_first_part() -> None:
    first = f'<div class="article-content">{H1}{paragraphs(*STORY[:5])}</div>'
    rest = f'<div class="article-content">{paragraphs(*STORY[5:])}</div>'
    advert = '<div class="slot"><div id="banner-2"></div></div>'
    assert read(page(f"<div>{first}{advert}{rest}</div>", headline=None, around=MAIN)).body == B


def test_the_next_story_has_a_heading_of_its_own() -> None:
    other = "<p>Another story of the paper, about the price of rope, goes on for as long as that of the pier does.</p>"
    first = f'<div class="article-content">{H1}{paragraphs(*STORY)}</div>'
    following = f'<div class="article-content"><h1>Rope is dear again</h1>{other * 8}</div>'
    assert read(page(f"<div>{first}{following}</div>", headline=None, around=MAIN)).body == B


def test_earlier_posts_above_the_story_in_its_column_are_none_of_it() -> None:
    other = "<p>Another post of the paper, about the price of rope, goes on for as long as that of the pier does.</p>"
    posts = f"<article><h2>Rope is dear again</h2>{other * 2}</article>" * 4
    column = f'<div class="wrap">{posts}<article>{H1}{paragraphs(*STORY[:4])}</article></div>'
    assert read(page(column, headline=None, around=MAIN)).body == "\n\n".join(STORY[:4])


def test_a_link_that_opens_the_second_half_of_a_story_does_not_take_it() -> None:
    link = '<p><a href="/app"><strong>CLICK HERE TO GET THE GAZETTE APP</strong></a></p>'
    first = f'<div class="article-body gated">{paragraphs(*STORY[:4])}</div>'
    rest = f'<div class="article-body gated">{link}{paragraphs(*STORY[4:])}</div>'
    assert has_story(read(page(f'<div class="story">{first}{rest}</div>')))


def test_paragraphs_in_boxes_of_their_own_are_no_cards_below_the_lines_under_the_heading() -> None:
    links = "".join(f'<li><a href="/{i}">Ferry number {i} stays in harbour today</a></li>' for i in range(6))
    header = f"<header>{H1}<p>The pier is gone for good.</p></header>"
    content = f'{header}<div class="text">{BOXED[1]}<ul>{links}</ul></div>'
    assert all(text in read(page(content, headline=None)).body for text in STORY[:4])


def test_paragraphs_in_boxes_of_their_own_are_no_cards_below_a_list_of_points() -> None:
    points = "".join(f"<li>{text.replace('the', 'that')}</li>" for text in STORY[3:6])
    content = f'<div><ul class="points">{points}</ul></div><div class="article-body">{BOXED[0]}</div>'
    assert all(text in read(page(content)).body for text in STORY)


def test_the_notices_of_a_long_consent_dialogue_are_not_the_story() -> None:
    notice = "<p>We and our partners store and read data on your device for as long as you agree to that here.</p>"
    dialogue = f'<div class="privacy-notices">{f"<h4>Partner</h4>{notice}" * 34}</div>'
    content = f'<div class="text">{paragraphs(*STORY)}</div>'
    assert read(page(content).replace("<footer>", f"{dialogue}<footer>")).body == B


def test_short_lines_above_the_heading_are_not_the_story() -> None:
    lines = "<ul><li><span>Ada Quill</span></li><li><span>2 min read</span></li></ul><span>Harbour</span>"
    article = read(page(f"{lines}{H1}{paragraphs(*STORY)}", headline=None))
    assert article.body == B


def test_a_story_in_the_rows_of_a_page_builder_is_whole() -> None:
    rows = [[f"{text} So it is." for text in STORY * 2], [text.replace("the", "that") for text in STORY]]
    deep = "<div><div><div><div>{}</div></div></div></div>"
    content = "".join(deep.format(paragraphs(*row)) for row in rows)
    article = read(page(f"<div class='post'>{content}</div>", around=("<div>", "</div>")))
    assert all(text in article.body for row in rows for text in row)


def test_cards_in_a_row_beside_the_story_are_none_of_its_rows() -> None:
    cards = "".join(f'<div><h4><a href="/{i}">Morning {i} on the quay</a></h4><p>{text} So it was.</p></div>' for i, text in enumerate(STORY[:4]))  # fmt: skip
    deep = "<div><div><div>{}</div></div></div>"
    content = deep.format(paragraphs(*STORY)) + deep.format(cards)
    assert read(page(f"<div class='post'>{content}</div>", around=("<div>", "</div>"))).body == B


def test_numbered_items_in_boxes_without_links_are_no_cards() -> None:
    points = "".join(f"<li>{text.replace('the', 'that')}</li>" for text in STORY[1:4])
    items = "".join(f"<div><h6>{i}. A pier</h6><div><p>{text} Take {i}.</p></div></div>" for i, text in enumerate(STORY * 3))  # fmt: skip
    opening = f'<div class="article-body"><h3>In short</h3><ul>{points}</ul><p>{STORY[7]} That is that.</p></div>'
    article = read(page(f'<section><div>{H1}</div>{opening}<div class="list">{items}</div></section>', headline=None))
    assert all(text in article.body for text in (*STORY, "Nobody was hurt, that harbour master said"))


def test_a_story_that_opens_above_in_a_box_called_its_body_goes_on_in_another() -> None:
    opening = f'<div class="article-body">{paragraphs(STORY[0])}</div>'
    rest = f'<div class="entries">{paragraphs(*STORY[1:], *(text.replace("the", "that") for text in STORY))}</div>'
    article = read(page(f"<div><header>{H1}</header>{opening}</div><div>{rest}</div>", headline=None, around=MAIN))
    assert has_story(article)


def test_a_story_goes_on_in_boxes_of_other_names_where_the_pages_data_tell_it() -> None:
    link = '<div class="related"><a href="/2">Why the ferry had to stop</a></div>'
    rest = f'<div class="article_middle">{paragraphs(*STORY[3:6])}{link}{paragraphs(*STORY[6:])}</div>'
    content = f'<div class="article-content"><p>{" ".join(STORY[:3])}</p></div>{rest}'
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": " ".join(STORY)}
    found = read(page(content, data=data, around=('<main><div class="story">', "</div></main>")))
    assert found.body.split() == " ".join(STORY).split()


def test_sentences_set_as_headings_between_pictures_are_the_story() -> None:
    told = "".join(f'<div class="item"><h2>{text}</h2><figure><img src="/{i}.jpg"></figure></div>' for i, text in enumerate(STORY[:7]))  # fmt: skip
    deep = f'<div><div class="item"><div><p>{STORY[7]} Nobody knows what comes after that.</p><p>{STORY[6].replace("the", "that")}</p></div></div></div>'  # fmt: skip
    article = read(page(f'<div class="list">{told}{deep}</div>'))
    assert all(text in article.body for text in STORY)

"""What a line's place tells: above the story, at its end, in a page of menus, in a box whose class speaks of else."""

from __future__ import annotations

import pytest

from extractors import Label, NotArticleError
from extractors.article import BODY_LABELS
from tests.gazette import HEADLINE, STORY, has_story, in_body, labels_of, meta, page, paragraphs, read, read_story

B = "\n\n".join(STORY)
BIO = "Ada Quill has written about the coast for twenty years and lives in the last house before the lighthouse."


@pytest.mark.parametrize("line", [BIO, f"({BIO})"])
def test_the_profile_of_the_author_at_the_end_goes(line: str) -> None:
    article = read(page(paragraphs(*STORY, line), data={"@type": "NewsArticle", "author": {"name": "Ada Quill"}}))
    assert article.body == B
    assert labels_of(article, line) == {Label.AUTHOR_BIO}


def test_a_sentence_about_another_of_the_name_stays() -> None:
    line = "Ada, the harbour master's boat, has been out since the morning to look for the planks."
    assert in_body(
        read(page(paragraphs(*STORY, line), data={"@type": "NewsArticle", "author": {"name": "Ada Quill"}})), line
    )


@pytest.mark.parametrize(
    "line", ["3 de maio de 2026 às 20:13", "03.05.2026", "Sunday, May 3, 2026", "2026-05-03", "2026年5月3日"]
)
def test_a_date_above_the_story_is_a_timestamp(line: str) -> None:
    article = read(page(f"{line}{paragraphs(*STORY)}"))
    assert article.body == B
    assert labels_of(article, line) == {Label.TIMESTAMP}


def test_the_date_of_an_embedded_post_below_the_story_is_a_timestamp() -> None:
    post = '<blockquote><p><a href="https://photos.example/p/1">A post of the sailing club</a></p> <p><time>May 3, 2026 at 1:04 PST</time></p></blockquote>'
    article = read(page(f'<div class="text">{paragraphs(*STORY)}</div><div>{post}</div>'))
    assert article.body == B
    assert labels_of(article, "May 3, 2026 at 1:04 PST").isdisjoint(BODY_LABELS)


def test_a_date_alone_in_a_list_above_the_story_is_a_timestamp() -> None:
    article = read(page(f"<ul><li>3 May 2026</li></ul>{paragraphs(*STORY)}"))
    assert article.body == B
    assert Label.TIMESTAMP in [block.label for block in article.blocks]


def test_what_happened_when_in_a_list_above_the_story_is_story() -> None:
    items = "<li>3 May 2026: storm warning</li><li>4 May 2026: pier lost</li>"
    assert in_body(read(page(f"<ul>{items}</ul>{paragraphs(*STORY)}")), "3 May 2026: storm warning")


def test_a_date_inside_the_story_stays() -> None:
    assert in_body(read_story("<p>Sunday, May 3, 2026</p>"), "Sunday, May 3, 2026")


def test_a_trail_of_sections_that_ends_in_the_headline_goes() -> None:
    trail = f"News » Coast and islands » {HEADLINE}…"
    assert read(page(f"<p>{trail}</p>{paragraphs(*STORY)}")).body == B


def test_a_paragraph_that_closes_with_the_headline_is_no_trail() -> None:
    told = f"After the storm the council asked whoever owns a boat to come: »Everybody came«. {STORY[0]} {STORY[1]} {HEADLINE}"
    assert in_body(read(page(paragraphs(told, *STORY[2:]))), told)


def test_a_caption_above_the_story_goes_by_its_class() -> None:
    line = "The harbour master and the engineer look at what is left of the pier on Monday morning in Saltmouth."
    gallery = f'<ul class="gallery"><li><div class="caption"><div class="full">{line}</div></div></li></ul>'
    assert read(page(gallery + paragraphs(*STORY))).body == B


def test_text_beside_pictures_whose_class_speaks_of_captions_is_story() -> None:
    content = "".join(
        f'<section class="image-text"><h2>Part {i}</h2><p>{text}</p></section>' for i, text in enumerate(STORY)
    )
    assert has_story(read(page(content)))


@pytest.mark.parametrize("name", ["field-label-hidden", "hidden-xs", "l-hidden-xs", "overflow-hidden"])
def test_a_class_that_hides_something_else_hides_no_text(name: str) -> None:
    content = f'<div class="unit {name}"><div class="item"><p>{STORY[0]}</p></div></div>'
    assert in_body(read(page(content + f'<div class="text">{paragraphs(*STORY[1:])}</div>')), STORY[0])


def test_sections_whose_class_says_advertisement_are_story_under_their_headings() -> None:
    content = "".join(
        f'<section class="ad section"><h2 class="section-title">Part {i}</h2><div><p>{text}</p></div></section>'
        for i, text in enumerate(STORY)
    )
    assert has_story(read(page(content)))


MENU = "".join(f'<li><a href="/office/{i}">Department number {i} of the harbour office</a></li>' for i in range(40))


def test_a_notice_in_the_middle_of_menus_is_an_article() -> None:
    text = paragraphs(*(" ".join(STORY[i : i + 2]) for i in (0, 2, 4)))
    assert STORY[3] in read(page(text, around=(f"<ul>{MENU}</ul><div>", f"</div><ul>{MENU}</ul>"))).body


def test_a_list_of_links_with_a_line_above_is_a_section_front() -> None:
    with pytest.raises(NotArticleError):
        read(page(f"<p>All of the office's departments, with their floors and doors.</p><ul>{MENU}</ul>"))


def test_a_consent_banner_beside_a_short_story() -> None:
    banner = (
        '<div class="banner"><p>We value your privacy, and so do our partners, who store what they read in a cookie.</p>'
        "<button>Accept all</button></div>"
    )
    assert read(page(paragraphs(*STORY[:3]), around=("<article>", f"</article>{banner}"))).body == "\n\n".join(
        STORY[:3]
    )


def test_a_paywalled_article_with_a_login_box_is_an_article() -> None:
    box = '<form><p>Sign in</p><input type="password"><button>Sign in</button></form>'
    data = {"@type": "NewsArticle", "headline": HEADLINE, "isAccessibleForFree": False}
    article = read(
        page(paragraphs(STORY[0]), data=data, around=(f"{box}<article>", "</article>"), head=meta("og:type", "article"))
    )
    assert article.body == STORY[0]
    assert article.paywalled


def test_a_story_in_several_containers_of_one_name() -> None:
    parts = [f'<div class="rich-text">{paragraphs(text)}</div>' for text in STORY[:2]]
    parts.append(f'<div class="rich-text">{paragraphs(*STORY[2:])}</div>')
    widget = '<div class="widget"><div><p>Boats</p></div></div>'
    assert has_story(read(page(widget.join(parts), headline=None, around=("<div>", "</div>"))))


def test_a_story_of_one_long_paragraph_and_a_list() -> None:
    line = "Ferry to Tern Island, from the coal quay, ten minutes later"
    content = f"<p>{' '.join(STORY[:6])}</p><ul><li>{line}</li></ul>"
    assert in_body(read(page(content, around=('<div class="a"><div class="b">', "</div></div>"))), line)


CAPTION = "The old pier of Saltmouth an hour before the storm, seen from the coal quay by a passing ferry."


@pytest.mark.parametrize("box", ["<div><img src='/p.jpg'><div>{}</div></div>", "<figure><p>{}</p></figure>"])
@pytest.mark.parametrize("at", [0, 3])
def test_a_sentence_alone_with_its_picture_is_a_caption_though_nothing_calls_it_so(box: str, at: int) -> None:
    told = paragraphs(*STORY[:at]) + box.format(CAPTION) + paragraphs(*STORY[at:])
    article = read(page(f'<div class="x">{told}</div>'))
    assert article.body == "\n\n".join(STORY)


@pytest.mark.parametrize("line", ["Gullmart $19.34", "Gull Mart 19,34 €"])
def test_a_price_that_a_picture_repeats_is_an_offer_and_no_caption(line: str) -> None:
    article = read_story(f'<div><img src="/p.jpg" alt="{line}"><div>{line}</div></div>')
    assert labels_of(article, line) == {Label.AD}
    assert line not in [image.caption for image in article.images]


def test_a_paragraph_under_a_picture_is_story() -> None:
    told = "".join(f"<div><img src='/{n}.jpg'><p>{text}</p></div>" for n, text in enumerate(STORY[:2]))
    assert read(page(told + paragraphs(*STORY[2:]))).body == "\n\n".join(STORY)


def test_the_pages_description_alone_under_its_picture_is_the_standfirst() -> None:
    head = f'<meta name="description" content="{CAPTION}">'
    box = f"<div><img src='/p.jpg'><div>{CAPTION}</div></div>"
    article = read(page(f'{box}<div class="x">{paragraphs(*STORY)}</div>', head=head))
    assert article.standfirst == CAPTION
    assert Label.STANDFIRST in [block.label for block in article.blocks]


@pytest.mark.parametrize("heading", ["TikTok", "Accessibility"])
def test_a_heading_named_after_what_the_paragraph_under_it_is_about_is_a_crosshead(heading: str) -> None:
    assert labels_of(read_story(f"<h2>{heading}</h2>"), heading) == {Label.CROSSHEAD}


def test_such_a_heading_in_a_box_of_its_own_goes() -> None:
    assert not in_body(read_story("<div><h4>Share this article</h4></div>"), "Share this article")

"""Pages and texts that once came out wrong, each as small as it can be: what must not come back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors import Label, MissingFieldError, NotArticleError, UnsupportedContentError, clean, extract
from extractors.article import BODY_LABELS
from tests.gazette import (
    HEADLINE,
    STORY,
    STORY_JA,
    has_story,
    in_body,
    labels_of,
    meta,
    noisy,
    page,
    paragraphs,
    read,
    read_story,
)
from tests.test_extraction import CARD
from tests.test_judge import judged
from tests.test_plain import POEM
from tests.test_site import forget

B = "\n\n".join(STORY)


@pytest.mark.parametrize("n", [20, 60])
def test_story_among_many_links(n: int) -> None:
    links = "".join(f'<li><a href="/{i}">Council of Saltmouth decides on matter {i} tonight</a></li>' for i in range(n))
    assert read(page(paragraphs(*STORY), around=("<article>", f"</article><ul>{links}</ul>"))).body == B


def test_short_article_about_a_bot_wall() -> None:
    t = (
        "Visitors of the town library's site were asked on Monday to prove that they are human, and forty-one of them failed.",
        "“Checking your browser,” said the screen, and there it stayed until the librarian pulled the plug at noon.",
        "The captcha showed nine photos of the old pier and asked which of them still exist, the library said.",
    )
    assert read(page(paragraphs(*t), headline="Library's bot wall locks out its readers")).body == "\n\n".join(t)


def test_no_author_from_a_sentence() -> None:
    a = read(page(paragraphs("By Tuesday, Ada Quill of the lifeboat crew had counted eleven piles.", *STORY)))
    assert a.authors == ()
    assert a.byline is None


@pytest.mark.parametrize("content", ["", "<p>Sold out.</p>"])
def test_headline_is_no_body(content: str) -> None:
    try:
        body = read(page(content)).body
    except MissingFieldError:
        return
    assert HEADLINE not in body


def test_short_story_beside_teasers() -> None:
    cards = "".join(CARD.format(i) for i in range(14))
    assert read(
        page(paragraphs(*STORY[:2]), around=("<article>", f'</article><section class="more">{cards}</section>'))
    ).body == "\n\n".join(STORY[:2])


def test_frameset() -> None:
    with pytest.raises((UnsupportedContentError, MissingFieldError)):
        read("<frameset><p>")


def test_bad_host() -> None:
    assert has_story(extract(page(paragraphs(*STORY)), "http://[bad"))


def test_headline_with_a_break() -> None:
    assert (
        read(
            page(
                f"<h1>Storm takes the old pier <br>of Saltmouth</h1>{paragraphs(*STORY)}",
                headline=None,
                head=meta("og:title", HEADLINE),
            )
        ).body
        == B
    )


def test_headline_of_the_outlet() -> None:
    h = meta("og:title", HEADLINE) + meta("og:site_name", "The Gazette")
    assert read(page(f"<h1>The Gazette</h1><h2>{HEADLINE}</h2>{paragraphs(*STORY)}", headline=None, head=h)).body == B


def test_short_headline() -> None:
    assert (
        read(page(paragraphs(*STORY), headline="Pier gone")).headline == "Pier gone"
    )  # title element: "Pier gone - The Gazette"


TEASED = "Vier Stunden wurde um die alte Mole gestritten, dann entschied eine Stimme."


@pytest.mark.parametrize("around", ["<article><header>{}</header>{}</article>", '{}<div class="article-body">{}</div>'])
def test_a_paragraph_under_the_headline_that_its_class_calls_teaser_is_the_standfirst(around: str) -> None:
    found = read(page(around.format(f'<p class="news-teaser">{TEASED}</p>', paragraphs(*STORY)), language="de"))
    assert (found.standfirst, found.body) == (TEASED, "\n\n".join(STORY))


def test_a_list_of_points_above_the_story_is_no_standfirst() -> None:
    points = "<li>The pier fell on Sunday in the storm.</li><li>Nobody was hurt.</li>"
    found = read(page(f'<div class="summary"><ul>{points}</ul></div>{paragraphs(*STORY)}'))
    assert (found.standfirst, labels_of(found, "The pier fell on Sunday in the storm.")) == (None, {Label.LIST})


def test_standfirst_repeated_by_the_first_paragraph() -> None:
    a = read(
        page(
            f'<p class="standfirst">{STORY[0]}</p>{paragraphs(*STORY)}',
            head=f'<meta name="description" content="{STORY[0]}">',
        )
    )
    assert a.body == B


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.gazette.co.uk/p", "https://www.rival.co.uk/p"),
        ("https://gazette.com.ua/p", "https://rival.com.ua/p"),
        ("https://a.blogspot.com/p", "https://b.blogspot.com/p"),
    ],
)
def test_canonical_of_a_neighbour(url: str, canonical: str) -> None:
    assert (
        read(page(paragraphs(*STORY), head=f'<link rel="canonical" href="{canonical}">'), url=url).canonical_url is None
    )


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for the lifeboat crew by Friday, the coxswain asked the town in a letter.",
        "Get the latest tide tables from the library, the harbour office told fishermen on Monday.",
        "Your support kept the pier standing, the fund told its eleven hundred givers in March.",
        "What do you think of the pier, the inspector asked every fisherman on the quay.",
        "Subscribe to nothing and sign nothing, the grandfather told the boy on the ferry.",
    ],
)
def test_openings_that_are_story(text: str) -> None:
    for a in (read_story(paragraphs(text)), noisy(text)):
        assert in_body(a, text)


def test_hebrew_gershayim_quote() -> None:
    assert (
        judged("״הירשמו לניוזלטר שלנו״, נכתב על המסך באולם הכרטיסים, ופטרה לחצה בטעות על הכפתור הלא נכון.", "he")
        is None
    )


def test_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_SITES", str(tmp_path))
    forget()
    (tmp_path / "contained_example.py").write_text(
        'from extractors.site import Site\nclass A(Site):\n    domains = ("contained.example",)\n    body = ".copy"\n'
    )
    html = page(
        f'<div class="copy">{paragraphs(*STORY)}</div><div class="box"><p>The ferry to Tern Island leaves from the coal quay until the spring, as the company told the town.</p></div>'
    )
    a = extract(html, "https://contained.example/x")
    monkeypatch.undo()
    forget()
    assert a.template == "A"
    assert a.body == B


def test_japanese_first_sentence() -> None:
    assert clean("\n\n".join(STORY_JA)).headline is None


def test_first_paragraph_that_ends_in_a_quote() -> None:
    t = "The harbour master said on Monday morning: “Nobody was hurt, because the café had closed for the season.”"
    assert clean("\n\n".join((t, *STORY))).headline is None


@pytest.mark.parametrize(
    "line",
    [
        "—Ada Quill reported from Gull Point. Cleo Wynn contributed.",
        "—Quill reported from Gull Point. Gazette journalists Cleo Wynn on Tern Island, and Dan Reed in Saltmouth, contributed.",
    ],
)
def test_closing_credit(line: str) -> None:
    for a in (noisy(line, last=True), read(page(paragraphs(*STORY, line)))):
        assert labels_of(a, line) == {Label.CONTRIBUTORS}


def test_who_somebody_is_tells_of_the_author_at_the_end_alone() -> None:
    line = "Petra Vane is a staff writer at the Gazette, and our readers know her column on the boats."
    for inside in (read_story(paragraphs(line)), noisy(line)):
        assert labels_of(inside, line) == {Label.BODY}
    for closing in (read(page(paragraphs(*STORY, line))), noisy(line, last=True)):
        assert labels_of(closing, line) == {Label.AUTHOR_BIO}


def test_an_address_to_write_to_beside_words_to_the_reader() -> None:
    asks = "Your letters about the pier, please, to letters@gazette.example, or by post to the office."
    tells = "The council takes offers for the wreck until Friday, by post or to wreck@saltmouth.example alone."
    for article in (read_story(paragraphs(asks, tells)), noisy(asks, tells)):
        assert labels_of(article, asks) == {Label.SOCIAL}
        assert labels_of(article, tells) == {Label.BODY}


def test_headlines_under_read_more() -> None:
    a = noisy("Read more:", "Council puts off the sea wall once again", "Ferry skipper fined for a detour")
    assert a.body == B


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "1709417007"),
        ("en", "Add The Gazette as a preferred source on Google"),
        ("en", "Join our WhatsApp channel for news from the coast as it happens."),
        ("en", "By Ada Quill"),
        ("uk", "Усі права захищено"),
        ("uk", "Поширити"),
        ("uk", "Реклама на сайті"),
        ("uk", "Джерело"),
        ("uk", "Автор: Ада Квіл"),
        ("he", "לחצו כאן לכתבה המלאה"),
        ("he", "תגובה חדשה"),
        ("he", "כתבות שאולי פספסתם"),
    ],
)
def test_lines_that_should_go(language: str, line: str) -> None:
    a = read_story(paragraphs(line), language=language)
    assert not labels_of(a, line) & BODY_LABELS


def test_poem_keeps_its_lines() -> None:
    assert "the lamps all went under,\nthe gulls" in clean(POEM).body.replace("\n\n", "\n")


def test_a_link_title_with_a_question_in_it() -> None:
    line = "Read more: Can the Pier Come Back? A Town Finds Out at Last"
    for article in (noisy(line), read_story(paragraphs(line))):
        assert labels_of(article, line) == {Label.RELATED}


def test_a_template_whose_body_is_nothing_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_SITES", str(tmp_path))
    forget()
    (tmp_path / "hollow_example.py").write_text(
        'from extractors.site import Site\nclass A(Site):\n    domains = ("hollow.example",)\n    body = "script.copy"\n'
    )
    html = page(f'<script class="copy">var story</script>{paragraphs(*STORY)}')
    articles = [extract(html, "https://hollow.example/x", check=check) for check in (True, False)]
    monkeypatch.undo()
    forget()
    assert [(a.template, a.body) for a in articles] == [("generic", B)] * 2


BOX = '<div class="wp-block-group"><h2>The bay, weekly.</h2><p>Receive what the harbour says, told by people who row.</p>{}</div>'
FORM = '<div class="newsletter-form"><form action="/join"><label>E-mail</label><p>Leave this empty.</p></form></div>'


def test_the_pitch_over_a_newsletters_form_goes_with_it() -> None:
    article = read_story(BOX.format(FORM))
    assert (
        labels_of(article, "The bay, weekly.")
        == labels_of(article, "Receive what the harbour says")
        == {Label.NEWSLETTER}
    )
    assert has_story(article)


def test_what_stands_with_a_form_in_the_storys_own_box_is_the_storys() -> None:
    for content in (
        BOX.format(""),
        "<h2>The bay, weekly.</h2><p>The ferry rows on Mondays, the harbour says.</p>" + FORM,
    ):
        article = read_story(content)
        assert has_story(article)
        assert in_body(article, "The bay, weekly.")
    article = read_story(BOX.format(FORM + paragraphs("Rowing is what the town has done since the bridge fell.")))
    assert in_body(article, "Receive what the harbour says, told by people who row.")
    for count in (1, 2):
        assert has_story(read(page(paragraphs(*STORY) + FORM * count)))
        assert STORY[0] in read(page(f"<div>{paragraphs(*STORY[:2])}{FORM}</div>")).body


MADE = (
    "Made the sea wall and the lamp on it, rowed round Tern Island, twice and alone. Wrote two books, one of the tides and "
    "one of the crabs, with the harbour master of Gull Point. Races small boats, badly, and lives above the coal quay."
)
ABOUT = '<div class="x1"><p>{}</p><div class="y2"><div class="copy"><div>{}</div></div></div></div>'


@pytest.mark.parametrize("word", ["About", "Über", "Sobre"])
def test_what_is_told_about_a_name_from_above_the_story_is_no_story(word: str) -> None:
    above = '<main><div class="top"><a href="/nora"><p>Nora Finch Vane</p></a></div><p>May 5, 2026</p>'
    story = f'<section><article><div class="copy">{paragraphs(*STORY[:4])}</div></article></section>'
    for name, label in ((f"{word} Nora Finch Vane", Label.AUTHOR_BIO), (f"{word} Tern Island", Label.BODY)):
        article = read(page(story + ABOUT.format(name, MADE), around=(above, "</main>")))
        assert all(text in article.body for text in STORY[:4])
        assert labels_of(article, MADE) == {label}


@pytest.mark.parametrize("count", [4, 9])
def test_the_first_caption_of_a_gallery_above_the_story_is_one(count: int) -> None:
    captions = [
        f"Divers carry plank {n} of the pier up the beach at Gull Point on Monday, May {n}." for n in range(count)
    ]
    photos = "".join(
        f'<div class="photo"><img src="/{n}.jpg" alt="{text} "><cite>{text} </cite></div>'
        for n, text in enumerate(captions)
    )
    article = read(page(f'<div class="show">{photos}</div>' + paragraphs(*STORY)))
    assert article.body == B
    assert labels_of(article, captions[0]) == {Label.CAPTION}


def test_a_first_paragraph_that_its_picture_tells_too_is_story() -> None:
    article = read(page(f'<p><img src="/1.jpg" alt="{STORY[0]}">{STORY[0]}</p>' + paragraphs(*STORY[1:])))
    assert article.body == B


@pytest.mark.parametrize("item", ["Gull", "Tern Island"])
def test_a_comma_before_a_linked_tag_is_no_text(item: str) -> None:
    tags = f'<div class="cimkek"><ul><li><a href="/t/1">pier</a></li><li>, <a href="/t/2">{item}</a></li></ul></div>'
    article = read(page(paragraphs(*STORY), around=("<article>", f"{tags}</article>")))
    assert article.body == B


def test_what_has_an_at_sign_and_a_number_is_no_address() -> None:
    line = "quay@1.14.1 and quay@2.0.4, as the register of the harbour lists them"
    for content in (f"<ul><li>{line}</li></ul>", f"<p>{line}</p>"):
        assert in_body(
            read(page(paragraphs(*STORY) + content + paragraphs(STORY[0].replace("Sunday", "Friday")))), line
        )
    assert labels_of(read_story("<p>Write to quay@gazette.example</p>"), "Write to quay@gazette.example").isdisjoint(
        BODY_LABELS
    )


def test_a_front_page_is_no_story_of_its_data() -> None:
    stories = [{"id": n, "title": f"Story {n} of the bay", "text": "\n\n".join(STORY)} for n in range(3)]
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": stories})}</script>'
    links = "".join(f'<li><a href="/{n}">What the council of Saltmouth said of matter {n}</a></li>' for n in range(14))
    front = page(f"<section>{links}</section>{script}", headline="The bay", head=meta("article:section", "Coast"))
    with pytest.raises(NotArticleError, match="section front"):
        read(front, url="https://www.gazette.example/")


def test_bold_words_over_links_in_one_paragraph_are_their_heading() -> None:
    links = (
        '<br><a href="/2026/04/a">Engineers warn of the piles</a><br><a href="/2026/04/b">A repair is put off again</a>'
    )
    article = read(page(paragraphs(*STORY) + f"<p><strong>Vizh yshche</strong>{links}</p>", language="xx"))
    assert article.body == B
    assert labels_of(article, "Vizh yshche") == {Label.RELATED}
    article = read(
        page(paragraphs(*STORY) + f"<p><strong>Vizh yshche</strong>{links}<br>The crabs moved in on Friday.</p>")
    )
    assert in_body(article, "Vizh yshche")

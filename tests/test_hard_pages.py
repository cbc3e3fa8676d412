"""Pages and texts that once came out wrong, each as small as it can be: what must not come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors import Label, MissingFieldError, UnsupportedContentError, clean, extract
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

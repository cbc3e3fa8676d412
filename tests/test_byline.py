"""Bylines: people, and nothing but people, from what the page's data says and from what it prints."""

from __future__ import annotations

from typing import Any

import pytest

from extractors import Article, Label
from extractors.extraction import read as read_page
from extractors.page import Page
from extractors.site import Site
from tests.gazette import HEADLINE, STORIES, STORY, labels_of, meta, page, paragraphs, read, read_with


class Dispatch(Site):
    """A template that names the story and nothing else."""

    domains = ("gazette.example",)
    body = "main p"


PLACE = meta("og:site_name", "The Gazette")


def printed(line: str, **around: Any) -> Article:
    """Return the article of a page that prints this markup under its headline."""
    return read(page(line + paragraphs(*STORY), head=PLACE, **around))


PRINTED = {
    "Ada Quill 4 May 2026": ("Ada Quill",),
    "By Ada Quill May 4, 2026 at 7:18am": ("Ada Quill",),
    "By Ada Quill on Monday": ("Ada Quill",),
    "By Ada Quill in Saltmouth": ("Ada Quill",),
    "By Ada Quill, Political Editor": ("Ada Quill",),
    "By Ada Quill Staff Writer": ("Ada Quill",),
    "By Ada Quill Gazette Sports Writer": ("Ada Quill",),
    "By Ada Quill Harbour Sports Writer": ("Ada Quill Harbour",),
    "By Ada Quill, PhD, and Ben Tarr, MD": ("Ada Quill", "Ben Tarr"),
    "By: Ada Quill": ("Ada Quill",),
    "Written by Ada Quill @adaquill": ("Ada Quill",),
    "By Ada Quill ada.quill@gazette.example": ("Ada Quill",),
    "Ada Quill | The Gazette": ("Ada Quill",),
    "ADA QUILL": ("ADA QUILL",),
    "\u2014By Ada Quill": ("Ada Quill",),
    "By Ada Quill, Contributing Writer, Harbour Today": ("Ada Quill",),
    "Email to Author": (),
    "This post was written by Ada Quill": ("Ada Quill",),
    "By Vincent van der Laan": ("Vincent van der Laan",),
    "Ada Quill, Ben Tarr; Photo: Harbour Works; First printed: 4.4.18": ("Ada Quill", "Ben Tarr"),
    "Reuters, SALTMOUTH": (),
    "Staff writer, with CNA": (),
    "By Lo Quill-hai / Staff reporter": ("Lo Quill-hai",),
    "Reviewed by Ada Quill": (),
    "Twitter": (),
    "Photo by Ada Quill": (),
    "By The Gazette Editorial Team": (),
    "Follow us": (),
    "WATCH LIVE": (),
    "ADA QUILL, AP Harbour Writer": ("ADA QUILL",),
    "By Ada Quill, Minh Do on Monday": ("Ada Quill", "Minh Do"),
    "Ada Quill, Jo De La O": ("Ada Quill", "Jo De La O"),
}


@pytest.mark.parametrize(("line", "people"), PRINTED.items())
def test_names_end_where_dates_places_and_functions_begin(line: str, people: tuple[str, ...]) -> None:
    assert printed(f'<div class="byline">{line}</div>').authors == people


@pytest.mark.parametrize(
    ("language", "line", "people"),
    [
        ("de", "Von Ada Kiel und Ben Tarr", ("Ada Kiel", "Ben Tarr")),
        ("de", "Do 04.05.26 | 14:07 Uhr | Von Ada Kiel-Moor", ("Ada Kiel-Moor",)),
        ("de", "Ein Kommentar von Ada Kiel", ("Ada Kiel",)),
        ("de", "Erstellt von Ada Kiel", ("Ada Kiel",)),
        ("de", "Autorin/Autor Ada Kiel", ("Ada Kiel",)),
        ("de", "Von ANZEIGER-online-Autorin Ada Kiel", ("Ada Kiel",)),
        ("de", "Von unserem Korrespondenten Ada Kiel", ("Ada Kiel",)),
        ("de", "Von der Redaktion", ()),
        ("fr", "Par Ada Quille et Benoît Tarre", ("Ada Quille", "Benoît Tarre")),
        ("fr", "Par Ada Quille et Benoît Tarre Le 01 décembre 2025 à 18h00", ("Ada Quille", "Benoît Tarre")),
        ("es", "Por Ada Quilla y Benito Tarro", ("Ada Quilla", "Benito Tarro")),
        ("it", "di Ada Quilla", ("Ada Quilla",)),
    ],
)
def test_bylines_of_other_languages(language: str, line: str, people: tuple[str, ...]) -> None:
    content = f'<p class="byline">{line}</p>{paragraphs(*STORIES[language])}'
    assert read(page(content, language=language, head=PLACE)).authors == people


@pytest.mark.parametrize("line", ["著者：青木洋介", "文／青木洋介", "取材・文＝青木洋介", "記者：青木洋介（社会部）"])
def test_wide_marks_part_a_label_from_a_name(line: str) -> None:
    content = f'<p class="byline">{line}</p>{paragraphs(*STORIES["ja"])}'
    assert read(page(content, language="ja", head=PLACE)).authors == ("青木洋介",)


def test_a_name_glued_to_a_date_is_a_byline() -> None:
    content = f"<p>青木洋介2026年5月4日 21時37分</p>{paragraphs(*STORIES['ja'])}"
    assert read(page(content, language="ja", head=PLACE)).authors == ("青木洋介",)


@pytest.mark.parametrize(
    "line",
    [
        "<span>Words by Ada Quill</span><span>6 May 2026</span>",
        "<span>Ada Quill</span><span>Senior reporter</span>",
        "<span>Ada Quill</span><span>Journalist</span>",
    ],
)
def test_what_is_set_apart_without_a_space_is_no_part_of_the_name(line: str) -> None:
    assert printed(f'<div class="byline">{line}</div>').authors == ("Ada Quill",)


def test_a_footer_between_the_headline_and_the_story_may_name_the_author() -> None:
    line = (
        "<footer class='node__meta'><div>Submitted by <span>Ada Quill</span> on Wed, 05/06/2026 - 08:15</div></footer>"
    )
    found = printed(line)
    assert (found.authors, str(found.published)) == (("Ada Quill",), "2026-05-06 08:15:00")


@pytest.mark.parametrize(
    "line",
    [
        '<p>By <a href="/people/ada">Ada Quill</a></p>',
        '<p><span>By</span><a class="author" href="/a">Ada Quill</a></p>',
        "<div>Written by</div><div>Ada Quill</div>",
        '<div><a href="/staff/ada-quill/">Ada Quill</a></div>',
        '<div class="post__authorname">Ada Quill</div>',
        "<div>4 May 2026 – Ada Quill</div>",
    ],
)
def test_what_makes_a_line_a_byline(line: str) -> None:
    found = printed(line)
    assert found.authors == ("Ada Quill",)
    assert found.sources["authors"] == "byline"


@pytest.mark.parametrize(
    "line",
    [
        "<div>Harbour Office</div>",
        "<div><div>Ada Quill</div></div>",
        '<div class="related"><a href="/staff/ben-tarr">Ben Tarr</a></div>',
        '<figure><img src="/a.jpg"><figcaption>By Ben Tarr</figcaption></figure>',
        "<p>Lights Put Out By Harbour Masters</p>",
        '<p><a href="/tag/ada-quill">Ada Quill</a></p>',
        '<p><a href="/person/ada-quill">Ada Quill</a></p>',
    ],
)
def test_what_makes_no_byline(line: str) -> None:
    assert printed(line).authors == ()


@pytest.mark.parametrize(
    "lines",
    [
        '<div class="byline">Fact checked by</div><div class="byline">Ben Tarr</div>',
        '<div class="author-description">Licensed Lamp Grader</div>',
        '<div class="byline"><a href="/authors/gazette">Saltmouth Gazette</a></div>',
    ],
)
def test_who_else_is_named_near_the_headline_is_no_author(lines: str) -> None:
    assert printed(lines).authors == ()
    assert printed(lines + '<p class="byline">By Ada Quill</p>').authors == ("Ada Quill",)


def test_the_headline_is_no_byline() -> None:
    shell = f'<article class="post author-ada"><h1>Harbour Lamps Again</h1>{paragraphs(*STORY)}</article>'
    assert read(page(shell, headline=None)).authors == ()
    masthead = '<h1 class="vcard author"><a href="/">Harbour-Diary</a></h1>'
    story = f"<h3>{HEADLINE}</h3><h4 class='author'>by quillada</h4>{paragraphs(*STORY)}"
    assert read(page(masthead + story, headline=None)).authors == ("quillada",)


def test_bylines_under_linked_headlines_are_of_other_stories() -> None:
    card = '<div><div class="Card-title"><a href="/{0}">How the harbour lost its lamp number {0}</a></div>{1}</div>'
    cards = [
        card.format(n, f'<div class="Card-byline">{name}</div>') for n, name in enumerate(("Ben Tarr", "Cleo Wynn"))
    ]
    assert read(page(paragraphs(*STORY) + "".join(cards))).authors == ()


def test_who_comments_is_no_author() -> None:
    comments = '<div class="comments"><div class="comment-author vcard">Ben Tarr says:</div><p>Lovely pier.</p></div>'
    assert read_with(content=comments).authors == ()


def test_fellow_authors_stand_on_lines_of_their_own() -> None:
    lines = '<p class="author-name">Ada Quill</p><p class="author-name">Ben Tarr</p>'
    assert printed(lines).authors == ("Ada Quill", "Ben Tarr")


def test_a_byline_that_closes_the_story() -> None:
    assert read(page(paragraphs(*STORY, "Author: Ada Quill"))).authors == ("Ada Quill",)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("-- By Ada Quill", ("Ada Quill",)),
        ("–By Ada Quill and Ben Tarr", ("Ada Quill", "Ben Tarr")),
        ("Authors: Ada Quill, Ben Tarr", ("Ada Quill", "Ben Tarr")),
        ("Authors: Ada Quill, Ben Tarr, Minh Do and Vincent van der Laan", ("Ada Quill", "Ben Tarr", "Minh Do", "Vincent van der Laan")),
        ("Story by Ada Quill, Photos by Ben Tarr", ("Ada Quill",)),
    ],
)  # fmt: skip
def test_the_line_that_the_authors_are_read_from_is_a_byline_first_or_last(line: str, people: tuple[str, ...]) -> None:
    for content in (paragraphs(line, *STORY), paragraphs(*STORY, line)):
        found = read(page(content, head=PLACE))
        assert found.authors == people
        assert labels_of(found, line) == {Label.BYLINE}


def test_a_heading_over_links_at_the_storys_end_is_no_byline() -> None:
    links = "".join(f'<li><a href="/{i}">Six things to know about gull number {i}</a></li>' for i in range(4))
    content = paragraphs(*STORY) + f"<p><b>More helpful articles by Saltmouth Sail Makers:</b></p><ul>{links}</ul>"
    assert labels_of(read(page(content, head=PLACE)), "Six things to know about gull number 2") == {Label.RELATED}


def test_a_name_alone_before_or_after_the_story_signs_it() -> None:
    assert read(page(paragraphs("Ada Quill", *STORY))).authors == ("Ada Quill",)
    assert read(page(paragraphs(*STORY, "Ada Quill"))).authors == ("Ada Quill",)
    assert read(page(paragraphs("Harbour Master", *STORY))).authors == ()  # the story writes of a harbour master
    assert read(page(paragraphs(*STORY[:4], "Ada Quill", *STORY[4:]))).authors == ()


def test_a_name_alone_signs_a_story_that_line_breaks_part_in_a_table_of_layout() -> None:
    story = "<br><br>".join(STORY)
    for signed in ('<div align="right"><b>Ada Quill</b></div>', "<p><i>Ada Quill</i></p>"):
        cell = f"<table><tr><td>{story}{signed}</td><td><a href='/a'>The new lamp of Gull Point</a></td></tr></table>"
        assert read(page(cell)).authors == ("Ada Quill",)


def test_whose_the_words_are_is_told_among_the_credits_of_a_story() -> None:
    told = "<p>Words by <strong>Ada Quill</strong></p><p>Photographs by <strong>Ben Tarr</strong></p>"
    assert printed(f'<div class="credits">{told}</div>').authors == ("Ada Quill",)
    assert printed('<div class="credits"><p>By Ben Tarr</p></div>').authors == ()  # whose the picture is
    assert printed('<div class="credit_line">Ada Quill, 4.5.2026, 14:25</div>').authors == ("Ada Quill",)


def test_a_name_that_the_data_has_in_capitals_is_written_as_the_page_prints_it() -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Person", "name": "ADA QUILL"}}</script>'
    line = "<div class='by'><span>{}</span> <time>4 May 2026</time></div>"
    for name in ("Ada Quill", "ADA QUILL"):
        assert read(page(line.format(name) + paragraphs(*STORY), head=data)).authors == (name,)


SPOKEN = """<section aria-labelledby="article-byline"><strong class="visually-hidden" id="article-byline">{}</strong><ul>
<li><span class="visually-hidden">{}, </span><span>Ada Quill</span></li><li><span class="visually-hidden">{}, </span>
<span>The Gazette</span></li><li><span class="visually-hidden">{}, </span><span>Saltmouth</span></li></ul></section>"""
LABELS = {
    "en": ("Article information", "Author", "Role", "Reporting from"),
    "es": ("Información del artículo", "Autor", "Título del autor", "Desde"),
    "tr": ("Haber bilgisi", "Yazar", "Unvan", "Bildirdiği yer"),
    "ru": ("Информация о статье", "Автор", "Место работы", "Из"),
}


@pytest.mark.parametrize("language", LABELS)
def test_words_for_a_screen_reader_name_the_author(language: str) -> None:
    content = SPOKEN.format(*LABELS[language]) + paragraphs(*STORIES.get(language, STORY))
    found = read(page(content, head=PLACE, language=language))
    assert found.authors == ("Ada Quill",)
    assert found.body == "\n\n".join(STORIES.get(language, STORY))


def test_a_crosshead_is_no_name_where_no_capitals_tell_one() -> None:
    long, short = STORIES["he"][0], "הסירה הראשונה תצא בנובמבר, אמרה המזכירה אחרי הישיבה."
    assert read(page(paragraphs(long, "חוזרים לרציף", short), language="he")).authors == ()
    assert read(page(paragraphs(long, short, "נועה ברק"), language="he")).authors == ("נועה ברק",)


@pytest.mark.parametrize("signed", ["<p>{}</p>", "<p><b>{}</b></p>", '<p class="name"><em>{}</em></p>'])
def test_readers_who_sign_their_letters_in_turn_are_no_authors(signed: str) -> None:
    names = ("Ada Quill", "Ben Tarr", "Cleo Wynn")
    letters = "".join(paragraphs(*STORY[2 * n : 2 * n + 2]) + signed.format(name) for n, name in enumerate(names))
    assert read(page(letters)).authors == ()
    assert read(page(paragraphs(*STORY) + signed.format("Ada Quill"))).authors == ("Ada Quill",)


def test_a_byline_is_found_where_the_heading_is_no_h1() -> None:
    navigation = "".join(f"<p>Harbour line {n}</p>" for n in range(30))
    heading = f'<div class="top">{HEADLINE}</div><p>By Ada Quill</p>'
    found = read(page(navigation + heading + paragraphs(*STORY), headline=None, head=meta("og:title", HEADLINE)))
    assert found.authors == ("Ada Quill",)


def test_a_box_of_teasers_that_holds_the_heading_is_the_storys() -> None:
    line = f'<div class="teaser"><h1>{HEADLINE}</h1><p>By Ada Quill</p></div>'
    assert read(page(line + paragraphs(*STORY), headline=None)).authors == ("Ada Quill",)


@pytest.mark.parametrize("name", ["Posted by quillada", "Posted by quillada on 4 May 2026"])
def test_a_user_name_where_nothing_else_is_told(name: str) -> None:
    assert printed(f"<p>{name}</p>").authors == ("quillada",)


def test_an_author_field_with_an_address_is_no_person() -> None:
    assert read_with('<meta name="author" content="Harbour Works (www.gazette.example)">').authors == ()
    assert read_with('<meta name="author" content="Ada Quill - https://gazette.example">').authors == ()


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ({"@type": "Person", "givenName": "Ada", "familyName": "Quill"}, ("Ada Quill",)),
        ({"@type": "Person", "name": "Ada Quill og Ben Tarr"}, ("Ada Quill", "Ben Tarr")),
        ({"@type": "Person", "name": "By Ada Quill, Harbour Correspondent"}, ("Ada Quill",)),
        ([{"name": "Ada Quill"}, {"name": "Dr. Ada Quill"}], ("Ada Quill",)),
        ({"@type": "Organization", "name": "Saltmouth Harbour Pool"}, ()),
        ({"@type": "Person", "name": "José Ortega y Gasset"}, ("José Ortega y Gasset",)),
    ],
)
def test_names_in_the_pages_data(author: object, people: tuple[str, ...]) -> None:
    assert read_with(PLACE, {"author": author}).authors == people


def test_a_line_that_names_more_people_than_the_pages_data() -> None:
    person = {"author": {"@type": "Person", "name": "Ada Quill"}}
    for line in ("By Ada Quill, Ben Tarr, Cleo Wynn", "By Ada Quill, Ben Tarr and Cleo Wynn"):
        found = read_with(data=person, content=f"<p>{line}</p>")
        assert (found.authors, found.sources["authors"]) == (("Ada Quill", "Ben Tarr", "Cleo Wynn"), "byline")
    listed = read_with('<meta name="author" content="Ada Quill">', content="<p>By Ada Quill and Ben Tarr</p>")
    assert listed.authors == ("Ada Quill", "Ben Tarr")
    for line in (
        "By Ada Quill, Port Amble",
        "By Ada Quill Harbour Voice and Chief Gardener",
        "By Ben Tarr and Cleo Wynn",
    ):
        assert read_with(data=person, content=f"<p>{line}</p>").authors == ("Ada Quill",)


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Written by"), ("de", "Verfasst von"), ("fr", "Écrit par"), ("es", "Escrito por"), ("it", "Scritto da"),
     ("pl", "Napisane przez"), ("ru", "Написано автором"), ("he", "נכתב על ידי"), ("ar", "كُتب بواسطة"), ("ja", "執筆者"),
     ("it", "Written by")],
)  # fmt: skip
def test_what_the_pages_card_calls_its_writer(language: str, label: str) -> None:
    head = meta("twitter:label1", label) + meta("twitter:data1", "Ada Quill")
    story = paragraphs(*STORIES.get(language, STORIES["en"]))
    assert read(page(story, language=language, head=head)).authors == ("Ada Quill",)
    other = meta("twitter:label1", "Price") + meta("twitter:data1", "Ada Quill")
    assert read(page(story, language=language, head=other)).authors == ()


@pytest.mark.parametrize("reference", [{"@id": "#ada"}, [{"@id": "#ada"}]])
def test_an_author_told_by_reference(reference: object) -> None:
    graph = [
        {"@type": "NewsArticle", "headline": "Storm", "author": reference},
        {"@type": "Person", "@id": "#ada", "name": "Ada Quill"},
    ]
    found = read_with(data={"@graph": graph})
    assert found.authors == ("Ada Quill",)
    assert found.sources["authors"] == "json-ld author, by reference"


def test_who_puts_the_page_up_gives_way_to_the_printed_byline() -> None:
    found = read_with('<meta name="author" content="Ben Tarr">', content="<p>By Ada Quill</p>")
    assert (found.authors, found.sources["authors"]) == (("Ada Quill",), "byline")
    user = read_with('<meta name="author" content="btarr7">', content="<p>By Ada Quill</p>")
    assert user.authors == ("Ada Quill",)
    own = read_with(data={"author": {"@type": "Person", "name": "Ben Tarr"}}, content="<p>By Ada Quill</p>")
    assert own.authors == ("Ben Tarr",)


def test_an_account_of_the_publishing_system_gives_way_to_the_printed_byline() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": HEADLINE, "author": {"@id": "#account"}},
        {"@type": "Person", "@id": "#account", "name": "Ben Tarr"},
    ]
    assert read_with(data={"@graph": graph}, content="<p>By Ada Quill</p>").authors == ("Ada Quill",)
    assert read_with(data={"@graph": graph}).authors == ("Ben Tarr",)


def test_a_name_in_bold_that_opens_the_story_goes_before_an_account() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": HEADLINE, "author": {"@id": "#account"}},
        {"@type": "Person", "@id": "#account", "name": "Ben Tarr"},
    ]
    bold = read_with(data={"@graph": graph}, content="<p><strong>ADA QUILL</strong></p>")
    assert bold.authors == ("ADA QUILL",)
    assert labels_of(bold, "ADA QUILL") == {Label.BYLINE}
    signed = "<div>by Ben Tarr | 5 May 2026</div><p><strong>ADA QUILL</strong></p>"
    assert read_with(data={"@graph": graph}, content=signed).authors == ("ADA QUILL",)
    assert read_with(data={"@graph": graph}, content="<p>Ada Quill</p>").authors == ("Ben Tarr",)


def test_the_authors_names_alone_close_a_story_as_its_byline() -> None:
    data = {"author": [{"@type": "Person", "name": "Ada Quill"}, {"@type": "Person", "name": "Ben Tarr"}]}
    for line in ("Ada Quill, Ben Tarr", "Ada Quill and Ben Tarr"):
        found = read(page(paragraphs(*STORY, line), data={"@type": "NewsArticle"} | data))
        assert labels_of(found, line) == {Label.BYLINE}
    quoted = read(page(paragraphs(*STORY, "Ada Quill of the Harbour Office"), data={"@type": "NewsArticle"} | data))
    assert labels_of(quoted, "Ada Quill of the Harbour Office") != {Label.BYLINE}


@pytest.mark.parametrize(("under", "label"), [("Harbour editor", Label.BYLINE), ("The pier fell.", Label.BODY)])
def test_what_an_author_is_stands_under_the_name(under: str, label: Label) -> None:
    data = {"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ada Quill"}]}
    found = read(page(f"<p>Ada Quill<br>{under}</p>{paragraphs(*STORY)}", data=data))
    assert found.authors == ("Ada Quill",)
    assert labels_of(found, under) == {label}


def test_elements_that_are_called_an_authors_count_where_they_agree() -> None:
    shell = "<header><p>Harbour pages</p></header><div class='AuthorName'>By Ada Quill</div>"
    story = f"<div><main><h1>{HEADLINE}</h1>{paragraphs(*STORY)}</main></div>"
    assert read(page(shell + story, headline=None, around=("", ""))).authors == ("Ada Quill",)
    others = "<aside><p class='AuthorName'>Ben Tarr</p></aside>"
    assert read(page(shell + story + others, headline=None, around=("", ""))).authors == ()


@pytest.mark.parametrize("sites", [False, [Dispatch()]], ids=["engine", "template"])
@pytest.mark.parametrize("teaser", [
    "<aside><h3><a href='/lamps'>Lamps</a></h3><span class='author'>Ben Tarr</span></aside>",
    "<article><a href='/lamps'><h3>Lamps</h3></a><span class='author'>Ben Tarr</span></article>",
    "<ul><li><h4><a href='/lamps'>Lamps</a></h4><p class='post-author'>Ben Tarr</p></li></ul>",
    "<div class='related'><a href='/lamps'>Lamps</a> <b class='author'>Ben Tarr</b></div>",
    "<div class='comments'><p class='author'>Ben Tarr</p></div>",
])  # fmt: skip
@pytest.mark.parametrize("before", [True, False])
def test_the_author_of_another_story_is_not_taken_for_this_ones(teaser: str, before: bool, sites: Any) -> None:
    own = "<div class='AuthorName'>By Ada Quill</div>"
    story = f"<div><main><h1>{HEADLINE}</h1>{paragraphs(*STORY)}</main></div>"
    around = f"<div>{teaser}</div>"
    for shell, people in (("", ()), (own, ("Ada Quill",))):
        html = page(shell + (around + story if before else story + around), headline=None, around=("", ""))
        assert read_page(Page.parse(html, "https://gazette.example/a"), sites=sites).authors == people


def test_a_story_that_is_listed_on_its_own_page_has_its_author_there() -> None:
    listed = f"<ul><li><h3><a href='/a'>{HEADLINE}</a></h3><p class='post-author'>Ada Quill</p></li></ul>"
    story = f"<div><main><h1>{HEADLINE}</h1>{paragraphs(*STORY)}</main></div>"
    assert read(page(story + listed, headline=None, around=("", ""))).authors == ("Ada Quill",)


def test_a_printed_byline_without_people_leaves_no_source_of_authors() -> None:
    found = printed('<p class="byline">By The Gazette Editorial Team</p>')
    assert (found.authors, found.sources.get("authors")) == ((), None)


def test_an_outlet_may_be_named_after_its_author() -> None:
    named = meta("og:site_name", "Ada Quill Letters")
    person = {"author": {"@type": "Person", "name": "Ada Quill"}}
    assert read_with(named, person).authors == ("Ada Quill",)
    assert read_with(named, content='<p class="byline">By Ada Quill</p>').authors == ("Ada Quill",)
    assert read_with(named).authors == ()
    for outlet in ("Saltmouth Times", "Der Anzeiger", "SALTMOUTH ONLINE", "Harbour News"):
        assert read_with(meta("og:site_name", outlet), {"author": {"@type": "Person", "name": outlet}}).authors == ()


def test_only_the_marked_authors_of_this_story_count() -> None:
    head = '<p><a rel="author" href="/ada">Ada Quill</a>, <a rel="author" href="/ben">Ben Tarr</a></p>'
    more = "".join(f'<section><div><h3>Lamp {n}</h3><a rel="author">Cleo Wynn</a></div></section>' for n in range(3))
    assert read(page(head + paragraphs(*STORY) + more)).authors == ("Ada Quill", "Ben Tarr")


def test_the_byline_is_a_block_and_a_field() -> None:
    found = printed('<p class="byline">By Ada Quill, Harbour Correspondent</p>')
    assert found.byline == "By Ada Quill, Harbour Correspondent"
    assert labels_of(found, found.byline) == {Label.BYLINE}


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("The Gazette", Label.OUTLET),
        ("Reuters, The Gazette", Label.AGENCY),
        ("The Gazette (aq, Ben Tarr)", Label.BYLINE),
    ],
)
def test_the_outlet_signs_at_the_storys_end(line: str, label: Label) -> None:
    assert labels_of(read(page(paragraphs(*STORY, line), head=PLACE)), line) == {label}
    other = line.replace("The Gazette", "Harbour pier")
    assert labels_of(read(page(paragraphs(*STORY, other), head=PLACE)), other) != {label}


OTHERWISE = {  # languages without a lexicon, and a story's first line in each
    "sv": ("Av Maja Lindqvist och Erik Dal", ("Maja Lindqvist", "Erik Dal"), "Bryggan i hamnen försvann natten till tisdagen, när den värsta stormen på fyrtio år slog sönder den."),
    "nl": ("Door Marieke van den Berg", ("Marieke van den Berg",), "De oude pier van het dorp is in de nacht van zondag op maandag door de storm in zee verdwenen, zegt de gemeente."),
    "tr": ("Haber: Elif Yılmaz", ("Elif Yılmaz",), "Kasabanın eski iskelesi pazar gecesi körfezi geçen fırtınada yıkıldı ve geriye yalnızca birkaç demir direk kaldı."),
    "sq": ("Nga Ada Kodra", ("Ada Kodra",), "Skela e vjetër e qytezës u shemb natën e së dielës në stuhinë që kaloi gjirin dhe prej saj mbetën vetëm disa shtylla hekuri."),
    "el": ("Γράφει η Μαρία Παπαδοπούλου", ("Μαρία Παπαδοπούλου",), "Η παλιά αποβάθρα του χωριού κατέρρευσε το βράδυ της Κυριακής στην καταιγίδα που πέρασε από τον κόλπο."),
    "zh": ("记者王晓梅", ("王晓梅",), "小镇的老码头在星期天夜里横扫海湾的暴风雨中倒塌，海面上只剩下几根生锈的铁柱，没有人受伤。"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "people", "agency"),
    [
        ("By Ada Quill Associated Press", ("Ada Quill",), "Associated Press"),
        ("By ADA QUILL The Canadian Press", ("ADA QUILL",), "The Canadian Press"),
        ("By Ada Quill and Ben Tarr Reuters", ("Ada Quill", "Ben Tarr"), "Reuters"),
        ("By Ada Q. Reuters", ("Ada Q. Reuters",), None),
        ("By Ada Reuters", ("Ada Reuters",), None),
    ],
)
def test_an_agency_right_behind_a_full_name_is_none_of_it(
    line: str, people: tuple[str, ...], agency: str | None
) -> None:
    found = printed(f'<p class="byline">{line}</p>')
    assert (found.authors, found.agency) == (people, agency)


@pytest.mark.parametrize("language", OTHERWISE)
def test_a_byline_opens_as_its_language_says_though_that_has_no_lexicon(language: str) -> None:
    line, authors, opening = OTHERWISE[language]
    article = read(page(f'<div class="byline">{line}</div>' + paragraphs(*[opening] * 2), language=language))
    assert article.language == language
    assert article.authors == authors


def test_a_name_that_is_set_as_a_heading_is_no_headline_of_another_story() -> None:
    name = '<div class="meta"><h4 class="article-author-name"><a href="/author/quill/">Ada Quill</a></h4></div>'
    assert printed(name).authors == ("Ada Quill",)


@pytest.mark.parametrize("line", ["(Ada Quill)", "[Ada Quill]"])
def test_a_byline_may_stand_in_brackets(line: str) -> None:
    assert read(page(f'<div class="byline">{line}</div>' + paragraphs(*STORY))).authors == ("Ada Quill",)


@pytest.mark.parametrize("closing", ["(Eigener Bericht)", "(Freier Eintritt)", "(To Be Continued)"])
def test_what_closes_a_story_in_brackets_is_no_author(closing: str) -> None:
    assert read(page(paragraphs(*STORY, closing))).authors == ()


def test_whom_the_headline_names_is_no_author_under_her_picture() -> None:
    picture = '<p><img src="/ada.jpg"></p><div><em>Ada Quill</em></div>'
    content = paragraphs(STORY[0]) + picture + paragraphs(*STORY[1:])
    for story in (content, picture + paragraphs(*STORY), paragraphs(*STORY) + "<div><em>Ada Quill</em></div>"):
        around = ("<article><div>", "</div></article>")
        assert read(page(story, headline="Storm: Ada Quill rows out to the old pier", around=around)).authors == ()
    signed = page(paragraphs(*STORY) + "<p>Ada Quill</p>", around=("<article><div>", "</div></article>"))
    assert read(signed).authors == ("Ada Quill",)


@pytest.mark.parametrize(
    "name", ["Grupa Wybrzeże Polskie", "Grupo Costa Norte", "Gruppo Porto Vecchio", "Groupe Bord de Mer"]
)
def test_a_group_of_publishers_is_nobody(name: str) -> None:
    assert read(page(paragraphs(*STORY), head=meta("author", name))).authors == ()


CHINESE = {  # what a Chinese page prints over its story, and whom that names
    "<div><span>青柳晚报记者 林晓禾</span></div>": ("林晓禾",),
    "<p>青柳晚报记者 林晓禾 沈若兰</p>": ("林晓禾", "沈若兰"),
    "<p>【文/青柳晚报专栏作者 林晓禾】</p>": ("林晓禾",),
    '<div class="author"><span>原创</span> <span>林晓禾</span></div>': ("林晓禾",),
    '<div class="author">林晓禾 <a href="#">关注</a></div>': ("林晓禾",),
    "<p>发布于 2026-05-04 07:19:52</p>": (),
    '<div class="author">微信扫一扫赞赏作者</div>': (),
    '<div class="author">相关文章</div>': (),
    '<div class="author">青柳都市报</div>': (),
    '<div class="author"><span>Taboola</span><span>by Taboola</span></div>': (),
    "<p>记者通过电子邮件联系了渡口办，尚未收到回应。</p>": (),
}


@pytest.mark.parametrize("line", CHINESE)
def test_whom_a_chinese_page_names(line: str) -> None:
    story = paragraphs(*STORIES["zh"])
    assert read(page(line + story, headline="渡船今年冬天照常运营", language="zh")).authors == CHINESE[line]


def test_a_chinese_reporter_signs_below_the_story() -> None:
    found = read(page(paragraphs(*STORIES["zh"], "青柳晚报记者 林晓禾"), language="zh"))
    assert found.authors == ("林晓禾",)
    assert labels_of(found, "青柳晚报记者 林晓禾") == {Label.BYLINE}
    last = "记者通过电子邮件联系了渡口办，截至发稿时，尚未收到回应。"
    found = read(page(paragraphs(*STORIES["zh"], last), language="zh"))
    assert found.authors == ()
    assert found.body.endswith(last)


@pytest.mark.parametrize("closing", ["（青木洋介）", "【青木洋介】", "(青木洋介)", "（青木　洋介）"])
def test_a_japanese_reporter_signs_in_brackets_in_the_last_paragraph_or_below_it(closing: str) -> None:
    story = STORIES["ja"]
    within = read(page(paragraphs(*story[:-1], story[-1] + closing), language="ja"))
    assert [name.replace("　", "").replace(" ", "") for name in within.authors] == ["青木洋介"]
    assert within.body.endswith(story[-1] + closing.replace("　", " "))
    below = read(page(paragraphs(*story, closing), language="ja"))
    assert below.authors == within.authors
    assert below.body.endswith(story[-1])
    assert labels_of(below, closing.replace("　", " ")) == {Label.BYLINE}


def test_several_japanese_reporters_sign_together() -> None:
    story = STORIES["ja"]
    found = read(page(paragraphs(*story[:-1], story[-1] + "（青木洋介、森田千夏）"), language="ja"))
    assert found.authors == ("青木洋介", "森田千夏")


@pytest.mark.parametrize(
    "closing",
    [
        "（敬称略）",
        "（共同）",
        "（編集部）",
        "（終わり）",
        "（写真はイメージ）",
        "（税抜き）",
        "（社会部）",
        "（時事）",
    ],
)
def test_other_brackets_that_close_a_japanese_story_name_nobody(closing: str) -> None:
    story = STORIES["ja"]
    assert read(page(paragraphs(*story[:-1], story[-1] + closing), language="ja")).authors == ()
    assert read(page(paragraphs(*story, closing), language="ja")).authors == ()


def test_brackets_that_close_a_chinese_story_name_nobody() -> None:
    story = STORIES["zh"]
    assert read(page(paragraphs(*story[:-1], story[-1] + "（未完待续）"), language="zh")).authors == ()


@pytest.mark.parametrize("line", ["青木洋介記者", "記者・青木洋介", "記者 青木洋介", "ライター・青木洋介"])
def test_whom_a_japanese_page_names_over_its_story(line: str) -> None:
    assert read(page(f"<div>{line}</div>" + paragraphs(*STORIES["ja"]), language="ja")).authors == ("青木洋介",)


def test_a_short_last_paragraph_parts_no_signature_from_its_story() -> None:
    for last in ("“We shall build it again by spring,” she said.", "Nobody was hurt, the crew of the lifeboat said."):
        assert read(page(paragraphs(*STORY, last, "Ada Quill"))).authors == ("Ada Quill",)


def test_what_a_chinese_title_ends_with_is_the_site_and_no_author() -> None:
    head = "<title>渡船今年冬天照常运营_青柳网新闻</title>" + meta("author", "青柳网")
    assert read(page(paragraphs(*STORIES["zh"]), headline=None, language="zh", head=head)).authors == ()
    person = read(
        page(paragraphs(*STORIES["zh"]), headline=None, language="zh", head=head.replace('"青柳网"', '"林晓禾"'))
    )
    assert person.authors == ("林晓禾",)


def test_the_bylines_of_linked_headlines_are_of_other_stories() -> None:
    cards = "".join(
        f'<p class="heading"><a href="/{name[0]}">{headline}</a> <span class="byline">{name}</span></p>'
        for headline, name in (("Is the harbour wall a snap to build?", "Jo Reed"), ("Problem or solution?", "Al Salt"))
    )
    found = read(page(paragraphs(*STORY), head=PLACE, around=("<article>", f"</article><div>{cards}</div>")))
    assert found.authors == ()


@pytest.mark.parametrize(
    ("language", "line", "agency"),
    [
        ("de", "Von Ada Quill mit AP", "AP"),
        ("de", "Von Ada Quill und Ben Tarr mit dpa", "dpa"),
        ("de", "Von Ada Quill mit Agenturmaterial", "Agenturmaterial"),
        ("fr", "Par Ada Quill avec AFP", "AFP"),
        ("en", "By Ada Quill with Reuters", "Reuters"),
    ],
)
def test_an_agency_whose_text_is_in_the_story_stands_after_the_names(language: str, line: str, agency: str) -> None:
    story = paragraphs(*STORIES[language]) if language in STORIES else paragraphs(*STORY)
    found = read(page(f'<p class="byline">{line}</p>{story}', language=language, head=PLACE))
    assert (found.authors[0], found.agency) == ("Ada Quill", agency)


@pytest.mark.parametrize(
    "quoted",
    [
        '<blockquote><p>“It sounded like a zip.”</p><cite class="author">Petra Vane</cite></blockquote>',
        '<div class="x"><p>“It sounded like a zip.”</p><span class="quote-author">Petra Vane</span></div>',
    ],
)
def test_who_is_quoted_has_not_written_the_story(quoted: str) -> None:
    assert read(page(paragraphs(*STORY[:3]) + quoted + paragraphs(*STORY[3:]))).authors == ()


@pytest.mark.parametrize(
    ("language", "line", "authors"),
    [
        ("he", "דנה לוי", ("דנה לוי",)),
        ("he", "הכתבה תתעדכן", ()),
        *(("he", line, ()) for line in ("שבת שלום", "סוף דבר", "המשך יבוא", "חג שמח לכולם", "יהי זכרו ברוך")),
        ("he", "כתבה זו ניתנה לך במתנה", ()),
        ("ar", "خبر عاجل", ()),
        ("ar", "كتب على الجدار أسماء رفاقه.", ()),
    ],
)
def test_where_no_capitals_tell_a_name_only_a_short_line_that_says_nothing_else_is_one(
    language: str, line: str, authors: tuple[str, ...]
) -> None:
    assert read(page(paragraphs(*STORIES[language], line), language=language)).authors == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [("أحمد حسن", ("أحمد حسن",)), ("سارة عبد الله", ("سارة عبد الله",)), ("والله أعلم", ()), ("رحمه الله", ()), ("يتبع غدا", ())],
)  # fmt: skip
def test_two_arabic_words_below_a_story_are_a_name_where_the_first_is_one(line: str, authors: tuple[str, ...]) -> None:
    assert read(page(paragraphs(*STORIES["ar"][:3], line), language="ar")).authors == authors


@pytest.mark.parametrize("line", ["كتب - محمود عبد الباقي:", "كتبت: محمود عبد الباقي"])
def test_an_outlet_that_is_called_a_person_is_no_author_where_somebody_signs(line: str) -> None:
    house = "صدى المرفأ"
    data = {"@type": "NewsArticle", "author": {"@type": "Person", "name": house}, "publisher": {"name": house}}
    article = read(page(f"<p><strong>{line}</strong></p>{paragraphs(*STORIES['ar'])}", language="ar", data=data))
    assert article.authors == ("محمود عبد الباقي",)
    assert article.sources["authors"] == "byline"
    assert line not in article.body


def test_a_person_whom_the_outlet_is_named_after_stays_its_author() -> None:
    data = {"author": {"@type": "Person", "name": "Ada Quill"}, "publisher": {"name": "Ada Quill"}}
    assert read_with(data=data).authors == ("Ada Quill",)

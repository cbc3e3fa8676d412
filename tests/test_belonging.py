"""What stands beside a story: the names and dates of other stories and of comments, forms, shops, whose a picture is."""

from __future__ import annotations

import pytest

from extractors import Article, Label
from tests.gazette import STORY, has_story, labels_of, page, paragraphs, read

AUTHOR = '<p class="byline">By Ada Quill</p>'
CARDS = """<section class="teaser-list"><h2>More from the coast</h2>
<div class="card"><span class="kicker">Storms</span><h3><a href="/1">Night bus to the quarry villages gets a second winter</a></h3>
<span class="byline">Ben Tarr</span><span class="timestamp">4 May 2026</span></div>
<div class="card"><span class="kicker">Choirs</span><h3><a href="/2">Choir of the lifeboat crew sings for a new roof</a></h3>
<span class="byline">Cleo Wynn</span><span class="timestamp">5 May 2026</span></div></section>"""


def below(content: str) -> Article:
    """Return a story by Ada Quill with some HTML after its last sentence."""
    found = read(page(f"<div>{AUTHOR}{paragraphs(*STORY)}{content}</div>"))
    assert has_story(found)
    return found


def test_names_and_dates_of_other_stories_are_theirs() -> None:
    found = below(CARDS)
    for line in ("Storms", "Ben Tarr", "Cleo Wynn", "5 May 2026"):
        assert labels_of(found, line) == {Label.RELATED}, line
    assert labels_of(found, "By Ada Quill") == {Label.BYLINE}
    assert (found.authors, found.byline, found.kicker) == (("Ada Quill",), "By Ada Quill", None)


def test_names_and_dates_of_comments_are_theirs() -> None:
    line = "It was the finest pier of the whole coast, and I shall miss the sound of it."
    thread = "".join(
        f'<div class="comment"><span class="byline">{name}</span><span class="timestamp">{day} May 2026</span><p>{line}</p></div>'
        for day, name in enumerate(("Dora Finch", "Eli Marsh"), 5)
    )
    found = below(f'<div class="comments"><h3>2 comments</h3>{thread}</div>')
    for told in ("Dora Finch", "Eli Marsh", "6 May 2026"):
        assert labels_of(found, told) == {Label.COMMENTS}, told


def test_a_date_that_closes_the_story_stays_one() -> None:
    found = below('<p class="timestamp">Published: 5 May 2026</p>')
    assert labels_of(found, "Published: 5 May 2026") == {Label.TIMESTAMP}


def test_a_form_that_is_no_newsletters_is_machinery() -> None:
    form = "<form><label>Postcode of your harbour</label><input><button>Show tides</button></form>"
    assert labels_of(below(form), "Postcode of your harbour") == {Label.PLAYER}
    form = '<form class="newsletter"><label>Your first name</label><input><button>Sign up</button></form>'
    assert labels_of(below(form), "Your first name") == {Label.NEWSLETTER}


@pytest.mark.parametrize(
    ("href", "text", "label"),
    [
        ("https://www.amazon.example/dp/1?tag=gazette-21", "Lantern of brass for piers", Label.AD),
        ("https://amzn.to/3xYz", "Lantern of brass for piers", Label.AD),
        ("https://shop.lamps.example/7", "$49.00 from Lamps of Saltmouth", Label.AD),
        ("https://www.saltmouth-post.example/2026/05/pier", "Pier of Saltmouth falls in storm", Label.RELATED),
        ("/2026/05/lamps", "The lamp for $49 that outlived the pier", Label.RELATED),
    ],
)
def test_a_link_to_a_shop_advertises(href: str, text: str, label: Label) -> None:
    assert labels_of(below(f'<aside><p><a href="{href}">{text}</a></p></aside>'), text) == {label}


def test_whose_a_picture_is_stands_below_it_and_the_rights_of_the_page_at_its_end() -> None:
    found = below(
        '<div><img src="/a.jpg" width="640"><span class="credit">© Ada Quill</span></div><p>© The Gazette 2026</p>'
    )
    assert labels_of(found, "© Ada Quill") == {Label.CREDIT}
    assert labels_of(found, "© The Gazette 2026") == {Label.LEGAL}


def test_a_date_in_the_box_of_the_byline_is_one() -> None:
    line = '<p class="byline"><span>By Ada Quill</span><br><span>Monday 4 May 2026, 7:45 am</span></p>'
    found = read(page(line + paragraphs(*STORY)))
    assert labels_of(found, "Monday 4 May 2026, 7:45 am") == {Label.TIMESTAMP}
    assert (found.authors, found.byline) == (("Ada Quill",), "By Ada Quill")

"""What stands beside a story: the names and dates of other stories and of comments, forms, shops, whose a picture is."""

from __future__ import annotations

import pytest

from extractors import Article, Label
from tests.gazette import HEADLINE, STORY, has_story, labels_of, listed, page, paragraphs, read, read_story

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


TOPICS = ('<a href="/t/1">Piers</a>', '<a href="/t/2">Storms</a>', '<a href="/t/3">Saltmouth harbour</a>')


@pytest.mark.parametrize(
    "topics",
    [
        f"<div><h4>Topics</h4>{listed(*TOPICS)}</div>",
        f"<p>Tags:</p>{listed(*TOPICS)}",
        f"<div><span>Filed under:</span> {', '.join(TOPICS)}</div>",
        f"<div><p>Tags</p><p>{' '.join(TOPICS)}</p></div>",
        f'<footer class="entry-footer"><span>Posted in {TOPICS[0]}</span> <span>Tagged {TOPICS[1]}, {TOPICS[2]}</span></footer>',
    ],
)
def test_the_topics_of_a_story_are_ways_through_the_site(topics: str) -> None:
    found = below(topics)
    assert {
        b.label
        for b in found.blocks
        if any(t in b.text for t in ("Topics", "Tags", "Filed", "Posted", "Piers", "Saltmouth harbour"))
        and b.text not in (*STORY, HEADLINE)
    } == {Label.NAV}


def test_links_to_places_of_the_page_lead_to_no_other_story() -> None:
    contents = listed(
        '<a href="#storm">How the storm came over the bay</a>', '<a href="#wreck">What becomes of the wreck</a>'
    )
    found = read_story(f"<div><h3>In short</h3>{contents}</div>", '<p><a href="#note-1">Jump to the notes</a></p>')
    for line in ("In short", "How the storm came over the bay", "Jump to the notes"):
        assert labels_of(found, line) == {Label.NAV}, line


def test_what_promotes_the_sites_own_stories_is_related() -> None:
    linked, told = (
        "Column: Who pays for a pier that nobody may walk on",
        "Six years of warnings, and a drawer that held them all.",
    )
    promo = f'<div class="promo-small"><h3><a href="/columns/pier">{linked}</a></h3><p>{told}</p></div>'
    aside = (
        "<aside><div><h4>Choir of the lifeboat crew sings for a roof</h4><a href='/choir'>Read more</a></div></aside>"
    )
    support = '<div class="promo"><p><a href="/support">Become a friend of the Gazette today</a></p></div>'
    found = read_story(promo, aside, support)
    assert has_story(found)
    for line in (linked, told, "Choir of the lifeboat crew sings for a roof"):
        assert labels_of(found, line) == {Label.RELATED}, line


def test_how_long_a_recording_is_and_how_old_a_card_is_belong_to_these() -> None:
    video = '<div class="video-card"><a href="/v/1">The pier falls, seen from a kite</a><span>2:34</span></div>'
    cards = "".join(
        f'<aside class="x"><a href="/{n}">Regatta of the tin boats has an heir</a> <div>{n} day ago</div></aside>'
        for n in (1, 2)
    )
    found = read_story(video, f'<section class="related">{cards}</section>')
    assert labels_of(found, "2:34") == {Label.PLAYER}
    assert labels_of(found, "1 day ago") == {Label.RELATED}


def test_the_links_of_a_footer_are_ways_through_the_site() -> None:
    found = below('<div class="footer-box"><a href="/world">World news</a> <span>Bilingual pages</span></div>')
    assert labels_of(found, "World news") == labels_of(found, "Bilingual pages") == {Label.NAV}


def test_a_field_of_a_form_is_of_its_kind_whatever_it_asks_for() -> None:
    fields = "<label>Name *</label><input><label>Email *</label><input><button>Send</button>"
    found = below(f'<div id="comments" class="comments"><h3>Leave a comment</h3><form>{fields}</form></div>')
    assert labels_of(found, "Email *") == labels_of(found, "Name *") == {Label.COMMENTS}
    found = below(f'<div class="contact"><form><label>Postcode of your harbour</label><input>{fields}</form></div>')
    assert labels_of(found, "Email *") == {Label.PLAYER}


def test_dates_of_cards_above_the_story_are_theirs_and_its_own_is_not() -> None:
    card = '<div class="related-card"><a href="/{0}">Regatta of the tin boats</a> <div class="date">{0}. 5. 2026</div></div>'
    cards = "".join(map(card.format, (1, 2, 3)))
    own = '<div class="date">Updated: 4 May 2026</div>'
    found = read(page(f'<div>{own}<div class="related-box">{cards}</div>{paragraphs(*STORY)}</div>'))
    assert labels_of(found, "2. 5. 2026") == {Label.RELATED}
    assert labels_of(found, "Updated: 4 May 2026") == {Label.TIMESTAMP}


def test_a_telephone_number_is_no_date_and_an_hour_in_a_byline_no_name() -> None:
    found = below('<div class="box"><a href="tel:5550100">555-010-0199</a></div>')
    assert Label.TIMESTAMP not in labels_of(found, "555-010-0199")
    line = '<div class="byline">By Ada Quill</div><div class="byline"><span>4 AM</span></div>'
    found = read(page(line + paragraphs(*STORY)))
    assert labels_of(found, "4 AM") == {Label.TIMESTAMP}
    assert found.byline == "By Ada Quill"

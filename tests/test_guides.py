"""Guides, tests of things and explainers: their tables, listings, boxes and lists are story, whatever holds them."""

from __future__ import annotations

import pytest

from extractors import Article, Label
from tests.gazette import STORY, in_body, labels_of, listed, page, paragraphs, read

BOATS = {
    "The Cormorant": "A clinker dinghy of nine feet, built in the ropewalk, that two people can carry up the beach.",
    "The Gannet": "Slower than the rest in a light wind, it is the only one of the three that dries out in a day.",
    "The Petrel": "Its lugsail goes up in a minute, and the builder sells the plans to anybody who asks for them.",
}


def read_around(*content: str) -> Article:
    """Read a page with the content between paragraphs of the story."""
    return read(page(paragraphs(*STORY[:3]) + "".join(content) + paragraphs(*STORY[3:])))


def test_a_table_in_a_figure_is_a_table() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>{feet} feet</td></tr>" for feet, name in enumerate(BOATS, 9))
    article = read_around(f'<figure class="wp-block-table"><table><tbody>{rows}</tbody></table></figure>')
    for name in BOATS:
        assert labels_of(article, name) == {Label.TABLE}
    assert labels_of(article, "10 feet") == {Label.TABLE}


def test_a_linked_name_in_the_row_of_a_table_is_a_cell() -> None:
    rows = "".join(
        f'<tr><td><a href="/{feet}">{name}</a></td><td>{feet} feet</td></tr>' for feet, name in enumerate(BOATS)
    )
    article = read_around(f"<table><tbody>{rows}</tbody></table>")
    for name in BOATS:
        assert labels_of(article, name) == {Label.TABLE}


def test_links_beside_the_text_in_a_page_laid_out_by_a_table_go() -> None:
    links = "".join(f'<p><a href="/{i}">{name} is for sale</a></p>' for i, name in enumerate(BOATS))
    content = f"<table><tr><td>{paragraphs(*STORY)}</td><td>{links}</td></tr></table>"
    assert read(page(content)).body == "\n\n".join(STORY)


def test_the_first_of_linked_names_in_bold_is_no_heading_of_the_others() -> None:
    items = ['<a href="/tern"><strong>The Tern</strong></a>', *BOATS]
    article = read_around(listed(*items))
    assert "\n".join(article.body.split("\n\n")[3:7]) == "\n".join(("The Tern", *BOATS))


def test_the_caption_of_a_table_is_a_caption() -> None:
    rows = "".join(f"<tr><td>{name}</td></tr>" for name in BOATS)
    caption = "<figcaption>Boats of the sailing school, by length</figcaption>"
    article = read_around(f"<figure><table><tbody>{rows}</tbody></table>{caption}</figure>")
    assert labels_of(article, "Boats of the sailing school, by length") == {Label.CAPTION}


def test_a_listing_in_a_box_of_its_own_is_story() -> None:
    article = read_around('<div class="highlight"><pre class="sh">$ tide --port saltmouth\n$ tide --week</pre></div>')
    assert in_body(article, "$ tide --week")


def test_a_box_that_is_called_out_is_story() -> None:
    warning = "Never row out alone after dark, and tell the harbour master where you are going."
    article = read_around(f'<div class="callout"><h3>Warning</h3><p>{warning}</p></div>')
    assert labels_of(article, "Warning") == {Label.CROSSHEAD}
    assert in_body(article, warning)


def test_a_heading_that_its_picture_is_named_after_is_a_crosshead() -> None:
    cards = [
        f'<div class="card"><h2>{name}</h2><div><img src="/{name}.jpg" alt="{name}"></div></div>{paragraphs(text)}'
        for name, text in BOATS.items()
    ]
    article = read_around(*cards)
    for name in BOATS:
        assert labels_of(article, name) == {Label.CROSSHEAD}


def test_a_heading_with_its_picture_above_the_story_is_a_card() -> None:
    cards = "".join(f'<div class="card"><img src="/{name}.jpg" alt="{name}"><h3>{name}</h3></div>' for name in BOATS)
    article = read(page(f'{cards}<div class="text">{paragraphs(*STORY)}</div>'))
    assert article.body == "\n\n".join(STORY)


@pytest.mark.parametrize(
    "item",
    [
        '<a href="/list">Your list of repairs will begin to shrink</a>',
        '<p><a href="/privacy">Rowing for beginners</a></p>',
        "Share with your crew: who rows, who steers",
        "Privacy: read the privacy policy of the tracker before you want to know where the boat is.",
        "Reach people: Facebook, Instagram or the loudspeaker of the fishmonger's van",
        "Copyright notice of the plans",
    ],
)
def test_an_item_among_items_that_are_story_is_story(item: str) -> None:
    article = read_around(listed("Nine feet of clinker", item, "Two pairs of oars"))
    assert "\n\n".join(article.body.split("\n\n")[3:6]).count("\n\n") == 2
    assert article.removed == ()


def test_a_step_that_is_done_on_another_site_is_story() -> None:
    first = 'Sign up for a berth at <a href="https://berths.example/">the island</a> in the name of the boat'
    second = '<a href="https://charts.example/">Download a chart of the bay for nothing</a>'
    article = read_around(listed(first), paragraphs("Then it is time for the chart."), listed(second))
    assert in_body(article, "Download a chart of the bay for nothing")
    assert in_body(article, "in the name of the boat")


@pytest.mark.parametrize(
    "item",
    [
        'Sign up for our weekly newsletter <a href="https://letters.example/">here</a>',
        '<a href="https://news.example/">Follow The Gazette on Google News today</a>',
        '<a href="https://letters.example/">Sign up for the tides of the week</a>',
    ],
)
def test_an_item_that_asks_to_follow_the_paper_elsewhere_goes(item: str) -> None:
    assert read_around(listed(item)).body == "\n\n".join(STORY)


def test_a_story_goes_on_behind_its_paywall() -> None:
    prompt = (
        "May we tell you the news of the harbour as it comes in? You can change that whenever you like, on your page."
    )
    first = "The pier of Saltmouth, that the sailmakers built, went down in a storm on Sunday night."
    wall = f'<div class="paywall">{paragraphs(*STORY[1:])}</div>'
    push = f'<div class="push"><p>{prompt}</p></div>'
    article = read(page(f'{push}<div class="article-body">{paragraphs(first)}{wall}</div>'))
    assert article.body == "\n\n".join((first, *STORY[1:]))


def test_what_the_items_of_several_lists_say_alike_is_said_of_each_thing() -> None:
    alike = "Warm up with ten minutes at the oars, and then row out to the first buoy and back again."
    lists = [f"<h2>{name}</h2>" + listed(f"{name}, two hours", alike, "Rest") for name in BOATS]
    assert read_around(*lists).body.count(alike) == len(BOATS)


@pytest.mark.parametrize(
    ("item", "others"),
    [
        ('<a href="/1">Lamps stay dark</a>', ('<a href="/2">Fares rise again</a>', "More boats")),
        ('<a href="/1">Read more about dark lamps</a>', ("Nine feet of clinker", "Two pairs of oars")),
        ("Sign up to our newsletter: we'll send you dark lamps on Fridays.", ("Nine feet", "Two pairs")),
    ],
)
def test_links_to_other_stories_and_prompts_go_from_a_list_as_well(item: str, others: tuple[str, ...]) -> None:
    assert "amps" not in read_around(listed(item, *others)).body


def test_a_long_paragraph_that_speaks_of_a_newsletter_and_of_what_you_can_do_is_story() -> None:
    text = (
        "The harbour master collects the heights of the water in a table that you can see on the wall of his office; "
        "what is left over when the week is done goes into a newsletter, which the sailmakers fold on Fridays and the "
        "fishmonger carries from door to door until the last house above the ropewalk has had one."
    )
    assert in_body(read_around(paragraphs(text)), text)

"""What only neighbours tell: lists of things with linked headings, texts printed twice, articles after the article."""

from __future__ import annotations

import pytest

from extractors import Article, Label
from tests.gazette import STORY, has_story, in_body, labels_of, listed, meta, page, paragraphs, read, read_story

B = "\n\n".join(STORY)
CROATIAN = (  # a language without a lexicon
    "Stari gat u luci nestao je u noći na utorak, kada ga je razbila najgora oluja u posljednjih četrdeset godina.",
    "Nitko nije ozlijeđen, ali su ribari ostali bez dva broda i spremišta mreža koje je na kraju gata stajalo od 1931.",
    "Gradonačelnik je rekao da će grad do sljedećeg ljeta sagraditi novi gat i da će pomoći i susjedne općine.",
    "Trajekt za otok do daljnjega kreće s ugljenog pristaništa, a vozni red se prema riječima brodara neće mijenjati.",
)
BOATS = (
    ("The Cormorant", "A clinker dinghy of nine feet, built in the ropewalk, that two people can carry up the beach."),
    ("The Gull", "Slower than the rest in a light wind, it is the only one of the four that dries out in a day."),
    ("The Petrel", "Its lugsail goes up in a minute, and the builder sells the plans to anybody who asks for them."),
    ("The Tern", "The youngest of the four has been sailed round the island in a storm and came home with its mast."),
)


@pytest.mark.parametrize(("address", "number"), [("https://boats.example/", ""), ("/boats/", "{}. ")])
def test_linked_headings_of_a_list_of_things_are_crossheads(address: str, number: str) -> None:
    things = [(number.format(i) + name, text) for i, (name, text) in enumerate(BOATS, 1)]
    content = "".join(
        f'<div class="item"><h2><a href="{address}{len(text)}">{name}</a></h2><div class="text"><p>{text}</p></div></div>'
        for name, text in things
    )
    article = read(page(paragraphs(*STORY[:3]) + content))
    for name, text in things:
        assert labels_of(article, name) == {Label.CROSSHEAD}
        assert in_body(article, text)


def test_a_heading_set_as_the_others_is_a_crosshead_whatever_its_words_are() -> None:
    heads = ["The piles", "The café", "What becomes of the wreck – we keep you posted", "The fund"]
    box = '<div class="frame"><header class="head"><h2 class="h">{}</h2></header><div class="text"><p>{}</p><p>{}</p></div></div>'
    parts = [box.format(head, *STORY[2 * i : 2 * i + 2]) for i, head in enumerate(heads)]
    assert in_body(read(page("".join(parts))), heads[2])
    links = [
        f'<h2><a href="https://tool{i}.example/">Tool number {i}</a></h2><p>{text}</p>' for i, text in enumerate(STORY)
    ]
    assert in_body(read(page(paragraphs(*STORY) + "".join(links).replace(" the ", " a "))), "Tool number 7")


def test_a_linked_heading_in_a_box_of_its_own_is_a_link_to_another_story() -> None:
    links = [
        f'<div class="embed"><ul><li><h3><a href="/{i}">Ferry number {i} stays in harbour</a></h3></li></ul></div>'
        for i in range(4)
    ]
    content = "".join(p + link for p, link in zip(map(paragraphs, STORY), [*links, "", "", "", ""], strict=True))
    assert read(page(content)).body == B


def test_a_heading_that_is_a_link_does_not_take_the_paragraphs_under_it() -> None:
    content = paragraphs(*STORY[:3]) + f'<h3><a href="/piles">Rust</a></h3>{paragraphs(*STORY[3:])}'
    assert has_story(read(page(f'<div class="a">{paragraphs("The pier.")}</div><div class="b">{content}</div>')))


def test_linked_headings_over_parts_of_the_story_in_boxes_like_the_first_are_crossheads() -> None:
    def part(text: str, heading: str = "") -> str:
        return f'<div class="part">{heading}<div class="text">{paragraphs(text)}</div></div>'

    heading = '<h1><span class="overline">Harbour</span> <span>Storm takes the old pier of Saltmouth</span></h1>'
    titles = ("What the engineers said", "What the council did", "What the sailors gave")
    parts = [
        part(STORY[i], f'<h3><a href="#part{i}">{title}</a></h3>') for i, title in zip((2, 4, 6), titles, strict=True)
    ]
    article = read(page(heading + part(STORY[0]) + "".join(parts), headline=None))
    told = [text for i, title in zip((2, 4, 6), titles, strict=True) for text in (title, STORY[i])]
    assert article.body.split("\n\n") == [STORY[0], *told]
    assert {label for title in titles for label in labels_of(article, title)} == {Label.CROSSHEAD}


def test_a_paragraph_with_a_class_more_than_the_others_is_story() -> None:
    first = '<div class="par lead-in">Nobody had believed them.</div>'
    content = "".join(f'<div class="par">{text}</div>' for text in STORY)
    article = read(page(f'<div class="opener"><p>{CROATIAN[0]}</p></div>{first}{content}', around=("<div>", "</div>")))
    assert in_body(article, "Nobody had believed them.")


@pytest.mark.parametrize("name", ["story-subhead", "par_subheadline", "zwischentitel"])
def test_a_crosshead_that_only_its_class_tells(name: str) -> None:
    article = read_story(f'<div class="{name}">What the council did</div>')
    assert labels_of(article, "What the council did") == {Label.CROSSHEAD}
    assert labels_of(read_story('<div class="box">What the council did</div>'), "What the council did") == {Label.NAV}


def test_the_name_under_a_quotation_in_a_box_of_its_own_goes_with_it() -> None:
    quote = "<blockquote>Six winters we told them that the iron was going.</blockquote>"
    article = read_story(f'<div class="pull">{quote}<div>Harbour engineer Ines Kerr</div></div>')
    assert labels_of(article, "Harbour engineer Ines Kerr") == {Label.QUOTE}
    beside = read_story(f'<div class="pull">{quote}</div><div class="more">Harbour engineer Ines Kerr</div>')
    assert labels_of(beside, "Harbour engineer Ines Kerr") == {Label.NAV}


@pytest.mark.parametrize(
    "line", ["Plans at the boatyard's shop", "[The Harbour Post]", "Twelve crowns at the chart room"]
)
def test_a_line_that_links_to_another_site_is_story(line: str) -> None:
    assert in_body(read_story(f'<p><a href="https://boats.example/1">{line}</a></p>'), line)


@pytest.mark.parametrize("href", ["/ferry", "https://www.gazette.example/ferry", "https://sport.gazette.example/1"])
def test_a_line_that_links_to_the_site_is_a_link_to_another_story(href: str) -> None:
    article = read_story(f'<p><a href="{href}">Ferry to the island stays in harbour</a></p>')
    assert article.body == B
    assert labels_of(article, "Ferry to the island stays in harbour") == {Label.RELATED}


def test_a_heading_that_a_picture_elsewhere_repeats_is_no_caption() -> None:
    pictures = "".join(
        f'<div><div><div><div><div><img src="/{i}.jpg" alt="{n}"></div></div></div></div></div>'
        for i, (n, _) in enumerate(BOATS)
    )
    content = "".join(f"<h2>{name}</h2>{paragraphs(text)}" for name, text in BOATS)
    article = read(page(paragraphs(*STORY[:3]) + content + pictures))
    for name, _ in BOATS:
        assert labels_of(article, name) == {Label.CROSSHEAD}
    beside = read(
        page(
            paragraphs(*STORY[:3])
            + '<div><img src="/a.jpg" alt="The Cormorant"><p>The Cormorant</p></div>'
            + paragraphs(*STORY[3:])
        )
    )
    assert labels_of(beside, "The Cormorant") == {Label.CAPTION}


def test_a_list_whose_items_are_labels_with_links_is_of_other_stories() -> None:
    links = (
        "<b>Ferry:</b> <a href='/1'>The night boat stays in harbour</a>",
        "<b>Ropes?</b> <a href='/2'>Who makes them now</a>",
    )
    article = read(page(paragraphs(*STORY[:3]) + listed(*links) + paragraphs(*STORY[3:])))
    assert article.body == B
    assert labels_of(article, "Ferry: The night boat stays in harbour") == {Label.RELATED}


@pytest.mark.parametrize(
    "items",
    [
        ("Tar, <a href='/tar'>from the yard</a>, for all seams that lie below the water", "Rope and three good needles"),
        ("<b>Tar:</b> <a href='https://yard.example/tar'>The yard at Ropewalk</a>", "<b>Rope:</b> <a href='https://yard.example/r'>Hemp, in coils</a>"),
        ("<b>Tar:</b> <a href='/tar'>The yard at Ropewalk</a>", "Rope and three good needles of bone"),
    ],
)  # fmt: skip
def test_a_list_that_says_more_than_its_links_or_names_sources_is_story(items: tuple[str, ...]) -> None:
    article = read(page(paragraphs(*STORY[:3]) + listed(*items) + paragraphs(*STORY[3:])))
    assert len(article.body.split("\n\n")) > len(STORY)
    assert not article.removed


@pytest.mark.parametrize(
    ("language", "line", "noise"),
    [
        ("en", "<b>IN THE HARBOUR |</b> <a href='/1'>The night boat stays at the quay</a>", True),
        ("en", "<b>The yard:</b> <a href='/1'>Tar and rope in all weathers</a>", False),
        ("hr", "<b>Iz luke:</b> <a href='/1'>Noćni brod ostaje uz pristanište</a>", True),
        ("en", "<b>IN THE HARBOUR |</b> The night boat stays at the <a href='/1'>quay</a>", False),
    ],
)
def test_a_link_behind_a_label_in_bold(language: str, line: str, noise: bool) -> None:
    article = (
        read_story(f"<p>{line}</p>", language=language)
        if language == "en"
        else read(page(paragraphs(*CROATIAN[:2]) + f"<p>{line}</p>" + paragraphs(*CROATIAN[2:]), language=language))
    )
    assert any("labelled" in why or "behind a label" in why for b in article.removed for why in b.why) is noise


def test_a_label_with_its_link_takes_no_box_of_the_story_with_it() -> None:
    line = "<p><b>Read also: <a href='/2'>The pier that leans</a></b></p>"
    boxes = (paragraphs(*STORY[:2]), paragraphs(*STORY[2:4]), line + paragraphs(*STORY[4:]))
    article = read(page("".join(f"<div class='part'><div>{box}</div></div>" for box in boxes)))
    assert [paragraph for paragraph in STORY if paragraph not in article.body] == []
    assert "leans" not in article.body


@pytest.mark.parametrize("line", ["$$HARBOUR_AD$$", "{{ gallery.count }}", "%%ADSLOT-3%%", "[CTA_MODULE]"])
def test_a_slot_that_nothing_has_filled_is_no_text(line: str) -> None:
    assert labels_of(read_story(f"<p>{line}</p>"), line) == {Label.TECH}


def test_words_for_those_who_cannot_see_inside_a_sentence_go_alone() -> None:
    hidden = ' <span class="hb-vh">(opens in a new window)</span>'
    sentence = STORY[3].partition(" ")
    article = read(
        page(
            paragraphs(*STORY[:3])
            + f"<p><a href='/x'>{sentence[0]}{hidden}</a> {sentence[2]}</p>"
            + paragraphs(*STORY[4:])
        )
    )
    assert article.body == B


def test_a_quotation_beside_the_text_speaks_to_nobody() -> None:
    said = "Asked about the storm, one keeper said, ‘I want to sign up for a harbour without any sea in it’"
    content = f"<div class='side'><aside><blockquote>{said}</blockquote></aside></div>"
    article = read(page(paragraphs(*STORY[:3]) + content + paragraphs(*STORY[3:])))
    assert labels_of(article, said) == {Label.QUOTE}
    told = "Sign up for our letter from the harbour, and get the tides in your inbox every Friday."
    assert labels_of(read_story(f"<aside><p>{told}</p></aside>"), told) == {Label.NEWSLETTER}


def test_a_paragraph_about_the_authors_goes_on_after_a_break() -> None:
    author = {"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ada Quill"}]}
    bio = "<p><em>Ada Quill is a reader in tides at Saltmouth. Ben Tarr<br>teaches the mending of nets.</em></p>"
    article = read(page(paragraphs(*STORY) + bio, data=author))
    assert article.body == B


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Gazette (aq)", Label.BYLINE),
        ("Gazette Harbour Desk (Ada Quill, Ben Tarr)", Label.BYLINE),
        ("Gazette/Reuters (bt)", Label.AGENCY),
        ("The Gazette", Label.OUTLET),
    ],
)
def test_an_outlet_signs_at_the_storys_end(line: str, label: Label) -> None:
    found = read(page(paragraphs(*STORY, line), head=meta("og:site_name", "The Gazette")))
    assert labels_of(found, line) == {label}
    assert found.body == B


@pytest.mark.parametrize(
    "line", ["Gazetteer of the coast (second sheet)", "Saltmouth (harbour)", "The Gazette of 1931"]
)
def test_what_only_begins_as_the_outlets_name_is_story(line: str) -> None:
    assert in_body(read(page(paragraphs(*STORY[:4], line, *STORY[4:]), head=meta("og:site_name", "The Gazette"))), line)
    assert in_body(read(page(paragraphs(*STORY, line), head=meta("og:site_name", "The Gazette"))), line)


def test_the_kicker_is_the_storys_own() -> None:
    cards = "".join(
        f'<div class="card"><p class="kicker">Boat {i}</p><p>{text}</p></div>' for i, (_, text) in enumerate(BOATS)
    )
    for mark in ("", ":", " |"):
        kicker = f'<p class="kicker">On the coast{mark}</p>'
        assert read(page(f"{kicker}{paragraphs(*STORY)}<section>{cards}</section>")).kicker == "On the coast"
    assert read(page(f"{paragraphs(*STORY)}<section>{cards}</section>")).kicker is None


def test_a_teaser_between_headline_and_text_is_the_standfirst() -> None:
    teaser = "Nobody was hurt when the sea took the pier, but the nets of nine boats are gone with it."
    content = f'<div class="teaser-text"><p>{teaser}</p></div><div class="news-text">{paragraphs(*STORY)}</div>'
    found = read(page(content))
    assert (found.standfirst, found.body) == (teaser, B)
    within = read(page(f'<div class="news"><div class="teaser_text">{teaser}</div>{paragraphs(*STORY)}</div>'))
    assert (within.standfirst, within.body) == (teaser, B)
    card = f'<div class="teaser_text">{teaser} <a href="/nets">The nets</a></div>'
    assert read(page(f'<div class="news">{paragraphs(*STORY)}{card}</div>')).body == B


def test_a_story_in_two_containers_whose_name_says_nothing_is_whole() -> None:
    name = 'class="w-full md-border"'
    first, last = (
        5 * "<div>" + f"<div {name}>{paragraphs(*part)}</div>" + 5 * "</div>" for part in (STORY[:5], STORY[5:])
    )
    between = (
        '<div><div><div class="w-full"><a href="/ferry">Ferry to the island stays in harbour</a></div></div></div>'
    )
    column = f'<div class="stream">{first}{between}{last}</div>'
    assert read(page(f'<div class="top">Sunday</div>{column}')).body == B


def test_the_first_paragraph_in_a_box_of_the_storys_name_is_story() -> None:
    between = "<div><article><p>The ferry stays in harbour.</p></article></div>"
    parts = [f'<div class="story-text">{paragraphs(*part)}</div>' for part in (STORY[:1], STORY[1:])]
    content = f"<div>{parts[0]}</div>{between}<div>{parts[1]}</div>"
    assert has_story(read(page(content, around=("<main><div>", "</div></main>"))))


def test_a_longer_story_after_the_story_in_an_article_of_its_own_is_none_of_it() -> None:
    def told(texts: tuple[str, ...], heading: str) -> str:
        return f'<article class="full">{heading}<div class="told">{paragraphs(*texts)}</div></article>'

    heading = "<h1>Storm takes the old pier of Saltmouth</h1>"
    more = told(CROATIAN * 36, "<h2>Gat</h2>")
    article = read(page(told(STORY, heading) + more, headline=None, around=("<div>", "</div>")))
    assert article.body == B


def test_a_link_to_a_shop_that_stands_under_every_paragraph_goes() -> None:
    link = '<p><a href="https://boats.example/used">Compare used boats at the Boat Barn</a></p>'
    assert read(page("".join(paragraphs(text) + link for text in STORY))).body == B


@pytest.mark.parametrize("attributes", ["", ' style="display:none"'])
def test_the_whole_text_once_more_in_one_line_goes(attributes: str) -> None:
    around = ("<article>", f"<div{attributes}>{' '.join(STORY)}</div></article>")
    assert read(page(paragraphs(*STORY), around=around)).body == B


def test_a_paragraph_cut_short_goes() -> None:
    assert read_story(f"<p>{STORY[0][:80]}...</p>").body == B


def test_a_pull_quote_does_not_cost_the_paragraph_that_it_was_pulled_from() -> None:
    quote = "“Every winter another pile went,” the engineer wrote in her third letter, which was never answered."
    told = quote + " The council's clerk put it into a drawer with the other two and a map of the moorings."
    article = read_story(f"<blockquote>{quote}</blockquote>", paragraphs(told))
    assert in_body(article, told)


def test_a_first_paragraph_whose_class_says_lead_is_story() -> None:
    content = f'<p class="lead">{STORY[0]}</p>{paragraphs(*STORY[1:])}'
    head = f'<meta name="description" content="{STORY[0]} {STORY[1][:40]}">'
    assert read(page(content, head=head)).body == B


def test_a_standfirst_that_is_the_description_is_none() -> None:
    line = "Ferry passengers, who gave it up for lost long ago, will hardly miss what the sea has taken."
    article = read(
        page(f'<p class="lead">{line}</p>{paragraphs(*STORY)}', head=f'<meta name="description" content="{line}">')
    )
    assert article.standfirst == line
    assert article.body == B


def _post(number: int) -> str:
    text = (
        f"Post number {number} tells in one long breath what the harbour looked like on a winter's morning, who was there"
        f" before the first boat came in, and why nobody on the quay believed the forecast of day {number} any more."
    )
    return f'<article class="card"><h2><a href="/post-{number}">Morning {number}</a></h2><p>{text}</p><p>{text} And so on.</p></article>'


@pytest.mark.parametrize("nested", [True, False])
def test_the_article_with_the_heading_and_not_the_articles_after_it(nested: bool) -> None:
    posts = "".join(_post(i) for i in range(24))
    after = (
        f'</article><div class="grid">{posts}</div>'
        if not nested
        else f"</article><article><h3>More</h3>{posts}</article>"
    )
    article = read(page(paragraphs(*STORY[:4]), around=("<article>", after)))
    assert article.body == "\n\n".join(STORY[:4])


def test_what_stands_under_you_may_like_goes_however_long_it_is() -> None:
    posts = "".join(f"<div><p>{text} Thus ends the tale number {i}.</p></div>" for i in range(3) for text in STORY[4:])
    content = (
        f'<div class="text">{paragraphs(*STORY[:4])}</div><div class="more"><h3>You may also like</h3>{posts}</div>'
    )
    assert read(page(content)).body == "\n\n".join(STORY[:4])


def test_a_post_that_is_quoted_stays() -> None:
    post = "The pier is gone, and so is my bicycle, which I had chained to its third lamp."
    article = read_story(
        f'<div class="social-media-embed"><blockquote class="post"><p>{post}</p>— Petra Vane (@petravane) May 3, 2026</blockquote></div>'
    )
    assert in_body(article, post)


def test_the_rows_of_players_are_a_table() -> None:
    rows = "".join(
        f'<tr class="row player-{i}"><td>{i}</td><td>{name}</td><td>{40 - i}</td></tr>'
        for i, name in enumerate(("Petra Vane", "Ada Quill", "Jon Marsh"), 1)
    )
    article = read_story(f"<table><tr><td>Place</td><td>Name</td><td>Points</td></tr>{rows}</table>")
    assert "Ada Quill" in article.body


def test_the_questions_of_an_interview_stay_whatever_box_they_stand_in() -> None:
    talk = (
        ("Why did nobody listen?", "Because it was summer, and in summer a pier looks as if it would stand for ever."),
        ("And the council?", "It listened very politely, twice a year, and then it bought another load of gravel."),
        ("Are you angry?", "No."),
        ("What would you do?", "Raise it. Wood that old does not rot in salt water, and we have the drawings."),
        ("Would you walk on it?", "Tomorrow."),
    )
    content = "".join(f'<div class="question">{q}</div><div class="answer">{a}</div>' for q, a in talk)
    assert read(page(content)).body.split("\n\n") == [text for pair in talk for text in pair]


def test_a_linked_name_among_names_without_a_link_is_one_of_them() -> None:
    names = ("The Gull", "The Petrel", "The Tern")
    linked = paragraphs(*names).replace("The Petrel", '<a href="/boats/petrel">The Petrel</a>')
    assert all(in_body(read_story(linked), name) for name in names)
    alone = paragraphs("The Petrel").replace("The Petrel", '<a href="/boats/petrel">The Petrel</a>')
    assert labels_of(read_story(alone), "The Petrel") == {Label.RELATED}


LISTED = ("Bark Vega", "Cutter Ada", "Ketch Rosa", "The Tern", "Yawl Nell")


def linked(names: tuple[str, ...], some: set[int], tag: str = "p") -> str:
    """Return names as elements of a list, those at `some` as links to another page of the site."""
    marked = [f'<a href="/boats/{i}">{n}</a>' if i in some else n for i, n in enumerate(names)]
    return "".join(f"<{tag}>{text}</{tag}>" for text in marked)


@pytest.mark.parametrize("some", [{4}, {0}, {1, 2}, {2, 4}])
def test_linked_names_of_a_list_of_which_most_have_no_link_stay(some: set[int]) -> None:
    found = read_story(linked(LISTED, some) + '<figure><img src="/a.jpg"></figure><h3>What the sailors gave</h3>')
    assert all(in_body(found, name) for name in LISTED)


@pytest.mark.parametrize(
    ("names", "some"),
    [(LISTED, {0, 1, 2}), ((*LISTED[:4], "Harbour master wants the wreck raised"), {4})],
    ids=["most have one", "far longer than the others"],
)
def test_links_beside_names_are_links_to_other_stories(names: tuple[str, ...], some: set[int]) -> None:
    found = read_story(linked(names, some))
    assert all(labels_of(found, names[i]) == {Label.RELATED} for i in some)


def sources(site: str, opening: str) -> str:
    return (
        f"<p>{opening}</p><ul>"
        + "".join(f'<li><a href="{site}/{i}">{n}</a></li>' for i, n in enumerate(LISTED))
        + "</ul>"
    )


def test_a_list_of_links_to_other_sites_that_a_line_opens_at_the_storys_end_stays() -> None:
    def at_the_end(content: str) -> Article:
        return read(page(paragraphs(*STORY) + content))

    good = at_the_end(sources("https://boats.example", "Good things from elsewhere:"))
    assert all(labels_of(good, name) == {Label.LIST} for name in LISTED)
    own = at_the_end(sources("/boats", "Good things from elsewhere:"))
    apart = at_the_end(sources("https://boats.example", "The pier was well loved."))
    assert not any(in_body(found, name) for found in (own, apart) for name in LISTED)


def test_a_list_of_other_stories_may_say_more_than_a_short_one() -> None:
    items = "".join(f'<li><a class="title" href="/tale-{i}">Tale number {i} of the harbour</a><br>{text} Thus it ends.</li>' for i, text in enumerate(STORY[3:]))  # fmt: skip
    content = (
        f'{paragraphs(*STORY[:2])}<h2 class="related_title">Further tales</h2><ul class="related posts">{items}</ul>'
    )
    article = read(page(f'<div class="entry">{content}</div>'))
    assert article.body == "\n\n".join(STORY[:2])
    assert labels_of(article, f"{STORY[4]} Thus it ends.") == {Label.RELATED}


def test_a_profile_may_say_more_than_a_short_story() -> None:
    told = "Sailmaker of the fourth generation. Born above the boatyard, she has kept a diary of every gale since 1998."
    profile = f'<footer><div class="author-info"><h2>About Ada Quill</h2><p>{told} {told.replace("gale", "storm")}</p></div></footer>'
    article = read(page(f"<div>{paragraphs(STORY[0])}</div>{profile}"))
    assert article.body == STORY[0]


def test_answers_that_are_folded_up_are_story() -> None:
    answers = "".join(f'<div class="read-more-text"><div><p>{text}</p></div></div>' for text in STORY[3:6])
    assert has_story(read(page(f"<div>{paragraphs(*STORY[:3])}</div>{answers}<div>{paragraphs(*STORY[6:])}</div>")))


def test_what_somebody_has_written_is_of_the_story_where_that_goes_on() -> None:
    line = "Petra Vane is the author of three books on the wrecks that lie in the bay."
    within = read(page(paragraphs(*STORY[:-1], line, STORY[-1])))
    assert within.body == "\n\n".join((*STORY[:-1], line, STORY[-1]))
    closing = read(page(paragraphs(*STORY, line)))
    assert labels_of(closing, line) == {Label.AUTHOR_BIO}


def test_a_class_that_the_parts_of_a_story_have_in_common_says_nothing() -> None:
    parts = "".join(f'<section class="ads-2 part"><h2>Part {i} of it</h2><div><p>{text}</p></div><dl><dt>In short:</dt><dd>point {i} of many</dd></dl></section>' for i, text in enumerate(STORY))  # fmt: skip
    article = read(page(parts))
    assert has_story(article)
    assert in_body(article, "Part 3 of it")
    assert in_body(article, "point 3 of many")


@pytest.mark.parametrize("name", ["dek", "article__dek", "perex", "catenaccio", "copete"])
def test_a_class_that_only_says_standfirst_is_believed_of_a_paragraph_set_as_the_others(name: str) -> None:
    line = "The council wants the coal quay to stand in for the pier until the end of spring."
    found = read(page(f'<p class="{name}">{line}</p>{paragraphs(*STORY)}'))
    assert (found.standfirst, found.body) == (line, "\n\n".join(STORY))

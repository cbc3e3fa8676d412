"""Fields: people, headline, outlet, address, paywall, pictures: what the page says, with its source, and nothing else."""

from __future__ import annotations

import json
from datetime import date

import pytest

from extractors import Image, Label
from tests.gazette import (
    HEADLINE,
    STORY,
    URL,
    has_story,
    labels_of,
    meta,
    noisy,
    page,
    paragraphs,
    read,
    read_story,
    read_with,
)

CITY = "https://www.gazette.example"


# People.

BYLINES = {
    "By Ada Quill": ("Ada Quill",),
    "By Ada Quill and Ben Tarr": ("Ada Quill", "Ben Tarr"),
    "By Ada Quill, Ben Tarr and Cleo Wynn": ("Ada Quill", "Ben Tarr", "Cleo Wynn"),
    "By Ada Quill & Ben Tarr": ("Ada Quill", "Ben Tarr"),
    "By Ada Quill | 5 May 2026": ("Ada Quill",),
    "By Ada Quill, Staff Writer": ("Ada Quill",),
    "By Ada O'Quill-Tarr": ("Ada O'Quill-Tarr",),
    "By Anders Sandvik": ("Anders Sandvik",),
    "By Ada Quill and Reuters": ("Ada Quill",),
    "By The Gazette Staff": (),
    "By Staff": (),
    "By The Gazette": (),
}


@pytest.mark.parametrize(("line", "people"), BYLINES.items())
def test_a_printed_byline(line: str, people: tuple[str, ...]) -> None:
    found = read_with(meta("og:site_name", "The Gazette"), content=f'<div class="byline">{line}</div>')
    assert found.authors == people
    assert labels_of(found, line) == {Label.BYLINE}
    if people:
        assert found.byline == line
        assert found.sources["authors"] == "byline"


@pytest.mark.parametrize(
    ("names", "people"),
    [
        ("Ada Quill", ("Ada Quill",)),
        ({"@type": "Person", "name": "Ada Quill"}, ("Ada Quill",)),
        ([{"@type": "Person", "name": "Ada Quill"}, {"@type": "Person", "name": "Ben Tarr"}], ("Ada Quill", "Ben Tarr")),
        ([{"@type": "Person", "name": "Ada Quill"}, {"@type": "Person", "name": "ada  quill"}], ("Ada Quill",)),
        ({"@type": "Person", "name": ["Ada Quill", "Ben Tarr"]}, ("Ada Quill", "Ben Tarr")),
        ({"@type": "Person", "name": "Ada Quill and Ben Tarr"}, ("Ada Quill", "Ben Tarr")),
        ([{"@type": "Organization", "name": "Harbour Pool"}, {"@type": "Person", "name": "Ada Quill"}], ("Ada Quill",)),
        ({"@type": "Person", "name": "Анна Перо"}, ("Анна Перо",)),
        ({"@type": "Person", "name": "עדה קוויל"}, ("עדה קוויל",)),
        ({"@type": "Person", "name": "&Eacute;va N&eacute;meth"}, ("Éva Németh",)),
        ({"@type": "Organization", "name": "The Gazette"}, ()),
        ({"@type": "Person", "name": "The Gazette Staff"}, ()),
        ({"@type": "Person", "name": "admin"}, ()),
        ({"@type": "Person", "name": "newsroom@gazette.example"}, ()),
        ({"@type": "Person", "name": "https://www.gazette.example/ada"}, ()),
        ({"@type": "Person", "name": "www.gazette.example"}, ()),
        ({"@type": "Person", "name": ""}, ()),
        ({"@type": "Person", "name": {}}, ()),
        ([[], None, 7, {"name": [None]}], ()),
        (12, ()),
        ("x" * 300, ()),
    ],
)  # fmt: skip
def test_people_in_the_pages_data(names: object, people: tuple[str, ...]) -> None:
    found = read_with(meta("og:site_name", "The Gazette"), {"author": names})
    assert found.authors == people


def test_people_in_meta_elements() -> None:
    assert read_with('<meta name="author" content="Ada Quill">').authors == ("Ada Quill",)
    assert read_with('<meta name="author" content="Ada Quill, Ben Tarr">').authors == ("Ada Quill", "Ben Tarr")
    assert read_with(meta("article:author", "https://www.facebook.com/ada")).authors == ()


@pytest.mark.parametrize("wire", ["Reuters", "AFP", "The Associated Press"])
def test_agencies_are_no_authors(wire: str) -> None:
    found = read_with(data={"author": [{"name": "Ada Quill"}, {"name": wire}]})
    assert found.authors == ("Ada Quill",)
    assert found.agency == wire
    alone = read_with(data={"author": {"@type": "Organization", "name": wire}})
    assert alone.authors == ()
    assert alone.agency == wire


def test_nobody_is_made_the_author_by_being_in_the_story() -> None:
    found = read_with(content="<p>A report by Ada Quill of the lifeboat crew counts eleven piles.</p>")
    assert found.authors == ()
    assert found.byline is None


# Headline, outlet, address.


@pytest.mark.parametrize(
    ("html", "headline", "source"),
    [
        (page(paragraphs(*STORY)), HEADLINE, "h1"),
        (page(paragraphs(*STORY), head=meta("og:title", f"{HEADLINE} | The Gazette") + meta("og:site_name", "The Gazette")), HEADLINE, "h1"),
        (page(paragraphs(*STORY), headline=None, data={"@type": "NewsArticle", "headline": HEADLINE}), HEADLINE, "json-ld headline"),
        (page(paragraphs(*STORY), headline=None, head=meta("og:title", HEADLINE)), HEADLINE, "meta og:title"),
        (page(paragraphs(*STORY), headline=None, head=f"<title>{HEADLINE} | The Gazette</title>" + meta("og:site_name", "The Gazette")), HEADLINE, "title element"),
        (page(f"<h1>The Gazette</h1><h2>{HEADLINE}</h2>{paragraphs(*STORY)}", headline=None, head=meta("og:title", HEADLINE) + meta("og:site_name", "The Gazette")), HEADLINE, "h2"),
        (page(f"<h1>Storm takes the <em>old</em> pier <br>of Saltmouth</h1>{paragraphs(*STORY)}", headline=None, head=meta("og:title", HEADLINE)), HEADLINE, "h1"),
    ],
)  # fmt: skip
def test_the_headline(html: str, headline: str, source: str) -> None:
    found = read(html)
    assert found.headline == headline
    assert found.sources["headline"] == source
    assert has_story(found)


def test_the_outlet_is_the_name_as_printed() -> None:
    assert read_with(meta("og:site_name", "The Gazette")).outlet == "The Gazette"
    assert read_with(data={"publisher": {"@type": "Organization", "name": "The Gazette"}}).outlet == "The Gazette"
    found = read_with()
    assert (found.outlet, found.sources["outlet"]) == ("The Gazette", "title element")
    assert found.site == "gazette.example"


def test_the_outlet_is_the_organisation_that_the_data_refer_to() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": HEADLINE, "publisher": {"@id": f"{CITY}/#organization"}},
        {"@type": "NewsMediaOrganization", "@id": f"{CITY}/#organization", "name": "The Saltmouth Gazette"},
    ]
    found = read_with(data={"@graph": graph})
    assert (found.outlet, found.sources["outlet"]) == ("The Saltmouth Gazette", "json-ld publisher")
    found = read_with(data={"@type": "NewsArticle", "publisher": f"{CITY}/about"})
    assert found.sources["outlet"] == "title element"


@pytest.mark.parametrize(
    ("title", "url", "outlet"),
    [
        (f"{HEADLINE} - Gazette News", URL, "Gazette News"),
        (f"{HEADLINE} | The Gazette", URL, "The Gazette"),
        (f"Gazette » {HEADLINE}", URL, "Gazette"),
        (f"{HEADLINE} – GAZETTE.example", URL, "GAZETTE.example"),
        (f"{HEADLINE} | Küsten-Blatt", "https://www.kuesten-blatt.example/mole", "Küsten-Blatt"),
        (f"{HEADLINE} | Côte Actualité", "https://cote-actualite.example/jetee", "Côte Actualité"),
        (f"{HEADLINE} - SBN", "https://www.sbn.example/pier", "SBN"),
        (f"Gazette readers on the pier - {HEADLINE}", URL, None),
        (f"{HEADLINE} - Coast", URL, None),
        (f"{HEADLINE} - SBNX", "https://www.sbn.example/pier", None),
        (f"{HEADLINE} - Gazettenleser schreiben uns", URL, None),
        ("The Gazette", URL, None),
    ],
)
def test_an_outlet_that_the_page_s_title_alone_names(title: str, url: str, outlet: str | None) -> None:
    html = page(paragraphs(*STORY)).replace(f"<title>{HEADLINE} - The Gazette</title>", f"<title>{title}</title>")
    found = read(html, url=url)
    assert (found.outlet, found.sources.get("outlet")) == (outlet, "title element" if outlet else None)
    assert found.headline == HEADLINE


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        (f"{CITY}/2026/05/pier", f"{CITY}/2026/05/pier"),
        ("/2026/05/pier", f"{CITY}/2026/05/pier"),
        ("https://gazette.example/pier", "https://gazette.example/pier"),
        ("https://m.gazette.example/pier", "https://m.gazette.example/pier"),
        ("https://www.rival.example.org/pier", None),
        ("https://gazette.example.rival.org/pier", None),
        ("https://www.gazette.example/", None),  # the front page is another
        ("javascript:void(0)", None),
        ("http://[bad", None),
        ("", None),
    ],
)
def test_the_canonical_address_is_believed_on_its_own_site_only(address: str, canonical: str | None) -> None:
    for head in (f'<link rel="canonical" href="{address}">', meta("og:url", address)):
        found = read_with(head)
        assert found.canonical_url == canonical
        assert found.url == URL


@pytest.mark.parametrize(
    ("value", "paywalled"),
    [(False, True), ("False", True), ("false", True), (True, False), ("True", False), (None, None)],
)
def test_paywalled(value: object, paywalled: bool | None) -> None:
    assert read_with(data={"isAccessibleForFree": value}).paywalled is paywalled


def test_paywalled_by_its_tier() -> None:
    assert read_with(meta("article:content_tier", "locked")).paywalled is True
    assert read_with(meta("article:content_tier", "free")).paywalled is False
    assert read_with().paywalled is None


def test_section_and_tags() -> None:
    found = read_with(
        meta("article:section", "Coast")
        + meta("article:tag", "pier")
        + meta("article:tag", "storm")
        + meta("article:tag", "pier")
    )
    assert (found.section, found.tags) == ("Coast", ("pier", "storm"))
    found = read_with(data={"articleSection": ["Coast", "News"], "keywords": "pier, storm ,, pier"})
    assert (found.section, found.tags) == ("Coast", ("pier", "storm"))


def test_where_no_section_is_told_it_is_the_last_step_of_the_way_to_the_story() -> None:
    def steps(*told: tuple[str, str | None]) -> dict[str, object]:
        items = [{"name": name} | ({"item": url} if url else {}) for name, url in told]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    home, coast = ("Home", "https://www.gazette.example/"), ("Coast", "https://www.gazette.example/coast")
    for trail in ([home, coast], [home, coast, ("Old pier", None)], [home, coast, ("Old pier", URL)]):
        found = read_with(data={"breadcrumb": 1, "@graph": [steps(*trail)]})
        assert (found.section, found.sources["section"]) == ("Coast", "json-ld BreadcrumbList")
    assert read_with(data={"@graph": [steps(home, (HEADLINE, None))]}).section is None
    assert read_with(data={"articleSection": "News", "@graph": [steps(home, coast)]}).section == "News"


def test_tags_are_words_and_not_the_publishing_systems_own() -> None:
    own = ("@river", "_prio_3", "type_news", "PACKAGE:WORLD", "www.gazette.example", "/article", "about://blank")
    found = read_with("".join(meta("article:tag", tag) for tag in (*own, "Piers &amp;amp; quays", "Storms: a history")))
    assert found.tags == ("Piers & quays", "Storms: a history")
    keyed = ["locale: GB", "contentId: 7f", "displayType: standard article", "pier"]
    assert read_with(data={"keywords": keyed}).tags == ("pier",)
    assert read_with(meta("keywords", "pier; storm;storm")).tags == ("pier", "storm")


@pytest.mark.parametrize("told", ["tags", "null", "Uncategorized", "The Gazette", HEADLINE])
def test_a_section_that_says_nothing_is_none(told: str) -> None:
    named = meta("og:site_name", "The Gazette") + meta("article:section", told)
    assert read_with(named).section is None
    assert read_with(named, data={"articleSection": "Coast"}).section == "Coast"


@pytest.mark.parametrize("told", ["https://www.gazette.example", "www.gazette.example", "@gazette", "{$site.name}"])
def test_the_outlet_is_a_name_and_no_address(told: str) -> None:
    found = read_with(meta("og:site_name", told))
    assert (found.outlet, found.sources["outlet"]) == ("The Gazette", "title element")
    found = read_with(meta("og:site_name", told), data={"publisher": {"name": "The Saltmouth Gazette"}})
    assert (found.outlet, found.sources["outlet"]) == ("The Saltmouth Gazette", "json-ld publisher")


def test_the_outlet_is_without_its_motto() -> None:
    found = read_with(meta("og:site_name", "The Gazette | News &amp;amp; tides"))
    assert found.outlet == "The Gazette"
    assert read_with(meta("og:site_name", "The Gazette |")).outlet == "The Gazette"
    assert read_with(meta("og:site_name", "Saltmouth - Voices")).outlet == "Saltmouth - Voices"


@pytest.mark.parametrize("line", ["By Ada Quill |", "By Ada Quill ,", "| By Ada Quill /"])
def test_a_byline_is_without_what_parts_it_from_its_neighbours(line: str) -> None:
    assert read_with(content=f'<div class="byline">{line}</div>').byline == "By Ada Quill"


def test_a_date_below_the_headline_is_no_standfirst() -> None:
    lead = '<p class="standfirst">Saltmouth, 5 May 2026, 9:30 am</p>'
    assert read_with(content=lead).standfirst is None


@pytest.mark.parametrize(
    ("told", "section"),
    [
        ("Coast, Harbour & Sea", "Coast, Harbour & Sea"),
        ("Arts, Books, and Music", "Arts, Books, and Music"),
        ("Coast,Piers,Storms", "Coast"),
        ("Coast, Piers, Storms, Towns", "Coast"),
        (f"{CITY}/coast/pier", None),
        (",", None),
    ],
)
def test_a_section_is_one_name(told: str, section: str | None) -> None:
    assert read_with(meta("article:section", told)).section == section
    found = read_with(data={"articleSection": told})
    assert (found.section, "section" in found.sources) == (section, section is not None)


# Pictures.

CAPTION, CREDIT = "The bandstand at the end of the old pier in its last summer.", "Ada Quill/Harbour Pool"


@pytest.mark.parametrize(
    "figure",
    [
        f'<figure><img src="/a.jpg" alt="Pier"><figcaption>{CAPTION} <span class="credit">Photo: {CREDIT}</span></figcaption></figure>',
        f'<figure><img src="/a.jpg" alt="Pier"><figcaption><span>{CAPTION}</span><span class="credit">{CREDIT}</span></figcaption></figure>',
        f'<figure><img src="/a.jpg" alt="Pier"><figcaption>{CAPTION} (Photo: {CREDIT})</figcaption></figure>',
        f'<div class="image"><img src="/a.jpg" alt="Pier"><p class="caption">{CAPTION}</p><p class="credit">Photo: {CREDIT}</p></div>',
        f'<figure><div><div><img src="/a.jpg" alt="Pier"></div><span>Foto: {CREDIT}</span></div><figcaption><p>{CAPTION}</p></figcaption></figure>',
        f'<figure><picture><source srcset="/b.webp"><img data-src="/a.jpg" alt="Pier"></picture><figcaption><p>{CAPTION}</p><p>Photograph: {CREDIT}</p></figcaption></figure>',
    ],
)  # fmt: skip
def test_captions_and_credits_become_the_picture(figure: str) -> None:
    found = read(page(paragraphs(*STORY[:3]) + figure + paragraphs(*STORY[3:])))
    assert found.images == (Image(f"{CITY}/a.jpg", CAPTION, CREDIT, "Pier"),)
    assert found.body == "\n\n".join(STORY)
    assert labels_of(found, CAPTION) <= {Label.CAPTION, Label.CREDIT}


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Source: Reuters", "Reuters"),
        ("Sources: Reuters, AFP", "Reuters, AFP"),
        ("Associated Press writers Ada Quill and Ben Tarr contributed to this report.", "Associated Press"),
        ("Sources: Saltmouth Harbour Board, Pier Watch", None),
        ("Source: harbourboard.example", None),
        ("Source: some wires of the pier", None),
    ],
)
def test_of_a_source_only_the_wire_services_are_the_agency(line: str, agency: str | None) -> None:
    article = read(page(paragraphs(*STORY, line)))
    assert has_story(article)
    assert article.agency == agency
    assert noisy(line, last=True).agency == agency


def test_agencies_in_brackets_sign_a_story() -> None:
    article = read(page(paragraphs(*STORY, "(Reuters, AFP)")))
    assert has_story(article)
    assert article.agency == "Reuters, AFP"


@pytest.mark.parametrize(
    ("closing", "agency"),
    [
        ("(Reuters)", "Reuters"),
        ("[AFP]", "AFP"),
        ("(Reuters/aq)", "Reuters"),
        ("(with material from AFP)", "AFP"),
        ("(aq)", None),
        ("(as the Reuters correspondent on the pier that night and the harbour master both remember)", None),
    ],
)
def test_an_agency_in_brackets_closes_the_last_paragraph_and_stays_there(closing: str, agency: str | None) -> None:
    story = (*STORY[:-1], f"{STORY[-1]} {closing}")
    article = read(page(paragraphs(*story)))
    assert article.agency == agency
    assert article.body == "\n\n".join(story)
    earlier = read(page(paragraphs(f"{STORY[0]} {closing}", *STORY[1:])))
    assert earlier.agency is None


@pytest.mark.parametrize("source", ["Source: Reuters", "(Source: AFP)", "AP"])
@pytest.mark.parametrize(
    "picture",
    [
        '<figure><img src="/a.jpg"><p>{}</p></figure>',
        '<figure><img src="/a.jpg"><figcaption>The pier in May.</figcaption><p>{}</p></figure>',
        '<div class="shot"><img src="/a.jpg"><span>{}</span></div>',
    ],
)
def test_the_agency_of_a_picture_is_not_the_storys(picture: str, source: str) -> None:
    article = read_story(picture.format(source))
    assert has_story(article)
    assert labels_of(article, source) == {Label.CREDIT}
    assert (article.agency, article.images[0].credit) == (None, source.strip("()").removeprefix("Source: "))


def test_a_quotation_in_a_caption_is_no_part_of_its_credit() -> None:
    caption = "The 'Petrel' leaves the coal quay"
    figure = f'<figure><img src="/a.jpg"><figcaption>{caption} | Photo: {CREDIT}</figcaption></figure>'
    found = read(page(paragraphs(*STORY[:3]) + figure + paragraphs(*STORY[3:])))
    assert [(i.caption, i.credit) for i in found.images] == [(caption, CREDIT)]


def test_a_caption_printed_three_times_is_one_picture() -> None:
    figure = (
        f'<figure><img src="/a.jpg" alt="{CAPTION}" title="{CAPTION}"><figcaption>{CAPTION}</figcaption></figure>'
        f'<div class="zoom"><img src="/a.jpg" alt="{CAPTION}"><p>{CAPTION}</p></div>'
    )
    found = read(page(paragraphs(*STORY[:3]) + figure + paragraphs(*STORY[3:])))
    assert [(i.url, i.caption) for i in found.images] == [(f"{CITY}/a.jpg", CAPTION)]
    assert found.body == "\n\n".join(STORY)


def test_pictures_in_page_order_without_pixels_and_icons() -> None:
    images = "".join(f'<p><img src="/{i}.jpg" alt="Pier {i}"></p>' for i in range(3))
    found = read_with(
        content=images
        + '<img src="/1x1.gif" width="1"><img src="/logo.png" class="logo"><img src="data:image/gif;base64,R0">'
    )
    assert [image.url for image in found.images] == [f"{CITY}/{i}.jpg" for i in range(3)]


# What pages hide in their data.


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (r"Storm takes the old pier \ud800of Saltmouth", "Storm takes the old pier \ufffdof Saltmouth"),
        (r"Storm takes\u0000 the old pier of Saltmouth", HEADLINE),
        (r"\u202eStorm takes the old pier\u202c of Saltmouth", HEADLINE),
        (r"Storm\u2028takes\u0085the old pier\r\nof\tSaltmouth", HEADLINE),
        (r"Storm takes the old pi\u200ber of Salt\u00admouth\ufeff", HEADLINE),
        (r"Storm takes the old pier <b>of Saltmouth<\/b>", HEADLINE),
        (r"Storm takes the old pier &#111;f Saltmouth", HEADLINE),
        (r"Storm takes the old \ud83d\udea2 pier", "Storm takes the old 🚢 pier"),
    ],
)
def test_poison_in_the_pages_data_comes_out_clean(written: str, read_as: str) -> None:
    script = f'{{"@type": "NewsArticle", "headline": "{written}", "author": {{"name": "Ada\\u0000 Qu\\u202eill"}}, "keywords": ["pi\\u0000er"]}}'
    found = read_with(data=script, headline=None)
    assert found.headline == read_as
    assert found.authors == ("Ada Quill",)
    assert found.tags == ("pier",)
    json.dumps(found.as_dict(), ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "9" * 5000, str(2**64), "[" * 900 + "]" * 900])
def test_numbers_that_no_store_holds_do_not_matter(number: str) -> None:
    script = (
        f'{{"@type": "NewsArticle", "headline": "{HEADLINE}", "wordCount": {number}, "datePublished": "2026-05-04"}}'
    )
    found = read_with(data=script)
    assert found.headline == HEADLINE
    assert found.published == date(2026, 5, 4)


def test_data_that_cannot_be_read_is_a_warning() -> None:
    found = read_with(data='{"@type": "NewsArticle", "headline" HEADLINE}')
    assert found.headline == HEADLINE
    assert any("JSON-LD" in warning for warning in found.warnings)


def test_the_data_of_another_article_is_not_this_ones() -> None:
    teaser = '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Lamp", "author": "Ben Tarr", "datePublished": "2019-01-01"}]}'
    found = read_with(data=teaser)
    assert (found.headline, found.authors, found.published) == (HEADLINE, (), None)


@pytest.mark.parametrize("below", [True, False])
def test_the_desks_of_cards_have_no_part_in_the_byline(below: bool) -> None:
    cards = "".join(
        f'<div class="card"><h3><a href="/{desk}">Ferry stays in harbour</a></h3><div class="byline">{desk}</div></div>'
        for desk in ("Weather desk", "Ropewalk desk")
    )
    top = '<div class="byline">Harbour desk</div>'
    content = paragraphs(*STORY) + cards if below else paragraphs(*STORY[:4]) + cards + paragraphs(*STORY[4:])
    assert read(page(top + content)).byline == "Harbour desk"


@pytest.mark.parametrize(("length", "kept"), [(9_000, True), (11_000, False)])
def test_a_value_longer_than_any_field_is_none(length: int, kept: bool) -> None:
    text = ("Harbour " * length)[:length].strip()
    figure = f'<figure><img src="/quay.jpg" alt="{text}"><figcaption>The east quay at noon.</figcaption></figure>'
    head = meta("article:section", text) + meta("og:site_name", text[1:])
    found = read(page(figure + paragraphs(*STORY), head=head))
    assert [image.alt for image in found.images] == [text if kept else None]
    assert (found.section == text, found.outlet == text[1:]) == (kept, kept)


@pytest.mark.parametrize(("length", "kept"), [(7_000, True), (9_000, False)])
def test_an_address_that_no_server_takes_is_none(length: int, kept: bool) -> None:
    address = f"{CITY}/{'a' * length}"
    figure = f'<figure><img src="{address}.jpg"><figcaption>The east quay at noon.</figcaption></figure>'
    found = read(page(figure + paragraphs(*STORY), head=f'<link rel="canonical" href="{address}">'))
    assert [image.url for image in found.images] == [f"{address}.jpg" if kept else None]
    assert found.canonical_url == (address if kept else None)

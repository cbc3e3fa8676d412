"""What stands in a byline's place and names no person: desks, places, labels, accounts of the site, dates, agencies."""

from __future__ import annotations

import pytest

from extractors import Article
from tests.gazette import HEADLINE, STORIES, STORY, meta, page, paragraphs, read, read_with

PLACE = meta("og:site_name", "The Gazette")


def printed(line: str, language: str = "en") -> Article:
    """Return the article of a page that prints this line in an element called a byline."""
    content = f'<div class="byline">{line}</div>' + paragraphs(*STORIES.get(language, STORY))
    return read(page(content, head=PLACE, language=language))


@pytest.mark.parametrize(
    "line",
    [
        "harbour.es",
        "by Login",
        "Profile",
        "Posts by tags",
        "Office of Tides and Fisheries",
        "<span>Harbour Desk</span><span>Salt Bay</span>",
        "Harbour Desk, Salt Bay",
        "Current DateTime: 08:48:59 4 May 2026",
        "Tide Line: 4 May 2026",
        "来源：盐湾日报",
        "来源：盐湾日报 2026年05月04日 10:00",
        "anonymous",
        '<span class="author">Rules of all the harbours in the bay of Salt and Pier</span> 4 May 2026',
        "기사입력 2026-05-04 03:00:00",
    ],
)
def test_what_names_no_person(line: str) -> None:
    assert printed(line).authors == ()


@pytest.mark.parametrize("line", ["Aktuelle Meldung", "Information der Hafenwacht", "Hafenverband Salzbucht e.V."])
def test_what_names_no_person_in_german(line: str) -> None:
    assert printed(line, "de").authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "<a>Ada Quill</a><span>June 3</span>",
        "<a>Ada Quill</a><span>Published: 4 May 2026</span>",
        "Ada Quill, SALT TODAY 8:42 a.m. EDT May 4, 2026",
        "by Ada Quill Leave a comment",
        "Ada Quill, Garden Educator",
        "Ada Quill, Harbour Desk",
        "Ada Quill | Palma de Mallorca | 4 May 2026",
    ],
)
def test_what_grows_onto_a_name_is_none_of_it(line: str) -> None:
    assert printed(line).authors == ("Ada Quill",)


def test_a_count_of_comments_grows_onto_a_name() -> None:
    assert printed("4. Mai 2026 von Ada Kiel Ein Kommentar", "de").authors == ("Ada Kiel",)


def test_special_correspondents_are_named_whole() -> None:
    line = "Par ADA QUILLE, BENOÎT TARRE Envoyés spéciaux à Port-Sel"
    assert printed(line, "fr").authors == ("ADA QUILLE", "BENOÎT TARRE")


def test_names_with_capitals_inside_stay_whole() -> None:
    line = "By Ada McQuill, Ben DeTarr and Minh LaDo"
    assert printed(line).authors == ("Ada McQuill", "Ben DeTarr", "Minh LaDo")


def test_a_name_a_title_and_a_date_without_a_mark_are_a_byline() -> None:
    found = read(page("<p>Ada Quill | Senior Writer | May 4, 2026</p>" + paragraphs(*STORY), head=PLACE))
    assert found.authors == ("Ada Quill",)


def test_the_pages_section_is_no_author() -> None:
    line = '<p><a href="/news">North Quay</a> <span>09:31 May 4, 2026</span></p>'
    assert read(page(line + paragraphs(*STORY), head=meta("article:section", "North Quay"))).authors == ()


def test_a_label_with_its_date_near_the_headline_is_no_byline() -> None:
    line = "<p>기사입력 2026-05-04 03:00:00 기사수정 2026-05-04 03:00:00</p>"
    assert read(page(line + paragraphs(*STORY), head=PLACE)).authors == ()


@pytest.mark.parametrize(
    "name",
    [
        "publisher",
        "gazette.pl",
        "gazetteexample",
        "Unknown",
        "wordpressadmin",
        "SBNTEAM",
        "hw_team",
        "Domena publiczna",
    ],
)
def test_fields_that_publishing_systems_fill_in_themselves(name: str) -> None:
    assert read_with(meta("author", name)).authors == ()


def test_an_agency_of_pictures_in_a_byline_is_not_the_storys() -> None:
    found = printed("Ada Quill, Shutterstock")
    assert (found.authors, found.agency) == (("Ada Quill",), None)
    assert printed("Ada Quill, Reuters").agency == "Reuters"


@pytest.mark.parametrize("line", ["Ben Tarr says:", "Name *", "May 4, 2026, 9:02 AM", "01:30 Min.", "3 min read"])
def test_a_line_that_signs_nothing_is_no_byline(line: str) -> None:
    assert printed(line).byline is None


def test_bylines_of_several_teasers_are_not_this_storys() -> None:
    names = ("Ada Quill", "Ben Tarr", "Minh Do")
    cards = "".join(f'<div class="teaser"><p>{STORY[0]}</p><p class="author">by {name}</p></div>' for name in names)
    assert read(page(paragraphs(*STORY) + f'<div class="related">{cards}</div>', head=PLACE)).byline is None


def test_a_date_above_the_headline_is_no_kicker() -> None:
    dated = f"<p>4.5.2026 | Harbour meeting</p><h1>{HEADLINE}</h1>"
    assert read(page(dated + paragraphs(*STORY), headline=None)).kicker is None


def test_who_helped_stands_after_the_label() -> None:
    end = '<p>Additional reporting:<span class="author"> Ada Quill</span></p>'
    assert read(page(paragraphs(*STORY) + end, head=PLACE)).contributors == "Additional reporting: Ada Quill"
    assert read(page(paragraphs(*STORY, "Additional reporting:"), head=PLACE)).contributors is None

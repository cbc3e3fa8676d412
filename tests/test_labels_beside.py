"""What stands beside a label, a name or an agency: the outlet's name, a day, who else reported, who edited a wire."""

from __future__ import annotations

import pytest

from extractors import Label
from tests.gazette import STORIES, labels_of, page, paragraphs, read

OUTLET = '<meta property="og:site_name" content="Saltmouth Gazette">'


def label_at_end(line: str, language: str = "en", head: str = OUTLET) -> set[Label]:
    """Return the labels of a line that closes the story, which must be whole."""
    story = STORIES[language]
    found = read(page(paragraphs(*story, line), language=language, head=head))
    assert all(paragraph in found.body for paragraph in story[1:])
    return labels_of(found, line)


@pytest.mark.parametrize(
    "line",
    [
        "Also on the Saltmouth Gazette: Who left the lamps burning",
        "Also on saltmouth-gazette.net: Who left the lamps burning",
    ],
)
def test_a_label_may_have_the_name_of_the_outlet_behind_it(line: str) -> None:
    assert label_at_end(line) == {Label.RELATED}


def test_who_speaks_is_no_label_though_the_outlet_is_named() -> None:
    assert label_at_end("A reader of the Saltmouth Gazette: nobody asked us") == {Label.BODY}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Ada Quill covers the harbour and the islands for the Saltmouth Gazette."),
        ("fr", "Ada Quill suit la vie du port pour la Saltmouth Gazette."),
        ("it", "Ada Quill si occupa di porti e di isole per la Saltmouth Gazette."),
    ],
)
def test_who_writes_for_the_outlet_is_its_author(language: str, line: str) -> None:
    assert label_at_end(line, language) == {Label.AUTHOR_BIO}
    assert label_at_end(line.replace("Saltmouth Gazette", "council"), language) == {Label.BODY}


def test_a_correspondent_may_stand_among_those_who_reported() -> None:
    assert label_at_end("With Ada Quill, in Oslo, and our correspondent in Tern") == {Label.CONTRIBUTORS}
    assert label_at_end("With Ada Quill, in Oslo, and those who remembered nothing") == {Label.BODY}


@pytest.mark.parametrize("line", ["(dpa/lno/ks)", "dpa/lno/ks"])
def test_a_wire_may_have_the_initials_of_several(line: str) -> None:
    assert label_at_end(line, "de") == {Label.AGENCY}


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Vecinos ante el muelle viejo, ayer por la tarde. / J. M. Quesada", Label.CAPTION),
        ("El muelle viejo, el lunes por la mañana. FOTO GACETA – ADA QUILL", Label.CAPTION),
    ],
)
def test_a_slash_or_a_word_in_capitals_parts_a_name_from_its_caption(line: str, label: Label) -> None:
    assert label_at_end(line, "es") == {label}


def test_a_note_with_its_day_tells_of_a_change() -> None:
    story = STORIES["fr"]
    note = "Mise à jour le 15 mars : le nom de l'entreprise a été corrigé."
    news = "Mise à jour le 15 mars : la préfecture a rouvert la route du littoral."
    found = read(page(paragraphs(*story[:2], note, news, *story[2:]), language="fr"))
    assert labels_of(found, note) == {Label.CORRECTION}
    assert news in found.body


def test_a_note_on_interests_closes_a_story() -> None:
    assert label_at_end("Hinweis: Die Autorin ist Mitglied im Förderverein der Fähre.", "de") == {Label.DISCLOSURE}
    assert label_at_end("Hinweis: Die Fähre fährt am Sonntag eine Stunde früher als sonst.", "de") == {Label.BODY}

"""`scrapy idle`: what of a site file changes no article is named; what is of use, and what cannot be tried, is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.specimens.pages import recorded_pages, stored_pages
from spiders.status import ExitStatus
from spiders.store.reader import Reader
from spiders.verbs.idle import alternatives, idleness, site_templates, without
from tests.conftest import Command
from tests.gazette import STORY, page, paragraphs
from tests.newsroom import shelved
from tests.reading import cassette
from tests.test_benchmarks import corpus
from tests.test_site import forget

QUAY = "The ferry to Tern Island leaves from the coal quay until the spring, as the company told the town."
HEAD = "from datetime import date\n\nfrom extractors.site import Label, Site\n\n\n"

File = Callable[[str, str], str]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> File:
    """Write a site file of the user's own and return its domain, which no other test has used."""
    (tmp_path / "sites").mkdir()
    monkeypatch.setenv("COPYDESK_SITES", str(tmp_path / "sites"))

    def write(name: str, fields: str) -> str:
        code = f'{HEAD}class Town(Site):\n    domains = ("{name}.example",)\n    body = ".copy"\n{fields}'
        (tmp_path / "sites" / f"{name}_example.py").write_text(code, "utf-8")
        forget()
        return f"{name}.example"

    return write


def recordings(folder: Path, domain: str, *pages: str) -> Path:
    """Write a recording of these pages of a site."""
    cassette(folder / domain / "all.yaml", {f"https://{domain}/{n}": html for n, html in enumerate(pages)})
    return folder


def town(*more: str, body: str = "copy") -> str:
    """Return a page of the site: a box in the body that the engine takes for the story, and a label above it."""
    box = f'<div class="quay"><p>{QUAY}</p></div>'
    content = f'<p class="desk">Harbour desk</p><div class="{body}">{paragraphs(*STORY)}{box}{"".join(more)}</div>'
    return page(content)


def test_what_changes_nothing_is_named_and_what_is_of_use_is_not(command: Command, file: File, tmp_path: Path) -> None:
    site = file(
        "idletown",
        '    section = ".desk"\n    noise = {".quay": Label.PROMO, ".gone": Label.AD}\n    headline = "h1"\n',
    )
    folder = recordings(tmp_path / "tapes", site, town())
    status, out, err = command("idle", site, "--recordings", folder)
    assert (status, err) == (ExitStatus.AMISS, "")
    assert out.splitlines() == [
        "idletown_example.py: Town.headline 'h1' changes nothing on 1 page",
        "idletown_example.py: Town.noise '.gone' changes nothing on 1 page",
        "1 site file, 4 rules, 1 page: 2 idle",
    ]


def test_a_file_without_an_idle_rule(command: Command, file: File, tmp_path: Path) -> None:
    site = file("busytown", '    section = ".desk"\n    noise = {".quay": Label.PROMO}\n')
    status, out, err = command("idle", site, "--recordings", recordings(tmp_path / "tapes", site, town()))
    assert (status, out, err) == (ExitStatus.OK, "1 site file, 2 rules, 1 page: 0 idle\n", "")


def test_of_two_rules_that_do_the_same_one_is_idle(file: File, tmp_path: Path) -> None:
    site = file("twicetown", '    noise = {".quay": Label.PROMO, ".quay p": Label.PROMO}\n')
    assert idle(site, recordings(tmp_path, site, town())) == ["Town.noise '.quay'"]


def test_a_rule_that_one_page_of_many_needs_stays(file: File, tmp_path: Path) -> None:
    site = file("raretown", '    noise = {".quay": Label.PROMO, ".pier": Label.AD}\n')
    pier = f'<div class="pier"><p>{QUAY.replace("ferry", "steamer")}</p></div>'
    assert idle(site, recordings(tmp_path, site, *[town()] * 3)) == ["Town.noise '.pier'"]
    assert idle(site, recordings(tmp_path, site, *[town()] * 3, town(pier))) == []


def test_a_template_that_the_engine_does_without_is_named_as_a_whole(file: File, tmp_path: Path) -> None:
    site = file("plaintown", '    headline = "h1"\n')
    plain = page(f'<div class="copy">{paragraphs(*STORY)}</div>')
    assert idle(site, recordings(tmp_path, site, plain)) == ["the template Town"]


def test_alternatives_are_tried_one_by_one_and_told_apart_where_they_stand_nowhere(file: File, tmp_path: Path) -> None:
    site = file("eithertown", '    noise = {".quay, .quay p, .nowhere": Label.PROMO}\n')
    path, templates = next(iter(site_templates([site]).items()))
    told = idleness(path, templates, recorded_pages(recordings(tmp_path, site, town())))
    assert told.idle == ("Town.noise: '.quay' of '.quay, .quay p, .nowhere'",)
    assert told.unseen == ("Town.noise: '.nowhere' of '.quay, .quay p, .nowhere'",)


def test_the_alternative_that_an_older_page_needs_stays(file: File, tmp_path: Path) -> None:
    site = file("oldtown", '    noise = {".quay": Label.PROMO}\n')
    path = tmp_path / "sites" / "oldtown_example.py"
    path.write_text(path.read_text("utf-8").replace('".copy"', '".copy, .story"'), "utf-8")
    forget()
    assert idle(site, recordings(tmp_path, site, town(), town(body="story"))) == []


def test_amend_and_a_template_without_pages(file: File, tmp_path: Path) -> None:
    amend = "\n    def amend(self, article, page):\n        return article\n"
    later = '\n\nclass Later(Town):\n    since = date(2026, 1, 1)\n    body = ".later"\n'
    site = file("latetown", f'    noise = {{".quay": Label.PROMO}}\n{amend}{later}')
    path, templates = next(iter(site_templates([site]).items()))
    told = idleness(path, templates, recorded_pages(recordings(tmp_path, site, town())))
    assert (told.idle, told.untried, told.pages) == (("Town.amend",), ("Later",), 1)


def test_a_field_that_the_code_of_the_file_cannot_do_without_is_of_use(file: File, tmp_path: Path) -> None:
    amend = "\n    def amend(self, article, page):\n        article.section.strip()\n        return article\n"
    site = file("codetown", f'    section = ".desk"\n    noise = {{".quay": Label.PROMO}}\n{amend}')
    assert idle(site, recordings(tmp_path, site, town())) == ["Town.amend"]


def test_pages_of_a_corpus_and_of_the_store_count_too(command: Command, file: File, tmp_path: Path) -> None:
    site = file("manytown", '    section = ".desk"\n    noise = {".quay": Label.PROMO, ".pier": Label.AD}\n')
    tapes = recordings(
        tmp_path / "tapes", site, page(f'<p class="desk">Harbour</p><div class="copy">{paragraphs(*STORY)}</div>')
    )
    pier = f'<div class="pier"><p>{QUAY.replace("ferry", "steamer")}</p></div>'
    gold = corpus(tmp_path / "gold", {"id": "a", "url": f"https://{site}/a", "body": "\n\n".join(STORY)}, page=town())
    store = tmp_path / "store.db"
    shelved(store, {f"https://{site}/b": town(pier)})
    base = ("idle", site, "--recordings", tapes, "-s", f"COPYDESK_STORE={store}")
    assert "3 rules, 1 page: 2 idle" in command(*base)[1]
    assert "3 rules, 2 pages: 1 idle" in command(*base, "--corpus", gold)[1]
    assert command(*base, "--corpus", gold, "--stored")[:2] == (0, "1 site file, 3 rules, 3 pages: 0 idle\n")
    with Reader(store) as reader:
        (stored,) = stored_pages(reader, [site], 1)
        assert stored.html == town(pier).encode()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("https://nowhere.example/",), ExitStatus.USAGE, "there is no site file for nowhere.example"),
        (("time.con",), ExitStatus.USAGE, "there is no site file for time.con; did you mean time.com?"),
        (("time.com", "--recordings", "no-such-folder"), ExitStatus.BROKEN, "there is no recording in no-such-folder"),
        (("time.com", "--corpus", "no-such-folder"), ExitStatus.USAGE, "no-such-folder is no corpus"),
        (("time.com", "--stored", "-s", "COPYDESK_STORE=no-such.db"), ExitStatus.BROKEN, "there is no store at no-such.db"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_at_is_said(command: Command, arguments: tuple[str, ...], status: int, said: str) -> None:
    got, out, err = command("idle", *arguments)
    assert (got, out) == (status, "")
    assert err.startswith(f"scrapy idle: {said}")


def test_a_selector_is_parted_where_its_commas_part_it() -> None:
    selector = """a, b:not(c, d), [x="y, z"], [x='(,'] e, f\\,g"""
    parts = ["a", "b:not(c, d)", '[x="y, z"]', "[x='(,'] e", "f\\,g"]
    assert alternatives(selector) == parts
    assert without(f"{selector}::attr(href)", "a") == ", ".join(parts[1:]) + "::attr(href)"


@given(
    st.lists(st.sampled_from(["a", ".b > c", "d:is(e, f)", '[g="h, i"]', "j\\,k"]), min_size=1, unique=True), st.data()
)
def test_what_is_left_of_a_selector_is_its_other_alternatives(parts: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(parts))
    assert alternatives(without(", ".join(parts), gone)) == [part for part in parts if part != gone]


def idle(site: str, folder: Path) -> list[str]:
    """Return what of a site's file is idle on the recordings of a folder."""
    ((path, templates),) = site_templates([site]).items()
    return list(idleness(path, templates, recorded_pages(folder)).idle)

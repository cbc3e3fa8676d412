"""Every recording in `cassettes/` gives what a reader of the page says it must; every template has a recording.

There is no test code a site: a recording and the JSON beside it are the test. How they are read and compared is in
`expected`; how well the engine does on them without site files, in `test_quality`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import extractors
import extractors.sites
from extractors import Article, Label, extract
from extractors.registry import site_files, tried
from spiders.recordings.expectations import Recorded, expectations
from spiders.specimens.pages import recorded_page
from spiders.verbs.idle import idleness
from tests.expected import CASSETTES, FIELDS, OWN, all_recorded, differences, is_article

ROOT = CASSETTES.parent
RECORDED = all_recorded()
EXPECTED = [r for r in RECORDED if r.expected is not None]
PAGES = [r for r in RECORDED if r.is_page and r.status == 200]
SPECIMENS = [recorded_page(page) for page in PAGES]
OWN_FILES = {path: domain for domain, path in site_files().items()}
ARTICLES = [r for r in EXPECTED if is_article(r)]
TEMPLATED = [r for r in ARTICLES if r.expected and r.expected["template"] not in ("generic", "second opinion")]


def read(page: Recorded) -> Article:
    return extract(page.body, page.url, encoding=page.charset)


@pytest.mark.parametrize("page", EXPECTED, ids=str)
def test_page_gives_what_its_reader_expects(page: Recorded) -> None:
    assert page.expected is not None
    if page.expected.get("read") is None:
        pytest.fail(f"nobody has read this yet: {page.path.with_suffix('.json').relative_to(ROOT)}", pytrace=False)
    if "error" in page.expected:
        with pytest.raises(getattr(extractors, page.expected["error"])) as caught:
            read(page)
        assert getattr(caught.value, "kind", None) == page.expected.get("kind")
        return
    if found := differences(read(page), page.expected):
        pytest.fail(f"{page}\n" + "\n".join(found), pytrace=False)


@pytest.mark.parametrize("page", TEMPLATED, ids=str)
def test_without_the_check_the_article_is_the_same_but_for_the_agreement(page: Recorded) -> None:
    checked, unchecked = read(page), extract(page.body, page.url, encoding=page.charset, check=False)
    assert checked.agreement is not None
    assert unchecked == replace(checked, agreement=None)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_page_has_an_expectation(page: Recorded) -> None:
    if page.expected is None:
        pytest.fail(
            f"nothing says what {page.url} must give: run python -m tests.expected {page.path.relative_to(ROOT)}, "
            "read the page and fill in the skeleton",
            pytrace=False,
        )


@pytest.mark.parametrize("path", sorted(CASSETTES.rglob("*.json")), ids=lambda p: str(p.relative_to(CASSETTES)))
def test_expectation_belongs_to_a_recording(path: Path) -> None:
    recording = path.with_suffix(".yaml")
    addresses = {r.url for r in RECORDED if r.path == recording}
    for url, expected in expectations(recording).items():
        assert url in addresses, f"{path}: {url} is not recorded in {recording.name}"
        assert expected.keys() <= FIELDS | OWN, f"{path}: no such key: {expected.keys() - FIELDS - OWN}"
        labels = {item["label"] for item in expected.get("removed", []) if item.get("label")}
        assert labels <= set(Label), f"{path}: no such label: {labels - set(Label)}"


def _templates() -> Iterator[type]:
    site = importlib.import_module("extractors.site")
    for info in pkgutil.iter_modules(extractors.sites.__path__):
        module = importlib.import_module(f"extractors.sites.{info.name}")
        for _, found in inspect.getmembers(module, inspect.isclass):
            if issubclass(found, site.Site) and found.__module__ == module.__name__:
                yield found


def test_every_template_has_a_recording() -> None:
    templates = {template.__name__ for template in _templates()}
    recordings = {r.expected["template"] for r in ARTICLES if r.expected}
    assert templates, "no site file was found"
    assert templates - recordings == set(), "templates without a recording"
    assert recordings - templates - {"generic", "second opinion"} == set(), "recordings of templates that are gone"


@pytest.mark.parametrize("path", OWN_FILES, ids=OWN_FILES.values())
def test_nothing_of_a_site_file_is_idle(path: Path) -> None:
    """Whatever a site file says, and each template, changes an article of its recordings; scrapy idle tells the same."""
    templates = tried(path)
    found = idleness(path, templates, SPECIMENS)
    if found.idle:
        site = templates[0].domains[0]
        pytest.fail(
            f"delete {', '.join(found.idle)}, or record a page that shows what for: scrapy idle {site}", pytrace=False
        )


@pytest.mark.parametrize("path", OWN_FILES, ids=OWN_FILES.values())
def test_authors_are_declared_as_such_and_no_name_of_the_site(path: Path) -> None:
    """Of a page's data a site file takes those alone that say who wrote it: not the publisher, nor the site's name."""
    for template in tried(path):
        named = template.authors or template.byline
        if "meta" in named or "::data(" in named:
            assert named in {"::data(author)", "meta[name=author]::attr(content)"}


def test_every_site_file_has_its_twin() -> None:
    folders = (ROOT / "extractors" / "sites", ROOT / "spiders" / "sites")
    reads, lists = ({p.stem for p in folder.glob("*.py")} - {"__init__"} for folder in folders)
    assert reads - lists == set(), "a site file lacks its twin in spiders/sites, which says where articles are listed"

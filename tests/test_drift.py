"""Drift: planted redesigns are found with field and day, quiet weeks are quiet, articles in doubt are marked and mended."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from extractors import ExtractionError, extract
from extractors.site import load, site_files
from spiders.outcomes import outcome_of
from spiders.record import Finish, Link, Raw, hints_of
from spiders.store import Store
from spiders.vitals.judgement import LEAST, Sight, drifts
from spiders.vitals.vital import Vital, vital_of
from tests.conftest import Command
from tests.redesigns import DOMAIN, FIRST, REDESIGNS, SITE, Story, page, stories

Drift = Callable[..., tuple[int, str, str]]
BEFORE, DAYS = 21, 5  # days before a redesign, and since
DAY = f"{FIRST + timedelta(BEFORE):%Y-%m-%d}"


@pytest.fixture(scope="module", autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site file of the paper, in a folder of its own."""
    folder = tmp_path_factory.mktemp("sites")
    (folder / f"{DOMAIN.replace('.', '_')}.py").write_text(SITE, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPYDESK_SITES", str(folder))
        load.cache_clear()
        site_files.cache_clear()
        yield folder / f"{DOMAIN.replace('.', '_')}.py"
    load.cache_clear()
    site_files.cache_clear()


def shelve(path: Path, told: Iterable[Story], make: Callable[[Story], str] = page) -> None:
    """Store stories as a crawl a day would, each page as `make` gives it."""
    by_url = {story.url: story for story in told}
    clock = [max(story.when for story in by_url.values())]
    with Store(path, clock=lambda: clock[0].timestamp()) as store:
        run = store.begin("courier", [Link(url, hints=story.hints) for url, story in by_url.items()], resume=False)
        leases = store.lease(run, len(by_url))
        for day, of_day in groupby(leases, key=lambda lease: by_url[lease.url].when.date()):
            clock[0] = datetime.combine(day, time(23), UTC)
            store.finish_all([_finish(lease, by_url[lease.url], make) for lease in of_day])
        store.end(run, "finished")


def _finish(lease: Any, story: Story, make: Callable[[Story], str]) -> Finish:
    raw = Raw(story.url, 200, (("Content-Type", "text/html; charset=utf-8"),), make(story).encode(), story.when)
    try:
        return Finish(lease, raw, article=extract(raw.body, story.url, hints=hints_of(story.hints)))
    except ExtractionError as error:
        told = outcome_of(error, story.url)
        return Finish(lease, raw, state=told.state, reason=told.reason, flag=told.flag)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """A store of the paper's first weeks."""
    path = tmp_path_factory.mktemp("past") / "store.db"
    shelve(path, stories(1, range(BEFORE)))
    return path


@pytest.fixture
def path(past: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(past, tmp_path / "store.db"))


@pytest.fixture
def drift(command: Command, path: Path) -> Drift:
    return partial(command, "drift", "-s", f"COPYDESK_STORE={path}")


@pytest.mark.parametrize("name", REDESIGNS)
def test_a_redesign_is_told_with_its_field_and_its_day(drift: Drift, path: Path, name: str) -> None:
    field, make = REDESIGNS[name]
    shelve(path, stories(1, range(BEFORE, BEFORE + DAYS)), make)
    status, out, _ = drift("--json")
    (told,) = map(json.loads, out.splitlines())
    assert (status, told["site"]) == (15, DOMAIN)
    assert field in [one["field"] for one in told["drifts"]]
    assert {one["since"][:10] for one in told["drifts"]} == {DAY}


def test_ten_quiet_weeks_of_three_papers_raise_no_alarm() -> None:
    for seed in (2, 3, 4):
        told = [one for week in range(10) for one in stories(seed, range(7 * week, 7 * week + 7), a_day=2 + seed % 3)]
        sights = [Sight(one.url, True, one.when.isoformat(), vital(one)) for one in told]
        assert len(sights) > LEAST
        ends = [n for n in range(1, len(sights)) if sights[n].seen[:10] != sights[n - 1].seen[:10]]
        assert [drift.sentence for end in [*ends, len(sights)] for drift in drifts(DOMAIN, sights[:end])] == []


def vital(story: Story, make: Callable[[Story], str] = page) -> Vital:
    """Read a story's page and return its vital signs."""
    return vital_of(extract(make(story), story.url, hints=hints_of(story.hints)), story.hints)


def test_the_scoreboard_shows_what_drifted_last_and_the_agreement_of_the_stored_pages(
    command: Command, path: Path, tmp_path: Path
) -> None:
    field, make = REDESIGNS["the class of the headline is renamed"]
    shelve(path, stories(1, range(BEFORE, BEFORE + DAYS)), make)
    board = partial(command, "scoreboard", DOMAIN, "-s", f"COPYDESK_STORE={path}")
    told = json.loads(board("--json")[1])
    assert (told["site"], told["pages"], told["exact"]) == (DOMAIN, 0, None)
    assert told["stored"] > 100
    assert 0.5 < told["agreement"] <= 1
    assert field in [drift["field"] for drift in told["drift"]]
    _, row, *_ = board()[1].splitlines()
    assert f"since {DAY}" in row
    assert board("--html", tmp_path / "board.html")[0] == 0
    drawn = (tmp_path / "board.html").read_text("utf-8")
    assert f'aria-label="{DOMAIN}: agreement of the stored pages"' in drawn

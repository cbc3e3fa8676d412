"""The files behind a recording: folders, broken files, writing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings
from vcr.request import Request as VcrRequest

from spiders.cassettes import Recording, from_settings
from spiders.errors import CassetteError
from spiders.recordings import tapes
from tests.conftest import Crawl, Site
from tests.reading import HTML, PAGE, cassette, local, read, response

# A folder


def test_a_folder_is_the_union_of_its_files(crawl: Crawl, tmp_path: Path) -> None:
    cassette(tmp_path / "one.yaml", {"https://news.example/a": "one"})
    cassette(tmp_path / "deep" / "er" / "two.yaml", {"https://news.example/b": "two"})
    (tmp_path / "one.json").write_text("{}", "utf-8")
    played = read(crawl, "https://news.example/a", "https://news.example/b", CASSETTE=str(tmp_path))

    assert [i["body"] for i in played.items] == [b"one", b"two"]


@local
def test_recording_into_a_folder_leaves_its_files_alone(crawl: Crawl, site: Site, tmp_path: Path) -> None:
    site.pages = {"/b": (200, HTML, PAGE)}
    old = cassette(tmp_path / "old.yaml", {site.url("/a"): "one"})
    before = old.read_bytes()
    read(crawl, site.url("/a"), site.url("/b"), CASSETTE=str(tmp_path), CASSETTE_MODE="new_episodes")
    (new,) = (p for p in tmp_path.iterdir() if p != old)

    assert old.read_bytes() == before
    assert [r.uri for r in tapes.read(new)[0]] == [site.url("/b")]


# Cassettes that cannot be read


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "holds no recorded answer"),
        (b"interactions: []\n", "holds no recorded answer"),
        (b"a: [1, 2\nb: 3\n", "is not YAML, line 2"),
        (b"\x00\x01\x02", "is not YAML"),
        (b"\xff\xfe<\x00p\x00", "is not text in UTF-8"),
        (b"just a sentence", "is YAML, but not a cassette"),
        (b"a: 1\n", "is YAML, but not a cassette"),
        (b"interactions: 7\n", "is YAML, but not a cassette"),
        (b"interactions:\n- request: {}\n", "is YAML, but not a cassette"),
        (b"!!python/object/apply:os.system ['true']\n", "is YAML, but not a cassette"),
        (b"interactions: " + b"[" * 200_000, "is YAML, but not a cassette"),
        (
            b"interactions:\n- {request: {method: GET, uri: u, body: null, headers: {}}, response: {status: 200}}\n",
            "is YAML, but not a cassette",
        ),
    ],
)
def test_a_file_that_is_no_cassette_stops_the_crawl_before_it_starts(
    crawl: Crawl, tmp_path: Path, content: bytes, what: str
) -> None:
    tape = tmp_path / "tape.yaml"
    tape.write_bytes(content)
    with pytest.raises(CassetteError) as caught:
        read(crawl, "https://news.example/a", CASSETTE=str(tape))

    assert str(tape) in str(caught.value)
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_names_the_file_that_is_broken(crawl: Crawl, tmp_path: Path) -> None:
    cassette(tmp_path / "good.yaml", {"https://news.example/a": "one"})
    (tmp_path / "bad.yaml").write_text("just a sentence", "utf-8")
    with pytest.raises(CassetteError, match=r"bad\.yaml"):
        read(crawl, "https://news.example/a", CASSETTE=str(tmp_path))


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"CASSETTE": "gone.yaml"}, "gone.yaml does not exist"),
        ({"CASSETTE": "gone"}, "gone does not exist"),
        ({"CASSETTE": "."}, "a folder without a .yaml file"),
        ({"CASSETTE": "gone.yaml", "CASSETTE_MODE": "twice"}, "it can be none, once, new_episodes, all"),
        ({"CASSETTE": ".", "CASSETTE_MODE": "all"}, "needs one file"),
    ],
)
def test_a_path_that_gives_nothing_to_play_is_said(
    crawl: Crawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any], what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CassetteError, match=what):
        read(crawl, "https://news.example/a", **settings)

    assert list(tmp_path.iterdir()) == []


@local
def test_a_file_that_is_no_cassette_is_never_written_over(tmp_path: Path, crawl: Crawl, site: Site) -> None:
    tape = tmp_path / "notes.yaml"
    tape.write_text("my: notes\n", "utf-8")
    for mode in ("once", "new_episodes", "all"):
        with pytest.raises(CassetteError, match="not a cassette"):
            read(crawl, site.url("/a"), CASSETTE=str(tape), CASSETTE_MODE=mode)

    assert tape.read_text("utf-8") == "my: notes\n"


def test_no_cassette_in_the_settings_is_no_recording(crawl: Crawl) -> None:
    assert from_settings(Settings()) is None


# Writing


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = cassette(tmp_path / "tape.yaml", {"https://news.example/a": "one"})
    before = tape.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CassetteError, match=r"tape\.yaml cannot be written: No space left on device"):
        Recording.open(tape, "new_episodes").record(
            VcrRequest("GET", "https://news.example/b", None, {}), response(b"x")
        )

    assert tape.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["tape.yaml"]

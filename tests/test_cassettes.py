"""Recording a crawl and playing it back: what a person and a test see of `spiders.cassettes`."""

from __future__ import annotations

import gzip
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import brotli
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from vcr.request import Request as VcrRequest

from spiders.cassettes import Recording
from spiders.errors import CassetteError
from tests.conftest import ROOT, Crawl, Site
from tests.reading import HTML, PAGE, cassette, local, read, response

# Recording, and playing what was recorded


@local
def test_what_was_recorded_plays_without_the_site(crawl: Crawl, site: Site, tmp_path: Path) -> None:
    site.pages = {"/a": (200, HTML, PAGE), "/b": (200, HTML, b"<p>b</p>")}
    tape = tmp_path / "tape.yaml"
    live = read(crawl, site.url("/a"), site.url("/b"), CASSETTE=str(tape), CASSETTE_MODE="once")
    asked = list(site.asked)
    played = read(crawl, site.url("/b"), site.url("/a"), CASSETTE=str(tape))

    assert asked == ["/a", "/b"] == site.asked
    assert [i["body"] for i in live.items] == [PAGE, b"<p>b</p>"]
    assert [i["body"] for i in played.items] == [b"<p>b</p>", PAGE]
    assert played.missing == []


def test_a_recording_is_an_ordinary_cassette_that_a_person_can_read(tmp_path: Path) -> None:
    tape = tmp_path / "tape.yaml"
    recording = Recording.open(tape, "once")
    recording.record(VcrRequest("GET", "https://news.example/", None, {}), response(PAGE))

    assert "שלום" in tape.read_text("utf-8")
    assert yaml.safe_load(tape.read_text("utf-8"))["version"] == 1
    assert stat.S_IMODE(tape.stat().st_mode) == 0o600


@settings(deadline=None)  # a busy machine
@given(st.one_of(st.binary(), st.text(st.characters(exclude_categories=["Cs"])).map(str.encode)))
def test_any_body_comes_back_byte_for_byte(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    tape = tmp_path_factory.mktemp("tape") / "tape.yaml"
    asked = VcrRequest("GET", "https://news.example/", None, {})
    Recording.open(tape, "once").record(asked, response(body))

    played = Recording.open(tape).play(asked)

    assert played is not None
    assert played["body"]["string"] == body


@local
def test_each_answer_is_on_disk_before_the_next_request(crawl: Crawl, site: Site, tmp_path: Path) -> None:
    tape = tmp_path / "tape.yaml"
    on_disk: list[int] = []

    class Watching(dict[str, Any]):
        def get(self, path: str, default: Any = None) -> Any:
            on_disk.append(tape.read_text("utf-8").count("uri:") if tape.exists() else 0)
            return super().get(path, default)

    site.pages = Watching({f"/{n}": (200, HTML, PAGE) for n in range(3)})
    read(crawl, *(site.url(f"/{n}") for n in range(3)), CASSETTE=str(tape), CASSETTE_MODE="once")

    assert on_disk == [0, 1, 2]
    assert [p.name for p in tmp_path.iterdir()] == ["tape.yaml"]


@local
@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_compressed_page_is_stored_readable(crawl: Crawl, site: Site, tmp_path: Path, coding: str, pack: Any) -> None:
    site.pages = {"/a": (200, {**HTML, "Content-Encoding": coding}, pack(PAGE * 50))}
    tape = tmp_path / "tape.yaml"
    live = read(crawl, site.url("/a"), CASSETTE=str(tape), CASSETTE_MODE="once")
    played = read(crawl, site.url("/a"), CASSETTE=str(tape))
    stored = yaml.safe_load(tape.read_text("utf-8"))["interactions"][0]["response"]

    assert site.headers[0]["Accept-Encoding"] == "gzip, deflate, br"
    assert stored["body"]["string"] == (PAGE * 50).decode()
    assert "Content-Encoding" not in stored["headers"]
    assert stored["headers"]["Content-Length"] == [str(len(PAGE * 50))]
    assert live.items[0]["body"] == played.items[0]["body"] == PAGE * 50


@pytest.mark.parametrize("body", [gzip.compress(PAGE), PAGE], ids=["still packed", "already unpacked"])
def test_a_cassette_that_says_gzip_plays_right_either_way(crawl: Crawl, tmp_path: Path, body: bytes) -> None:
    answer = response(body, **{"Content-Type": "text/html", "Content-Encoding": "gzip", "Content-Length": "3"})
    tape = cassette(tmp_path / "tape.yaml", {"https://news.example/a": answer})

    (item,) = read(crawl, "https://news.example/a", CASSETTE=str(tape)).items

    assert item["body"] == PAGE
    assert item["headers"]["Content-Length"] == str(len(PAGE)).encode()
    assert "Content-Encoding" not in item["headers"]


@local
def test_a_redirect_plays_back(crawl: Crawl, site: Site, tmp_path: Path) -> None:
    site.pages = {"/old": (301, {"Location": "/new?token=s3cret"}, b""), "/new?token=s3cret": (200, HTML, PAGE)}
    tape = tmp_path / "tape.yaml"
    read(crawl, site.url("/old"), CASSETTE=str(tape), CASSETTE_MODE="once")
    asked = len(site.asked)
    played = read(crawl, site.url("/old"), CASSETTE=str(tape))

    assert [i["body"] for i in played.items] == [PAGE]
    assert len(site.asked) == asked == 2


@local
@pytest.mark.parametrize("mode", ["once", "new_episodes", "all"])
def test_a_retry_reaches_the_site_and_plays_back_in_order(crawl: Crawl, site: Site, tmp_path: Path, mode: str) -> None:
    site.pages = {"/a": [(503, {}, b"busy"), (200, HTML, PAGE)], "/b": (200, HTML, b"b")}
    tape = tmp_path / "tape.yaml"
    if mode != "once":
        cassette(tape, {site.url("/b"): "b"})
    live = read(crawl, site.url("/a"), CASSETTE=str(tape), CASSETTE_MODE=mode)
    played = read(crawl, site.url("/a"), CASSETTE=str(tape))

    assert [i["status"] for i in live.items] == [i["status"] for i in played.items] == [200]
    assert played.stats["retry/count"] == 1
    assert site.asked == ["/a", "/a"]


@local
def test_a_page_that_came_in_chunks_plays_whole(crawl: Crawl, site: Site, tmp_path: Path) -> None:
    chunked = {**HTML, "Transfer-Encoding": "chunked", "Content-Length": ""}
    site.pages = {"/a": (200, chunked, b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE))}
    tape = tmp_path / "tape.yaml"
    read(crawl, site.url("/a"), CASSETTE=str(tape), CASSETTE_MODE="once")
    (item,) = read(crawl, site.url("/a"), CASSETTE=str(tape)).items

    assert item["body"] == PAGE
    assert "Transfer-Encoding" not in item["headers"]


def test_the_part_after_the_hash_is_not_asked_for(crawl: Crawl, tmp_path: Path) -> None:
    tape = cassette(tmp_path / "tape.yaml", {"https://news.example/a": "one"})
    played = read(crawl, "https://news.example/a#comments", CASSETTE=str(tape))

    assert [i["body"] for i in played.items] == [b"one"]


def test_the_same_address_may_be_asked_twice(crawl: Crawl, tmp_path: Path) -> None:
    tape = cassette(tmp_path / "tape.yaml", {"https://news.example/a": "one"})
    played = read(crawl, *["https://news.example/a"] * 3, CASSETTE=str(tape))

    assert [i["body"] for i in played.items] == [b"one"] * 3


# Playing


def test_a_request_that_is_not_recorded_fails_and_is_named(crawl: Crawl, tmp_path: Path) -> None:
    tape = cassette(tmp_path / "tape.yaml", {"https://news.example/a": "one"})
    played = read(crawl, "https://news.example/b?token=abc", "https://news.example/a", CASSETTE=str(tape))
    error = played.items[0]["error"]

    assert isinstance(error, CassetteError)
    assert str(error) == f"https://news.example/b?token=REDACTED is not in the recording {tape}"
    assert played.missing == ["https://news.example/b?token=REDACTED"]
    assert played.stats["cassette/missing"] == 1
    assert played.items[1]["body"] == b"one"


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/tdmrep.json", "/tdmrep.json", "/ai.txt"])
def test_side_files_that_are_not_recorded_count_as_not_there(crawl: Crawl, tmp_path: Path, path: str) -> None:
    tape = cassette(tmp_path / "tape.yaml", {"https://news.example/a": "one"})
    extra = {"meta": {"handle_httpstatus_list": [404]}}
    played = read(crawl, f"https://news.example{path}", extra=extra, CASSETTE=str(tape))

    assert [i["status"] for i in played.items] == [404]
    assert played.missing == []


def test_robots_txt_is_obeyed_as_recorded(crawl: Crawl, tmp_path: Path) -> None:
    robots = {**response(b"User-agent: *\nDisallow: /b\n"), "headers": {"Content-Type": ["text/plain"]}}
    answers = {"https://news.example/robots.txt": robots, "https://news.example/a": "a", "https://news.example/b": "b"}
    tape = cassette(tmp_path / "tape.yaml", answers)
    urls = ["https://news.example/a", "https://news.example/b"]
    played = read(crawl, *urls, CASSETTE=str(tape), ROBOTSTXT_OBEY=True)

    assert [i["body"] for i in played.items if "body" in i] == [b"a"]
    assert played.stats["robotstxt/forbidden"] == 1


@local
def test_playing_never_asks_the_network(crawl: Crawl, site: Site, tmp_path: Path) -> None:
    tape = cassette(tmp_path / "tape.yaml", {site.url("/a"): "one"})
    site.pages = {"/b": (200, HTML, PAGE)}
    for mode in ("none", "once"):
        played = read(crawl, site.url("/b"), site.url("/robots.txt"), CASSETTE=str(tape), CASSETTE_MODE=mode)
        assert played.missing == [site.url("/b")]

    assert site.asked == []


@local
def test_without_a_cassette_the_crawl_is_live(crawl: Crawl, site: Site) -> None:
    site.pages = {"/a": (200, HTML, PAGE)}

    assert [i["body"] for i in read(crawl, site.url("/a")).items] == [PAGE]


def test_a_crawl_that_plays_does_not_wait(crawl: Crawl, tmp_path: Path) -> None:
    urls = [f"https://news.example/{n}" for n in range(3)]
    tape = cassette(tmp_path / "tape.yaml", dict.fromkeys(urls, "one"))

    assert read(crawl, *urls, CASSETTE=str(tape), DOWNLOAD_DELAY=20, CLOSESPIDER_TIMEOUT=5).items[2:]


@local
def test_new_episodes_adds_what_is_missing_and_plays_the_rest(crawl: Crawl, site: Site, tmp_path: Path) -> None:
    site.pages = {"/b": (200, HTML, PAGE)}
    tape = cassette(tmp_path / "tape.yaml", {site.url("/a"): "one"})
    urls = [site.url("/a"), site.url("/b")]
    read(crawl, *urls, CASSETTE=str(tape), CASSETTE_MODE="new_episodes")

    assert [i["body"] for i in read(crawl, *urls, CASSETTE=str(tape)).items] == [b"one", PAGE]
    assert site.asked == ["/b"]


@local
def test_all_records_anew(crawl: Crawl, site: Site, tmp_path: Path) -> None:
    site.pages = {"/a": (200, HTML, PAGE)}
    tape = cassette(tmp_path / "tape.yaml", {site.url("/a"): "one"})
    read(crawl, site.url("/a"), CASSETTE=str(tape), CASSETTE_MODE="all")

    assert [i["body"] for i in read(crawl, site.url("/a"), CASSETTE=str(tape)).items] == [PAGE]


# pytest's own cassettes


def test_a_test_marked_vcr_plays_its_cassette_and_fails_on_what_it_lacks(tmp_path: Path) -> None:
    cassette(tmp_path / "cassettes" / "news.example" / "a.yaml", {"https://news.example/a": "one"})
    cassette(tmp_path / "own.yaml", {"https://news.example/b": "two"})
    (tmp_path / "conftest.py").write_text(
        "import pytest\nfrom tests.conftest import *\n"
        f"vcr_cassette_dir = pytest.fixture(scope='session')(lambda: {str(tmp_path / 'cassettes')!r})\n",
        "utf-8",
    )
    (tmp_path / "test_inner.py").write_text(
        "import pytest\nfrom tests.reading import read\n\n"
        "@pytest.mark.vcr('news.example/a.yaml')\n"
        "def test_has(crawl):\n    assert read(crawl, 'https://news.example/a').items[0]['body'] == b'one'\n\n"
        "@pytest.mark.vcr('news.example/a.yaml')\n"
        "def test_names_its_own(crawl):\n"
        "    assert read(crawl, 'https://news.example/b', CASSETTE='own.yaml').items[0]['body'] == b'two'\n\n"
        "@pytest.mark.vcr('news.example/a.yaml')\n"
        "def test_lacks(crawl):\n    read(crawl, 'https://news.example/b')\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-q", "--block-network", "-p", "no:cacheprovider", "-c", os.devnull]
    run = subprocess.run(
        [*command, "--rootdir", tmp_path, tmp_path / "test_inner.py"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 1
    assert "not in the recording news.example/a.yaml: https://news.example/b" in run.stdout
    assert "ERROR test_inner.py::test_lacks" in run.stdout
    assert "3 passed, 1 error" in run.stdout
    assert [p.name for p in (tmp_path / "cassettes").iterdir()] == ["news.example"]

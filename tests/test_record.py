"""`scrapy record`: what it writes, what it says, and that nothing it is given leads out of its folder."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scrapy.cmdline import execute
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from spiders.commands.record import address, tape_name
from spiders.recordings import tapes
from spiders.recordings.expectations import expectations
from tests.conftest import ROOT, Crawl, Site
from tests.reading import HTML, PAGE, read

URL = "https://www.news.example/world/harbour-opens.html?page=2&token=hunter2"
DAY = date(2026, 11, 22)

Record = Callable[..., int]


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Record:
    """Run `scrapy record` in this process, into `tmp_path / "tapes"`, and return its exit status."""

    def run(*arguments: object) -> int:
        settings = Settings()
        settings.setmodule("spiders.settings", priority="project")
        monkeypatch.chdir(ROOT)
        with pytest.raises(SystemExit) as left:
            execute(["scrapy", "record", *map(str, arguments), "--into", str(tmp_path / "tapes")], settings)
        return int(left.value.code or 0)

    return run


def record_live(into: Path, *urls: str, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "record", *urls, "--into", str(into)]
    quick = ["-s", f"ALLOW_PRIVATE=127.0.0.1:{port}", "-s", "DOWNLOAD_DELAY=0"]
    return subprocess.run([*command, *quick], cwd=ROOT, capture_output=True, text=True, check=False)


def written(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


# From a page saved in a browser


def test_a_saved_page_plays_at_its_address(record: Record, crawl: Crawl, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes("<meta charset=windows-1255><p>שלום</p>\r\n".encode("windows-1255"))

    assert record(URL, "--from", page) == 0

    played = read(crawl, URL, CASSETTE=str(tmp_path / "tapes"))
    assert [i["body"] for i in played.items] == [page.read_bytes()]
    assert played.items[0]["headers"]["Content-Type"] == b"text/html"


def test_a_recording_comes_with_an_empty_expectation(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    record(URL, "--from", tmp_path / "page.html")
    expected, tape = written(tmp_path / "tapes")
    ((address, skeleton),) = json.loads(expected.read_text("utf-8")).items()

    assert expected.with_suffix(".yaml") == tape
    assert address == "https://www.news.example/world/harbour-opens.html?page=2&token=REDACTED"
    assert skeleton["read"] is None
    assert not any(skeleton.values())
    assert f"wrote {tape}\nwrote {expected}" in capsys.readouterr().out
    assert [stat.S_IMODE(p.stat().st_mode) for p in (expected, tape)] == [0o600, 0o600]


def test_what_was_recorded_today_is_replaced_only_when_asked(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<p>one</p>")
    record(URL, "--from", page)
    expected, tape = written(tmp_path / "tapes")
    expected.write_text('{"read": "a person"}', "utf-8")
    page.write_bytes(b"<p>two</p>")

    assert record(URL, "--from", page) == 2
    assert f"is recorded in {tape} already" in capsys.readouterr().err
    assert tapes.read(tape)[1][0]["body"]["string"] == b"<p>one</p>"

    assert record(URL, "--from", page, "--again") == 0
    assert tapes.read(tape)[1][0]["body"]["string"] == b"<p>two</p>"
    assert expected.read_text("utf-8") == '{"read": "a person"}'


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "page.html cannot be read: No such file or directory"),
        (b" \n", "page.html is empty"),
        (b"%PDF-1.7\n\x00\x01\x02\xff", "page.html: not HTML but a PDF document"),
        (b"\x00\x01\x02\xff", "page.html is not a page but binary data"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<p>caf=C3=A9",
            "page.html: not HTML but a message or a",
        ),
    ],
)
def test_a_file_that_is_no_page_is_refused(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, what: str
) -> None:
    if content is not None:
        (tmp_path / "page.html").write_bytes(content)

    assert record(URL, "--from", tmp_path / "page.html") == 2
    assert what in capsys.readouterr().err
    assert written(tmp_path / "tapes") == []


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "name the addresses of one page or more"),
        (["news.example/a"], "'news.example/a' is not a web address"),
        (["ftp://news.example/a"], "is not a web address"),
        (["https://"], "is not a web address"),
        (["https://[::1/a"], "is not a web address"),
        (["https://news.example:harbour/"], "is not a web address"),
        (["https://news.example/a b"], "is not a web address"),
        ([URL, "--form", "page.html"], "unknown option --form"),
        ([URL, "https://news.example/b", "--from", __file__], "is one page, but 2 addresses were given"),
    ],
)
def test_what_cannot_be_recorded_is_said_before_anything_is_done(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], what: str
) -> None:
    assert record(*arguments) == 2

    error = capsys.readouterr().err
    assert what in error
    assert error.count("\n") == 1
    assert written(tmp_path / "tapes") == []


def test_a_folder_that_cannot_be_written_to_is_said(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / "tapes").write_text("a file is in the way", "utf-8")

    assert record(URL, "--from", tmp_path / "page.html") == 4
    assert "cannot be written" in capsys.readouterr().err


# From the site


def test_a_page_is_recorded_with_its_redirects_and_robots_and_plays_back(
    site: Site, crawl: Crawl, tmp_path: Path
) -> None:
    robots = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /shut\n")
    site.pages = {"/robots.txt": robots, "/old": (301, {"Location": "/new"}, b""), "/new": (200, HTML, PAGE)}
    site.pages |= {"/other": (200, HTML, b"<p>other</p>")}
    run = record_live(tmp_path, *map(site.url, ("/old", "/shut", "/gone", "/other")), port=site.port)

    tape, other = (p for p in written(tmp_path) if p.suffix == ".yaml")
    played = read(crawl, site.url("/old"), CASSETTE=str(tape), ROBOTSTXT_OBEY=True)

    assert run.returncode == 10
    assert [r.uri for r in tapes.read(tape)[0]] == [site.url(p) for p in ("/robots.txt", "/old", "/new")]
    assert [r.uri for r in tapes.read(other)[0]] == [site.url(p) for p in ("/robots.txt", "/other")]
    assert [i["body"] for i in played.items] == [PAGE]
    assert list(json.loads(tape.with_suffix(".json").read_text("utf-8"))) == [site.url("/new")]
    assert f"{site.url('/shut')} was not recorded: forbidden by robots.txt" in run.stderr
    assert f"{site.url('/gone')} was not recorded: HTTP 404" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_page_that_does_not_come_leaves_no_file(site: Site, tmp_path: Path) -> None:
    site.pages = {"/broken": (500, {}, b"")}
    run = record_live(tmp_path / "tapes", site.url("/broken"), "http://127.0.0.1:1/", port=site.port)

    assert run.returncode == 10
    assert f"{site.url('/broken')} was not recorded: HTTP 500" in run.stderr
    assert "http://127.0.0.1:1/ was not recorded" in run.stderr
    assert written(tmp_path) == []


# Names

HOSTS = [
    "news.example",
    "www.news.example",
    "NEWS.example.",
    "127.0.0.1:8080",
    "[::1]",
    "новини.укр",
    "a..b",
    "..",
    "-",
]
PATHS = [
    "",
    "/",
    "/..",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/x",
    "/a/..%2F..%2Fb",
    "/.hidden",
    "/a\\..\\b",
    "/con.html",
]
PATHS += [
    "/" + "a" * 3000,
    "/%00",
    "/a%0Ab",
    "/~root",
    "/שלום",
    "/?q=../../x",
    "/;v=1",
    "/a.tar.gz",
    "/a:b|c*d?e",
    "/é",
]


@given(
    st.builds(
        lambda scheme, host, path: f"{scheme}://{host}{path}",
        st.sampled_from(["http", "https"]),
        st.one_of(st.sampled_from(HOSTS), st.text(max_size=300).map(lambda text: quote(text, safe=""))),
        st.one_of(st.sampled_from(PATHS), st.text(max_size=60).map("/".__add__)),
    )
)
@example(f"https://user:pw@{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 59}/x")
@example("https://news.example//..//..//..//")
def test_no_address_leads_out_of_the_folder(url: str) -> None:
    try:
        name = tape_name(address(url), DAY)
    except UsageError:
        return
    domain, file = name.parts
    assert re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", domain)
    assert re.fullmatch(r"2026-11-22-[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{8}\.yaml", file)
    assert max(len(domain), len(file)) < 120
    assert not domain.startswith("www.")


@pytest.mark.parametrize("url", [f"https://{host}{path}" for host in HOSTS[:6] for path in PATHS])
def test_every_plausible_address_gets_a_name(url: str) -> None:
    assert tape_name(address(quote(url, safe=":/?&=%;[]|*\\~.")), DAY).suffix == ".yaml"


def test_two_addresses_never_share_a_name_and_one_never_has_two() -> None:
    urls = ["https://news.example/a?id=1", "https://news.example/a?id=2", "https://news.example/b/a?id=1"]

    assert len({tape_name(url, DAY) for url in urls}) == 3
    assert tape_name("https://news.example/a?x=1&id=1", DAY) == tape_name("https://news.example/a?id=1&x=1#top", DAY)


def test_nothing_is_recorded_where_the_guard_is_not_in_force(tmp_path: Path) -> None:
    unguarded = ["-s", "TWISTED_DNS_RESOLVER=scrapy.resolver.CachingHostnameResolver"]
    command = [sys.executable, "-m", "scrapy", "record", "http://news.example/", "--into", str(tmp_path), *unguarded]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (4, 1), done.stderr
    assert "the guard is not in force" in done.stderr
    assert written(tmp_path) == []


def test_an_expectation_may_be_written_with_a_mark_before_it(tmp_path: Path) -> None:
    (tmp_path / "page.json").write_bytes(
        b'\xef\xbb\xbf{"https://news.example/a": {"read": null}}'
    )  # as some editors do
    assert expectations(tmp_path / "page.yaml") == {"https://news.example/a": {"read": None}}

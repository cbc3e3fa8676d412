"""WARC files of others, as `archives` reads them: what a page is, what is passed over, what is damaged."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from spiders.archives import Archive
from spiders.errors import ArchiveError
from tests.conftest import ROOT
from tests.newsroom import FERRY, HOME, MARKET, TOWER
from tests.warcs import PAGES, bomb, http, packed, record, responses, written

FORMS = ("warc", "warc.gz", "warc.zst", "gz")
TEXT = PAGES[FERRY]
WIRE = TEXT.encode()


def read(path: Path, *records: bytes) -> tuple[list[str], Archive]:
    """Write an archive and read it; return the addresses of its pages."""
    archive = Archive(written(path, *records))
    return [raw.url for raw in archive], archive


@pytest.mark.parametrize("form", FORMS)
def test_pages_come_in_order_with_what_the_archive_knows_of_them(tmp_path: Path, form: str) -> None:
    ferry = record(FERRY, http(TEXT, "Server: quay", "Set-Cookie: a=b"), "WARC-IP-Address: 203.0.113.9")
    archive = Archive(written(tmp_path / f"a.{form}", ferry, *responses()[1:]))
    first, *others = archive
    assert (first.url, first.status, first.body, first.server) == (FERRY, 200, WIRE, "203.0.113.9")
    assert first.headers == (("Content-Type", "text/html; charset=utf-8"), ("Server", "quay"))
    assert first.fetched == datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
    assert [raw.url for raw in others] == [TOWER, MARKET]
    assert (archive.damaged, archive.passed_over) == (0, {})


def test_a_page_is_html_answered_with_200_and_the_rest_is_counted(tmp_path: Path) -> None:
    others = [
        record("urn:x", b"software: y\r\n", kind="warcinfo"),
        record(FERRY, b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(FERRY, b"HTTP/1.1 200 OK\r\n\r\n", kind="revisit"),
        record(FERRY, b"fetched: 1", kind="metadata"),
        record("https://\u202eharbour.example/", http(TEXT)),
        record("https://harbour.example:port/", http(TEXT)),
        record("dns:harbour.example", http("203.0.113.9", kind="text/dns")),
        record(f"{HOME}/gone", http("no", status="404 Not Found")),
        record(f"{HOME}/moved", http("", "Location: /", status="301 Moved")),
        record(f"{HOME}/a.png", http(b"\x89PNG", kind="image/png")),
        record(f"{HOME}/feed", http("<rss/>", kind="application/rss+xml")),
        record(f"{HOME}/untold", http(b"\x00\x01", kind="")),
        record(f"{HOME}/saved", TEXT.encode(), kind="resource"),
        record("metadata://gnu.org/software/wget/warc/MANIFEST.txt", b"urn:x", kind="resource"),
        record(FERRY, b"The ferry.", kind="conversion"),
        record(f"<{TOWER}>", http(TEXT, kind="")),  # wget's brackets, and no type
    ]
    urls, archive = read(tmp_path / "a.warc.gz", *others, record(FERRY, http(TEXT)))
    assert urls == [TOWER, FERRY]
    kinds = {f"of the kind “{kind}”": 1 for kind in ("revisit", "resource", "conversion")}
    assert archive.passed_over == {"not of the web": 3, "HTTP 404": 1, "HTTP 301": 1, "not HTML": 3} | kinds
    assert archive.damaged == 0


def chunked(body: bytes) -> bytes:
    parts = [body[i : i + 700] for i in range(0, len(body), 700)]
    return b"".join(f"{len(p):x};x=y\r\n".encode() + p + b"\r\n" for p in parts) + b"0\r\n\r\n"


GZIP, CHUNKS = "Content-Encoding: gzip", "Transfer-Encoding: chunked"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(WIRE, mtime=0), [GZIP]),
        (gzip.compress(WIRE[:900], mtime=0) + gzip.compress(WIRE[900:]), [GZIP]),
        (zlib.compress(WIRE), ["Content-Encoding: deflate"]),
        (zlib.compress(WIRE)[2:-4], ["Content-Encoding: deflate"]),
        (brotli.compress(WIRE), ["content-encoding: br"]),
        (packed("warc.zst", WIRE), ["Content-Encoding: zstd"]),
        (brotli.compress(gzip.compress(WIRE, mtime=0)), ["Content-Encoding: gzip, br"]),
        (chunked(WIRE), [CHUNKS]),
        (chunked(gzip.compress(WIRE, mtime=0)), [CHUNKS, GZIP]),
        (WIRE, [CHUNKS, GZIP]),  # unpacked by whoever archived it, its headers kept
        (gzip.compress(WIRE, mtime=0), [CHUNKS, GZIP]),
        (WIRE, ["Content-Length: 9"]),  # of the packed body that it was
    ],
)
def test_bodies_are_unpacked_and_what_was_said_of_their_packing_is_left_out(
    tmp_path: Path, body: bytes, headers: list[str]
) -> None:
    (raw,) = Archive(written(tmp_path / "a.warc.gz", record(FERRY, http(body, *headers))))
    assert raw.body == WIRE
    assert [name for name, _ in raw.headers] == ["Content-Type"]


FLOOD = bytes(64 << 20)


@pytest.mark.parametrize(
    ("content", "headers", "said"),
    [
        (http(gzip.compress(WIRE, mtime=0)[:-20], GZIP), [], "breaks off"),
        (http(brotli.compress(WIRE)[:-20], "Content-Encoding: br"), [], "breaks off"),
        (http(packed("warc.zst", WIRE)[:-20], "Content-Encoding: zstd"), [], "breaks off"),
        (http(chunked(WIRE)[:-20], CHUNKS), [], "it breaks off between its chunks"),
        (http(WIRE[:-200], f"Content-Length: {len(WIRE)}"), [], "it breaks off: "),
        (http(TEXT), ["WARC-Truncated: length"], "it was cut short when it was archived (length)"),
        (http(TEXT), ["WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"], "it does not agree with its digest"),
        (http(gzip.compress(FLOOD, mtime=0), GZIP), [], "the unpacked body is larger than 10 MiB"),
        (http(brotli.compress(FLOOD), "Content-Encoding: br"), [], "the unpacked body is larger than 10 MiB"),
        (http(packed("warc.zst", FLOOD), "Content-Encoding: zstd"), [], "the unpacked body is larger than 10 MiB"),
        (http(b"\x1f\x8b" + WIRE, GZIP, GZIP, GZIP), [], "the body is packed 3 times over"),
        (http(b"\x00" + WIRE, "Content-Encoding: sdch"), [], "the body is packed as 'sdch'"),
        (http(b"\x00" + WIRE, GZIP), [], "the body is declared gzip and cannot be unpacked"),
        (http(TEXT, f"X: {'x' * 70_000}"), [], "there is no HTTP response in it"),
        (http(TEXT, *["X: y"] * 300), [], "it has more than 200 headers"),
        (b"nonsense", [], "there is no HTTP response in it"),
        (b"", [], "there is no HTTP response in it"),
    ],
)
def test_a_damaged_or_hostile_page_is_told_and_the_next_is_read(
    tmp_path: Path, content: bytes, headers: list[str], said: str
) -> None:
    urls, archive = read(tmp_path / "a.warc.gz", record(FERRY, content, *headers), record(TOWER, http(TEXT)))
    assert urls == [TOWER]
    assert archive.damaged == 1
    assert said in archive.damages[0]
    assert archive.damages[0].startswith(FERRY)


@pytest.mark.parametrize("form", FORMS)
def test_a_record_that_breaks_off_is_no_page(tmp_path: Path, form: str) -> None:
    data = packed(form, *responses())
    begun = len(packed(form, responses()[-1])) - (300 if form == "warc" else 2)
    for cut in range(len(data) - begun, len(data) - 9, 7):
        path = tmp_path / f"cut.{form}"
        path.write_bytes(data[:cut])
        archive = Archive(path)
        found = {raw.url: raw.body for raw in archive}
        assert all(PAGES[url].encode() == body for url, body in found.items())
        if form != "gz":  # in one piece, nothing tells a record that is missing from one that never was
            assert len(found) == 2
            assert archive.damaged


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("length", [-1, 10**30, 2**63 - 1, 2**64 - 1, len(http(TEXT)) + 900])
def test_a_length_that_is_a_lie_costs_no_more_than_its_own_page(tmp_path: Path, form: str, length: int) -> None:
    liar = record(f"{HOME}/liar", http(TEXT), length=length)
    urls, archive = read(tmp_path / f"a.{form}", responses()[0], liar, *responses()[1:])
    assert urls[0] == FERRY
    assert f"{HOME}/liar" not in urls
    assert archive.damaged
    if form in ("warc.gz", "warc.zst"):  # elsewhere a page could hold what looks like a record of another site
        assert urls == [FERRY, TOWER, MARKET]


@pytest.mark.parametrize("form", ["warc.gz", "warc.zst"])
def test_reading_goes_on_behind_a_place_that_cannot_be_unpacked(tmp_path: Path, form: str) -> None:
    parts = [packed(form, part) for part in responses()]
    middle = len(parts[1]) // 2
    for broken in (parts[1][:middle] + parts[1][middle + 30 :], b"\xff" * 40, parts[1][:middle]):
        path = tmp_path / f"a.{form}"
        path.write_bytes(parts[0] + broken + parts[2])
        archive = Archive(path)
        assert [raw.url for raw in archive] == [FERRY, MARKET]
        assert archive.damaged == 1


@pytest.mark.parametrize("form", ["warc.gz", "warc.zst"])
@pytest.mark.parametrize(
    "middle",
    [
        record(TOWER, http(TEXT), length=len(http(TEXT)) - 40),  # what is left over is no record
        record(TOWER, http(TEXT)).replace(b"WARC/1.0", b"WORC/1.0"),
        record(TOWER, http(TEXT)).replace(b"WARC-Date", b"X: " + b"x" * 100_000 + b"\r\nWARC-Date"),
    ],
)
def test_nothing_that_cannot_be_read_is_left_untold(tmp_path: Path, form: str, middle: bytes) -> None:
    urls, archive = read(tmp_path / f"a.{form}", responses()[0], middle, responses()[2])
    assert (urls[0], urls[-1], archive.damaged) == (FERRY, MARKET, 1)


def test_an_address_that_is_no_text_is_made_one(tmp_path: Path) -> None:
    urls, archive = read(tmp_path / "a.warc.gz", record(TOWER, http(TEXT)).replace(b"/tower", b"/\xff\x80"))
    assert (len(urls), archive.damaged) == (1, 0)
    assert urls[0].encode().startswith(f"{HOME}/2026/".encode())


def test_a_file_that_looks_like_an_archive_everywhere_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spiders.archives.blocks.MAX_TRIES", 50)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed("warc.gz", *responses()) + b"\x1f\x8b\x08" * 999)
    archive = Archive(path)
    assert [raw.url for raw in archive] == [FERRY, TOWER, MARKET]
    assert archive.damages[-1] == "the rest of the archive was not read: too much of it is broken"


def test_a_page_cannot_plant_a_record_of_another_site(tmp_path: Path) -> None:
    planted = record("https://bank.example/news", http(TEXT))
    for form in FORMS:
        body = TEXT.encode() + b"\r\n\r\n" + planted
        urls, _ = read(tmp_path / f"a.{form}", record(FERRY, http(body)), record(TOWER, http(TEXT)))
        assert "https://bank.example/news" not in urls


@pytest.mark.parametrize("data", [b"", b"<html>" * 99, gzip.compress(b"<html>" * 99, mtime=0), b"\x1f\x8b\x08" * 999])
def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz is no WARC archive"):
        list(Archive(path))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"nowhere\.warc cannot be read: No such file"):
        list(Archive(tmp_path / "nowhere.warc"))
    with pytest.raises(ArchiveError, match="cannot be read: Is a directory"):
        list(Archive(tmp_path))


PEAK = """
import resource, sys
from spiders.archives import Archive
archive = Archive(sys.argv[1])
pages = sum(1 for raw in archive)
print(pages, archive.passed_over["too large"], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_stays_flat_under_a_bomb_and_many_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    ferry = packed("warc.gz", responses()[0])
    pages = [b"".join([ferry] * 1000), bomb(f"{HOME}/bomb", 200 << 20), ferry]

    def read_apart() -> tuple[int, int, int]:
        command = [sys.executable, "-c", PEAK, str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
        count, large, peak = map(int, done.stdout.split())
        return count, large, peak

    path.write_bytes(ferry)
    _, _, ground = read_apart()
    path.write_bytes(b"".join(pages))
    count, large, peak = read_apart()
    assert (count, large) == (1001, 1)
    assert peak < ground + 40

"""Twelve secrets planted in a crawl, looked for in all that it writes; and text that would act on a terminal or a log."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from fastwarc.warc import ArchiveIterator
from scrapy.cmdline import execute
from scrapy.settings import Settings

from spiders.recordings import tapes
from spiders.surfaces.scrubbing import REDACTED
from tests.conftest import ROOT, Site, serving
from tests.newsroom import page, scrapy
from tests.reading import HTML

pytestmark = pytest.mark.faults

PLANTED = {
    "user in the address": "annik7c1",
    "password in the address": "hunter2c2",
    "token in a query": "tq0c3Xm41",
    "signature in a query": "sq0c4Xm41",
    "Authorization": "az0c5Xm41",
    "Proxy-Authorization": "pz0c6Xm41",
    "Cookie": "ck0c7Xm41",
    "Set-Cookie": "sc0c8Xm41",
    "X-Api-Key": "xk0c9Xm41",
    "password in a form": "fp0d1Xm41",
    "token in a body, as JSON": "tj0d2Xm41",
    "token in a body, in a form": "tf0d3Xm41",
    "signature of a redirect": "lz0d4Xm41",
}

SPIDER = """
from scrapy import FormRequest

from spiders.article import ArticleSpider


class Canary(ArticleSpider):
    name = "canary"

    async def start(self):
        form = {"user": "ann", "password": "PASSWORD"}
        yield FormRequest(LOGIN, formdata=form, callback=self.logged_in, errback=print, dont_filter=True)
        async for request in super().start():
            yield request

    def logged_in(self, response):
        self.logger.info("logged in: %s %s", response.request.headers, response.headers)
        self.logger.error("headers %s", dict(response.request.headers.to_unicode_dict()), exc_info=True)
"""


def pages(site: Site) -> tuple[dict[str, Any], list[str]]:
    """Return what the site answers, and the addresses that are asked for."""
    p = PLANTED
    signed = f"?token={p['token in a query']}&signature={p['signature in a query']}"
    moved = f"/landed?X-Amz-Signature={p['signature of a redirect']}"
    tokens = (
        f'<form><input type="hidden" name="csrf_token" value="{p["token in a body, in a form"]}"></form>'
        f'<script>window.state = {{"user": {{"accessToken": "{p["token in a body, as JSON"]}"}}}}</script>'
    )

    def story(path: str) -> bytes:
        return page(f"pier {path.partition('?')[0]}", site.url(path)).replace("</body>", f"{tokens}</body>").encode()

    setting = {"Set-Cookie": f"id={p['Set-Cookie']}; HttpOnly"}
    answers = {
        "/login": (200, HTML | setting, b"<p>welcome</p>"),
        f"/story{signed}": (200, HTML | setting, story(f"/story{signed}")),
        "/private": (200, HTML, story("/private")),
        "/moved": (302, {"Location": site.url(moved)}, b""),
        moved: (200, HTML, story(moved)),
        f"/broken{signed}": (500, setting, b""),
        f"/empty{signed}": (200, HTML, b"<p></p>"),
    }
    login = f"{p['user in the address']}:{p['password in the address']}@"
    asked = [site.url(path) for path in (f"/story{signed}", "/moved", f"/broken{signed}", f"/empty{signed}")]
    return answers, [*asked, site.url("/private").replace("://", f"://{login}")]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as here:
        yield here


@pytest.fixture(scope="module")
def crawled(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Crawl with secrets everywhere, recording, and return where to look, and what was printed, as files."""
    p, tmp_path = PLANTED, tmp_path_factory.mktemp("crawl")
    site.pages, asked = pages(site)
    (tmp_path / "urls.txt").write_text("\n".join(asked), "utf-8")
    spider = SPIDER.replace("PASSWORD", p["password in a form"]).replace("LOGIN", repr(site.url("/login")))
    (tmp_path / "canary.py").write_text(spider, "utf-8")
    headers = {
        "Authorization": f"Bearer {p['Authorization']}",
        "Proxy-Authorization": f"Basic {p['Proxy-Authorization']}",
        "Cookie": f"a=1; session={p['Cookie']}",
        "X-Api-Key": p["X-Api-Key"],
    }
    settings = {
        "SPIDER_MODULES": "canary",
        "CASSETTE": tmp_path / "tape.yaml",
        "CASSETTE_MODE": "once",
        "COPYDESK_STORE": tmp_path / "store.db",
        "ALLOW_PRIVATE": f"127.0.0.1:{site.port}",
        "DOWNLOAD_DELAY": 0,
        "PATIENCE": 0,
        "DEFAULT_REQUEST_HEADERS": json.dumps(headers),
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    feeds = ["-O", tmp_path / "out.jsonl", "-O", tmp_path / "out.csv", "-L", "DEBUG"]
    done = scrapy("crawl", "canary", "-a", f"urls={tmp_path / 'urls.txt'}", *feeds, *options, folder=tmp_path)
    assert done.returncode == 10, done.stderr.decode()
    for name, data in {"table": done.stdout, "log": done.stderr}.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in ("out.jsonl", "out.csv", "table", "log", "tape.yaml", "store.db")}


def leaks(data: bytes) -> Iterator[str]:
    return (name for name, secret in PLANTED.items() if secret.encode() in data)


def rows(store: Path, *left_out: str) -> bytes:
    """Return all rows of a store as text, without some columns."""
    told = []
    with sqlite3.connect(store) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = [c for c in columns if f"{table}.{c}" not in left_out]
            told += [f"{table}: {row}" for row in connection.execute(f"SELECT {', '.join(kept)} FROM {table}")]
    return "\n".join(told).encode()


def test_F6_no_planted_secret_is_in_what_a_crawl_writes(crawled: dict[str, Path], site: Site) -> None:
    told = {name: path.read_bytes() for name, path in crawled.items() if path.suffix != ".db"}
    # What is fetched must stay fetchable: the frontier's own rows, and what points to them; and raw bodies as they came.
    real = ("url.url", "url.key", "url.found_on", "raw.key", "raw.body", "article.key", "listing.key", "vital.key")
    told["store"] = rows(crawled["store.db"], *real)

    assert {name: found for name, data in told.items() if (found := list(leaks(data)))} == {}

    assert told["out.jsonl"].count(b"\n") == told["out.csv"].count(b"\n\nResidents had asked") == 2
    assert told["table"].count(b"Council keeps pier") == 2
    assert b"HTTP 500" in told["table"]
    assert b"DEBUG: Crawled (200) <GET http" in told["log"]
    assert b"b'Authorization': [REDACTED]" in told["log"]
    assert REDACTED.encode() in told["log"]
    assert b"X-Amz-Signature=REDACTED" in told["tape.yaml"]
    assert b"welcome" in told["tape.yaml"]
    assert stat.S_IMODE(crawled["tape.yaml"].stat().st_mode) == 0o600
    sent = json.dumps(site.headers)  # the crawl did send what it must not tell
    assert all(PLANTED[name] in sent for name in ("Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key"))
    assert set(leaks(rows(crawled["store.db"]))) >= {"token in a query", "password in the address"}


def test_F6_no_planted_secret_is_in_what_the_store_gives_out(
    crawled: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    store = crawled["store.db"]
    folder = store.parent / "given"
    folder.mkdir()
    monkeypatch.chdir(ROOT)
    commands: dict[str, tuple[object, ...]] = {
        "articles": ("articles",),
        "articles as JSON": ("articles", "--format", "json"),
        "failed": ("articles", "--failed"),
        "reextract": ("reextract", "--html", folder / "report.html"),
        "drift": ("drift", "--json"),
        "verify": ("verify",),
        "doctor": ("doctor",),
        **{name: ("export", "--to", folder / name) for name in ("a.jsonl", "a.csv", "a.parquet", "a.warc.gz")},
    }
    statuses = {"reextract": 10, "doctor": 4}  # one page has no story; this test has a port open
    told = {}
    for name, command in commands.items():
        settings = Settings()
        settings.setmodule("spiders.settings", priority="project")
        with pytest.raises(SystemExit) as left:
            execute(["scrapy", *map(str, command), "-s", f"COPYDESK_STORE={store}", "-L", "DEBUG"], settings)
        assert left.value.code == statuses.get(name, 0), name
        told[name] = "".join(capfd.readouterr()).encode()
    told |= {f"file {name}": (folder / name).read_bytes() for name in ("a.jsonl", "a.csv", "report.html")}
    told["file a.parquet"] = str(pyarrow.parquet.read_table(folder / "a.parquet").to_pylist()).encode()
    archive = list(ArchiveIterator((folder / "a.warc.gz").open("rb"), parse_http=True))
    # The bodies are what the site sent; the page names its own address in its own.
    told["file a.warc.gz"] = "".join(f"{dict(r.headers)} {dict(r.http_headers or {})}\n" for r in archive).encode()

    assert {name: found for name, data in told.items() if (found := list(leaks(data)))} == {}

    assert told["articles"].count(b"Council keeps pier") == 2
    assert told["failed"].count(b"HTTP 500") == 1
    assert told["file a.jsonl"].count(b"\n") == 2
    for name in ("articles", "file a.jsonl", "file a.csv", "file a.parquet", "file a.warc.gz"):
        assert b"token=REDACTED-" in told[name], name


def test_F6_what_was_recorded_without_its_secrets_still_plays(crawled: dict[str, Path], site: Site) -> None:
    asked = list(site.asked)
    folder = crawled["tape.yaml"].parent
    first = sorted(r.uri for r in tapes.read(crawled["tape.yaml"])[0])
    settings = {"SPIDER_MODULES": "canary", "CASSETTE": crawled["tape.yaml"], "COPYDESK_STORE": folder / "second.db"}
    settings["ALLOW_PRIVATE"] = f"127.0.0.1:{site.port}"
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    out = folder / "second.jsonl"
    done = scrapy("crawl", "canary", "-a", f"urls={folder / 'urls.txt'}", "-O", out, *options, folder=folder)

    assert done.returncode == 10, done.stderr.decode()
    assert done.stdout.count(b"not in the recording") == 1  # Scrapy asks nobody for an address with a password in it
    assert site.asked == asked
    assert len(first) == 9  # with robots.txt, tdmrep.json and ai.txt
    one, two = ([json.loads(line) for line in path.open("rb")] for path in (crawled["out.jsonl"], out))
    assert sorted(a["body"] for a in one) == sorted(a["body"] for a in two)
    assert len(one) == 2

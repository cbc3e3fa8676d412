"""Files and code that are not to be trusted: no code runs from data, and a replay opens no socket."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.utils.request import RequestFingerprinter

from spiders.cassettes import Recording
from spiders.errors import CassetteError
from tests.conftest import Site
from tests.newsroom import FERRY, edition, recorded, scrapy
from tests.reading import local

pytestmark = pytest.mark.faults

EVIL = {
    "apply": "!!python/object/apply:os.system ['touch {ran}']",
    "apply subprocess": "!!python/object/apply:subprocess.call [[touch, '{ran}']]",
    "new": "!!python/object/new:os.system ['touch {ran}']",
    "new with state": "!!python/object/new:type {{args: [z, !!python/tuple [], {{'extend': !!python/name:exec }}], listitems: \"__import__('os').system('touch {ran}')\"}}",
    "module": "!!python/module:evil",
    "name": "!!python/name:evil.run",
    "iterator": "!!python/object/apply:builtins.iter {{args: [!!python/object/apply:os.system ['touch {ran}']]}}",
    "buffer": "!!python/object/new:_io.BytesIO {{state: !!python/tuple [!!python/object/apply:os.system ['touch {ran}']]}}",
}  # fmt: skip
PLACES = {
    "the file": "{evil}\n",
    "the answers": "version: 1\ninteractions: {evil}\n",
    "a body": (
        "version: 1\ninteractions:\n- request: {{method: GET, uri: 'https://news.example/', body: null, headers: {{}}}}\n"
        "  response: {{status: {{code: 200, message: OK}}, headers: {{}}, body: {{string: {evil}}}}}\n"
    ),
}


class Payload:
    """Touches a file when it is unpickled."""

    def __init__(self, ran: Path) -> None:
        self.ran = ran

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {self.ran}",)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("evil", EVIL)
def test_F7_an_evil_cassette_runs_no_code_and_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, evil: str, place: str
) -> None:
    ran, tape = tmp_path / "ran", tmp_path / "tape.yaml"
    (tmp_path / "evil.py").write_text(f"open({str(ran)!r}, 'w')\n\n\ndef run():\n    pass\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    tape.write_text(PLACES[place].format(evil=EVIL[evil].format(ran=ran)), "utf-8")
    with pytest.raises(CassetteError, match=r"tape\.yaml is (not YAML|YAML, but not a cassette)"):
        Recording.open(tape)
    assert not ran.exists()


def planted(folder: Path) -> Path:
    """Put what Scrapy would unpickle wherever it would look for it, and return the file that the payload touches."""
    ran = folder / "ran"
    payload = pickle.dumps(Payload(ran))
    queue = folder / "requests.queue"
    for job in (folder, folder / "job"):
        (job / "requests.queue").mkdir(parents=True, exist_ok=True)
        (job / "spider.state").write_bytes(payload)
        (job / "requests.queue" / "active.json").write_text('{"startprios": {}, "0": [0]}', "utf-8")
        for name in ("0", "0s"):
            (job / "requests.queue" / name).write_bytes(payload)
    assert queue.is_dir()
    fingerprint = RequestFingerprinter().fingerprint(Request(FERRY)).hex()
    for cache in (folder / ".scrapy" / "httpcache", folder / "cache"):
        entry = cache / "article" / fingerprint[:2] / fingerprint
        entry.mkdir(parents=True)
        (entry / "pickled_meta").write_bytes(payload)
        for name in ("meta", "response_headers", "response_body", "request_headers", "request_body"):
            (entry / name).write_bytes(b"")
    return ran


@pytest.mark.parametrize(
    ("settings", "status", "said"),
    [
        ([], 0, b"1 stored"),
        (["JOBDIR=job"], 4, b"JOBDIR cannot be used: it keeps pickles, which can run code"),
        (["HTTPCACHE_ENABLED=1", "HTTPCACHE_DIR=cache"], 4, b"HTTPCACHE_ENABLED cannot be used: it keeps pickles"),
    ],
)
def test_F7_planted_pickles_run_no_code(tmp_path: Path, settings: list[str], status: int, said: bytes) -> None:
    ran = planted(tmp_path)
    tape = recorded(tmp_path / "tape.yaml", edition())
    given = [f"CASSETTE={tape}", f"COPYDESK_STORE={tmp_path / 'store.db'}", *settings]
    options = [part for setting in given for part in ("-s", setting)]
    done = scrapy("crawl", "article", "-a", f"url={FERRY}", *options, folder=tmp_path)
    assert done.returncode == status, done.stderr.decode()
    assert said in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr
    assert not ran.exists()


def test_F7_the_planted_pickles_would_run_in_scrapy_itself(tmp_path: Path) -> None:
    """Or else the test above could not fail."""
    ran = planted(tmp_path)
    spider = f"import scrapy\n\n\nclass Plain(scrapy.Spider):\n    name = 'article'\n    start_urls = [{FERRY!r}]\n"
    (tmp_path / "plain.py").write_text(spider, "utf-8")
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "runspider",
        "plain.py",
        "-s",
        "JOBDIR=job",
        "-s",
        "CLOSESPIDER_TIMEOUT=1",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SCRAPY_")}  # no project
    subprocess.run(
        [*command, "-s", "DOWNLOAD_HANDLERS={}"], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert ran.exists()


REACHING = """
import socket
from urllib.request import urlopen

from spiders.article import ArticleSpider


class Reaching(ArticleSpider):
    name = "reaching"

    async def parse(self, response, **_):
        try:
            HOW
        except OSError:
            pass
        async for item in super().parse(response):
            yield item
"""


@local
@pytest.mark.parametrize(
    ("how", "settings"),
    [
        ("urlopen(ADDRESS, timeout=5)", []),
        ("socket.create_connection(PAIR, timeout=5)", []),
        ("pass", ['DOWNLOAD_HANDLERS={"https": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"}']),
    ],
    ids=["urllib", "socket", "another handler"],
)
def test_F8_a_replay_that_opens_a_socket_fails_with_a_sentence(
    tmp_path: Path, site: Site, how: str, settings: list[str]
) -> None:
    site.pages["/"] = (200, {}, b"live")
    code = how.replace("ADDRESS", repr(site.url("/"))).replace("PAIR", repr(("127.0.0.1", site.port)))
    (tmp_path / "reaching.py").write_text(REACHING.replace("HOW", code), "utf-8")
    here = f"https://127.0.0.1:{site.port}/2026/ferry"
    tape = recorded(tmp_path / "tape.yaml", {here: edition()[FERRY], here.replace("2026/ferry", "robots.txt"): ""})
    given = ["SPIDER_MODULES=reaching", f"CASSETTE={tape}", f"COPYDESK_STORE={tmp_path / 'store.db'}", *settings]
    given.append(f"ALLOW_PRIVATE=127.0.0.1:{site.port}")
    options = [part for setting in given for part in ("-s", setting)]
    done = scrapy("crawl", "reaching", "-a", f"url={here}", *options, folder=tmp_path)
    assert done.returncode == 4, (done.stdout.decode(), done.stderr.decode())
    told = f"the replay would have asked the network: a socket was to connect to 127.0.0.1 port {site.port}"
    assert told.encode() in done.stderr
    assert site.asked == []

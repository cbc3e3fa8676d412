"""Nobody is led into a private network: rows F1, F2, B16. The private host is a listener on 127.0.0.2."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.conftest import ROOT, Site
from tests.faults.conftest import Fetch, Fetched, watched
from tests.faults.names import HERE, environment
from tests.misbehaving import Server
from tests.misbehaving.moves import SPELLINGS, spelled
from tests.newsroom import feed, page

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def private() -> Iterator[Server]:
    """The private host, on a port that the names below lead the web's port to."""
    with Server(("127.0.0.2",)) as server:
        yield server


@pytest.fixture
def untouched(private: Server) -> Iterator[Server]:
    """The private host; nobody may come to it during the test."""
    private.reset()
    yield private
    assert private.connections == 0


def led_to(private: Server, server: Server) -> dict[str, str]:
    """A crawl's environment in which every spelling, and a name, leads to the private host."""
    there: list[str | None] = [private.allowed]
    return environment({"127.0.0.2": there, "private.example": there, "news.example": [server.allowed.split(",")[0]]})


DIRECT = [f"{spelled(name, 80)}/{name}" for name in SPELLINGS if name != "user"]  # a path of its own: an address each
BY_REDIRECT = [f"/private/{name}?port=80" for name in SPELLINGS]


@pytest.fixture(scope="module")
def crawled(private: Server, server: Server, fetch: Fetch) -> Fetched:
    """One crawl of all the ways that an address can lead there."""
    private.reset()
    by_name = ["http://private.example/private", f"/redirect?to={quote('http://private.example/private')}"]
    ports = [spelled(name, private.port) for name in ("plain", "decimal", "mapped")]
    meta = ["/meta-refresh?to=http://127.0.0.2/private"]
    addresses = [*DIRECT, *BY_REDIRECT, *by_name, *ports, *meta, "/news/1"]
    return fetch(addresses, env=led_to(private, server), TWISTED_DNS_RESOLVER=HERE)


def test_F1_no_spelling_redirect_name_or_refresh_leads_to_a_private_host(crawled: Fetched, private: Server) -> None:
    assert crawled.outcomes["/news/1"].state == "done", crawled.stderr
    assert private.connections == 0


@pytest.mark.parametrize("address", [*DIRECT, *BY_REDIRECT])
def test_F1_each_is_refused_with_its_reason(crawled: Fetched, address: str) -> None:
    fate = crawled.outcomes[address]
    reason = "carries a user name" if "user" in address else "not a public address"
    assert (fate.state, fate.again) == ("excluded", False)
    assert reason in (fate.reason or "")


def test_F1_a_name_is_refused_for_now_since_it_may_lead_elsewhere_tomorrow(crawled: Fetched) -> None:
    fate = crawled.outcomes["http://private.example/private"]
    assert (fate.state, fate.again) == ("failed", True)
    assert "not a public address" in (fate.reason or "")


def test_F1_nor_do_a_feed_a_sitemap_or_robots_txt(
    site: Site, untouched: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    hosts = ["127.0.0.2", "2130706434", "0x7f.2", "private.paper.example"]
    listed = [
        f"http://{host}/{kind}"
        for host in hosts
        for kind in ("2026/05/the-pier-told-by-a-feed", "2026/05/the-pier-told-by-a-map")
    ]
    locations = "".join(f"<url><loc>{url}</loc></url>" for url in [*listed[1::2], "file:///etc/hostname"])
    site.pages = {
        "/robots.txt": (302, {"Location": "http://127.0.0.2/robots.txt"}, b""),
        "/feed.xml": (200, {}, feed(*listed[::2], "http://paper.example/here", "file:///etc/hostname").encode()),
        "/map.xml": (
            200,
            {},
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'.encode(),
        ),
        "/here": (200, {"Content-Type": "text/html"}, page("the pier", "http://paper.example/here").encode()),
    }
    here, there = f"127.0.0.1:{site.port}", untouched.allowed
    names = environment({"paper.example": [here], "127.0.0.2": [there], "private.paper.example": [there]})
    store = tmp_path_factory.mktemp("paper") / "store.db"
    settings = {"SPIDER_MODULES": "tests.faults.papers", "TWISTED_DNS_RESOLVER": HERE, "ALLOW_PRIVATE": here}
    settings |= {"DOWNLOAD_DELAY": "0", "PATIENCE": "0", "COPYDESK_STORE": str(store)}
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    _, stdout, stderr, _ = watched(["crawl", "paper", *options], names)
    with sqlite3.connect(store) as connection:
        fates = {
            url: (state, reason) for url, state, reason in connection.execute("SELECT url, state, reason FROM url")
        }
    assert fates.pop("http://paper.example/here") == ("done", None), stdout + stderr
    refused = {url: reason or "" for url, (state, reason) in fates.items() if state in ("excluded", "failed")}
    assert {url for url in listed if "not a public address" in refused[url]} == set(listed)
    assert refused["file:///etc/hostname"] == "refused: it is not a web address"
    assert not any(url.startswith("file:") for url in set(refused) - {"file:///etc/hostname"})


LAYERS = [
    ("nothing", "twisted", True),  # what the others keep out does come in without them
    ("resolver", "twisted", False),
    ("backstop", "twisted", False),
    ("nothing", "asyncio", True),
    ("backstop", "asyncio", False),
]


@pytest.mark.parametrize(("layer", "engine", "reached"), LAYERS)
def test_F1_each_line_of_the_guard_holds_alone(private: Server, layer: str, engine: str, *, reached: bool) -> None:
    private.reset()
    command = [sys.executable, "-m", "tests.faults.layers", layer, engine, str(private.port)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    answered = int(done.stdout.split()[-1])
    assert (private.connections >= 8, answered >= 8) == (reached, reached), done.stdout + done.stderr
    assert reached or private.connections == answered == 0


def test_F2_a_name_that_turns_private_between_two_questions_leads_nowhere(
    untouched: Server, server: Server, fetch: Fetch
) -> None:
    here = server.allowed.split(",")[0]
    names = environment({"rebind.example": [here, here, untouched.allowed]})
    urls = [f"http://rebind.example/news/{k}" for k in range(9)]
    got = fetch(urls, env=names, TWISTED_DNS_RESOLVER=HERE)
    states = [got.outcomes[url].state for url in urls]
    assert (states.count("done"), states.count("failed")) == (6, 3), got.stdout
    reasons = {got.outcomes[url].reason or "" for url in urls if got.outcomes[url].state == "failed"}
    assert all("not a public address" in reason for reason in reasons)


def test_B16_a_name_that_does_not_resolve_today_is_asked_for_again(server: Server, fetch: Fetch) -> None:
    url, here = "http://outage.example/news/4", server.allowed.split(",")[0]
    first = fetch([url], env=environment({"outage.example": [None]}), TWISTED_DNS_RESOLVER=HERE)
    fate = first.outcomes[url]
    assert (fate.state, fate.again, fate.attempts) == ("failed", True, 1)
    assert "the host's name cannot be resolved" in (fate.reason or "")
    assert first.status == 10
    with sqlite3.connect(first.store) as connection:  # five minutes later
        connection.execute("UPDATE url SET due = 1")
    names = environment({"outage.example": [here]})
    second = fetch([url], store=first.store, env=names, TWISTED_DNS_RESOLVER=HERE)
    assert (second.outcomes[url].state, second.status) == ("done", 0), second.stdout


def test_F1_the_address_that_answered_is_kept_with_the_page(crawled: Fetched, server: Server) -> None:
    with sqlite3.connect(crawled.store) as connection:
        rows = connection.execute("SELECT server FROM raw WHERE asked = ?", [server.url("/news/1")]).fetchall()
    assert rows == [("127.0.0.1",)]

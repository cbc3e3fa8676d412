"""Secrets planted in a crawl must not be found in what it records, and what it records must still play."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors import Article
from spiders.record import Link, Raw
from spiders.store import Store
from spiders.surfaces.scrubbing import is_secret, scrub_url
from tests.conftest import Crawl, Site
from tests.holdings import finish, raws, records
from tests.reading import HTML, PAGE, local, read

PLANTED = "hunter2-Xq9"


def sends(site: Site, crawl: Crawl, tape: Path, path: str = "/a", **extra: object) -> str:
    """Record a request made so, and return the recording's text."""
    site.pages[path] = (200, HTML, PAGE)
    read(crawl, site.url(path), extra=extra, CASSETTE=str(tape), CASSETTE_MODE="once")
    text = tape.read_text("utf-8")
    assert PAGE.decode() in text  # it was recorded
    return text


@local
@pytest.mark.parametrize(
    "header",
    ["Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key", "x-api-key", "X-CSRF-Token", "X-Auth-Token"],
)
def test_a_header_that_carries_a_secret_is_not_recorded(crawl: Crawl, site: Site, tmp_path: Path, header: str) -> None:
    text = sends(site, crawl, tmp_path / "t.yaml", headers={header: PLANTED, "Accept": "text/kept"})

    assert PLANTED not in text
    assert "text/kept" in text


@local
@pytest.mark.parametrize(
    "body",
    [
        f"user=ann&password={PLANTED}",
        f"log=ann&user_pass={PLANTED}&x=1",
        f'{{"user": "ann", "password": "{PLANTED}"}}',
        f'--B\r\nContent-Disposition: form-data; name="passwd"\r\n\r\n{PLANTED}\r\n--B--\r\n',
    ],
)
def test_a_password_that_is_posted_is_not_recorded(crawl: Crawl, site: Site, tmp_path: Path, body: str) -> None:
    text = sends(site, crawl, tmp_path / "t.yaml", method="POST", body=body)

    assert PLANTED not in text
    assert "REDACTED" in text


@local
@pytest.mark.parametrize("name", ["token", "access_token", "api_key", "key", "X-Amz-Signature", "sig"])
def test_a_secret_in_the_address_is_not_recorded_and_still_plays(
    crawl: Crawl, site: Site, tmp_path: Path, name: str
) -> None:
    path = f"/a?page=2&{name}={PLANTED}&last=1"
    text = sends(site, crawl, tmp_path / "t.yaml", path)
    played = read(crawl, site.url(path), CASSETTE=str(tmp_path / "t.yaml"))

    assert PLANTED not in text
    assert "?page=2&" in text
    assert "&last=1" in text
    assert [i["body"] for i in played.items] == [PAGE]


@local
def test_what_the_site_sets_is_not_recorded(crawl: Crawl, site: Site, tmp_path: Path) -> None:
    moved = f"http://ann:{PLANTED}@127.0.0.1:{site.port}/b?signature={PLANTED}#id_token={PLANTED}"
    headers = {"Location": moved, "Set-Cookie": f"s={PLANTED}", "Link": f"</c?token={PLANTED}>; rel=next"}
    site.pages = {"/a": (302, headers, b"moved"), f"/b?signature={PLANTED}": (200, HTML, PAGE)}
    tape = tmp_path / "t.yaml"
    read(crawl, site.url("/a"), CASSETTE=str(tape), CASSETTE_MODE="once")
    text = tape.read_text("utf-8")

    assert PLANTED not in text
    assert "Set-Cookie" not in text
    assert f"http://127.0.0.1:{site.port}/b?signature=REDACTED#id_token=REDACTED" in text
    assert "</c?token=REDACTED>; rel=next" in text
    assert [i["body"] for i in read(crawl, site.url("/a"), CASSETTE=str(tape)).items] == [PAGE]


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a?page=2&q=key+witness&author=ann",
        "https://news.example/@ann/passport-tokens?id=1#comments",
        "//news.example/a;v=2?a=b=c",
        "https://news.example/?url=https%3A%2F%2Fa%40b",
        "http://[broken?x",
        "",
    ],
)
def test_an_address_without_secrets_stays_as_it_is(url: str) -> None:
    assert scrub_url(url) == url


@pytest.mark.parametrize("name", ["%74oken", "user[password]", "AWSAccessKeyId", "PHPSESSID", "Set-Cookie"])
def test_a_name_says_that_it_is_a_secret(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["author", "keywords", "passenger", "Content-Type", "monkey", "page", "design", ""])
def test_an_innocent_name_is_no_secret(name: str) -> None:
    assert not is_secret(name)


def test_articles_that_differ_in_a_secret_stay_apart_and_are_found_by_either_address(tmp_path: Path) -> None:
    urls = [f"https://news.example/story?key={n}&token={PLANTED}" for n in (1, 2)]
    headers = (("Link", f"</a?token={PLANTED}>"), ("Set-Cookie", PLANTED))
    with Store(tmp_path / "store.db") as store:
        run = store.begin("x", map(Link, urls))
        for lease in store.lease(run, 2):
            body = f"The pier of {lease.url[-20:]}".encode()
            finish(
                store,
                lease,
                Raw(lease.url, 200, headers, body, datetime.now(UTC)),
                (),
                Article(url=lease.url, headline="Pier"),
            )
        kept = records(store)
        assert len(kept) == 2
        for url, record in zip(urls, kept, strict=True):
            assert not any(PLANTED in text for text in (record.address, str(record.article.url)))
            assert [r.address for r in records(store, url)] == [r.address for r in records(store, record.address)]
        (raw,) = raws(store, urls[0])
        assert raw.url == scrub_url(urls[0], marked=True)
        assert raw.headers == (("Link", "</a?token=REDACTED>"),)
        assert [scrub_url(r.address, marked=True) for r in kept] == [r.address for r in kept]

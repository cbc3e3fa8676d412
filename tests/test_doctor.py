"""`scrapy doctor` as a person types it: what is loosened, what is wrong, and the exit status."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

import spiders.verbs.checkup
from extractors.registry import site_files
from spiders.manners.introduction import HINT, user_agent
from spiders.store import Store
from tests.conftest import Command
from tests.newsroom import FERRY, page, shelved

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def doctor(command: Command, path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "COPYDESK_SITES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("spiders.verbs.safety.listening", list)  # of this process, other tests may have left some
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=5_000_000_000))
    return partial(command, "doctor", "-s", f"COPYDESK_STORE={path}")


def found(out: str, state: str) -> list[str]:
    """Return the names of what is in a state."""
    return [line.split(": ")[1] for line in out.splitlines() if line.startswith(f"{state}: ")]


def test_nothing_is_loosened_as_we_ship_it(doctor: Run, path: Path) -> None:
    status, out, err = doctor()
    assert (status, err) == (0, "")
    assert found(out, "fine") == ["settings", "user agent", "scrapy", "vcrpy", "brotli", "disk", "store", "site files"]
    assert f"fine: store: {path} is not there yet: a crawl makes it" in out
    assert "fine: disk: 5.0 GB free where the store is\n" in out
    assert not path.exists()


def test_the_store_is_told_with_its_size_beside_a_crawl(doctor: Run, path: Path) -> None:
    shelved(path, {FERRY: page("the ferry", FERRY)})
    with Store(path):
        status, out, _ = doctor()
    assert status == 0
    (line,) = [line for line in out.splitlines() if line.startswith("fine: store: ")]
    assert f"{path}: schema " in line
    assert line.endswith("1 article, 0 revisions, 1 response, 1 address, 1 run")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("DOWNLOAD_VERIFY_CERTIFICATES=False", "loosened: DOWNLOAD_VERIFY_CERTIFICATES: False (ours: True): "),
        ("ALLOW_PRIVATE=127.0.0.1:8000", "loosened: ALLOW_PRIVATE: 127.0.0.1 port 8000 (ours: none): "),
        ("TELNETCONSOLE_ENABLED=True", "loosened: TELNETCONSOLE_ENABLED: True (ours: False): "),
        ("ROBOTSTXT_OBEY=0", "loosened: ROBOTSTXT_OBEY: "),
        ("HTTPPROXY_ENABLED=1", "loosened: HTTPPROXY_ENABLED: "),
        (
            "RESPECT=tdm",
            "loosened: RESPECT: tdm (ours: robots, tdm): sites are asked for what their robots.txt forbids",
        ),
        (
            "RESPECT=robots,noai",
            "loosened: RESPECT: noai, robots (ours: robots, tdm): articles are stored whose sites ",
        ),
    ],
)
def test_what_is_loosened_is_named_first(doctor: Run, setting: str, told: str) -> None:
    status, out, err = doctor("-s", setting)
    assert status == 4
    assert out.startswith(told)
    assert "nothing is loosened" not in out
    assert err == "scrapy doctor: 1 of 8 checks found something\n"


def test_it_says_who_we_are_and_how_to_be_reached(doctor: Run) -> None:
    assert f"fine: user agent: {user_agent(None)}: {HINT}\n" in doctor()[1]
    assert f"fine: user agent: {user_agent('desk@press.example')}\n" in doctor("-s", "CONTACT=desk@press.example")[1]
    assert "fine: user agent: Gazette/2\n" in doctor("-s", "USER_AGENT=Gazette/2")[1]


def test_more_respect_than_ours_loosens_nothing(doctor: Run) -> None:
    assert doctor("-s", "RESPECT=robots,tdm,noai,ai.txt")[0] == 0


def test_a_proxy_is_told_without_its_password(doctor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://ann:swordfish@proxy.example:3128")
    status, out, _ = doctor()
    assert status == 4
    assert out.startswith("loosened: https_proxy: http://proxy.example:3128 (ours: none): ")
    assert "swordfish" not in out


def test_an_open_port_is_told(doctor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with socket.socket() as open_:
        open_.bind(("127.0.0.1", 0))
        open_.listen()
        status, out, _ = doctor()
        assert status == 4
        assert f"loosened: open port: 127.0.0.1:{open_.getsockname()[1]} " in out


def test_little_room_is_told(doctor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=300_000_000))
    status, out, _ = doctor()
    assert status == 4
    assert out.startswith("wrong: disk: 0.3 GB free where the store is: make room before you crawl\n")


def test_a_library_below_its_floor_is_told(doctor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    old = {"scrapy": "2.14.1", "vcrpy": "9.4.0", "brotli": "1.0.9"}
    monkeypatch.setattr(spiders.verbs.checkup, "version", old.__getitem__)
    status, out, _ = doctor()
    assert status == 4
    assert found(out, "wrong") == ["scrapy", "brotli"]
    assert "wrong: scrapy: 2.14.1 has a known hole: install 2.14.2 or newer\n" in out


def test_a_file_that_is_no_store_is_told(doctor: Run) -> None:
    status, out, _ = doctor("-s", "COPYDESK_STORE=scrapy.cfg")
    assert status == 4
    assert out.startswith("wrong: store: the store scrapy.cfg cannot be ")


def test_site_files_of_a_user_are_counted(doctor: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news_example.py").write_text("from extractors.site import Site\n")
    for folder, status, told in (
        (tmp_path, 0, f"fine: site files: 1 in {tmp_path}"),
        ("nowhere", 4, "is not a folder"),
    ):
        site_files.cache_clear()
        monkeypatch.setenv("COPYDESK_SITES", str(folder))
        ended, out, _ = doctor()
        assert ended == status
        assert told in out
    site_files.cache_clear()


def test_site_files_that_do_what_none_should_are_told(
    doctor: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "news_example.py"
    file.write_text("import socket\n\nprint('it runs')\n")
    site_files.cache_clear()
    monkeypatch.setenv("COPYDESK_SITES", str(tmp_path))
    status, out, _ = doctor()
    site_files.cache_clear()
    assert status == 4
    assert out.startswith(f"wrong: site files: {file}")
    assert "socket" in out.splitlines()[0]
    assert "it runs" not in out


@pytest.mark.parametrize(
    "given",
    [
        *("ALLOW_PRIVATE=everything", "TLS_UNVERIFIED=*", "CONTACT=foo", "RESPECT=robot", "WORKERS=0", "KEEP_RAW=30"),
        "CONCURRENT_REQUESTS_PER_DOMAIN=0",
        *("HOST_BUDGET=none", 'REVISIT={"2h": "soon"}', "CASSETTE_MODE=twice", "DOWNLOAD_DELAY=x", "CONTCAT=x"),
    ],
)
def test_a_setting_that_no_crawl_could_use_is_one_sentence(doctor: Run, given: str) -> None:
    status, out, err = doctor("-s", given)
    assert (status, out) == (4, "")
    assert len(err.splitlines()) == 1
    assert given.partition("=")[0] in err


def test_what_a_spider_loosens_for_itself_is_told_with_its_name(doctor: Run) -> None:
    status, out, _ = doctor("-s", "SPIDER_MODULES=tests.faults.papers")
    assert status == 4
    handlers = "spiders.cassettes.CassetteDownloadHandler"
    assert f"DOWNLOAD_HANDLERS[https] (handlers): tests.faults.papers.OwnSockets (ours: {handlers})" in out
    assert "(paper)" not in out

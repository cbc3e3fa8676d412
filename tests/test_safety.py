"""What is loosened is named, and nothing else."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from scrapy.settings import Settings

from spiders.verbs import safety
from spiders.verbs.safety import Finding, findings, findings_of, listening
from tests.newsroom import Harbour


def given(**changes: object) -> list[Finding]:
    """What is found when the settings are changed as on a command line, where all is text."""
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    for name, value in changes.items():
        settings.set(name, value, priority="cmdline")
    return [f for f in findings(settings) if f.name != "open port"]  # other tests have servers in this process


def test_the_settings_of_the_project_are_as_they_are() -> None:
    assert given() == []


def test_what_is_made_stricter_is_not_named() -> None:
    stricter = {"DOWNLOAD_DELAY": "5", "DOWNLOAD_TIMEOUT": "10", "DOWNLOAD_MAXSIZE": "1000", "REDIRECT_MAX_TIMES": "0"}
    assert given(**stricter, ROBOTSTXT_OBEY="1", COOKIES_ENABLED="False", JOBDIR="") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, "True") for name in ("COOKIES_ENABLED", "TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED")),
        *(
            (name, "True")
            for name in ("METAREFRESH_ENABLED", "RETRY_ENABLED", "HTTPCACHE_ENABLED", "HTTPPROXY_ENABLED")
        ),
        *((name, "0") for name in ("ROBOTSTXT_OBEY", "DOWNLOAD_VERIFY_CERTIFICATES", "MEMUSAGE_ENABLED")),
        *((name, "0") for name in ("DOWNLOAD_FAIL_ON_DATALOSS", "TWISTED_REACTOR_ENABLED")),
        *((name, "0") for name in ("DOWNLOAD_MAXSIZE", "DOWNLOAD_TIMEOUT", "MEMUSAGE_LIMIT_MB", "DEPTH_LIMIT")),
        ("CLOSESPIDER_TIMEOUT_NO_ITEM", "0"),
        ("EXTRACTION_TIMEOUT", "60"),
        ("EXTRACTION_MEMORY_MB", "0"),
        ("MEMUSAGE_CHECK_INTERVAL_SECONDS", "60"),
        ("DOWNLOAD_MAXSIZE", "10485761"),
        ("REDIRECT_MAX_TIMES", "20"),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", "8"),
        ("DOWNLOAD_DELAY", "0.5"),
        ("REFERER_ENABLED", "1"),
        ("TWISTED_DNS_RESOLVER", "scrapy.resolver.CachingThreadedResolver"),
        ("DNS_RESOLVER", "scrapy.resolver.CachingThreadedResolver"),
        ("JOBDIR", "job"),
    ],
)
def test_what_is_loosened_is_named(name: str, value: str) -> None:
    (found,) = given(**{name: value})
    assert (found.name, found.value) == (name, value)
    assert found.ours != value
    assert found.why


def test_every_safety_setting_is_one_that_exists() -> None:
    ours = Settings()
    ours.setmodule("spiders.settings")
    tables = (safety._FLAGS, safety._CAPS, safety._FLOORS, safety._COMPONENTS)
    assert [name for table in tables for name in table if name not in ours] == []


def test_components_that_are_missing_or_strange_are_named() -> None:
    handlers = '{"http": "elsewhere.Handler", "https": "spiders.cassettes.CassetteDownloadHandler", "gopher": "a.B"}'
    assert [(f.name, f.value) for f in given(DOWNLOAD_HANDLERS=handlers)] == [
        ("DOWNLOAD_HANDLERS[gopher]", "a.B"),
        ("DOWNLOAD_HANDLERS[http]", "elsewhere.Handler"),
    ]
    assert "EXTENSIONS[spiders.extensions.sentinel.Sentinel]" in {f.name for f in given(EXTENSIONS="{}")}
    gate = "DOWNLOADER_MIDDLEWARES[spiders.middlewares.gate.UrlGate]"
    assert gate in {f.name for f in given(DOWNLOADER_MIDDLEWARES='{"spiders.middlewares.gate.UrlGate": null}')}


def test_exceptions_and_proxies_are_named_without_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://ann:PLANTED@proxy.example:3128/?token=PLANTED")
    monkeypatch.setenv("no_proxy", "localhost")
    found = given(ALLOW_PRIVATE="127.0.0.1:8000,[::1]:8001")
    assert [(f.name, f.value) for f in found] == [
        ("ALLOW_PRIVATE", "127.0.0.1 port 8000"),
        ("ALLOW_PRIVATE", "::1 port 8001"),
        ("https_proxy", "http://proxy.example:3128/"),
    ]


def test_what_a_spider_loosens_for_itself_is_named() -> None:
    class Loose(Harbour):
        custom_settings = {"ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": 3}

    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.set("DOWNLOAD_TIMEOUT", 300, priority="cmdline")
    assert [f.name for f in findings_of(Loose, settings)] == ["ROBOTSTXT_OBEY"]
    assert findings_of(Harbour, settings) == []


def test_hosts_that_need_no_certificate_are_named() -> None:
    found = given(TLS_UNVERIFIED="a.example, b.example")
    assert [(f.name, f.value) for f in found] == [("TLS_UNVERIFIED", "a.example"), ("TLS_UNVERIFIED", "b.example")]


@pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
def test_open_ports_are_found_in_this_process_and_in_others() -> None:
    before = listening()
    with socket.create_server(("127.0.0.1", 0)) as here:
        open_ = sorted([*before, f"127.0.0.1:{here.getsockname()[1]}"])
        assert listening() == open_
        assert [f.value for f in findings(Settings()) if f.name == "open port"] == open_
        with socket.create_connection(here.getsockname()):  # a connection is no open port
            assert listening() == open_
    assert listening() == before
    code = "import socket; s = socket.create_server(('127.0.0.2', 0)); print(s.getsockname()[1], flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        port = int(other.stdout.readline())
        found = listening(other.pid)
        other.communicate("\n")
    assert found == [f"127.0.0.2:{port}"]

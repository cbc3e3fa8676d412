"""Hosts that cannot prove who they are: row B17."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.faults.conftest import Fetch, Fetched
from tests.misbehaving import Server

pytestmark = pytest.mark.faults

HOST = "127.0.0.1"
NOW = datetime.now(UTC)
Crawl = tuple[Fetched, dict[str, Server]]


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """Servers by what is wrong with their certificates; the authority that the crawl trusts is in the environment."""
    folder = tmp_path_factory.mktemp("certificates")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "trusted.pem"))
    issued = {
        "good": authority.issue_cert(HOST),
        "expired": authority.issue_cert(HOST, not_before=NOW - timedelta(9), not_after=NOW - timedelta(1)),
        "of another host": authority.issue_cert("news.example"),
        "of an unknown authority": trustme.CA().issue_cert(HOST),
    }
    contexts = {"signed by itself": _signed_by_itself(folder / "own.pem")}
    for name, certificate in issued.items():
        contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(contexts[name])
    with ExitStack() as stack:
        yield {name: stack.enter_context(Server((HOST,), tls=context)) for name, context in contexts.items()}


@pytest.fixture(scope="module")
def crawled(hosts: dict[str, Server], fetch: Fetch, tmp_path_factory: pytest.TempPathFactory) -> Fetched:
    trusted = next(tmp_path_factory.getbasetemp().glob("certificates*/trusted.pem"))
    return fetch(
        [server.url("/news/1") for server in hosts.values()],
        env={"SSL_CERT_FILE": str(trusted)},
        ALLOW_PRIVATE=",".join(server.allowed for server in hosts.values()),
    )


def test_B17_a_host_that_proves_itself_is_read(crawled: Fetched, hosts: dict[str, Server]) -> None:
    assert crawled.outcomes[hosts["good"].url("/news/1")].state == "done"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("expired", "the certificate has expired, or nobody whom we know has signed it"),
        ("of another host", "the certificate is for another host"),
        ("of an unknown authority", "the certificate has expired, or nobody whom we know has signed it"),
        ("signed by itself", "the certificate has expired, or nobody whom we know has signed it"),
    ],
)
def test_B17_one_that_cannot_is_asked_for_nothing(
    crawled: Fetched, hosts: dict[str, Server], wrong: str, reason: str
) -> None:
    fate = crawled.outcomes[hosts[wrong].url("/news/1")]
    assert (fate.state, fate.again) == ("failed", True)
    assert reason in (fate.reason or "")
    assert hosts[wrong].asked == []


def test_B17_who_turns_the_check_off_gets_the_page(hosts: dict[str, Server], fetch: Fetch) -> None:
    server = hosts["signed by itself"]
    url = server.url("/news/2")
    got = fetch([url], ALLOW_PRIVATE=server.allowed, DOWNLOAD_VERIFY_CERTIFICATES=False)
    assert got.outcomes[url].state == "done"


def test_B17_a_host_that_is_named_is_believed_and_no_other(tmp_path: Path, fetch: Fetch) -> None:
    with Server((HOST, "127.0.1.9"), tls=_signed_by_itself(tmp_path / "own.pem")) as server:
        urls = [server.url("/news/1", host) for host in server.hosts]
        got = fetch(urls, ALLOW_PRIVATE=server.allowed, TLS_UNVERIFIED="127.0.1.9,news.example")
    assert [got.outcomes[url].state for url in urls] == ["failed", "done"]
    assert {asked.headers["host"] for asked in server.asked} == {f"127.0.1.9:{server.port}"}


def _signed_by_itself(path: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "anybody")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(NOW - timedelta(1)).not_valid_after(NOW + timedelta(9))
    certificate = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context

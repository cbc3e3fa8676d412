"""The guard: which addresses a crawl may go to."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings
from twisted.internet.address import IPv4Address, IPv6Address

from spiders.errors import GuardError
from spiders.network.guard import GuardedResolver, _Sieve, exceptions, name_refusal, refusal, url_refusal

PRIVATE = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "::ffff:0:127.0.0.1",  # translated (SIIT)
    "::5efe:127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "100::1",
    "4000::1",  # given out to nobody
    "3fff::1",
    "fe80::1%eth0",
]
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(address: str) -> None:
    assert "not a public address" in (refusal(ipaddress.ip_address(address)) or "")


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """A private IPv4 address as the host of an address, in a way that something takes for an address."""
    network = ipaddress.IPv4Network(draw(st.sampled_from(["127.0.0.0/8", "10.0.0.0/8", "192.168.0.0/16"])))
    number = int(network[0]) + draw(st.integers(0, network.num_addresses - 1))
    shape = draw(st.sampled_from(["numbers", "mapped", "translated", "compatible", "nat64", "6to4"]))
    if shape != "numbers":
        base = {"mapped": 0xFFFF << 32, "translated": 0xFFFF << 48, "compatible": 0, "nat64": 0x64FF9B << 96}
        inner = number << 80 | 0x2002 << 112 if shape == "6to4" else base[shape] | number
        return f"[{ipaddress.IPv6Address(inner)}]"
    leading = draw(st.integers(0, 3))
    parts = [number >> 24 - 8 * k & 0xFF for k in range(leading)] + [number & (1 << 32 - 8 * leading) - 1]
    formats = st.sampled_from(["{}", "0{:o}", "000{:o}", "0x{:x}", "0X{:X}", "0x000{:x}"])
    text = ".".join(draw(formats).format(part) for part in parts)
    wide = str.maketrans("0123456789.", "".join(map(chr, range(0xFF10, 0xFF1A))) + draw(st.sampled_from("．。｡.")))
    return draw(st.sampled_from([text, text.translate(wide), text + "."]))


@given(spellings(), st.sampled_from(["http", "https"]), st.sampled_from(["", ":80", ":443"]))
def test_no_spelling_of_a_private_address_passes(host: str, scheme: str, port: str) -> None:
    assert "not a public address" in (url_refusal(f"{scheme}://{host}{port}/x") or "")


@pytest.mark.parametrize(
    "pair", ["*", "10.0.0.0/8", "127.0.0.1", "127.0.0.1:*", "127.0.0.1:0", "host.example:80", ":80"]
)
def test_an_exception_that_is_no_pair_is_refused(pair: str) -> None:
    with pytest.raises(GuardError, match="pairs such as"):
        exceptions(Settings({"ALLOW_PRIVATE": ["127.0.0.1:8000", pair]}))


def test_exceptions_can_be_of_both_versions() -> None:
    allowed = exceptions(Settings({"ALLOW_PRIVATE": "127.0.0.1:8000, [::1]:8001"}))
    assert url_refusal("http://127.0.0.1:8000/", allowed) is None
    assert url_refusal("http://[::1]:8001/", allowed) is None
    assert url_refusal("http://[::1]:8000/", allowed)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is None


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1/x", "not a public address"),
        ("http://2130706433/x", "not a public address"),  # decimal
        ("http://0x7f.1/x", "not a public address"),  # hexadecimal and short
        ("http://0177.0.0.1/x", "not a public address"),  # octal
        ("http://127.2/x", "not a public address"),
        ("http://[::ffff:127.0.0.2]/x", "not a public address"),
        ("http://１２７.0.0.1/x", "not a public address"),  # full-width digits
        ("http://127.0.0.1./x", "not a public address"),
        ("file:///etc/hostname", "not a web address"),
        ("data:text/html,x", "not a web address"),
        ("ftp://news.example/x", "not a web address"),
        ("http:///x", "not a web address"),
        ("https://user:pass@news.example/x", "user name"),
        ("https://news.example:6379/x", "port 6379"),
        ("https://news.example:0/x", "port 0"),
        ("https://news.example:99999/x", "cannot be read"),
        ("http://[broken/x", "cannot be read"),
        ("https://news.example/" + "x" * 3000, "longer than"),
    ],
)
def test_the_gate_refuses(url: str, why: str) -> None:
    assert why in (url_refusal(url) or "")


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a",
        "http://news.example:80/a",
        "https://8.8.8.8/",
        "https://1news.example/",
        "http://f5.fm/",
    ],
)
def test_the_gate_lets_the_web_pass(url: str) -> None:
    assert url_refusal(url) is None


def test_an_exception_is_one_address_and_one_port() -> None:
    allowed = exceptions(Settings({"ALLOW_PRIVATE": "127.0.0.1:18123"}))
    assert url_refusal("http://127.0.0.1:18123/x", allowed) is None
    assert url_refusal("http://127.0.0.1:18124/x", allowed)
    assert url_refusal("http://127.0.0.2:18123/x", allowed)


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:
        """Nothing to do."""

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete = True


class Reactor:
    """Stands for a reactor whose name server answers with a public and two private addresses."""

    def __init__(self) -> None:
        self.nameResolver = self

    def resolveHostName(self, receiver: Any, name: str, port: int, *_: Any) -> Any:
        receiver.resolutionBegan(self)
        for host in ("8.8.8.8", "127.0.0.1", "10.0.0.1"):
            receiver.addressResolved(IPv4Address("TCP", host, port))
        receiver.resolutionComplete()
        return self


@pytest.mark.parametrize(("port", "passed"), [(80, ["8.8.8.8"]), (18123, ["8.8.8.8", "10.0.0.1"])])
def test_the_resolver_hands_on_public_addresses_only_also_from_its_cache(port: int, passed: list[str]) -> None:
    class Process:
        settings = Settings({"ALLOW_PRIVATE": ["10.0.0.1:18123"], "DNSCACHE_ENABLED": True, "DNSCACHE_SIZE": 10})

    resolver = GuardedResolver.from_crawler(Process(), Reactor())  # type: ignore[arg-type]
    for _ in range(2):
        receiver = Receiver()
        resolver.resolveHostName(receiver, f"news{port}.example", port)  # type: ignore[arg-type]
        assert (receiver.addresses, receiver.complete) == (passed, True)


@given(st.lists(st.ip_addresses(), max_size=6), st.sampled_from([80, 18123]))
def test_the_resolver_hands_on_what_is_public_or_an_exception_and_nothing_else(
    addresses: list[ipaddress.IPv4Address | ipaddress.IPv6Address], port: int
) -> None:
    allowed = {(address, 18123) for address in addresses[::2]}
    receiver = Receiver()
    sieve = _Sieve(receiver, "news.example", allowed)
    for address in addresses:
        sieve.addressResolved((IPv4Address if address.version == 4 else IPv6Address)("TCP", str(address), port))
    wanted = [str(a) for a in addresses if (a, port) in allowed or refusal(a) is None]
    assert receiver.addresses == wanted
    assert (name_refusal("NEWS.example") is None) == (bool(wanted) or not addresses)

"""What a person has loosened: every setting that keeps a crawl safe and is not as `spiders.settings` has it.

Each may be changed by name; none of it stays hidden. `scrapy doctor` prints what `findings` finds. What the defaults
are, and why, is told in `spiders.settings`; here is what it costs to leave them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Spider
from scrapy.settings import BaseSettings, Settings

from spiders.network.certificates import unverified
from spiders.network.guard import exceptions
from spiders.rights.respect import respected
from spiders.rights.statement import What

# What it costs when the value is another one.
_FLAGS = {
    "ROBOTSTXT_OBEY": "sites are asked for what they have forbidden",
    "COOKIES_ENABLED": "a site can tell our visits together, and shut us out with one bomb of cookies",
    "METAREFRESH_ENABLED": "a page can lead us in circles past the limit of redirects",
    "REFERER_ENABLED": "sites learn our addresses, with the tokens that are in them",
    "RETRY_ENABLED": "a page that fails is asked for again at once, and then counts as lost",
    "DOWNLOAD_FAIL_ON_DATALOSS": "half a page passes for a whole one",
    "DOWNLOAD_VERIFY_CERTIFICATES": "whoever is between us and a site can plant news",
    "TWISTED_DNS_RESOLVER": "names may lead into private networks",
    "TWISTED_REACTOR_ENABLED": "connections are made without the guarded resolver",
    "HTTPPROXY_ENABLED": "a proxy resolves names: only the URL gate guards against private networks",
    "TELNETCONSOLE_ENABLED": "whoever reaches its port runs code",
    "REMOTE_CONTROL_ENABLED": "whoever reaches its port runs code",
    "MEMUSAGE_ENABLED": "nothing ends a crawl that eats all memory",
    "HTTPCACHE_ENABLED": "its files are pickles: whoever writes to them runs code",
    "JOBDIR": "its files are pickles: whoever writes to them runs code, and a kill loses pages",
}
# What it costs when `RESPECT` does not name it.
_RIGHTS = {
    What.ROBOTS: "sites are asked for what their robots.txt forbids",
    What.TDM: "articles are stored whose sites have reserved text and data mining",
}
_OLD_RESOLVER = "DNS_RESOLVER"
# What it costs when the value is larger, or 0 for no limit.
_CAPS = {
    "CONCURRENT_REQUESTS_PER_DOMAIN": "a site is asked for more than one page at a time",
    "REDIRECT_MAX_TIMES": "a page can lead us in longer circles",
    "DEPTH_LIMIT": "a trap of links has no floor",
    "DOWNLOAD_TIMEOUT": "a host that drips holds a crawl for longer",
    "DOWNLOAD_MAXSIZE": "a few bytes can unpack into gigabytes",
    "EXTRACTION_TIMEOUT": "a hostile page holds a worker for longer",
    "EXTRACTION_MEMORY_MB": "a hostile page may take that much memory",
    "MEMUSAGE_LIMIT_MB": "a crawl may take that much memory before it is ended",
    "MEMUSAGE_CHECK_INTERVAL_SECONDS": "the limit of memory is looked at more rarely",
    "CLOSESPIDER_TIMEOUT_NO_ITEM": "a crawl that finds nothing goes on for longer",
}
# What it costs when the value is smaller.
_FLOORS = {"DOWNLOAD_DELAY": "a site is asked more often than it may like"}
# What it costs when a component of ours is missing or elsewhere.
_COMPONENTS = {
    "DOWNLOAD_HANDLERS": "connections are made, or files opened, out of the guard's sight",
    "DOWNLOADER_MIDDLEWARES": "requests pass by a check of ours",
    "SPIDER_MIDDLEWARES": "what a page does passes by a check of ours",
    "EXTENSIONS": "what it does for the safety of a crawl is not done",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something loosened: its name, its value, what it is by default, and what that costs."""

    name: str
    value: str
    ours: str
    why: str


def findings(settings: BaseSettings) -> list[Finding]:
    """Name all that is loosened in the settings and the environment of this process.

    Raises:
        GuardError: `ALLOW_PRIVATE` holds what is not a pair, or `TLS_UNVERIFIED` what is not a host.
        SettingError: `RESPECT` names what there is not.
    """
    ours = Settings()
    ours.setmodule("spiders.settings", priority="project")
    return [*_values(settings, ours), *_components(settings, ours), *_openings(settings)]


def findings_of(spider: type[Spider], settings: BaseSettings) -> list[Finding]:
    """Name what a spider loosens for itself, in its `custom_settings`, beyond what is loosened for all."""
    own = settings.copy()
    spider.update_settings(own)
    for_all = findings(settings)
    return [finding for finding in findings(own) if finding not in for_all]


def listening(pid: int | str = "self") -> list[str]:
    """Return the addresses and ports on which a process waits for others: "127.0.0.1:6023".

    Raises:
        OSError: the process is gone or somebody else's, or the system has no /proc.
    """
    place = Path("/proc") / str(pid)
    own = {link for link in map(_target, (place / "fd").iterdir()) if link}
    ports = []
    for table in ("tcp", "tcp6"):
        for line in (place / "net" / table).read_text("ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in own:
                ports.append(_address(fields[1]))
    return sorted(ports)


def _values(settings: BaseSettings, ours: Settings) -> Iterator[Finding]:
    if settings.getpriority(_OLD_RESOLVER):  # reading it would warn that it is deprecated
        value = str(settings.attributes[_OLD_RESOLVER].value)
        yield Finding(_OLD_RESOLVER, value, "not set", _FLAGS["TWISTED_DNS_RESOLVER"])
    for name, why in _FLAGS.items():
        if _plain(settings, name, ours) != _plain(ours, name, ours):
            yield _finding(name, settings, ours, why)
    obeyed, right = respected(settings), respected(ours)
    for what in sorted(right - obeyed):
        yield Finding("RESPECT", ", ".join(sorted(obeyed)) or "nothing", ", ".join(sorted(right)), _RIGHTS[what])
    for name, why in _CAPS.items():
        given, limit = settings.getfloat(name), ours.getfloat(name)
        if given > limit or (not given and name != "REDIRECT_MAX_TIMES"):  # no redirect at all is stricter
            yield _finding(name, settings, ours, why)
    for name, why in _FLOORS.items():
        if settings.getfloat(name) < ours.getfloat(name):
            yield _finding(name, settings, ours, why)


def _components(settings: BaseSettings, ours: Settings) -> Iterator[Finding]:
    for name, why in _COMPONENTS.items():
        given, right = settings.getdict(name), ours.getdict(name)
        for key in sorted({*right, *(given if name == "DOWNLOAD_HANDLERS" else ())}):
            if given.get(key) != right.get(key):
                yield Finding(f"{name}[{key}]", str(given.get(key)), str(right.get(key)), why)


def _openings(settings: BaseSettings) -> Iterator[Finding]:
    for pair in sorted(exceptions(settings), key=str):
        why = "pages can lead a crawl to this private address"
        yield Finding("ALLOW_PRIVATE", f"{pair[0]} port {pair[1]}", "none", why)
    for host in sorted(unverified(settings)):
        yield Finding(
            "TLS_UNVERIFIED", host.decode("ascii"), "none", "whoever is between us and this site can plant news"
        )
    for scheme, proxy in sorted(getproxies().items()):
        if scheme in ("http", "https"):
            why = "it would resolve names out of the guard's sight; a crawl refuses unless HTTPPROXY_ENABLED is set"
            yield Finding(f"{scheme}_proxy", _without_secrets(proxy), "none", why)
    try:
        ports = listening()
    except OSError:
        yield Finding("open ports", "not known", "none", "this system has no /proc to look into")
    else:
        for port in ports:
            yield Finding("open port", port, "none", "somebody else may connect to this process")


def _finding(name: str, settings: BaseSettings, ours: Settings, why: str) -> Finding:
    value, right = settings.get(name), ours.get(name)
    if isinstance(right, Mapping):
        return Finding(name, str(settings.getdict(name)), str(dict(right)), why)
    return Finding(name, str(value), str(right), why)


def _plain(settings: BaseSettings, name: str, ours: Settings) -> Any:
    """Return a value as Scrapy takes it: "False" and 0 of the command line are False where ours is a bool."""
    value = settings.get(name)
    if isinstance(ours.get(name), bool):
        return settings.getbool(name)
    return settings.getdict(name) if isinstance(ours.get(name), Mapping) else value or None


def _without_secrets(proxy: str) -> str:
    parts = urlsplit(proxy if "://" in proxy else f"//{proxy}")
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # it was closed in between
        return ""


def _address(field: str) -> str:
    """Read "0100007F:1F90" of the kernel's tables, in which each word has the byte order of the machine."""
    host, _, port = field.partition(":")
    words = [int(host[at : at + 8], 16).to_bytes(4, "little") for at in range(0, len(host), 8)]
    ip = ipaddress.ip_address(b"".join(words))
    return f"[{ip}]:{int(port, 16)}" if ip.version == 6 else f"{ip}:{int(port, 16)}"

"""What a host answers: pages, listings, robots.txt, and what was planted. No network here, and no clock but the one given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from urllib.parse import urlsplit

from tests.simulated import blocks, listings
from tests.simulated.clock import Clock, moment
from tests.simulated.faults import FEEDS, MANNERS, TRAPS, End, Fault
from tests.simulated.hosts import ROUND, Host
from tests.simulated.markups import amp, article, charset, encoded, hash_of
from tests.simulated.stories import Story

BUSY = 40  # seconds that a busy host asks to be left alone for
STORM = 40.0  # seconds of its time for which a storm lasts, from the first request that meets it
_TEXT, _XML = "text/plain; charset=utf-8", "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answers, and how: whole, "cut", "reset", or "hang"."""

    status: int
    body: bytes
    kind: str
    headers: tuple[str, ...] = ()
    way: str = "whole"
    held: float = 0.0  # seconds of its time for which it wants to be left alone
    validated: bool = True  # it carries what tells whether it has changed


@dataclass
class Site:
    """One host at work; it counts what it was asked for."""

    host: Host
    clock: Clock
    asked: Counter[str] = field(default_factory=Counter)
    storm: float | None = None  # when it ends
    told: dict[int, float] = field(default_factory=dict)  # by the number of a story: when its page was given first

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """Answer a request for a path, with its query."""
        self.asked[path] += 1
        at = self.clock.published() - self.host.day.timestamp()
        answer = self._answer(path, at)
        return (
            self._conditional(answer, headers, self._changed(path, at))
            if answer.status == 200 and answer.validated
            else answer
        )

    def _answer(self, path: str, at: float) -> Answer:
        host, parts = self.host, urlsplit(path)
        if parts.path == "/robots.txt":
            return self._robots(at)
        if host.manners is MANNERS["storm"] and at >= ROUND and self._storms():
            return Answer(503, b"the desk is under water", _TEXT)
        if story := self._story(path):
            return self._of_story(story, parts.query, at) if story.published <= at else self._missing(404)
        if host.feed and parts.path == listings.FEED_PATHS[host.feed]:
            kind = "text/html; charset=utf-8" if host.feeds is FEEDS["feed-html"] else listings.FEED_KINDS[host.feed]
            return Answer(200, listings.feed(host, at), kind)
        if host.sitemap and parts.path == listings.NEWS_SITEMAP:
            return Answer(200, listings.news_sitemap(host, at), _XML)
        if host.trap is TRAPS["sitemaps"] and parts.path.startswith("/sitemap-index"):
            return Answer(200, listings.growing_index(host, parts.path), _XML)
        return self._other_page(parts.path, at)

    def _storms(self) -> bool:
        """Say whether the storm is on; the first request that asks brings it."""
        self.storm = self.storm or self.clock.now() + STORM
        return self.clock.now() < self.storm

    def _other_page(self, path: str, at: float) -> Answer:
        """Answer with what is no story: the front page, a section, a page of a trap, or that there is nothing."""
        host, parts = self.host, path.strip("/").split("/")
        if path == "/":
            return self._page(listings.front(host, at, self.asked[path]))
        if parts[0] in {story.section for story in host.stories} and len(parts) == 1:
            return self._page(listings.section(host, at, parts[0]))
        if parts[0] == "calendar" and host.trap is TRAPS["calendar"] and parts[1].lstrip("-").isdigit():
            return self._page(listings.calendar(host, int(parts[1])))
        if parts[0] == "login":
            return self._page(blocks.login(host))
        return self._missing(404)

    def _story(self, path: str) -> Story | None:
        """Return the story that an address leads to, in whatever edition of it."""
        bare = path.partition("?")[0]
        if bare == "/story.php":
            number = path.partition("?id=")[2].partition("&")[0]
            return next((s for s in self.host.stories if str(s.number) == number), None)
        return self.host.at_path.get(bare) or self.host.at_path.get(f"{bare}/")

    def _of_story(self, story: Story, query: str, at: float) -> Answer:
        fault = self.host.planted.get(story.number)
        if fault and (planted := _PLANTED.get(fault.name)) and self._happens(fault, story, at):
            return replace(planted(self, story, at), validated=False)
        self.told.setdefault(story.number, at)
        if "amp=1" in query:
            return Answer(200, amp(self.host, story, at), "text/html; charset=utf-8")
        return Answer(200, article(self.host, story, at), self._kind)

    def _happens(self, fault: Fault, story: Story, at: float) -> bool:
        """Say whether what was planted on a story happens: for ever, once its page has been given, or at first only."""
        tries = sum(n for path, n in self.asked.items() if self._story(path) is story)
        given = self.told.get(story.number, at) < at
        return {End.NAMED: True, End.KEPT: given}.get(fault.end, tries <= _TIMES.get(fault.name, 1))

    def _robots(self, at: float) -> Answer:
        host = self.host
        if host.manners is MANNERS["robots-503"] and at < ROUND:
            return Answer(503, b"busy", _TEXT)
        lines = ["User-agent: *", "Disallow: /members/"]
        if host.manners is MANNERS["crawl-delay"]:  # a crawl waits by our time, whatever the clock of its store
            lines.append(f"Crawl-delay: {host.pause / self.clock.speed:g}")
        if host.sitemap:
            lines.append(f"Sitemap: {host.base}{listings.NEWS_SITEMAP}")
        if host.trap is TRAPS["sitemaps"]:
            lines.append(f"Sitemap: {host.base}{listings.INDEX}")
        return Answer(200, "\n".join(lines).encode() + b"\n", _TEXT)

    def _conditional(self, answer: Answer, headers: dict[str, str], changed: float) -> Answer:
        """Put on what tells whether a page has changed; answer 304 where it has not."""
        mine, lines = self.host.validators, list(answer.headers)
        tag = f'"{hash_of(len(answer.body), answer.body.decode("latin-1"))}"'
        if mine in ("etag", "both"):
            lines.append(f"ETag: {tag}")
            if headers.get("if-none-match") == tag:
                return Answer(304, b"", "", tuple(lines))
        if mine == "date":
            date = format_datetime(moment(self.host.day.timestamp() + changed), usegmt=True)
            lines.append(f"Last-Modified: {date}")
            if headers.get("if-modified-since") == date:
                return Answer(304, b"", "", tuple(lines))
        return Answer(200, answer.body, answer.kind, tuple(lines), answer.way)

    def _changed(self, path: str, at: float) -> float:
        """Return when a page was changed last: a story's own, or anything that a listing lists."""
        story = self._story(path)
        return max(
            (s.revised if s.is_revised(at) else s.published) or 0.0 for s in ([story] if story else self.host.told(at))
        )

    def _page(self, page: str, status: int = 200) -> Answer:
        return Answer(status, encoded(self.host, page), self._kind)

    def _missing(self, status: int) -> Answer:
        return self._page(blocks.missing(self.host), status)

    @property
    def _kind(self) -> str:
        return f"text/html; charset={charset(self.host)}"


def _busy(site: Site, story: Story, at: float) -> Answer:
    return Answer(429, b"slower, please", _TEXT, (f"Retry-After: {BUSY}",), held=BUSY)


def _busy_until(site: Site, story: Story, at: float) -> Answer:
    date = format_datetime(moment(site.clock.now() + BUSY), usegmt=True)
    return Answer(503, b"back soon", _TEXT, (f"Retry-After: {date}",), held=BUSY - 1.0)


def _absurd(site: Site, story: Story, at: float) -> Answer:
    told = ("99999999999", "-7", "tomorrow")[story.number % 3]
    return Answer(429, b"slower, please", _TEXT, (f"Retry-After: {told}",), held=3600.0 if told[0] == "9" else 0.0)


def _reserved(site: Site, story: Story, at: float) -> Answer:
    page = article(site.host, story, at, head='<meta name="tdm-reservation" content="1">')
    return Answer(200, page, site._kind, ("tdm-reservation: 1",))


def _moved(to: Callable[[Site, Story], str]) -> Callable[[Site, Story, float], Answer]:
    return lambda site, story, at: Answer(302, b"", _TEXT, (f"Location: {to(site, story)}",))


_PLANTED: dict[str, Callable[[Site, Story, float], Answer]] = {
    "busy": _busy,
    "busy-date": _busy_until,
    "absurd": _absurd,
    "gone": lambda site, story, at: site._missing(404),
    "wall": lambda site, story, at: Answer(403, blocks.challenge(site.host).encode(), "text/html; charset=utf-8"),
    "worse": lambda site, story, at: Answer(200, blocks.challenge(site.host).encode(), "text/html; charset=utf-8"),
    "broken": lambda site, story, at: Answer(500, b"a page of errors", _TEXT),
    "reset": lambda site, story, at: Answer(200, b"", _TEXT, way="reset"),
    "cut": lambda site, story, at: Answer(200, article(site.host, story, at), site._kind, way="cut"),
    "hang": lambda site, story, at: Answer(200, b"", _TEXT, way="hang"),
    "consent": lambda site, story, at: site._page(blocks.consent(site.host)),
    "script": lambda site, story, at: site._page(blocks.script(site.host)),
    "soft404": lambda site, story, at: site._missing(200),
    "login": lambda site, story, at: site._page(blocks.login(site.host)),
    "loop": _moved(lambda site, story: site.host.path(story)),
    "away": _moved(lambda site, story: "https://elsewhere.example/consent"),
    "reserved": _reserved,
}
_TIMES = {"busy": 1, "busy-date": 1, "absurd": 1, "reset": 2, "cut": 1}  # how often it happens to who asks

"""Cassettes: recorded answers that a crawl plays instead of asking the network, and how they come to be recorded.

A cassette is an ordinary file of vcrpy, and vcrpy does the work: record modes, matching, filters, reading. What is
here puts it under Scrapy, whose own download handlers vcrpy cannot patch:

- `Recording` is one open cassette: a file, or a folder that counts as the union of its `*.yaml` files.
- `Deck` (an extension) opens the recording before the crawl starts, so that a broken one ends it with a sentence.
- `CassetteDownloadHandler` plays from it, records to it, or hands on to Scrapy's own handler when there is none.

    -s CASSETTE=PATH         play from this file or folder
    -s CASSETTE_MODE=MODE    none (the default): play only, and never go live, not even for a path mistyped;
                             once: record if there is nothing yet; new_episodes: add what is missing; all: record anew

A folder is recorded to as one new file in it, named after the moment. Tests hand over the cassette of
pytest-recording's `vcr` fixture in `IN_FORCE`. What is scrubbed is told in `redaction`; files in `tapes`; the words of
vcrpy in `translation`.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.misc import build_from_crawler, load_object
from vcr import VCR
from vcr import request as vcr_request
from vcr.cassette import Cassette
from vcr.errors import UnhandledHTTPRequestError
from vcr.patch import PATCHER_NAMES
from vcr.record_mode import RecordMode

from spiders.errors import CassetteError
from spiders.network.download import LiveDownloadHandler
from spiders.recordings.redaction import scrub_request, scrub_response
from spiders.recordings.tapes import Tapes
from spiders.recordings.translation import answered, asked, response_of
from spiders.surfaces.scrubbing import scrub_url

# vcrpy writes a line for every comparison and whole pages at "info"; its warnings are worth having
logging.getLogger("vcr").setLevel(logging.WARNING)

MODES = ("none", "once", "new_episodes", "all")
SIDE_FILES = frozenset({"/robots.txt", "/.well-known/tdmrep.json", "/tdmrep.json", "/ai.txt"})  # 404 when not recorded
ENCODINGS = "gzip, deflate, br"  # what vcrpy can decode, so that a recording is readable

VCR_OPTIONS: dict[str, Any] = {
    "match_on": ("method", "uri"),
    "decode_compressed_response": True,
    "before_record_request": scrub_request,
    "before_record_response": scrub_response,
    "skip_patchers": PATCHER_NAMES,  # the handler below is the only one that plays
}

IN_FORCE: ContextVar[Recording | None] = ContextVar("IN_FORCE", default=None)


class Recording:
    """One open cassette, and which requests it lacked."""

    def __init__(self, cassette: Cassette, path: str) -> None:
        self.path = path
        self.missing: list[str] = []
        self._cassette = cassette
        self._recorded: set[tuple[str, str]] = set()

    @classmethod
    def open(cls, path: str | Path, mode: str = "none") -> Self:
        """Open the cassette at `path`, a file or a folder, for one crawl.

        Raises:
            CassetteError: the mode is unknown, there is nothing to play, or a file is not a cassette.
        """
        tapes = Tapes(Path(path), known(mode))
        config = VCR(**VCR_OPTIONS, record_mode=mode).get_merged_config()
        options = {k: v for k, v in config.items() if k not in ("path_transformer", "func_path_generator")}
        options.pop("record_on_exception")
        return cls(Cassette.load(**options | {"path": str(path), "persister": tapes}), str(path))

    @property
    def replay_only(self) -> bool:
        """Whether what is not in the recording stays unanswered."""
        return bool(self._cassette.write_protected)

    def play(self, request: vcr_request.Request) -> dict[str, Any] | None:
        """Return the recorded response, in vcrpy's form, or None.

        Asked again for the same address, it gives the next one recorded for it, and the last one again after that. What
        was recorded in this very crawl is not played: a retry is meant to reach the site.
        """
        if self._cassette.can_play_response_for(request):
            return self._cassette.play_response(request)  # type: ignore[no-any-return]
        if self._cassette.record_mode == RecordMode.ALL or _key(request) in self._recorded:
            return None
        try:
            return self._cassette.responses_of(request)[-1]  # type: ignore[no-any-return]
        except UnhandledHTTPRequestError:
            return None

    def record(self, request: vcr_request.Request, response: dict[str, Any]) -> None:
        """Add a response, to the file too, now: a crawl that is killed has no end to write at.

        Raises:
            CassetteError: the file cannot be written.
        """
        self._cassette.append(request, response)
        self._cassette.play_counts[len(self._cassette) - 1] += 1
        self._recorded.add(_key(request))
        self._cassette._save()  # vcrpy itself saves only when its context ends

    def lacks(self, url: str) -> CassetteError:
        """Note a request that is not in the recording and return the error that says so."""
        address = scrub_url(url)
        self.missing.append(address)
        return CassetteError(f"{address} is not in the recording {self.path}")


def known(mode: str) -> str:
    """Return what `CASSETTE_MODE` names.

    Raises:
        CassetteError: there is no such mode.
    """
    if mode not in MODES:
        raise CassetteError(f"CASSETTE_MODE is {mode!r}; it can be {', '.join(MODES)}")
    return mode


def from_settings(settings: BaseSettings) -> Recording | None:
    """Open the recording that `CASSETTE` names, or return None when it names none.

    Raises:
        CassetteError: it cannot be opened; the message names the path and says what is wrong.
    """
    path = settings.get("CASSETTE")
    return Recording.open(path, settings.get("CASSETTE_MODE") or "none") if path else None


class Deck:
    """Extension: the recording of one crawl, or None for a crawl of the live site."""

    def __init__(self, recording: Recording | None) -> None:
        self.recording = recording

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the recording that the settings name; tests hand theirs over in `IN_FORCE`."""
        recording = from_settings(crawler.settings) or IN_FORCE.get()
        if recording and recording.replay_only:
            crawler.settings.set("DOWNLOAD_DELAY", 0, priority="cmdline")  # nobody is there to be polite to
        return cls(recording)


def recording_of(crawler: Crawler) -> Recording | None:
    """Return the recording of a crawl; None for one of the live site."""
    deck = crawler.get_extension(Deck)
    return deck.recording if deck else None


def replays(crawler: Crawler) -> bool:
    """Say whether a crawl plays a recording and asks nobody."""
    recording = recording_of(crawler)
    return recording is not None and recording.replay_only


class CassetteDownloadHandler(BaseDownloadHandler):
    """Answers requests from the crawl's recording; without one, from Scrapy's own handler."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        deck = crawler.get_extension(Deck)
        if deck is None:  # going live unasked would be worse than not going at all
            raise NotConfigured("the settings name no spiders.cassettes.Deck among EXTENSIONS")
        self._recording = deck.recording
        self._decoder = HttpCompressionMiddleware(crawler=crawler)
        self._live: BaseDownloadHandler | None = None

    async def download_request(self, request: Request) -> Response:
        """Play the request, or download it and record the answer.

        Raises:
            CassetteError: the recording is only played and does not have it, or it cannot be written.
        """
        recording = self._recording
        if recording is None:
            return await self._download(request)
        if (played := recording.play(asked(request))) is not None:
            return response_of(request, played)
        if recording.replay_only:
            return self._missing(request, recording)
        request.headers["Accept-Encoding"] = ENCODINGS
        response = self._decoder.process_response(request, await self._download(request))
        assert isinstance(response, Response)  # a decoder makes no requests
        recording.record(asked(request), answered(request, response))
        return response

    async def close(self) -> None:
        """Close Scrapy's own handler, where there was need of it."""
        if self._live is not None:
            await self._live.close()

    async def _download(self, request: Request) -> Response:
        if self._live is None:
            self._live = build_from_crawler(self._live_kind(request), self.crawler)
        return await self._live.download_request(request)

    def _live_kind(self, request: Request) -> type[BaseDownloadHandler]:
        settings = self.crawler.settings
        if settings.getbool("TWISTED_REACTOR_ENABLED"):
            return LiveDownloadHandler
        kind: type[BaseDownloadHandler] = load_object(settings["DOWNLOAD_HANDLERS_BASE"][urlsplit(request.url).scheme])
        return kind

    def _missing(self, request: Request, recording: Recording) -> Response:
        if urlsplit(request.url).path in SIDE_FILES:
            return Response(request.url, status=HTTPStatus.NOT_FOUND)
        error = recording.lacks(request.url)
        self.crawler.stats.inc_value("cassette/missing")
        self.crawler.stats.set_value("cassette/missing_urls", list(recording.missing))
        raise error


def _key(request: vcr_request.Request) -> tuple[str, str]:
    return request.method, request.uri

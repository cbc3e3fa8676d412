"""A spider that only reads what it is handed, and cassettes written by hand, for the tests around recordings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from scrapy import Request, Spider
from scrapy.http import Response

from tests.conftest import Crawl, Crawled

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = "<p>The harbour opened on Tuesday — שלום.</p>".encode()

local = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])


class Reader(Spider):
    """Gives one item for each address that it is handed; `errors` for those that fail."""

    name = "reader"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every address, in order, also twice."""
        for url in self.urls:  # type: ignore[attr-defined]
            yield Request(url, errback=self.failed, dont_filter=True, **getattr(self, "extra", {}))

    def parse(self, response: Response, **_: Any) -> Any:
        """Say what came."""
        yield {"url": response.url, "status": response.status, "body": response.body, "headers": response.headers}

    def failed(self, failure: Any) -> Any:
        """Say what went wrong."""
        yield {"error": failure.value}


def read(crawl: Crawl, *urls: str, extra: dict[str, Any] | None = None, **settings: Any) -> Crawled:
    """Crawl these addresses, one after the other; `extra` goes into each request."""
    return crawl(Reader, {"CONCURRENT_REQUESTS": 1, **settings}, project=False, urls=urls, extra=extra or {})


def cassette(path: Path, answers: dict[str, Any]) -> Path:
    """Write an ordinary cassette: address -> body, or a whole response."""
    plain = {"status": {"code": 200, "message": "OK"}, "headers": {"Content-Type": ["text/html"]}}
    interactions: list[dict[str, Any]] = [
        {
            "request": {"method": "GET", "uri": uri, "body": None, "headers": {}},
            "response": answer if isinstance(answer, dict) else {**plain, "body": {"string": answer}},
        }
        for uri, answer in answers.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"version": 1, "interactions": interactions}), "utf-8")
    return path


def response(body: bytes, **headers: str) -> dict[str, Any]:
    """Return a response in vcrpy's form."""
    return {
        "status": {"code": 200, "message": "OK"},
        "headers": {k: [v] for k, v in headers.items()},
        "body": {"string": body},
    }

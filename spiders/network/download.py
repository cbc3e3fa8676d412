"""The download handler for live sites: Scrapy's own, with bounds, and with an eye for answers that are not whole.

- Headers beyond 64 KiB or 200 fields end the connection while they come, and so does a length that is told twice.
- A body is unpacked here and not in Scrapy's middleware, which takes a stream that breaks off for a whole one.
- A body without a length and without an end in sight is fetched a second time.
- What Twisted says of a failure is put into a sentence.

Time is bounded by DOWNLOAD_TIMEOUT, from the name lookup to the last byte; sizes by DOWNLOAD_MAXSIZE, or by
`download_maxsize` in a request's meta, both packed and unpacked.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadFailedError
from scrapy.http import Response
from scrapy.responsetypes import responsetypes
from service_identity import VerificationError
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HTTP11ClientProtocol
from twisted.web._newclient import Request as TxRequest
from twisted.web.iweb import IResponse

from spiders.network.answers import BrokenAnswerError, RefusedAnswerError, agree, codings_of, decoded, ends, too_large
from spiders.network.certificates import Trust, unverified
from spiders.network.guard import NameRefusedError, name_refusal

_OPENSSL = {"certificate verify failed": "the certificate has expired, or nobody whom we know has signed it"}
MAX_HEADER_BYTES = 64 * 1024
MAX_HEADER_FIELDS = 200
_PIECE = 1 << 18  # bytes that are taken from a connection in one go: a page in one or two, each of which is dealt with
IDLE = 5  # seconds that a connection is kept for the next page; a list of a thousand hosts would use up all files else


class LiveDownloadHandler(HTTP11DownloadHandler):
    """Asks the site, and hands on only answers that are whole and not too much."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Its warnings (too large, cut) are errors here, and become the reason of an outcome. Not done on import:
        # configuring the log, which a crawl does later, resets the level.
        logging.getLogger("scrapy.core.downloader.handlers.http11").setLevel(logging.ERROR)
        self._pool._factory = _Factory
        self._pool.cachedConnectionTimeout = IDLE
        trust: Any = Trust(self._contextFactory, unverified(crawler.settings))  # zope tells mypy nothing
        self._contextFactory = trust
        # Unpacking to the limit takes longer than the event loop may stand still; one at a time needs memory for one.
        self._unpacker = ThreadPoolExecutor(1, "unpacker")

    async def download_request(self, request: Request) -> Response:
        """Fetch an answer and unpack it; fetch it a second time where nothing tells that it is whole.

        Raises:
            BrokenAnswerError: it is not whole, also the second time.
            RefusedAnswerError: it is more than we take.
        """
        response, whole = await self._fetched(request)
        if whole:
            return response
        again, whole = await self._fetched(request)
        if whole or agree(response.body, again.body):
            return again
        raise BrokenAnswerError("the answer tells no length, breaks off, and broke off elsewhere the second time")

    async def _fetched(self, request: Request) -> tuple[Response, bool]:
        """Fetch an answer; say whether it is known to be whole."""
        limit = request.meta.get("download_maxsize", self._default_maxsize)
        try:
            response = await super().download_request(request)
        except DownloadCancelledError as error:
            raise too_large(limit) from error
        except DownloadFailedError as error:
            raise _told(error) from error
        except CannotResolveHostError as error:
            if why := name_refusal(urlsplit(request.url).hostname or ""):
                raise NameRefusedError(why) from error
            raise
        if response.status == 206:
            raise BrokenAnswerError("the answer is a part (HTTP 206) of what was asked for")
        body = await self._unpacked(response, limit)
        if body is None:
            whole = "partial" not in response.flags or response.status != 200 or ends(response.body)
            return _plain(response, response.body), whole
        return _plain(response, body), True

    async def _unpacked(self, response: Response, limit: int) -> bytes | None:
        """Undo the content codings of an answer; None where it has none."""
        if not (codings := codings_of(response.headers.getlist("Content-Encoding"))):
            return None
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._unpacker, decoded, response.body, codings, limit)
        except (BrokenAnswerError, RefusedAnswerError):
            if response.status < 300:
                raise
            return b""  # of a redirect or an error, the status is all that anybody reads

    async def close(self) -> None:
        """Close the connections."""
        self._unpacker.shutdown(wait=False, cancel_futures=True)
        await super().close()


class _Parser(_LenientHTTPClientParser):
    """Scrapy's parser of responses, which ends with an error where there is more than anybody needs.

    An object of the parent's class is made one of this; what it counts with are attributes of the class till then.
    """

    MAX_LENGTH = MAX_HEADER_BYTES
    _taken = 0
    _fields = 0

    def lineReceived(self, line: bytes) -> None:
        """Count the line; interim (1xx) answers do not begin the count anew."""
        self._taken += len(line) + 1
        self._fields += 1
        if self._taken > MAX_HEADER_BYTES:
            raise _too_long()
        if self._fields > MAX_HEADER_FIELDS + 2:  # the status line and the empty one
            raise RefusedAnswerError(f"the answer has more than {MAX_HEADER_FIELDS} headers")
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        """End with an error that says why."""
        raise _too_long()

    def allHeadersReceived(self) -> None:
        """Refuse an answer whose length is told in two ways: the next answer may be hidden in it."""
        lengths = self.connHeaders.getRawHeaders(b"Content-Length", ())
        if lengths and self.connHeaders.hasHeader(b"Transfer-Encoding"):
            raise RefusedAnswerError("the answer tells a length and comes in chunks")
        try:
            super().allHeadersReceived()  # type: ignore[no-untyped-call]
        except ValueError as error:
            raise RefusedAnswerError("the answer's Content-Length is not one number") from error


class _Protocol(_LenientHTTP11ClientProtocol):
    """Scrapy's protocol with the parser above."""

    def connectionMade(self) -> None:
        """Take more at a time than Twisted does."""
        super().connectionMade()
        assert self.transport is not None  # it has just been made
        self.transport.bufferSize = _PIECE

    def request(self, request: TxRequest) -> Deferred[IResponse]:
        response = super().request(request)
        assert self._parser is not None  # the parent says why
        self._parser.__class__ = _Parser
        return response


class _Factory(_LenientHTTP11ClientFactory):
    """Makes connections that speak the protocol above."""

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


def _too_long() -> RefusedAnswerError:
    return RefusedAnswerError(f"the answer's headers are longer than {MAX_HEADER_BYTES // 1024} KiB")


def _plain(response: Response, body: bytes) -> Response:
    """Return an answer with the body in the place of the packed one."""
    if "Content-Encoding" not in response.headers:
        return response
    headers = response.headers.copy()
    del headers["Content-Encoding"]
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return response.replace(cls=kind, headers=headers, body=body)


def _told(error: DownloadFailedError) -> Exception:
    """Say in a sentence what Twisted packs into a failure that holds failures."""
    for failure in getattr(error.__cause__, "reasons", ()):
        match failure.value:
            case RefusedAnswerError() as refused:
                return refused
            case SSL.Error() as broken:
                return BrokenAnswerError(f"the connection cannot be made safe: {_openssl(broken)}")
            case VerificationError():
                return BrokenAnswerError("the connection cannot be made safe: the certificate is for another host")
            case ConnectionLost():
                return BrokenAnswerError("the connection was reset")
            case ConnectionDone():
                return BrokenAnswerError("the connection was closed before an answer had come")
    return BrokenAnswerError("the answer is not HTTP")


def _openssl(error: SSL.Error) -> str:
    parts = [str(text) for entry in error.args[:1] for reasons in entry for text in reasons[-1:]]
    return _OPENSSL.get(parts[0], parts[0]) if parts else "the other side broke off"

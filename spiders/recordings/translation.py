"""Requests and answers of Scrapy in the words of vcrpy, and back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from vcr import request as vcr_request


def asked(request: Request) -> vcr_request.Request:
    """Return a request of Scrapy in vcrpy's words."""
    headers = {k.decode("latin-1"): b", ".join(v).decode("latin-1") for k, v in request.headers.items()}
    return vcr_request.Request(request.method, urldefrag(request.url).url, request.body or None, headers)


def answered(request: Request, response: Response) -> dict[str, Any]:
    """Return a decoded response of Scrapy in vcrpy's words; its length is that of the body as it is stored."""
    headers = {k.decode("latin-1"): [v.decode("latin-1") for v in vs] for k, vs in response.headers.items()}
    headers.pop("Transfer-Encoding", None)
    if "Content-Length" in headers and request.method != "HEAD":
        headers["Content-Length"] = [str(len(response.body))]
    try:
        message = HTTPStatus(response.status).phrase
    except ValueError:  # some sites number their answers themselves
        message = ""
    status = {"code": response.status, "message": message}
    return {"status": status, "headers": headers, "body": {"string": response.body}}


def response_of(request: Request, played: dict[str, Any]) -> Response:
    """Return a recorded response in Scrapy's words."""
    headers = Headers()
    for name, values in played["headers"].items():
        for value in [values] if isinstance(values, str | bytes) else values:
            headers.appendlist(name, _bytes(value, "latin-1"))
    body = _bytes(played["body"]["string"] or b"", "utf-8")
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    return kind(request.url, status=played["status"]["code"], headers=headers, body=body)


def _bytes(value: str | bytes, encoding: str) -> bytes:
    """Encode text; a header typed into a cassette by hand may hold letters that Latin-1 lacks."""
    if isinstance(value, bytes):
        return value
    try:
        return value.encode(encoding)
    except UnicodeEncodeError:
        return value.encode("utf-8")

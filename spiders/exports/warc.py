"""WARC: the raw responses, for archives. Reading one is `archives`."""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from datetime import UTC
from http import HTTPStatus
from typing import BinaryIO

from fastwarc.stream_io import GzipWriter, ZstdWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from spiders.edition import VERSION
from spiders.store import StoredRaw
from spiders.surfaces.scrubbing import scrub_headers, scrub_url

_PACKERS = {"gz": GzipWriter, "zst": ZstdWriter}
_ABOUT = {
    "software": f"Copydesk/{VERSION}",
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
}
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BREAK = re.compile(r"[\x00-\x20\x7f]+")
_WIRE = {"content-length", "transfer-encoding", "connection", "keep-alive"}  # of the transfer, which is over
_SIGNS = (  # how a body begins that is what its first bytes say
    (re.compile(rb"\s*+(?:\xef\xbb\xbf\s*+)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE), "text/html"),
    (re.compile(rb"\s*+(?:\xef\xbb\xbf\s*+)?<(?:\?xml|rss|feed|rdf:RDF|urlset|sitemapindex)\b"), "application/xml"),
    (re.compile(rb"%PDF-"), "application/pdf"),
)


class Warc:
    """Writes WARC 1.1, each record packed by itself (`packing` is "gz" or "zst"), behind one that says who wrote it.

    A record is a response: the body as the store has it (what was packed in transfer is unpacked), its digests, the
    headers without cookies and other secrets, and a type told from its first bytes. The same response always has the
    same record identifier.
    """

    def __init__(self, stream: BinaryIO, packing: str) -> None:
        self._stream = _PACKERS[packing](stream)
        about = WarcRecord()
        about.init_headers(WarcRecordType.warcinfo, uuid.uuid4().urn.removeprefix("urn:").encode())
        about.headers["Content-Type"] = "application/warc-fields"
        about.set_bytes_content("".join(f"{name}: {value}\r\n" for name, value in _ABOUT.items()).encode())
        self._put(about)

    def write(self, response: StoredRaw) -> None:
        """Write one response.

        Raises:
            StoreError: its body is damaged or no longer kept; nothing was written of it.
        """
        body = response.body
        record = WarcRecord()
        name = uuid.uuid5(uuid.NAMESPACE_URL, f"{response.key} {response.status} {response.sha256}")
        record.init_headers(WarcRecordType.response, name.urn.removeprefix("urn:").encode())
        record.is_http = True
        record.record_date = response.fetched.astimezone(UTC)
        record.headers["WARC-Target-URI"] = _BREAK.sub("%20", scrub_url(response.url))
        if response.server:
            record.headers["WARC-IP-Address"] = response.server
        digest = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
        record.headers["WARC-Payload-Digest"] = f"sha1:{digest}"
        record.headers["WARC-Identified-Payload-Type"] = _identified(body, response.headers)
        record.set_bytes_content(_head(response, len(body)) + body)
        self._put(record)

    def finish(self) -> None:
        """Hand over what is left in the packer."""
        self._stream.flush()

    def _put(self, record: WarcRecord) -> None:
        record.write(self._stream, checksum_data=True)
        self._stream.finish()


def _head(response: StoredRaw, length: int) -> bytes:
    """Return the head of an HTTP response that fits the body as it is kept."""
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = "Unknown"
    kept = [(n, v) for n, v in scrub_headers(response.headers) if _TOKEN.fullmatch(n) and n.lower() not in _WIRE]
    lines = [f"{name}: {_BREAK.sub(' ', value)}" for name, value in [*kept, ("Content-Length", str(length))]]
    return "\r\n".join([f"HTTP/1.1 {response.status} {phrase}", *lines, "", ""]).encode("latin-1", "replace")


def _identified(body: bytes, headers: tuple[tuple[str, str], ...]) -> str:
    """Return the type that the body shows, else the one that its header tells."""
    for sign, kind in _SIGNS:
        if sign.match(body):
            return kind
    told = next((value for name, value in headers if name.lower() == "content-type"), "").partition(";")[0].strip()
    return told.lower() if re.fullmatch(r"[\w.+-]+/[\w.+-]+", told) else "application/octet-stream"

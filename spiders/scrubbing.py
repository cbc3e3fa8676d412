"""What must never be written into a recording: cookies, authorisation, tokens and passwords, taken out here.

Works on vcrpy's request and response. The same rule is applied to a request that is looked up, so a scrubbed address
still finds its answer. Reading and writing recordings is the business of `cassettes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from vcr.request import Request

REDACTED = "REDACTED"

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SECRET = re.compile(
    "(access|auth|refresh|id)?tokens?|secret|signature|sig|pass|passw(or)?d|passphrase|pwd|credentials?|jwt|hmac|"
    "bearer|oauth|auth|authorization|session|(php|j)?sess(ion)?id|(api|access|auth|secret)key|hdnt[sl]|hdnea|cookies?"
)
_KEY_OF = re.compile("api|access|private|secret|subscription|app|client|consumer|auth|license|aws")

_USERINFO = re.compile(r"^((?:url=)?(?:[a-z][a-z0-9+.-]*:)?//)[^/?#]*@", re.IGNORECASE)
_PATH_PAIR = re.compile(r"(;)([^=;/]+)=([^;/]*)")
_QUERY_PAIR = re.compile(r"([?&;#])([^=&;#]+)=([^&;#]*)")
_FORM_PAIR = re.compile(r"(^|[&;])([^=&;\s]+)=([^&;]*)")
_JSON_PAIR = re.compile(r'(")([^"\\]+)"\s*:\s*"((?:[^"\\]|\\.)*)(?=")')
_MULTIPART_PAIR = re.compile(r'(name=")([^"]+)"[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n(.*?)(?=\r?\n--)', re.DOTALL)
_ADDRESS = re.compile(r"[^\s<>\"']+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")


def is_secret(name: str) -> bool:
    """Tell whether a parameter or header of this name carries a secret.

    >>> [is_secret(n) for n in ("access_token", "X-Amz-Signature", "AWSAccessKeyId", "key", "page", "keywords")]
    [True, True, True, True, False, False]
    """
    plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), name)
    words = [word.lower() for word in _WORD.findall(plain)]
    keys = any(_KEY_OF.fullmatch(word) and after == "key" for word, after in pairwise(words))
    return words == ["key"] or keys or any(map(_SECRET.fullmatch, words))


def scrub_url(url: str) -> str:
    """Take the user's name and password out of an address, and blank the parameters that carry a secret.

    >>> scrub_url("https://ann:pw@news.example/a;jsessionid=9?page=2&token=abc#access_token=x")
    'https://news.example/a;jsessionid=REDACTED?page=2&token=REDACTED#access_token=REDACTED'
    """
    cut = re.search(r"[?#]", url)
    at = cut.start() if cut else len(url)
    return _PATH_PAIR.sub(_blank, _USERINFO.sub(r"\1", url[:at])) + _QUERY_PAIR.sub(_blank, url[at:])


def scrub_request(request: Request) -> Request:
    """Scrub a request (vcrpy's) in place and return it: address, headers, and the secrets of a form or JSON body."""
    request.uri = scrub_url(request.uri)
    request.headers = {k: _scrub_value(v) for k, v in request.headers.items() if not is_secret(k)}
    if isinstance(request.body, bytes):
        request.body = _scrub_body(request.body)
    return request


def scrub_response(response: dict[str, Any]) -> dict[str, Any]:
    """Return a response (vcrpy's form) without cookies and without the secrets in the addresses of its headers."""
    headers: Mapping[str, Iterable[str] | str] = response["headers"]
    return {**response, "headers": {k: _scrub_values(v) for k, v in headers.items() if not is_secret(k)}}


def _scrub_values(values: Iterable[str] | str) -> list[str]:
    return [_scrub_value(v) for v in ([values] if isinstance(values, str) else values)]


def _scrub_value(value: Any) -> str:
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return _ADDRESS.sub(lambda m: scrub_url(m[0]), text)


def _scrub_body(body: bytes) -> bytes:
    text = body.decode("latin-1")  # lossless both ways, and every name that matters is ASCII
    for pair in (_FORM_PAIR, _JSON_PAIR, _MULTIPART_PAIR):
        text = pair.sub(_blank, text)
    return text.encode("latin-1")


def _blank(pair: re.Match[str]) -> str:
    """Put REDACTED in place of the third group when the second is the name of a secret."""
    if not is_secret(pair[2]):
        return pair[0]
    return pair[0][: pair.start(3) - pair.start()] + REDACTED

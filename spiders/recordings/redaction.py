"""What a recording may hold: requests and answers without cookies, authorisation, tokens and passwords.

Works on vcrpy's request and response, after the rule of `spiders.surfaces.scrubbing`. The same is done to a request
that is looked up, so a scrubbed address still finds its answer. Bodies are pages that must still play: a value is taken
out of its place only where a name says that it is a secret and it looks like one, and never any markup or prose with
it. Reading and writing recordings is the business of `cassettes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from spiders.surfaces.scrubbing import (
    NESTED_PAIR,
    REDACTED,
    blank_pair,
    is_secret,
    scrub_headers,
    scrub_quoted,
    scrub_url,
    words_of,
)

if TYPE_CHECKING:
    from vcr.request import Request

_FORM_PAIR = re.compile(r"(^|[&;])([^=&;\s]{1,128})=([^&;]*)")
_MULTIPART_PAIR = re.compile(
    r'(name=")([^"\r\n]{1,128})"[^\r\n]{0,256}(?:\r?\n[^\r\n]{1,256}){0,4}\r?\n\r?\n(.{0,512}?)(?=\r?\n--)', re.DOTALL
)

# In a body. Every repeat is bounded or ends at a character that it does not take: pages are large, and not ours.
_QUOTE = r"(?:\\{0,3}[\"']|&quot;|&#34;|&#39;)"
_QUOTED = re.compile(rf"(?<![\w-])([A-Za-z_][\w.\[\]-]{{0,63}}){_QUOTE}?\s{{0,4}}[:=]\s{{0,4}}()({_QUOTE})")
_LINK = re.compile(r"([?&;#])([\w.%\[\]-]{1,64})=([^&;#\s\"'<>\\]+)")
_LOGIN = re.compile(r"(?<=://)[^/?#\s\"'<>@:]{1,128}:[^/?#\s\"'<>@]{1,128}@")
_FIELD = re.compile(r"<(?:input|meta)\s[^<>]{1,4096}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]{1,64})\s{0,4}=\s{0,4}(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_ELEMENT = re.compile(r"<([\w:.-]{1,64})>([^<>\s]{1,4096})(?=</)")
_SCHEME = re.compile(r"\b(Bearer|Basic)((?:\s|%20|\+){1,4})([\w.~+/=-]{8,4096})")
_JWT = re.compile(r"(?<![\w.-])eyJ[\w-]{6,2048}\.eyJ[\w-]{6,4096}\.[\w-]{0,2048}")

_NO_TEXT = re.compile(r"(?:image|audio|video|font)/(?!svg)|application/(?:pdf|zip|octet-stream|gzip)", re.IGNORECASE)
# Names that also stand for things of every day, so their values must look like a secret as well.
_EVERYDAY = frozenset({"auth", "session", "pass", "sig", "signature", "cookie", "cookies", "credential", "credentials"})


def scrub_request(request: Request) -> Request:
    """Scrub a request (vcrpy's) in place and return it: address, headers, and the secrets of its body."""
    request.uri = scrub_url(request.uri)
    request.headers = dict(scrub_headers((k, _text(v)) for k, v in request.headers.items()))
    if isinstance(request.body, bytes):
        text = request.body.decode("latin-1")  # lossless both ways, and every name that matters is ASCII
        for pair in (_FORM_PAIR, _MULTIPART_PAIR):
            text = pair.sub(blank_pair, text)
        request.body = scrub_quoted(text, _QUOTED, lambda name, value: is_secret(name)).encode("latin-1")
    return request


def scrub_response(response: dict[str, Any]) -> dict[str, Any]:
    """Return a response (vcrpy's form) without cookies, and without the secrets in its headers and its body."""
    headers: Mapping[str, Iterable[str] | str] = response["headers"]
    kept: dict[str, list[str]] = {}
    for name, values in headers.items():
        pairs = [(name, _text(v)) for v in ([values] if isinstance(values, str | bytes) else values)]
        if scrubbed := scrub_headers(pairs):
            kept[name] = [value for _, value in scrubbed]
    body = response["body"]["string"]
    clean = _scrubbed(body, " ".join(v for n, vs in kept.items() if n.lower() == "content-type" for v in vs))
    if clean != body:
        kept |= {name: [str(len(clean))] for name in kept if name.lower() == "content-length"}
    return {**response, "headers": kept, "body": {**response["body"], "string": clean}}


def scrub_page(text: str) -> str:
    """Blank the tokens, passwords and signed links of a page, a script or JSON; all else stays as it is.

    >>> scrub_page('<input type=hidden name="csrf_token" value="a1b2"> {"apiKey": "k-83hf73hf", "key": "headline"}')
    '<input type=hidden name="csrf_token" value="REDACTED"> {"apiKey": "REDACTED", "key": "headline"}'
    """
    text = _LOGIN.sub("", text)
    text = NESTED_PAIR.sub(blank_pair, _LINK.sub(blank_pair, text))
    text = _FIELD.sub(_field, text)
    text = scrub_quoted(text, _QUOTED, _tells)
    text = _ELEMENT.sub(lambda m: f"<{m[1]}>{REDACTED}" if _tells(m[1], m[2]) else m[0], text)
    if "Bearer" in text or "Basic" in text:
        text = _SCHEME.sub(lambda m: m[1] + m[2] + REDACTED if _looks_secret(m[3]) else m[0], text)
    return _JWT.sub(REDACTED, text) if "eyJ" in text else text


def _scrubbed(body: Any, content_type: str) -> Any:
    """Return a body, bytes or text, as `scrub_page` leaves it; what is no text stays as it is."""
    if isinstance(body, str):
        return scrub_page(body)
    if not isinstance(body, bytes) or _NO_TEXT.match(content_type):
        return body
    for codec in _wide(body):
        try:
            return scrub_page(body.decode(codec, "surrogatepass")).encode(codec, "surrogatepass")
        except UnicodeDecodeError:  # half a character at the end
            pass
    return scrub_page(body.decode("latin-1")).encode("latin-1")  # lossless, as in a request


def _wide(body: bytes) -> list[str]:
    """Return the codec of a body whose letters take two bytes each, which no pattern would find."""
    first = body.lstrip(b"\xff\xfe")[:2]
    return ["utf-16-le"] if first[1:] == b"\0" else ["utf-16-be"] if first[:1] == b"\0" else []


def _field(tag: re.Match[str]) -> str:
    """Blank the value of a form's field or of a meta element whose name is that of a secret."""
    attributes = {m[1].lower(): m for m in _ATTRIBUTE.finditer(tag[0])}
    names = [attributes[n][2].strip("\"'") for n in ("name", "id", "property") if n in attributes]
    password = "type" in attributes and attributes["type"][2].strip("\"'").lower() == "password"
    held = next((attributes[n] for n in ("value", "content") if n in attributes), None)
    if held is None:
        return tag[0]
    value = held[2].strip("\"'")
    if not value or not (password or any(_tells(name, value) for name in names)):
        return tag[0]
    start = held.start(2) + (held[2][0] in "\"'")
    return tag[0][:start] + REDACTED + tag[0][start + len(value) :]


def _tells(name: str, value: str) -> bool:
    """Say whether a name and its value in a page are a secret. A lone "key" is the daily bread of data."""
    if not value or not is_secret(name) or any(c.isspace() or c in "<>{}" for c in value):
        return False
    words = words_of(name)
    return words != ["key"] and (_EVERYDAY.isdisjoint(words) or _looks_secret(value))


def _looks_secret(value: str) -> bool:
    return len(value) >= 8 and any(c.isdigit() for c in value) and any(c.isalpha() for c in value)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)

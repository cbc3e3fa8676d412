"""What is a secret, and how an address or a line of text is told without one.

A secret is what lets somebody in: a user's name and password, a token, a signature, a session, a cookie. It is known
by the name that stands before it. This is the one rule for all that we write, and where the real thing may stand:

- **real**: the request that is sent; the frontier's rows (`url.url`, its `key`, and what names a key: what is fetched
  must stay fetchable, what was forgotten unfetched); and the bodies in the table `raw` (what the site sent).
- **never**: logs, what is printed, the reason of a failure, the address of an answer and its headers in `raw`, the
  address of an article (`article.address`, `Article.url`, `Article.canonical_url`), and so reports and exports; and
  cassettes, bodies included (`spiders.recordings.redaction`).

An article's address keeps a mark of what was taken out (`scrub_url(…, marked=True)`), as two pages that differ in a
parameter called `key` are two articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import unquote_plus

from extractors import Article
from spiders.surfaces.filenames import digest

REDACTED = "REDACTED"

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SECRET = re.compile(
    "[a-z]*tokens?|[a-z]*secret|signature|sig|pass|passw(or)?d|passwort|passphrase|pwd|credentials?|jwt|hmac|"
    "bearer|oauth|auth|authorization|session|(php|j)?sess(ion)?id|(api|access|auth|secret|private|client)key|"
    "hdnt[sl]|hdnea|cookies?|[cx]srf[a-z]*|(wp)?nonce"
)
_KEY_OF = re.compile("api|access|private|secret|subscription|app|client|consumer|auth|license|aws")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")

_PAIRS = re.compile(r"[=@]|%3d", re.IGNORECASE)  # an address without any of them holds no secret
_USERINFO = re.compile(r"^((?:url=)?(?:[a-z][a-z0-9+.-]*:)?//)[^/?#]*@", re.IGNORECASE)
_PATH_PAIR = re.compile(r"(;)([^=;/]{1,128})=([^;/]*)")
_QUERY_PAIR = re.compile(r"([?&;#])([^=&;#?]{1,128})=([^&;#]*)")
# The same in the value of another parameter: ?next=%2Fa%3Ftoken%3Dabc
NESTED_PAIR = re.compile(r"(%3F|%26|%23)([\w.\[\]-]{1,64})(?:=|%3D)((?:[^%&\s\"'<>\\]|%(?!26|23))+)", re.IGNORECASE)
_KEPT = re.compile(rf"{REDACTED}(?:-[0-9a-f]{{8}})?")

# What follows looks for the same in text: messages, reprs of headers and settings, tracebacks.
_NAME = r"(?<![\w%-])([A-Za-z_][\w.\[\]-]{0,63})"
_TAIL = r"[^\s<>\"'|\\^`{}.,:;!)\]&#]"  # no address ends with the punctuation of a sentence
_URL_IN_TEXT = re.compile(rf"\b(?:url=)?[a-z][a-z0-9+.-]{{1,20}}://[^\s<>\"'|\\^`{{}}]*{_TAIL}", re.IGNORECASE)
_LOGIN_IN_TEXT = re.compile(r"(?<![^\s\"'(=/])(?!mailto:)[^\s/:@\"'<>]{1,128}:[^\s/@\"'<>]{1,128}@(?=[\w\[])")
_PART_IN_TEXT = re.compile(r"([?&;#])([\w%.\[\]-]{1,64})=([^&;#\s\"'<>\\]+(?<![.,:!)\]]))")
_QUOTED_IN_TEXT = re.compile(_NAME + r"(?:\\{0,3}[\"'])?\s{0,3}[:=]\s{0,3}([\[(]?)\s?b?(\\{0,3}[\"'])")
_HEADER_IN_TEXT = re.compile(
    r"\b((?:proxy-)?authorization|(?:set-)?cookie)(\s{0,3}[:=]\s{0,3}+)(?!REDACTED)[^\n]+", re.I
)
_BARE_IN_TEXT = re.compile(_NAME + r"(\s?[:=]\s?+)(?!REDACTED)([^\s,;&\"'()\[\]{}<>]+)")
_SCHEME_IN_TEXT = re.compile(r"\b(Bearer|Basic)(\s+)(?=[\w.~+/=-]*\d)[\w.~+/=-]{8,}")


@lru_cache(maxsize=4096)
def is_secret(name: str) -> bool:
    """Tell whether a parameter or header of this name carries a secret.

    >>> [is_secret(n) for n in ("access_token", "X-Amz-Signature", "AWSAccessKeyId", "key", "page", "keywords")]
    [True, True, True, True, False, False]
    """
    words = words_of(name)
    keys = any(_KEY_OF.fullmatch(word) and after == "key" for word, after in pairwise(words))
    return words == ["key"] or keys or any(map(_SECRET.fullmatch, words))


def words_of(name: str) -> list[str]:
    """Return the words of a name, in lower case.

    >>> words_of("X-Amz-Signature")
    ['x', 'amz', 'signature']
    """
    plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), name)
    return [word.lower() for word in _WORD.findall(plain)]


def scrub_url(url: str, *, marked: bool = False) -> str:
    """Take the user's name and password out of an address, and blank the parameters that carry a secret.

    Args:
        marked: tell values apart by a few characters of their hash, for an address that stands for a page.

    >>> scrub_url("https://ann:pw@news.example/a;jsessionid=9?page=2&token=abc#access_token=x")
    'https://news.example/a;jsessionid=REDACTED?page=2&token=REDACTED#access_token=REDACTED'
    >>> scrub_url(scrub_url("https://news.example/?key=1", marked=True), marked=True)
    'https://news.example/?key=REDACTED-6b86b273'
    """
    if not _PAIRS.search(url):
        return url
    cut = re.search(r"[?#]", url)
    at = cut.start() if cut else len(url)
    blank = _mark if marked else blank_pair
    query = NESTED_PAIR.sub(blank, _QUERY_PAIR.sub(blank, url[at:]))
    return _PATH_PAIR.sub(blank, _USERINFO.sub(r"\1", url[:at])) + query


def scrub_article(article: Article) -> Article:
    """Return an article without the secrets in its own addresses; the pictures' stay as the page has them."""
    names = ("url", "canonical_url", "next_url")
    own: dict[str, Any] = {name: scrub_url(url, marked=True) for name in names if (url := getattr(article, name))}
    return article if all(getattr(article, name) == url for name, url in own.items()) else replace(article, **own)


def scrub_text(text: str) -> str:
    """Take secrets out of a message: addresses in it, and what follows the name of a secret.

    >>> scrub_text("GET https://ann:pw@news.example/?token=abc: b'Cookie': [b'a=1', b'b=2'], Authorization: Basic eHg=")
    "GET https://news.example/?token=REDACTED: b'Cookie': [REDACTED], Authorization: REDACTED"
    """
    text = _URL_IN_TEXT.sub(lambda m: scrub_url(m[0]), text)
    text = _LOGIN_IN_TEXT.sub("", text)
    text = NESTED_PAIR.sub(blank_pair, _PART_IN_TEXT.sub(blank_pair, text))
    text = scrub_quoted(text, _QUOTED_IN_TEXT, lambda name, value: bool(value) and is_secret(name))
    text = _HEADER_IN_TEXT.sub(rf"\1\2{REDACTED}", text)
    text = _SCHEME_IN_TEXT.sub(rf"\1\2{REDACTED}", text)
    return _BARE_IN_TEXT.sub(lambda m: m[1] + m[2] + REDACTED if is_secret(m[1]) else m[0], text)


def scrub_headers(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return headers without those that are a secret, and without the secrets in the addresses of the others."""
    return tuple((name, _URLS.sub(lambda m: scrub_url(m[0]), value)) for name, value in headers if not is_secret(name))


_URLS = re.compile(r"[^\s<>\"']+")  # in a header: it may be relative
_MOST = 4096  # characters of a value in quotes


def scrub_quoted(text: str, opening: re.Pattern[str], judge: Callable[[str, str], bool]) -> str:
    """Blank values in quotes: `opening` ends with the quote, and its groups are name, bracket of a list, and quote.

    A value that does not end within `_MOST` characters is not looked for beyond them.
    """
    parts: list[str] = []
    done = 0
    for match in opening.finditer(text):
        if match.start() < done:
            continue
        name, bracket, quote = match.groups()
        start = match.end() if not bracket else match.start(2) + 1
        end = _closing(text, match.end(), {"[": "]", "(": ")"}.get(bracket, quote))
        if end is not None and judge(name, text[start:end]):
            parts += text[done:start], REDACTED
            done = end
    return "".join([*parts, text[done:]])


def _closing(text: str, start: int, quote: str) -> int | None:
    """Find where a value ends: at the quote it began with, escaped as often; one escaped once more is part of it."""
    depth = quote.count("\\")
    at = text.find(quote[depth:], start, start + _MOST)
    while at >= 0:
        before = text[max(at - 8, start) : at]
        escapes = len(before) - len(before.rstrip("\\"))
        if escapes == depth or (depth == 0 and escapes % 2 == 0):
            return at - depth
        at = text.find(quote[depth:], at + 1, start + _MOST)
    return None


def blank_pair(pair: re.Match[str]) -> str:
    """Put REDACTED in place of the third group when the second is the name of a secret."""
    return _instead(pair, REDACTED)


def _mark(pair: re.Match[str]) -> str:
    return _instead(pair, f"{REDACTED}-{digest(unquote_plus(pair[3]))}")


def _instead(pair: re.Match[str], value: str) -> str:
    if not is_secret(pair[2]) or _KEPT.fullmatch(pair[3]):  # a mark stays: it is how a person asks for an article
        return pair[0]
    return pair[0][: pair.start(3) - pair.start()] + value

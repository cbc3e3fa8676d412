"""What an answer is beside what its page says: by status and headers, by the marks of guards, by where it led.

Whether a page is an article is judged by the extractors (`extractors.engine.kinds.refusal`); a page that they read, or
failed to read, is named here where its answer tells more. Nothing is parsed: this runs in the crawl's own process.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.http import Response

from extractors import ExtractionError, NotArticleError
from extractors.engine.kinds.walls import guard_in, walls_in

Headers = Iterable[tuple[str, str]]

# Headers by which a guard says that it answered in the place of the site, with the values that say so ("" for any) and
# the least status of such an answer.
_HEADERS = {
    "x-amzn-waf-action": (("challenge", "captcha"), 200),  # docs.aws.amazon.com/waf: CAPTCHA and Challenge actions
    "cf-mitigated": (("challenge",), 200),  # developers.cloudflare.com: Detect a Challenge Page response
    "sg-captcha": (("challenge",), 200),  # SiteGround
    "x-dd-b": (("",), 400),  # DataDome; it marks pages that it let through with others of its headers
    "x-datadome": (("",), 400),
    "x-kpsdk-ct": (("",), 400),  # Kasada
}
_READ = 65_536  # bytes of a body that are looked at
_DENIALS = frozenset({401, 402, 403, 405, 406, 428, 429, 451, 503})  # with which a guard, or a site, shuts its door
_DOORS = frozenset({"bot wall", "consent page", "login", "geo-block"})  # kinds that say more than such a status
_GONE = "soft 404"

# Names of folders, pages and hosts to which readers are sent who have to do something first.
_LANDINGS = {
    "login": frozenset(
        "login log-in signin sign-in sso auth oauth oauth2 authorize anmelden anmeldung einloggen connexion"
        " identification iniciar-sesion acceso accedi logowanie zaloguj vhod".split()
    ),
    "consent page": frozenset(
        "consent consents cookie-consent cookieconsent cookiewall cookie-wall privacy-gate privacygate myprivacy"
        " privacy-consent zustimmung consentement".split()
    ),
    "bot wall": frozenset("captcha challenge are-you-a-robot tosv blocked".split()),
}


def pairs_of(response: Response) -> tuple[tuple[str, str], ...]:
    """Return the headers of a response as text."""
    headers = response.headers.items()
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, values in headers for value in values)


def refuse_challenge(status: int, headers: Headers) -> None:
    """Pass an answer that a site gave.

    Raises:
        NotArticleError: it says in its headers that a guard gave it.
    """
    if mark := _guard(status, headers):
        raise NotArticleError("bot wall", mark)


def refuse_landing(asked: str, answered: str) -> None:
    """Pass an answer that came from the page asked for, or from one like it.

    Raises:
        NotArticleError: redirects led to a login, a page of consent, a captcha, or to the front page.
    """
    if asked == answered:
        return
    if kind := landing_of(answered, asked):
        raise NotArticleError(kind, f"it redirects to {urlsplit(answered).hostname}{urlsplit(answered).path}")
    if _is_front(answered) and not _is_front(asked):
        raise NotArticleError(_GONE, "it redirects to the front page")


def landing_of(answered: str, asked: str = "") -> str | None:
    """Return the kind of page that an address names, unless the one that was asked for named it as well.

    >>> landing_of("https://consent.news.example/v2?back=1"), landing_of("https://news.example/a/login-is-hard")
    ('consent page', None)
    """
    names = _names(answered) - _names(asked)
    return next((kind for kind, known in _LANDINGS.items() if names & known), None)


def unmasked(error: ExtractionError, status: int, headers: Headers, body: bytes) -> ExtractionError:
    """Return what a page without an article is where its answer tells more than the page: else the error itself."""
    if isinstance(error, NotArticleError) and error.kind not in ("needs JavaScript", "section front"):
        return error
    if mark := _guard(status, headers) or _mark(body):
        return NotArticleError("bot wall", mark)
    return NotArticleError("bot wall", "HTTP 202 and no page") if status == 202 else error


def door_of(status: int, headers: Headers, body: bytes) -> NotArticleError | None:
    """Return what shut the door where a status such as 403 came with a page that says so, None where none did."""
    if mark := _guard(status, headers) or (_mark(body) if status in _DENIALS else None):
        return NotArticleError("bot wall", mark)
    if status not in _DENIALS:
        return None
    title, text = _text_of(body[:_READ].decode("utf-8", "replace").lower())
    found = (wall for wall in walls_in([title], [text]) if wall.kind in _DOORS)
    wall = next(found, None)
    return NotArticleError(wall.kind, f"it says “{wall.phrase}”") if wall else None


def _guard(status: int, headers: Headers) -> str | None:
    for name, value in headers:
        values, least = _HEADERS.get(name.lower(), ((), 0))
        if status >= least and any(known in ("", value.strip().lower()) for known in values):
            return f"its header {name.lower()} is that of a guard"
    return None


def _mark(body: bytes) -> str | None:
    return "its markup is that of a guard" if guard_in(body) else None


def _text_of(html: str) -> tuple[str, str]:
    """Return title and text of a page in lower case, scripts and styles left out; in linear time, whatever it is."""
    start, end = html.find("<title"), html.find("</title")
    title = html[start:end].partition(">")[2] if 0 <= start < end else ""
    for tag in ("script", "style"):
        html = _without(html, tag)
    parts = html.replace("\n", " ").split("<")
    return title, " ".join(part.partition(">")[2] for part in parts[1:])


def _without(html: str, tag: str) -> str:
    kept, place = [], 0
    while (start := html.find(f"<{tag}", place)) >= 0:
        kept.append(html[place:start])
        place = html.find(f"</{tag}", start)
        if place < 0:
            return "".join(kept)
    return "".join([*kept, html[place:]])


def _names(address: str) -> set[str]:
    """Return the folders of an address and the first name of its host, without endings such as .html."""
    parts = urlsplit(address)
    labels = (parts.hostname or "").split(".")
    folders = (folder.lower().partition(".")[0] for folder in parts.path.split("/"))
    return {*folders, *(labels[:1] if len(labels) > 2 else ())} - {""}


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.path.strip("/") and not parts.query

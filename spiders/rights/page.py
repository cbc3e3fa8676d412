"""What an answer says of its own use: in its headers and in the meta elements of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from spiders.rights.statement import By, Statement, What, stated

RESERVATION, POLICY = "tdm-reservation", "tdm-policy"
_ROBOTS = "x-robots-tag"
_DIRECTIVES = {"noai": What.NOAI, "noimageai": What.NOAI, "noarchive": What.NOARCHIVE}
# Directives of robots that carry a value after a colon: what stands before other colons is the name of a crawler.
_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


def of_headers(headers: Iterable[tuple[str, str]], url: str, when: float, agent: str) -> Iterator[Statement]:
    """Yield what the headers of an answer say: `tdm-reservation` with `tdm-policy`, and `X-Robots-Tag`.

    Args:
        when: the time (Unix) of the answer.
        agent: the name by which crawlers are told apart, in lower case: what is said to others is not said to us.
    """
    told: dict[str, list[str]] = {}
    for name, value in headers:
        told.setdefault(name.lower(), []).append(value)
    yield from _reservation(told, By.HEADER, url, when)
    yield from _directives([d for value in told.get(_ROBOTS, ()) for d in _ours(value, agent)], By.HEADER, url, when)


def of_meta(meta: Mapping[str, Sequence[str]], url: str, when: float, agent: str) -> Iterator[Statement]:
    """Yield what the meta elements of a page say, given by lower-cased name, as `of_headers` does of headers."""
    yield from _reservation(meta, By.META, url, when)
    told = [content for name in ("robots", agent) for content in meta.get(name, ())]
    words = [word for content in told for word in content.lower().replace(",", " ").split()]
    yield from _directives(words, By.META, url, when)


def meta_names(agent: str) -> tuple[str, ...]:
    """Return the names of the meta elements that `of_meta` looks at."""
    return RESERVATION, POLICY, "robots", agent


def _reservation(told: Mapping[str, Sequence[str]], by: By, url: str, when: float) -> Iterator[Statement]:
    """Read the reservation: 1 or 0; the protocol takes anything else for nothing said."""
    values = {value.strip() for value in told.get(RESERVATION, ())}
    if known := values & {"0", "1"}:
        reserved = "1" in known  # who says both has reserved it
        policy = next((value.strip() for value in told.get(POLICY, ()) if value.strip()), None)
        yield stated(What.TDM, reservation_says(policy, reserved=reserved), by, url, when, denies=reserved)


def reservation_says(policy: str | None, *, reserved: bool) -> str:
    """Say a reservation in words; the policy is an address, where one is given."""
    if not reserved:
        return "not reserved"
    return f"reserved (policy: {policy})" if policy else "reserved"


def _ours(value: str, agent: str) -> Iterator[str]:
    """Yield the directives of a header that are meant for us; "name: …" is meant for the crawler of that name."""
    whose = None
    for part in value.lower().split(","):
        name, colon, rest = (piece.strip() for piece in part.partition(":"))
        if colon and name not in _VALUED:
            whose, name = name, rest
        if whose in (None, "*", agent):
            yield name


def _directives(words: Iterable[str], by: By, url: str, when: float) -> Iterator[Statement]:
    found: dict[What, list[str]] = {}
    for word in words:
        if (what := _DIRECTIVES.get(word)) and word not in (known := found.setdefault(what, [])):
            known.append(word)
    for what, said in found.items():
        yield stated(what, ", ".join(said), by, url, when, denies=True)

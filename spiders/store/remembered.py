"""The listings that were found for a site, inside a transaction of the store: the next run begins with them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from spiders.record import Kind, Link, State
from spiders.surfaces.values import as_json

# Those that a sitemap index lists are its own business. The front page that they were found on is given by a person.
_FOUND = """
    SELECT url, kind, hints, state FROM url
    WHERE kind IN ('feed', 'sitemap') AND hints ->> 'depth' IS NULL
        AND hints ->> 'domains' IN (SELECT value FROM json_each(:domains))
    ORDER BY kind, rowid"""


def listings(connection: sqlite3.Connection, domains: Iterable[str]) -> list[tuple[Link, State]]:
    """Return the feeds and sitemaps that were found for domains, feeds first, and how each of them last fared."""
    rows = connection.execute(_FOUND, {"domains": as_json(list(domains))})
    return [(Link(url, Kind(kind), json.loads(hints)), State(state)) for url, kind, hints, state in rows]

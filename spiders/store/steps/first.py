"""The tables of the first store: frontier, raw responses, articles with their revisions, runs."""

from __future__ import annotations

STEP = (
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        spider TEXT NOT NULL,
        started TEXT NOT NULL,
        ended TEXT,
        reason TEXT,
        counts TEXT  -- JSON: addresses by state
    ) STRICT""",
    # The frontier. `due` is 0 for an address that is due at once, the time of the next try after a passing failure,
    # and NULL when nothing but a new listing makes it due again.
    """
    CREATE TABLE url (
        key TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('feed', 'section', 'article')),
        spider TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('new', 'leased', 'done', 'failed', 'excluded')),
        attempts INTEGER NOT NULL DEFAULT 0,
        due REAL,
        reason TEXT,
        hints TEXT NOT NULL DEFAULT '{}',
        found_on TEXT REFERENCES url (key),
        run INTEGER NOT NULL REFERENCES run (id)
    ) STRICT""",
    "CREATE INDEX url_by_run ON url (run, state)",
    "CREATE INDEX url_by_spider ON url (spider, state)",
    # One row for each body that an address has answered with; `seen` is the last time it did.
    """
    CREATE TABLE raw (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL REFERENCES url (key),
        url TEXT NOT NULL,
        status INTEGER NOT NULL,
        headers TEXT NOT NULL,  -- JSON: pairs
        sha256 TEXT NOT NULL,  -- of the body before compression
        body BLOB NOT NULL,  -- zlib
        fetched TEXT NOT NULL,
        seen TEXT NOT NULL,
        UNIQUE (key, status, sha256)
    ) STRICT""",
    # `content_hash` is of the text that a reader reads and decides what a revision is; `sha256` is of the JSON form
    # and proves that the row is still what was written.
    """
    CREATE TABLE article (
        address TEXT PRIMARY KEY,
        key TEXT NOT NULL REFERENCES url (key),
        raw INTEGER REFERENCES raw (id),
        version INTEGER NOT NULL,
        content_hash TEXT NOT NULL,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        headline TEXT, standfirst TEXT, body TEXT NOT NULL, byline TEXT, authors TEXT NOT NULL, agency TEXT,
        outlet TEXT, site TEXT, section TEXT, language TEXT, published TEXT, modified TEXT, template TEXT NOT NULL,
        article TEXT NOT NULL,  -- JSON: Article.as_dict()
        sha256 TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX article_by_published ON article (published)",
    """
    CREATE TABLE article_revision (
        address TEXT NOT NULL REFERENCES article (address),
        version INTEGER NOT NULL,
        raw INTEGER REFERENCES raw (id),
        content_hash TEXT NOT NULL,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        headline TEXT, body TEXT NOT NULL,
        article TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (address, version)
    ) STRICT""",
)

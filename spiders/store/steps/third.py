"""What a site lists is fetched once, watched while it is young, and asked for at the pace that its host allows.

With it come what hosts and pages say of their use, and the books of plans.
"""

from __future__ import annotations

# What the checksums of the second step cover.
_RAW = "key, asked, url, status, headers, sha256, fetched, seen, server, pruned"
_ARTICLE = (
    "address, key, raw, version, content_hash, first_seen, last_seen, headline, standfirst, body, byline, authors, "
    "agency, outlet, site, section, language, published, modified, template, extractor, sha256"
)
_REVISION = (
    "address, version, raw, content_hash, first_seen, last_seen, headline, body, template, extractor, flag, sha256"
)


def _moved(columns: str, name: str, function: str) -> str:
    """Return SQL for the checksum of a row of which a column changes; one that is wrong is left as it is."""
    after = ", ".join(f"{function}({column})" if column == name else column for column in columns.split(", "))
    return f"CASE checksum WHEN digest({columns}) THEN digest({after}) ELSE checksum END"


STEP = (
    # Leases are dealt out by host. `etag` and `last_modified` are those of the last whole answer. For an address that
    # is done, `due` is the time at which it is looked at again.
    "ALTER TABLE url ADD COLUMN host TEXT NOT NULL DEFAULT ''",
    "UPDATE url SET host = host_of(url)",
    "ALTER TABLE url ADD COLUMN etag TEXT",
    "ALTER TABLE url ADD COLUMN last_modified TEXT",
    "ALTER TABLE url ADD COLUMN answered TEXT",  # the form of the address that gave them: it may have redirected
    "ALTER TABLE url ADD COLUMN reading TEXT",  # the way in which it was read, or was refused
    "ALTER TABLE url ADD COLUMN published TEXT",  # of an address that was excluded for its date
    "DROP INDEX url_by_turn",
    "CREATE INDEX url_by_host ON url (run, state, host, due)",
    "DROP INDEX url_by_spider",
    "CREATE INDEX url_by_due ON url (spider, state, due)",
    # The kinds are told anew, with "front" among them: a front page, on which feeds and sitemaps are looked for.
    "ALTER TABLE url RENAME COLUMN kind TO old_kind",
    """ALTER TABLE url ADD COLUMN kind TEXT NOT NULL DEFAULT 'article'
        CHECK (kind IN ('feed', 'section', 'sitemap', 'front', 'article'))""",
    "UPDATE url SET kind = old_kind",
    "ALTER TABLE url DROP COLUMN old_kind",
    "CREATE INDEX url_under ON url (found_on, run) WHERE kind <> 'article'",
    # Addresses have lost sessions, index files and more trackers (`trackers.toml`): a row moves unless the bare form
    # is taken, with its checksum; one that was not what was written stays so.
    "PRAGMA defer_foreign_keys = ON",
    "UPDATE OR IGNORE url SET key = key_of(key) WHERE key <> key_of(key)",
    "UPDATE url SET found_on = key_of(found_on) WHERE found_on NOT IN (SELECT key FROM url)",
    "UPDATE listing SET key = key_of(key) WHERE key NOT IN (SELECT key FROM url)",
    f"""UPDATE raw SET key = key_of(key), checksum = {_moved(_RAW, "key", "key_of")}
        WHERE key NOT IN (SELECT key FROM url)""",
    f"""UPDATE article SET key = key_of(key), checksum = {_moved(_ARTICLE, "key", "key_of")}
        WHERE key NOT IN (SELECT key FROM url)""",
    f"""UPDATE OR IGNORE article SET address = kept_at(address), checksum = {_moved(_ARTICLE, "address", "kept_at")}
        WHERE address <> kept_at(address)""",
    f"""UPDATE article_revision SET address = kept_at(address), checksum = {_moved(_REVISION, "address", "kept_at")}
        WHERE address NOT IN (SELECT address FROM article)""",
    "UPDATE url SET article = kept_at(article) WHERE article NOT IN (SELECT address FROM article)",
    "INSERT OR IGNORE INTO forgotten (address, since) SELECT key_of(address), since FROM forgotten",
    "INSERT OR IGNORE INTO forgotten (address, since) SELECT kept_at(address), since FROM forgotten",
    # What is known of a host: it is not asked before `held` (Unix time; 0: at once); `failures` counts answers that
    # failed in passing, one after another, since the last good one.
    """
    CREATE TABLE host (
        host TEXT PRIMARY KEY,
        held REAL NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0,
        reason TEXT
    ) STRICT""",
    # The files in which a host says what it allows, as they last came: robots.txt, ai.txt, tdmrep.json.
    """
    CREATE TABLE notice (
        address TEXT PRIMARY KEY,
        fetched REAL NOT NULL,
        status INTEGER NOT NULL,
        body BLOB NOT NULL
    ) STRICT""",
    # How often addresses of a shape turned out to be articles at a site, and how often not (`listings.likeness`).
    """
    CREATE TABLE shape (
        site TEXT NOT NULL,
        shape TEXT NOT NULL,
        articles INTEGER NOT NULL DEFAULT 0,
        others INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (site, shape)
    ) STRICT""",
    # Addresses that were listed and not taken for articles, and why: they are no part of any run's sum.
    """
    CREATE TABLE passed_over (
        key TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        reason TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES run (id)
    ) STRICT""",
    # The entry of a plan that a run was for, what the shell was told, and JSON: outcomes of the articles by kind.
    "ALTER TABLE run ADD COLUMN entry TEXT",
    "ALTER TABLE run ADD COLUMN status INTEGER",
    "ALTER TABLE run ADD COLUMN outcomes TEXT",
    "CREATE INDEX run_by_entry ON run (entry, started)",
    "CREATE INDEX article_by_arrival ON article (first_seen, site, key)",  # what came when, without the articles
    # JSON: what the page, and its host, say of its use, each with address and time (`spiders.rights`).
    "ALTER TABLE article ADD COLUMN rights TEXT",
    # The checksum covers it from now on; a row that is not what was written stays so.
    f"UPDATE article SET checksum = digest({_ARTICLE}, rights) WHERE checksum = digest({_ARTICLE})",
)

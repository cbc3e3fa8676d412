"""Addresses in one form, checksums, bodies that can be pruned, what was forgotten, what listings list.

Addresses have lost the slash at their end (`key_of`), those of articles their secrets too (`kept_at`): a row moves
unless the bare form is taken. `checksum` is of the row's other columns (`checks.COVERED`), those that `sha256` proves
left out.
"""

from __future__ import annotations

STEP = (
    "PRAGMA defer_foreign_keys = ON",
    "UPDATE OR IGNORE url SET key = key_of(key)",
    "UPDATE url SET found_on = key_of(found_on) WHERE found_on NOT IN (SELECT key FROM url)",
    "UPDATE raw SET key = key_of(key) WHERE key NOT IN (SELECT key FROM url)",
    "UPDATE article SET key = key_of(key) WHERE key NOT IN (SELECT key FROM url)",
    "UPDATE OR IGNORE article SET address = kept_at(address)",
    "UPDATE article_revision SET address = kept_at(address) WHERE address NOT IN (SELECT address FROM article)",
    # `asked` is the address that was asked for, `server` the IP address that answered. A body is zstd (zlib before
    # this step), and empty where it is `pruned`.
    "ALTER TABLE raw ADD COLUMN asked TEXT",
    "ALTER TABLE raw ADD COLUMN server TEXT",
    "ALTER TABLE raw ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE raw ADD COLUMN checksum TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE article ADD COLUMN extractor TEXT",
    "ALTER TABLE article ADD COLUMN checksum TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE article_revision ADD COLUMN extractor TEXT",
    "ALTER TABLE article_revision ADD COLUMN template TEXT NOT NULL DEFAULT 'generic'",
    "ALTER TABLE article_revision ADD COLUMN flag TEXT",  # why it did not replace the article
    "ALTER TABLE article_revision ADD COLUMN checksum TEXT NOT NULL DEFAULT ''",
    "UPDATE article_revision SET template = json_extract(article, '$.template')",
    """UPDATE raw SET checksum = digest(key, asked, url, status, headers, sha256, fetched, seen, server,
        pruned)""",
    """UPDATE article SET checksum = digest(address, key, raw, version, content_hash, first_seen, last_seen, headline,
        standfirst, body, byline, authors, agency, outlet, site, section, language, published, modified, template,
        extractor, sha256)""",
    """UPDATE article_revision SET checksum = digest(address, version, raw, content_hash, first_seen, last_seen,
        headline, body, template, extractor, flag, sha256)""",
    "DROP INDEX url_by_run",
    "CREATE INDEX url_by_turn ON url (run, state, due)",  # a lease takes from its head, however long the frontier is
    "CREATE INDEX raw_by_age ON raw (pruned, seen)",
    "CREATE INDEX article_by_key ON article (key)",
    "CREATE INDEX article_by_raw ON article (raw)",
    "CREATE INDEX revision_by_raw ON article_revision (raw)",
    # The run in which an address got its outcome; `run` may be a later one, that goes on with an interrupted one.
    "ALTER TABLE url ADD COLUMN settled INTEGER REFERENCES run (id)",
    "UPDATE url SET settled = run WHERE state IN ('done', 'failed', 'excluded')",
    # The address of the article that it led to, of a duplicate too.
    "ALTER TABLE url ADD COLUMN article TEXT",
    "UPDATE url SET article = (SELECT address FROM article WHERE article.key = url.key)",
    "CREATE INDEX url_by_article ON url (article)",
    # Addresses that somebody had taken out for good: never listed, fetched or stored again.
    "CREATE TABLE forgotten (address TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT",
    # The kinds are told anew, with "sitemap" among them: a check cannot be changed.
    "ALTER TABLE url RENAME COLUMN kind TO old_kind",
    """ALTER TABLE url ADD COLUMN kind TEXT NOT NULL DEFAULT 'article'
        CHECK (kind IN ('feed', 'section', 'sitemap', 'article'))""",
    "UPDATE url SET kind = old_kind",
    "ALTER TABLE url DROP COLUMN old_kind",
    # How many articles a listing listed in a run, 0 where it failed: what used to list and lists no more is news.
    """
    CREATE TABLE listing (
        run INTEGER NOT NULL REFERENCES run (id),
        key TEXT NOT NULL REFERENCES url (key),
        links INTEGER NOT NULL,
        PRIMARY KEY (run, key)
    ) STRICT""",
    "CREATE INDEX listing_by_key ON listing (key, run)",
    """
    INSERT INTO listing (run, key, links)
    SELECT run, found_on, count(*) FROM url WHERE found_on IS NOT NULL AND kind = 'article' GROUP BY run, found_on""",
)

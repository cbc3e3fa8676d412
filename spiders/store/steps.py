"""The steps that lead to the tables of the store, the newest last; `schema` takes them.

A step once released is never changed: add another.
"""

from __future__ import annotations

_OF_A_DAY = 8
_REMEMBERED = 200  # articles of a site in an older store, of which vital signs are told: half a millisecond each

FIRST = (
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

# Addresses have lost the slash at their end (`key_of`), those of articles their secrets too (`kept_at`): a row
# moves unless the bare form is taken. `checksum` is of the row's other columns (`checks.COVERED`), those that `sha256`
# proves left out.
SECOND = (
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


# What a site lists is fetched once, watched while it is young, and asked for at the pace that its host allows.
THIRD = (
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
    # Addresses have lost sessions, index files and more trackers (`spiders.trackers`): a row moves unless the bare form
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
    """UPDATE article SET checksum = digest(address, key, raw, version, content_hash, first_seen, last_seen, headline,
        standfirst, body, byline, authors, agency, outlet, site, section, language, published, modified, template,
        extractor, sha256, rights) WHERE checksum = digest(address, key, raw, version, content_hash, first_seen,
        last_seen, headline, standfirst, body, byline, authors, agency, outlet, site, section, language, published,
        modified, template, extractor, sha256)""",
)

# The vital signs of each page, by which a site is held against its own past (`spiders.vitals`): of the reading that is
# the article as it stands, and of the last one that is not. `raw` is the response that was read, `suspect` JSON: the
# signs that were odd while the site drifted, and since when it did. The past of an older store begins with its newest
# articles; which selectors hit is not known of them.
FOURTH = (
    """
    CREATE TABLE vital (
        key TEXT NOT NULL REFERENCES url (key),
        stands INTEGER NOT NULL CHECK (stands IN (0, 1)),
        site TEXT NOT NULL,
        seen TEXT NOT NULL,
        raw INTEGER REFERENCES raw (id),
        signs TEXT NOT NULL,  -- JSON: Vital.as_dict()
        suspect TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (key, stands)
    ) STRICT""",
    "CREATE INDEX vital_by_site ON vital (site, seen)",
    "CREATE INDEX vital_by_raw ON vital (raw)",
    # What a person takes for usual from a day on (`scrapy drift --accept`).
    """
    CREATE TABLE accepted (
        site TEXT NOT NULL,
        sign TEXT NOT NULL,
        since TEXT NOT NULL,
        PRIMARY KEY (site, sign)
    ) STRICT""",
    f"""
    INSERT OR IGNORE INTO vital (key, stands, site, seen, raw, signs)
    WITH
        came AS (
            SELECT article.rowid AS number, site, coalesce(raw.fetched, first_seen) AS seen
            FROM article LEFT JOIN raw ON raw.id = article.raw),
        drawn AS (
            SELECT *, row_number() OVER (PARTITION BY site, substr(seen, 1, 10) ORDER BY number * 7919 % 1009) AS lot
            FROM came),
        newest AS (
            SELECT number, seen, row_number() OVER (PARTITION BY site ORDER BY seen DESC) AS place
            FROM drawn WHERE lot <= {_OF_A_DAY}),
        told AS (
            SELECT article.key, site_of(url.url) AS site, seen, article.raw, signs_of(article.article, hints) AS signs
            FROM newest JOIN article ON article.rowid = newest.number JOIN url USING (key)
            WHERE place <= {_REMEMBERED})
    SELECT key, 1, site, seen, raw, signs FROM told
    WHERE signs IS NOT NULL AND site IS NOT NULL ORDER BY seen""",
)

"""The vital signs of each page, by which a site is held against its own past (`spiders.vitals`).

They are of the reading that is the article as it stands, and of the last one that is not. `raw` is the response that
was read, `suspect` JSON: the signs that were odd while the site drifted, and since when it did. The past of an older
store begins with its newest articles; which selectors hit is not known of them.
"""

from __future__ import annotations

_OF_A_DAY = 8
_REMEMBERED = 200  # articles of a site in an older store, of which vital signs are told: half a millisecond each

STEP = (
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

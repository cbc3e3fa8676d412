"""Names of the meta elements that tell when a page was published or changed, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

PUBLISHED_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "dc.date.issued", "dcterms.created", "dcterms.issued",
    "article.published", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "vr:published_time",
    "article_date_original", "article:published", "article:published:time", "publication_date", "rnews:datepublished",
    "originalpublicationdate", "citation_publication_date", "article-publication-date", "published", "bt:pubdate",
    "published_at", "datecreated", "article:create_time", "og:article:published_time", "publish_time", "release_date",
    "og:pubdate", "published-date", "published_time", "publicationdate", "dc.date.created", "date.issued", "dc:created",
    "mediator_published_time", "citation_online_date", "article.created", "date_published", "ptime",
)  # fmt: skip
DATE_NAMES = (  # of which date they are is not said
    "date", "dc.date", "dc:date", "dcterms.date", "pdate", "last-published", "displaydate", "article:date", "gentime",
    "article-date", "articledate", "article_date", "post-date", "postdate", "page-date", "pagedate", "news_date",
    "story.date", "storydate", "display_date", "issue-date", "issuedate", "citation_date", "eprints.date",
    "dcterms.available", "dc.date.available", "live_date", "uploaddate",
)  # fmt: skip
MODIFIED_NAMES = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "lastmod", "last-modified",
    "article:updated_time", "modified", "dc.date.modified", "article:modified", "article:modified:time", "moddate",
    "og:article:modified_time", "updated", "date_modified", "revised", "article_date_updated",
)  # fmt: skip
_PUBLISHED_NAME = re.compile(r"publi[sc]h?|pub.?date|date.?pub|issued|creat|released?$")
_OTHER_NAME = re.compile(r"publisher|expir|unpub|modif|updat|last|by$|author|creator|event|until|depub")


def unlisted(names: Iterable[str]) -> Iterator[str]:
    """Yield the names that say "published" in a site's own way.

    >>> list(unlisted(("desk-pub-date", "desk-last-published", "viewport")))
    ['desk-pub-date']
    """
    return (name for name in names if _PUBLISHED_NAME.search(name) and not _OTHER_NAME.search(name))

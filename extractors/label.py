"""What a block of an article may be, and which of that is body, which a field; all else is noise."""

from __future__ import annotations

from enum import StrEnum


class Label(StrEnum):
    """What a block is. Removal is a policy over labels: see `BODY_LABELS` and `FIELD_LABELS`; the rest is noise."""

    BODY = "body"
    CROSSHEAD = "crosshead"
    QUOTE = "quote"
    LIST = "list"
    TABLE = "table"
    EMBED = "embed"  # the text of an embedded post or letter
    DATELINE = "dateline"
    ENTRY = "entry"  # the heading of a live-blog entry

    HEADLINE = "headline"
    KICKER = "kicker"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    TIMESTAMP = "timestamp"
    OUTLET = "outlet"
    ADDRESS = "address"  # the page's own address, printed in its text
    AGENCY = "agency"
    CONTRIBUTORS = "contributors"  # who else reported
    CORRECTION = "correction"
    DISCLOSURE = "disclosure"
    TRANSLATION = "translation"

    CAPTION = "caption"
    CREDIT = "credit"
    ALT = "alt"
    RELATED = "related"
    PROMO = "promo"
    NEWSLETTER = "newsletter"
    SOCIAL = "social"
    COMMENT_POLICY = "comment-policy"
    COMMENTS = "comments"
    PAYWALL = "paywall"
    AD = "ad"
    AUTHOR_BIO = "author-bio"
    LEGAL = "legal"
    PLAYER = "player"
    NAV = "nav"
    LIVE = "live"  # live-blog chrome: clocks, "pinned", counters
    TECH = "tech"
    FOREIGN = "foreign"  # in another language; only site files tell it


LABELS = {str(label): label for label in Label}
BODY_LABELS = frozenset(
    {Label.BODY, Label.CROSSHEAD, Label.QUOTE, Label.LIST, Label.TABLE, Label.EMBED, Label.DATELINE, Label.ENTRY}
)
FIELD_LABELS = frozenset(
    {Label.HEADLINE, Label.KICKER, Label.STANDFIRST, Label.BYLINE, Label.TIMESTAMP, Label.OUTLET, Label.ADDRESS}
    | {Label.AGENCY, Label.CONTRIBUTORS, Label.CORRECTION, Label.DISCLOSURE, Label.TRANSLATION}
)

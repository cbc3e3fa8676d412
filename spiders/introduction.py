"""Who we say we are: the user agent of a crawl, and the name in it by which sites tell crawlers apart."""

from __future__ import annotations

import re

from spiders.edition import VERSION

PRODUCT = "Copydesk"
_TOKEN = re.compile(r"[A-Za-z0-9_.-]+")


def user_agent(contact: str | None) -> str:
    """Return the user agent of whoever runs Copydesk; `contact` is an address of theirs, on the web or by mail.

    >>> user_agent("https://press.example/crawler")
    'Copydesk/0.1.0 (+https://press.example/crawler)'
    """
    return f"{PRODUCT}/{VERSION}" + (f" (+{contact})" if contact else "")


def token_of(agent: str) -> str:
    """Return the name of a user agent, in lower case, that rules for crawlers are about: what stands before the slash.

    The rest of it is not looked at: a contact such as https://press.example/bot makes nobody the crawler "bot".

    >>> token_of("Copydesk/0.1 (+https://press.example/bot)"), token_of("Mozilla/5.0 (compatible; Deskbot/2.1)")
    ('copydesk', 'mozilla')
    """
    found = _TOKEN.match(agent.strip())
    return found[0].lower() if found else "*"

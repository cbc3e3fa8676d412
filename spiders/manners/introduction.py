"""Who we say we are: the user agent of a crawl, and the name in it by which sites tell crawlers apart."""

from __future__ import annotations

import re

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from spiders.edition import VERSION
from spiders.errors import SettingError

PRODUCT = "Copydesk"
HINT = "sites cannot tell who crawls them: -s CONTACT=https://… (or an address of mail) puts yours into the user agent"
_TOKEN = re.compile(r"[^(]*\(compatible;\s*([\w.-]+)|\s*([\w.-]+)", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s()<>\"]+|[^\s()<>\"@]+@[^\s()<>\"@]+")
_PROJECT = SETTINGS_PRIORITIES["project"]  # of what `spiders.settings` says


def user_agent(contact: str | None) -> str:
    """Return the user agent of whoever runs Copydesk; `contact` is an address of theirs, on the web or by mail.

    >>> user_agent("https://press.example/crawler")
    'Copydesk/0.1.0 (+https://press.example/crawler)'
    """
    return f"{PRODUCT}/{VERSION} ({f'+{contact}' if contact else 'its operator has given no contact'})"


def token_of(agent: str) -> str:
    """Return the name of a user agent, in lower case, that rules for crawlers are about: what stands before the slash.

    The rest of it is not looked at: a contact such as https://press.example/bot makes nobody the crawler "bot".

    >>> token_of("Copydesk/0.1 (+https://press.example/bot)"), token_of("Mozilla/5.0 (compatible; Deskbot/2.1)")
    ('copydesk', 'deskbot')
    """
    found = _TOKEN.match(agent)
    return (found[1] or found[2]).lower() if found else "*"


def introduce(settings: BaseSettings) -> None:
    """Put `CONTACT` into the user agent, unless somebody has set one of their own; match rules by its name alone.

    Raises:
        SettingError: `CONTACT` is no address.
    """
    contact = settings["CONTACT"]
    if contact and not _ADDRESS.fullmatch(str(contact)):
        raise SettingError(
            f"CONTACT is {contact!r}: give an address where you can be reached, https://… or one of mail"
        )
    if contact and (settings.getpriority("USER_AGENT") or 0) <= _PROJECT:
        settings.set("USER_AGENT", user_agent(str(contact)), priority="cmdline")
    if not settings["ROBOTSTXT_USER_AGENT"]:
        settings.set("ROBOTSTXT_USER_AGENT", token_of(settings["USER_AGENT"]), priority="cmdline")


def nameless(settings: BaseSettings) -> bool:
    """Say whether whoever is crawled with these settings cannot tell by whom."""
    return bool(settings["USER_AGENT"] == user_agent(None))

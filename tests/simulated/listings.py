"""What the sites list: feeds, sound and broken, sitemaps, front pages and sections, as they are at a time of the day."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from xml.sax.saxutils import escape as xml

from tests.simulated.faults import FEEDS, ON_STORIES, TRAPS
from tests.simulated.hosts import Host
from tests.simulated.markups import framed
from tests.simulated.stories import Story

FEED_PATHS = {"rss": "/feed.xml", "atom": "/atom.xml", "rdf": "/rdf.xml", "json": "/feed.json"}
FEED_KINDS = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
}
NEWS_SITEMAP, INDEX = "/news-sitemap.xml", "/sitemap-index.xml"
_A_FEED = 12  # stories that a feed lists
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def feed(host: Host, at: float) -> bytes:
    """Return the site's feed, broken as was planted."""
    listed = list(_listed(host, at))
    if host.feeds is FEEDS["feed-html"]:
        links = "".join(f'<li><a href="{address}">{escape(s.headline)}</a></li>' for address, s in listed)
        return framed(host, f"{host.name}: feed", f'<main><ul class="feed">{links}</ul></main>').encode()
    match host.feed:
        case "atom":
            return _atom(host, listed)
        case "rdf":
            return _rdf(host, listed)
        case "json":
            return _json(host, listed)
    return _rss(host, listed)


def news_sitemap(host: Host, at: float) -> bytes:
    """Return the site's news sitemap: what it told in the last two days."""
    entries = "".join(
        f"<url><loc>{xml(address)}</loc><news:news><news:publication><news:name>{xml(host.name)}</news:name>"
        f"<news:language>{host.language}</news:language></news:publication>"
        f"<news:publication_date>{_date(host, s).isoformat()}</news:publication_date>"
        f"<news:title>{xml(s.headline)}</news:title></news:news></url>"
        for address, s in _listed(host, at)
    )
    space = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{_SITEMAP}" {space}>{entries}</urlset>'.encode()


def growing_index(host: Host, path: str) -> bytes:
    """Return a sitemap index that lists two more of itself."""
    stem = path.removesuffix(".xml")
    places = "".join(f"<sitemap><loc>{host.base}{stem}-{k}.xml</loc></sitemap>" for k in (1, 2))
    return f'<?xml version="1.0"?><sitemapindex xmlns="{_SITEMAP}">{places}</sitemapindex>'.encode()


def front(host: Host, at: float, visit: int) -> str:
    """Return the front page; `visit` is how often it has been asked for, which a session's number tells."""
    stories = host.told(at)[:_A_FEED]
    session = f"PHPSESSID={visit:08x}c0ffee" if host.trap is TRAPS["session"] else ""
    cards = "".join(_card(host, story, session) for story in stories)
    head = ""
    if host.feed and host.told_of:
        path, kind = FEED_PATHS[host.feed], FEED_KINDS[host.feed]
        head = f'<link rel="alternate" type="{kind}" title="{host.name}" href="{path}">'
    aside = (
        '<aside><ul><li><a href="/video/today">Video</a></li><li><a href="/tag/winter/">Winter</a></li>'
        '<li><a href="/login">Log in</a></li><li><a href="https://partner.example/offer?from=front">Offer</a></li>'
        f'<li><a href="/author/{stories[0].number % 9}/">{stories[0].author}</a></li>'
        f'<li><a href="/files/timetable.pdf">PDF</a></li></ul>{_trap(host, at)}</aside>'
    )
    return framed(host, host.name, f'<main><div class="river">{cards}</div></main>{aside}', head=head)


def section(host: Host, at: float, name: str) -> str:
    """Return the page of a section."""
    cards = "".join(_card(host, story, "") for story in host.told(at) if story.section == name)
    return framed(host, f"{name.title()} – {host.name}", f'<main><h1>{name.title()}</h1><div class="river">{cards}</div></main>')  # fmt: skip


def calendar(host: Host, month: int) -> str:
    """Return a page of the calendar; it lists its days, and the months before and after it."""
    days = "".join(f'<td><a href="/calendar/{month}/{day}">{day}</a></td>' for day in range(1, 29))
    turn = f'<a href="/calendar/{month - 1}/1">«</a> <a href="/calendar/{month + 1}/1">»</a>'
    return framed(host, f"Calendar {month}", f"<main>{turn}<table><tr>{days}</tr></table></main>")


def _listed(host: Host, at: float) -> list[tuple[str, Story]]:
    """Return the addresses that a listing names, with what was planted among them."""
    listed = []
    for story in host.told(at)[:_A_FEED]:
        path = host.path(story)
        if host.planted.get(story.number) is ON_STORIES["twin"]:
            listed.append((f"{host.base}{_beside(path, 'amp=1')}", story))
        if host.planted.get(story.number) is ON_STORIES["doubled"]:
            listed.append((f"{host.base}{_beside(path, 'edition=evening')}", story))
        listed.append((host.base + path, story))
    return listed


def _beside(path: str, parameter: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{parameter}"


def _rss(host: Host, listed: list[tuple[str, Story]]) -> bytes:
    fault = host.feeds
    items = ""
    for address, story in listed:
        title, summary, link = xml(story.headline), xml(story.standfirst), xml(_beside(address, "utm_source=feed&utm_medium=rss"))  # fmt: skip
        if fault is FEEDS["feed-relative"]:
            link = xml(address.removeprefix(host.base))
        if fault is FEEDS["feed-entities"]:
            title, link = f"{title}&nbsp;& more&hellip;", link.replace("&amp;", "&")
        date = "" if fault is FEEDS["feed-undated"] else f"<pubDate>{format_datetime(_date(host, story))}</pubDate>"
        items += (
            f"<item><title>{title}</title><link>{link}</link><description>{summary}</description>{date}"
            f'<guid isPermaLink="false">{host.index}-{story.number}</guid></item>\n'
        )
    declared = "us-ascii" if fault is FEEDS["feed-charset"] else "utf-8"
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>\n<rss version="2.0"><channel><title>{xml(host.name)}</title>'
        f"<link>{host.base}/</link>{items}</channel></rss>"
    )
    return text.encode()


def _atom(host: Host, listed: list[tuple[str, Story]]) -> bytes:
    entries = "".join(
        f"<entry><id>tag:{host.index},{s.number}</id><title>{xml(s.headline)}</title>"
        f'<link rel="alternate" href="{xml(address)}"/><published>{_date(host, s).isoformat()}</published>'
        f"<summary>{xml(s.standfirst)}</summary></entry>"
        for address, s in listed
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{xml(host.name)}</title>'
        f"{entries}</feed>"
    ).encode()


def _rdf(host: Host, listed: list[tuple[str, Story]]) -> bytes:
    items = "".join(
        f'<item rdf:about="{xml(address)}"><title>{xml(s.headline)}</title><link>{xml(address)}</link>'
        f"<dc:date>{_date(host, s).isoformat()}</dc:date></item>"
        for address, s in listed
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{host.base}/"><title>{xml(host.name)}</title></channel>{items}</rdf:RDF>'
    ).encode()


def _json(host: Host, listed: list[tuple[str, Story]]) -> bytes:
    items = [
        {"id": f"{host.index}-{s.number}", "url": address, "title": s.headline, "summary": s.standfirst}
        | {"date_published": _date(host, s).isoformat()}
        for address, s in listed
    ]
    told = {"version": "https://jsonfeed.org/version/1.1", "title": host.name, "items": items}
    return json.dumps(told, ensure_ascii=False).encode()


def _card(host: Host, story: Story, session: str) -> str:
    path = _beside(host.path(story), session) if session else host.path(story)
    return (
        f'<div class="card"><h2><a href="{escape(path)}">{escape(story.headline)}</a></h2>'
        f"<p>{escape(story.standfirst)}</p></div>"
    )


def _trap(host: Host, at: float) -> str:
    if host.trap is TRAPS["calendar"]:
        days = "".join(f'<td><a href="/calendar/0/{day}">{day}</a></td>' for day in range(1, 29))
        return f'<table class="calendar"><tr>{days}</tr></table>'
    if host.trap is TRAPS["deep"]:
        deeper = "/more" * (4 + int(at // 9000))
        return f'<p><a href="{deeper}/a-longer-look-at-the-winter-of-the-harbour-{host.index}">More and more</a></p>'
    return ""


def _date(host: Host, story: Story) -> datetime:
    return host.day + timedelta(seconds=story.published)

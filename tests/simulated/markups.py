"""How the sites set their pages: an article in each of the makes, with what stands around a story on a real one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from html import escape

from tests.simulated.hosts import Host
from tests.simulated.stories import Story

RIGHT_TO_LEFT = {"he"}
# A portal is as old as its charset.
LEGACY = {"de": "iso-8859-1", "es": "windows-1252", "uk": "windows-1251", "he": "windows-1255", "ja": "shift_jis"}
_MENU = ("about", "contact", "imprint", "privacy", "subscribe")


def article(host: Host, story: Story, at: float, *, head: str = "", canonical: str | None = None) -> bytes:
    """Return a story's page as it is at a time of the day, in the site's charset."""
    url = canonical or host.base + host.path(story)
    date = host.day + timedelta(seconds=story.published)
    text = [escape(p, quote=False) for p in story.text(at)]
    page = _MAKES[host.make](host, story, text, url, date.isoformat())
    return encoded(host, page.replace("</head>", f"{head}</head>", 1))


def amp(host: Host, story: Story, at: float) -> bytes:
    """Return the AMP twin of a story's page."""
    text = "".join(f"<p>{escape(p, quote=False)}</p>" for p in story.text(at))
    return (
        f'<!doctype html><html ⚡ lang="{host.language}"><head><meta charset="utf-8"><title>{story.headline}</title>'
        f'<link rel="canonical" href="{host.base}{host.path(story)}"><script async src="/amp.js"></script></head>'
        f"<body><h1>{story.headline}</h1>{text}</body></html>"
    ).encode()


def encoded(host: Host, page: str) -> bytes:
    """Return a page in the charset that it declares."""
    return page.encode(charset(host), "xmlcharrefreplace")


def charset(host: Host) -> str:
    """Return the charset of a site's pages."""
    return LEGACY.get(host.language, "utf-8") if host.make == "portal" else "utf-8"


def framed(host: Host, title: str, content: str, *, head: str = "") -> str:
    """Return a page of the site with its menus around some content."""
    turn = ' dir="rtl"' if host.language in RIGHT_TO_LEFT else ""
    sections = sorted({story.section for story in host.stories})
    menu = "".join(f'<li><a href="/{s}/">{s.title()}</a></li>' for s in sections)
    foot = "".join(f'<li><a href="/{s}">{s.title()}</a></li>' for s in _MENU)
    return (
        f'<!DOCTYPE html>\n<html lang="{host.language}"{turn}><head><meta charset="{charset(host)}">'
        f"<title>{title}</title>{head}</head><body>"
        f'<header class="{_name(host, "site-header")}"><a href="/">{host.name}</a><nav><ul>{menu}</ul></nav></header>'
        f"{content}<footer><ul>{foot}</ul></footer></body></html>"
    )


def _press(host: Host, story: Story, text: list[str], url: str, date: str) -> str:
    body = "".join(f"<p>{p}</p>\n" for p in text)
    content = (
        f'<div id="content" class="site-content"><article id="post-{story.number}" class="post type-post hentry">'
        f'<header class="entry-header"><h1 class="entry-title">{story.headline}</h1><div class="entry-meta">'
        f'<time class="entry-date published" datetime="{date}">{date[:10]}</time> <span class="byline">'
        f'<a rel="author" href="/author/{story.number % 9}/">{story.author}</a></span></div></header>'
        f'<div class="entry-content">{body}</div><footer class="entry-footer"><span class="tags-links">'
        f'<a rel="tag" href="/tag/{story.section}/">{story.section}</a></span></footer></article>{_related(host, story)}'
        "</div>"
    )
    return framed(host, f"{story.headline} – {host.name}", content, head=_metas(host, story, url, date))


def _arc(host: Host, story: Story, text: list[str], url: str, date: str) -> str:
    body = "".join(f'<p class="c-paragraph b-article-body__text">{p}</p>' for p in text)
    content = (
        f'<main class="c-grid"><article class="b-it-article"><h1 class="b-headline">{story.headline}</h1>'
        f'<h2 class="b-subheadline">{story.standfirst}</h2><span class="b-byline">{story.author}</span>'
        f'<time dateTime="{date}">{date[:10]}</time><div class="b-article-body">{body}</div></article>'
        f"{_related(host, story)}</main>"
    )
    return framed(host, f"{story.headline} | {host.name}", content, head=_metas(host, story, url, date) + _data(host, story, url, date))  # fmt: skip


def _hashed(host: Host, story: Story, text: list[str], url: str, date: str) -> str:
    body = "".join(f'<div data-component="text-block" class="{_name(host, "row")}"><p class="{_name(host, "p")}">{p}</p></div>' for p in text)  # fmt: skip
    content = (
        f'<div id="__next"><main><article class="{_name(host, "article")}"><header><h1 class="{_name(host, "h")}">'
        f'{story.headline}</h1></header><p class="{_name(host, "by")}">{story.author}</p>{body}</article>'
        f"{_related(host, story)}</main></div>"
        f'<script id="__NEXT_DATA__" type="application/json">{{"page":"/story","n":{story.number}}}</script>'
    )
    return framed(host, story.headline, content, head=_metas(host, story, url, date) + _data(host, story, url, date))


def _portal(host: Host, story: Story, text: list[str], url: str, date: str) -> str:
    body = "\n".join(f"<p>{p}</p>" for p in text)
    content = (
        f"<table width=980 cellpadding=0><tr><td width=180>{_related(host, story)}</td><td><h1>{story.headline}</h1>"
        f"<h2 class=subtitle>{story.standfirst}</h2><div class=author>{story.author}</div><div class=text>{body}</div>"
        "</td></tr></table>"
    )
    return framed(host, f"{story.headline} :: {host.name}", content, head=_metas(host, story, url, date))


def _numbers(host: Host, story: Story, text: list[str], url: str, date: str) -> str:
    body = "".join(f"<p>{p}</p>" for p in text)
    content = (
        f'<div class="wrapper"><div class="main-column"><div class="story" itemscope itemtype="https://schema.org/NewsArticle">'
        f'<h1 itemprop="headline">{story.headline}</h1><meta itemprop="datePublished" content="{date}">'
        f'<div class="story-text" itemprop="articleBody">{body}</div></div></div>'
        f'<aside class="sidebar">{_related(host, story)}</aside></div>'
    )
    return framed(host, story.headline, content, head=_metas(host, story, url, date))


def _bricks(host: Host, story: Story, text: list[str], url: str, date: str) -> str:
    body = "".join(f'<div class="brick brick-text"><p>{p}</p></div>' for p in text)
    content = (
        f'<section class="page"><div class="brick brick-title"><h1>{story.headline}</h1></div><div class="bricks">{body}'
        f"</div></section>{_related(host, story)}"
    )
    return framed(host, f"{story.headline} | {host.name}", content, head=_data(host, story, url, date) + f'<link rel="canonical" href="{url}">')  # fmt: skip


_MAKES: dict[str, Callable[[Host, Story, list[str], str, str], str]] = {
    "press": _press,
    "arc": _arc,
    "hashed": _hashed,
    "portal": _portal,
    "numbers": _numbers,
    "bricks": _bricks,
}


def _metas(host: Host, story: Story, url: str, date: str) -> str:
    headline = escape(story.headline)
    return (
        f'<link rel="canonical" href="{url}"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{headline}"><meta property="og:site_name" content="{host.name}">'
        f'<meta property="og:description" content="{escape(story.standfirst)}">'
        f'<meta property="article:published_time" content="{date}">'
    )


def _data(host: Host, story: Story, url: str, date: str) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline}
    data |= {"datePublished": date, "url": url, "author": {"@type": "Person", "name": story.author}}  # type: ignore[dict-item]
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def _related(host: Host, story: Story) -> str:
    """Return links to what the site told before, as they stand beside a story."""
    others = [other for other in host.told(story.published) if other is not story][:4]
    links = "".join(f'<li><a href="{host.path(o)}">{o.headline}</a></li>' for o in others)
    return f'<div class="{_name(host, "related")}"><ul>{links}</ul></div>' if links else ""


def _name(host: Host, name: str) -> str:
    """Return the name of a class as the site's make writes it."""
    return f"sc-{hash_of(host.index, name)}" if host.make == "hashed" else name


def hash_of(*parts: object) -> str:
    """Return a short name without a sense; the same in every process."""
    value = 7
    for letter in "/".join(map(str, parts)):
        value = (value * 31 + ord(letter)) % 2**32
    return f"{value:08x}"[:7]

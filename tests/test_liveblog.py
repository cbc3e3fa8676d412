"""Live blogs: their body joins the entries, newest or oldest first as the page has them; clocks and chrome stand apart."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from extractors import Article, Label
from tests.broadsheet import sheet
from tests.gazette import STORY, page, paragraphs, read

INTRO = "The storm over the bay is moving north. Here is how the night went, from the first gust to the last lamp."
ENTRIES: tuple[tuple[str, str | None, tuple[str, ...]], ...] = (
    (
        "21:40",
        "Last lamp goes out",
        (
            "The lamp at the pier's end has gone out, the lighthouse keeper says on the radio.",
            "The harbour office asks everybody to stay away from the quay until the morning.",
        ),
    ),
    (
        "21:05",
        "Ferry turns back",
        ("The last ferry has turned back to Tern Island with eleven passengers and a goat.",),
    ),
    (
        "20:52",
        None,
        ("A first gust of fifty knots was measured at Gull Point, where the fence of the bowling green is down.",),
    ),
    (
        "20:30",
        "Café closed early",
        ("The café at the end of the pier has closed early, and its owner has taken the till home in a pram.",),
    ),
    (
        "19:15",
        "What we know so far",
        ("The storm reaches the bay at nine. Schools stay closed on Monday, the council decided this evening.",),
    ),
)
ZONE = timezone(timedelta(hours=2))
TIMES = tuple(datetime(2026, 5, 3, int(clock[:2]), int(clock[3:]), tzinfo=ZONE) for clock, _, _ in ENTRIES)
ALL = tuple((clock, title, texts, when) for (clock, title, texts), when in zip(ENTRIES, TIMES, strict=True))
BODY = "\n\n".join([INTRO, *(text for _, title, texts in ENTRIES for text in (title, *texts) if text)])


def set_as(pattern: str, *, title: str = "<h2>{}</h2>") -> str:
    """Return the entries set after a pattern: `{clock}`, `{iso}`, `{title}`, `{text}`, `{n}`."""
    return "".join(
        pattern.replace("{clock}", clock).replace("{iso}", when.isoformat()).replace("{n}", str(n))
        .replace("{title}", title.format(heading) if heading else "").replace("{text}", "".join(f"<p>{t}</p>" for t in texts))
        for n, (clock, heading, texts, when) in enumerate(ALL)
    )  # fmt: skip


KEY = '<ul class="key-events"><li><a href="#block-0"><time datetime="2026-05-03T21:40:00+02:00">21:40</time> Last lamp goes out</a></li><li><a href="#block-1"><time datetime="2026-05-03T21:05:00+02:00">21:05</time> Ferry turns back</a></li></ul>'
SHARE = '<div class="share"><a href="https://www.facebook.com/sharer?u=1">Share on Facebook</a> <a href="https://twitter.com/share?u=1">Share on X</a></div>'
MARKUP = {
    "articles with a time first": '<div id="liveblog-body" data-test="liveblog">'
    + set_as('<article id="block-{n}" class="dcr-abc block"><header><a href="#block-{n}"><time datetime="{iso}">{clock} CEST</time></a>{title}</header>{text}' + SHARE + "</article>")
    + "</div>",
    "divs with a heading first": '<div class="liveblog">'
    + set_as('<div class="liveblog-entry" data-id="{n}">{title}<div class="liveblog-entry__meta"><time datetime="{iso}">{clock}</time> <span class="author">Ada Quill</span></div><div class="liveblog-entry__content">{text}</div></div>', title="<h3>{}</h3>")
    + "</div>",
    "items of a list": '<ol class="timeline">'
    + set_as('<li class="timeline__item"><time class="timeline__time" datetime="{iso}">{clock}</time><div class="timeline__body">{title}{text}</div></li>', title="<p><strong>{}</strong></p>")
    + "</ol>",
    "clocks as plain text": '<div class="ticker">'
    + set_as('<div class="ticker-item"><span class="ticker-time">{clock} Uhr</span>{title}<div>{text}</div></div>', title="<h4>{}</h4>")
    + "</div>",
    "a name right behind the clock": '<div class="live-event-entries">'
    + set_as('<div class="live-event-entry" data-type="default"><div class="entry-info"><time>{clock}</time><mark>Ada Quill</mark></div><div class="entry-content">{title}{text}</div></div>', title="<h3>{}</h3>")
    + "</div>",
    "microdata": '<div itemscope itemtype="https://schema.org/LiveBlogPosting">'
    + set_as('<div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting" class="c-{n}"><meta itemprop="datePublished" content="{iso}"><span class="stamp">{clock}</span>{title}<div itemprop="articleBody">{text}</div></div>')
    + "</div>",
    "an AMP list": '<amp-live-list id="list" data-poll-interval="15000" data-max-items-per-page="20"><button update on="tap:list.update">You have updates</button><div items>'
    + set_as('<div id="post{n}" data-sort-time="1"><h2 class="h"><amp-timeago datetime="{iso}">{clock}</amp-timeago></h2>{title}{text}</div>', title="<h3>{}</h3>")
    + "</div></amp-live-list>",
}  # fmt: skip


def live(shape: str, *, data: bool = True) -> Article:
    told = {
        "@type": "LiveBlogPosting",
        "headline": "Storm over the bay",
        "coverageStartTime": TIMES[-1].isoformat(),
        "liveBlogUpdate": [],
    }
    head = f'<script type="application/ld+json">{json.dumps(told)}</script>' if data else ""
    chrome = f'<div class="live-badge">Live</div><p class="refresh">Updated 2 minutes ago</p>{KEY}'
    return read(
        sheet(
            f'<article class="live">{chrome}<div class="live-text"><p>{INTRO}</p></div>{MARKUP[shape]}</article>',
            headline="Storm over the bay",
            head=head,
        )
    )


BARE = {  # nothing but entries between the headline and the page's end
    "articles under headings of their own": '<article class="tik4-content-block"><header><span class="tik4-date">03.05.2026</span> <span>{clock}</span></header>{title}<div class="tik4-text">{text}</div><div class="tik4-share"><a href="/s">Link</a></div></article>',
    "a heading in the header": '<article id="block-{n}"><header><a href="?page=block-{n}"><time datetime="{iso}">{clock} CEST</time></a>{title}</header>{text}<footer><button>Share</button></footer></article>',
    "titles that a class names": '<div class="liveblog-card"><div class="card-header"><time datetime="{iso}">{clock}</time></div><div class="card-sender"><span>Gazette</span></div><div class="card-title">{title}</div><div class="card-text"><div>{text}</div></div></div>',
}  # fmt: skip


@pytest.mark.parametrize("shape", BARE)
def test_a_live_blog_of_short_entries_is_read_to_its_last(shape: str) -> None:
    entries = set_as(BARE[shape], title="{}" if "class names" in shape else "<h2>{}</h2>")
    found = read(sheet(f'<div class="live-center">{entries}</div>', headline="Storm over the bay"))
    assert found.body == BODY.removeprefix(f"{INTRO}\n\n")
    assert [e.headline for e in found.entries] == [title for _, title, *_ in ALL]


def test_the_longest_entry_of_a_live_blog_is_not_all_of_it() -> None:
    """One that sums up is marked by its class, and a box of the paper's stands between two others."""
    pattern = '<article id="block-{n}" class="block{kind}"><header><time datetime="{iso}">{clock} CEST</time>{title}</header>{text}<footer><ul><li>Share</li></ul></footer></article>'
    parts = [set_as(pattern.replace("{kind}", kind), title="<h2>{}</h2>").split("</article>")[n] for n, kind in enumerate((" block--summary", "", " block--key", "", ""))]  # fmt: skip
    told = paragraphs(*STORY[:3])
    parts[0] = parts[0].replace("<footer>", f"{told}<footer>")
    parts[2] = (
        f'<div class="epic"><h2>First Light</h2><p>Our morning email tells you what is happening.</p></div>{parts[2]}'
    )
    found = read(sheet(f'<div class="blog">{"</article>".join(parts)}</article></div>', headline="Storm over the bay"))
    assert [e.headline for e in found.entries] == [title for _, title, *_ in ALL]
    assert found.entries[0].body.endswith(STORY[2])
    assert found.body.endswith(ALL[-1][2][-1])


@pytest.mark.parametrize("data", [True, False])
@pytest.mark.parametrize("shape", MARKUP)
def test_a_live_blog_is_its_entries(shape: str, data: bool) -> None:
    article = live(shape, data=data)
    assert article.body == BODY
    told = [(e.headline, e.body) for e in article.entries]
    assert told == [(title, "\n\n".join(texts)) for _, title, texts, _ in ALL]
    assert [e.clock and e.clock[:5] for e in article.entries] == [clock for clock, *_ in ENTRIES]


@pytest.mark.parametrize("shape", [shape for shape in MARKUP if "datetime=" in MARKUP[shape]])
def test_entries_know_their_instant_where_the_page_gives_it(shape: str) -> None:
    assert [e.published for e in live(shape).entries] == list(TIMES)


@pytest.mark.parametrize("shape", MARKUP)
def test_headings_of_entries_are_body_and_clocks_are_not(shape: str) -> None:
    article = live(shape)
    assert [b.text.strip() for b in article.blocks if b.label is Label.ENTRY] == [
        title for _, title, _, _ in ALL if title
    ]
    assert not any("21:05" in block.text for block in article.blocks if block.label is Label.BODY)


def test_entries_survive_the_json_form() -> None:
    article = live("articles with a time first")
    again = Article.from_dict(json.loads(json.dumps(article.as_dict())))
    assert again == article
    assert again.entries == article.entries


def test_a_live_blog_that_stands_in_its_data_only() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": title, "datePublished": when.isoformat(), "articleBody": "\n".join(texts)}
        for _, title, texts, when in ALL
    ]
    data = {
        "@type": "LiveBlogPosting",
        "headline": "Storm over the bay",
        "articleBody": INTRO,
        "liveBlogUpdate": updates,
    }
    html = sheet(
        '<div id="root"></div>',
        headline="Storm over the bay",
        head=f'<script type="application/ld+json">{json.dumps(data)}</script>',
    )
    article = read(html)
    assert article.body == BODY
    assert [(e.headline, e.published) for e in article.entries] == [(title, when) for _, title, _, when in ALL]


def test_other_articles_have_no_entries() -> None:
    times = "".join(
        f'<p><time datetime="{datetime(2026, 5, n + 1, tzinfo=UTC).date()}">{n + 1} May</time> {text}</p>'
        for n, text in enumerate(STORY)
    )
    for content in (
        "".join(f"<p>{text}</p>" for text in STORY),
        times,
        "".join(f"<h2>Part {n}</h2><p>{text}</p>" for n, text in enumerate(STORY)),
    ):
        assert read(sheet(f"<article>{content}</article>")).entries == ()


def test_a_short_entry_at_the_end_stays_and_the_clock_of_one_is_no_date_of_the_page() -> None:
    told = (
        "The harbour master has closed the inner basin to all boats until the wreck is marked.",
        "“We heard it before we saw it,” a fisherman told our reporter on the coal quay.",
        "The ferry to Tern Island now leaves from the coal quay.",
        "Divers have found the bell.",
    )
    posts = "".join(
        f'<div class="post" id="p{i}"><time datetime="2026-05-04T1{i}:05:00+02:00">1{i}:05</time><p>{text}</p></div>'
        for i, text in enumerate(told)
    )
    article = read(page(paragraphs(STORY[0]) + posts))
    assert article.body.split("\n\n") == [STORY[0], *told]
    assert not isinstance(article.published, datetime)


def test_a_name_behind_the_clock_of_an_entry_signs_that_entry_only() -> None:
    article = live("a name right behind the clock")
    assert [e.clock for e in article.entries] == [clock for clock, *_ in ENTRIES]
    assert [b.label for b in article.blocks if b.text == "Ada Quill"] == [Label.BYLINE] * len(ENTRIES)
    assert (article.byline, article.authors) == (None, ())


def test_a_live_blog_may_open_with_a_clock_and_a_name_right_behind_it() -> None:
    entry = '<div class="liveblog-entry"><div><span>{clock}</span><span>Ada Quill</span></div>{title}{text}</div>'
    found = read(sheet(f'<div class="liveblog">{set_as(entry)}</div>', headline="Storm over the bay"))
    assert found.body == BODY.removeprefix(f"{INTRO}\n\n")
    assert [e.clock for e in found.entries] == [clock for clock, *_ in ENTRIES]

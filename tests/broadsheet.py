"""A page of the invented paper as news sites set them: rails, cards, prompts and a footer around whatever is the story."""

from __future__ import annotations

import re
from html import escape

from tests.gazette import HEADLINE, STORY

TEASERS = (
    ("Night bus to the quarry villages gets a second winter", "The council found the money in the parking fund, after a debate that lasted until midnight."),
    ("Choir of the lifeboat crew sings for a new roof", "Forty voices and one accordion filled the hall on Saturday, and the roof fund grew by a third."),
    ("School kitchen wins a prize for its fish soup", "The jury came unannounced on a Tuesday, which is the day on which the soup is best."),
    ("A lighthouse keeper's diary turns up in a loft", "The pages cover eleven winters and say more about the weather than about anything else."),
    ("Ferry company orders two boats that run on batteries", "The first of them is to cross the bay in two years, the company told its passengers by letter."),
    ("Court ends the quarrel over the bowling green", "Both clubs may use it, on alternate days, and neither may paint the fence again."),
)  # fmt: skip


def cards(tag: str = "div", name: str = "card") -> str:
    """Return teasers of other stories as a page sets them under its own."""
    return "".join(
        f'<{tag} class="{name}"><a href="/2026/05/{i}"><img src="/t/{i}.jpg" alt="" width="320" height="180"></a>'
        f'<h3><a href="/2026/05/{i}">{title}</a></h3><p>{text}</p><time datetime="2026-05-0{i + 1}">{i + 1} May</time></{tag}>'
        for i, (title, text) in enumerate(TEASERS)
    )


def sheet(
    content: str,
    *,
    headline: str = HEADLINE,
    language: str = "en",
    head: str = "",
    heading: bool = True,
    below: str = "",
    story: tuple[str, ...] = STORY,
) -> str:
    """Return a whole page: `content` stands under the headline; `{0}`, `{1}` … in it are paragraphs of the story."""
    content = filled(content, story)
    title = f"<h1 class='headline'>{headline}</h1>" if heading else ""
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{headline} | The Gazette</title>
<meta property="og:title" content="{headline}"><meta property="og:site_name" content="The Gazette">{head}</head><body class="story-page">
<a class="skip" href="#main">Skip to content</a>
<header class="site-header"><a href="/"><img src="/logo.svg" alt="The Gazette"></a><nav><ul><li><a href="/coast">Coast</a></li>
<li><a href="/town">Town</a></li><li><a href="/sport">Sport</a></li></ul></nav><form action="/search"><input name="q"><button>Search</button></form></header>
<div class="page-wrap"><div class="main-col" id="main">{title}
{content}
</div><div class="rail"><section class="most-read"><h2>Most read</h2><ol><li><a href="/a">Storm warning for the weekend lifted early</a></li>
<li><a href="/b">Mayor's dog found in the customs house again</a></li><li><a href="/c">Which cafés open on the first of May</a></li></ol></section></div></div>
<section class="more-stories"><h2>More from the coast</h2>{cards()}</section>{below}
<div class="newsletter-box"><h2>The Gazette in your inbox</h2><p>Get the morning's stories by email, free of charge, at six o'clock.</p>
<form action="/letters"><input type="email"><button>Sign up</button></form></div>
<footer><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul><p>The Gazette, 4 Rope Walk, Saltmouth. All rights reserved.</p></footer>
</body></html>"""


def filled(markup: str, story: tuple[str, ...] = STORY) -> str:
    """Put paragraphs of a story where `{0}`, `{1}` … stand in markup."""
    return re.sub(r"\{(\d+)\}", lambda m: escape(story[int(m[1])], quote=False), markup)

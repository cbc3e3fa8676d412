"""Shapes in which sites set their stories: each page is read whole and in order, and nothing else stands in the body.

The pages are of our own make, in the markup of real sites. Live blogs are in `test_liveblog`, pages whose story stands
in a script in `test_embedded`.
"""

from __future__ import annotations

import pytest

from extractors import Label
from tests.broadsheet import TEASERS, cards, filled, sheet
from tests.gazette import HEADLINE, STORY, STORY_HE, STORY_JA, URL, labels_of, page, paragraphs, read

AD = (
    '<div class="css-1a2b"><div id="story-ad-{0}-wrapper" class="css-9x8y"><div class="css-77z"><p>Advertisement</p>'
    '<a href="#after-story-ad-{0}">SKIP ADVERTISEMENT</a></div><div class="ad story-ad-{0}-wrapper"></div></div></div>'
)
COLUMN = '<div class="css-53u6y8 StoryBodyCompanionColumn"><div class="css-1vkm6nb">{0}</div></div>'
PROMPT = (
    '<aside class="PersistentAsideWrapper-x PersistentAside-y" data-testid="PersistentAside"><div class="StickyBoxWrapper">'
    '<div class="consumer-marketing-unit" role="presentation"><p>Every week the best of the coast, picked by our editors.</p>'
    "<a href='/newsletter'>Sign up »</a></div></div></aside>"
)


def column(*numbers: int) -> str:
    return COLUMN.replace("{0}", "".join(f'<p class="css-at9mc1 evys1bk0">{{{n}}}</p>' for n in numbers))


def ps(*numbers: int, name: str = "") -> str:
    attributes = f' class="{name}"' if name else ""
    return "".join(f"<p{attributes}>{{{n}}}</p>\n" for n in numbers)


SPLIT = {
    "columns around advertisements": (
        f'<article><section name="articleBody" class="meteredContent css-1r7ky0e">{column(0, 1)}{AD.replace("{0}", "1")}'
        f'{column(2, 3)}{AD.replace("{0}", "2")}{column(4, 5)}{AD.replace("{0}", "3")}{column(6, 7)}</section></article>'
    ),
    "grid rows around prompts": (
        '<article class="main-content"><div class="ArticlePageChunks-a"><div class="GridWrapper-b BodyWrapper-c"><div class="body__container">'
        f'<div class="container container--body-inner">{ps(0, 1, 2)}</div></div>{PROMPT}</div><div class="ad-stickyhero AdWrapper-d"></div>'
        f'<div class="GridWrapper-b BodyWrapper-c"><div class="body__container"><div class="container container--body-inner">{ps(3, 4)}</div></div>'
        f'{PROMPT}</div><div class="GridWrapper-b BodyWrapper-c"><div class="body__container"><div class="container container--body-inner">{ps(5, 6, 7)}'
        "</div></div></div></div></article>"
    ),
    "a free part and a part for subscribers": (
        f'<div class="story"><div class="free-part">{ps(0, 1)}</div><div class="paywall-marker" id="piano-inline"></div>'
        f'<div class="premium-content subscriber-only" id="premium-body">{ps(2, 3, 4, 5, 6, 7)}</div></div>'
    ),
    "a lead apart, the rest two levels deeper": (
        f'<div class="opening">{ps(0)}</div><div class="adv"><span>Advertisement</span></div><div class="rest"><div class="inner"><div>{ps(1, 2, 3, 4, 5, 6, 7)}'
        "</div></div></div>"
    ),
    "chunks of one paragraph and advertisements": "".join(
        f'<div class="chunk">{ps(n)}</div><div class="ad-slot" data-slot="{n}"><span>Advertisement</span></div>' for n in range(8)
    ),
    "two articles of one story": f'<article class="page-1">{ps(0, 1, 2, 3)}</article><div class="ad"></div><article class="page-2">{ps(4, 5, 6, 7)}</article>',
}  # fmt: skip


@pytest.mark.parametrize("content", SPLIT.values(), ids=SPLIT)
def test_a_body_in_several_containers(content: str) -> None:
    assert read(sheet(content)).body == "\n\n".join(STORY)


PIECES = {
    "a div each, hashed classes": "".join(f'<div class="sc-{n}f00 kQxyzA"><div class="sc-18f x">{{{n}}}</div></div>' for n in range(8)),
    "text blocks": "<article>" + "".join(f'<div data-component="text-block" class="ssrcss-11r1m41-RichTextComponentWrapper"><div class="ssrcss-7uxr49"><p class="ssrcss-1q0x">{{{n}}}</p></div></div>' for n in range(8)) + "</article>",
    "divs of posts": '<div class="post" dir="auto">' + "".join(f'<div dir="auto" style="text-align: start;">{{{n}}}</div>' for n in range(8)) + "</div>",
    "headings for paragraphs": "<div class='text'>" + "".join(f"<h4>{{{n}}}</h4>" for n in range(8)) + "</div>",
    "block quotes for paragraphs": "<div class='post'>" + "".join(f"<blockquote>{{{n}}}</blockquote>" for n in range(8)) + "</div>",
    "spans that are set as blocks": "<div class='text'>" + "".join(f'<span class="par" style="display:block">{{{n}}}</span>' for n in range(8)) + "</div>",
    "hidden until a script has run": f'<div class="article-text" style="display:none">{ps(*range(8))}</div>',
    "inside an aside": f'<aside class="content-main">{ps(*range(8))}</aside>',
    "inside a header": f"<article><header>{ps(0, 1)}</header>{ps(*range(2, 8))}</article>",
    "inside details": f"<details open><summary>The story</summary>{ps(*range(8))}</details>".replace("<summary>The story</summary>", ""),
    "items of a list": "<ul class='paragraphs'>" + "".join(f"<li><p>{{{n}}}</p></li>" for n in range(8)) + "</ul>",
    "text in custom elements": "<gz-article>" + "".join(f"<gz-paragraph>{{{n}}}</gz-paragraph>" for n in range(8)) + "</gz-article>",
    "custom elements": "<gz-article>" + "".join(f"<gz-paragraph><p>{{{n}}}</p></gz-paragraph>" for n in range(8)) + "</gz-article>",
    "font tags and breaks": '<font face="Times" size="3">' + "<br>&nbsp;<br>\n".join(f"&nbsp;&nbsp;&nbsp;{{{n}}}" for n in range(8)) + "</font>",
    "centred text and breaks": "<center><b>SALTMOUTH</b></center><br><div align=justify>".replace("<center><b>SALTMOUTH</b></center><br>", "") + "<br /><br />".join(f"{{{n}}}" for n in range(8)) + "</div>",
    "preformatted": "<pre>" + "\n\n".join(f"{{{n}}}" for n in range(8)) + "</pre>",
    "a second html element": f"<div class=t>{ps(0, 1, 2)}</div></div><html><body><div class=t>{ps(*range(3, 8))}",
}  # fmt: skip


@pytest.mark.parametrize("content", PIECES.values(), ids=PIECES)
def test_paragraphs_of_other_make(content: str) -> None:
    assert read(sheet(content)).body.replace("\xa0", "").split() == " ".join(STORY).split()
    assert len(read(sheet(content)).body.split("\n\n")) == len(STORY)


def test_an_old_layout_of_tables() -> None:
    links = "".join(
        f'<tr><td bgcolor="#eeeeee"><font size="-1"><a href="/{n}.htm">Section {n}</a></font></td></tr>'
        for n in range(9)
    )
    html = filled(
        f"""<html><head><title>{HEADLINE}</title></head><body bgcolor="#ffffff"><table width="100%" border="0"><tr><td colspan="3"><a href="/"><img src="top.gif"
        alt="The Gazette"></a></td></tr><tr><td width="120" valign="top"><table>{links}</table></td><td valign="top"><table><tr><td><font size="+2"><b>{HEADLINE}</b></font></td></tr>
        <tr><td><font size="2" face="Verdana">{{0}}<p>{{1}}<p>{{2}}<p>{{3}}</font></td></tr><tr><td align="center"><img src="ad.gif" width="468" height="60"></td></tr>
        <tr><td><font size="2" face="Verdana">{{4}}<p>{{5}}<p>{{6}}<p>{{7}}</font></td></tr></table></td><td width="150"><font size="1"><b>ALSO</b><br>
        <a href="/x.htm">Which cafés open in May</a></font></td></tr><tr><td colspan="3"><font size="1">Copyright The Gazette</font></td></tr></table></body></html>"""
    )  # fmt: skip
    assert read(html).body == "\n\n".join(STORY)


@pytest.mark.parametrize("around", ["", "<div><p>Also this week</p></div>"])
def test_the_column_with_the_story_is_the_story_where_tables_lay_out_the_page(around: str) -> None:
    rails = '<td width="130"><font size="1"><a href="/news.htm">News</a><br><b>Weather</b><br>Thu: 24 C<br>Fri: 19 C, rain all day</font></td>'
    polls = '<td width="150"><font size="1"><b>Poll</b><br>Should the old pier be built up again?<br><input type="radio"> Yes</font></td>'
    story = "<br><br>".join(f"{{{n}}}" for n in range(8))
    html = filled(
        f"""<html><head><title>{HEADLINE}</title></head><body><center><table width="760"><tr><td colspan="3"><img src="top.gif" alt="The Gazette"></td></tr>
        <tr>{rails}<td width="480"><table cellpadding="8"><tr><td><font size="5"><b>{HEADLINE}</b></font><br><font size="2">{story}</font></td></tr></table></td>{polls}</tr>
        <tr><td colspan="3"><font size="1">Copyright 2005 The Gazette. Best viewed in 800x600.</font></td></tr></table></center>{around}</body></html>"""
    )  # fmt: skip
    assert read(html).body == "\n\n".join(STORY)


@pytest.mark.parametrize("language", ["en", "de", "ru", "ja", "fr"])
def test_figures_in_the_cells_of_a_table_are_its_own(language: str) -> None:
    rows = (("Team", "1", "2", "Result"), ("Harbour", "2", "2/5", "3:1"), ("Quarry", "0", "18", "12.03.2026"))
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    found = read(sheet(f"{ps(*range(4))}<table>{table}</table>{ps(*range(4, 8))}", language=language))
    assert [b.text for b in found.blocks if b.label is Label.TABLE] == [cell for row in rows for cell in row]


def test_whose_words_a_quotation_in_a_figure_is_stands_with_it() -> None:
    quote = '<figure class="wp-block-pullquote"><blockquote><p>“I would not sign for that pier today.”</p><cite>Alma Reyes, once its keeper</cite></blockquote></figure>'
    body = read(sheet(f"{ps(*range(4))}{quote}{ps(*range(4, 8))}")).body
    assert "I would not sign for that pier today" in body
    assert "Alma Reyes, once its keeper" in body


def test_stories_appended_below_are_not_read() -> None:
    """An endless page loads the next stories under the first, each an article with a heading of its own, some longer."""
    following = "".join(
        f'<article class="article-wrap" data-url="/2026/05/next-{n}"><header><h1>{title}</h1><p class="byline">By Cleo Wynn</p></header><div class="article-body">'
        + "".join(
            f"<p>{text} It was the {i}th time since the war, the archive said, and perhaps the last.</p>"
            for i in range(4, 16)
        )
        + "</div></article>"
        for n, (title, text) in enumerate(TEASERS[:3])
    )
    first = f'<article class="article-wrap" data-url="/2026/05/pier"><header><h1>{HEADLINE}</h1></header><div class="article-body">{ps(*range(8))}</div></article>'
    for html in (
        sheet(first + following, heading=False),
        sheet(f'<div class="feed">{first}</div><div class="infinite">{following}</div>', heading=False),
    ):
        assert read(html).body == "\n\n".join(STORY)


def test_cards_set_into_the_story_stay_out() -> None:
    box = f'<div class="grid"><h2>More from the coast</h2>{cards("article", "tile")}</div>'
    for content in (
        f"<article>{ps(0, 1, 2, 3)}{box}{ps(4, 5, 6, 7)}</article>",
        f"<article>{ps(*range(8))}{box}{box.replace('tile', 'x7')}</article>",
        f'<div class="teaser-row">{cards()}{cards()}</div><div>{ps(*range(8))}</div><div class="teaser-row">{cards()}</div>',
    ):
        article = read(sheet(content))
        assert [p for p in article.body.split("\n\n") if p in STORY] == list(STORY)
        assert not [title for title, text in TEASERS if title in article.body or text in article.body]


POEM = (
    ("The harbour lamps went out one by one,", "the tide came up the stair,"),
    ("and what the pier had been by day", "by night was hardly there."),
)
VERSE = {
    "lines broken in paragraphs": "".join(f"<p>{'<br>'.join(stanza)}</p>" for stanza in POEM),
    "preformatted": "<pre>" + "\n\n".join("\n".join(stanza) for stanza in POEM) + "</pre>",
    "a div of lines": '<div class="poem">' + "<br><br>".join("<br>".join(stanza) for stanza in POEM) + "</div>",
    "a line each": "".join(f'<div class="stanza">{"".join(f"<div class=line>{line}</div>" for line in stanza)}</div>' for stanza in POEM),
}  # fmt: skip


@pytest.mark.parametrize("verse", VERSE.values(), ids=VERSE)
def test_verse_in_a_story(verse: str) -> None:
    body = read(sheet(f"<article>{ps(0, 1, 2)}{verse}{ps(3, 4, 5, 6, 7)}</article>")).body
    lines = [line for line in body.split("\n") if line]
    assert lines == [*STORY[:3], *(line for stanza in POEM for line in stanza), *STORY[3:]]


@pytest.mark.parametrize("verse", VERSE.values(), ids=VERSE)
def test_a_poem_with_two_lines_about_it(verse: str) -> None:
    intro = "The town's oldest poem about the pier was found in a hymn book on Friday."
    body = read(sheet(f"<article><p>{intro}</p>{verse}</article>", headline="A poem about the pier")).body
    assert [line for line in body.split("\n") if line] == [intro, *(line for stanza in POEM for line in stanza)]


ASKED = (
    ("You were on the pier on Sunday. When did you leave?", "At five. My wife had made soup."),
    ("Did you hear it fall?", "No."),
    ("Your grandfather built it.", "He held the ladder, which he called building. He told it every Christmas until nobody listened."),
    ("Will you miss it?", "Yes, twice a day: when I open the shutters, and when I close them."),
    ("And the café?", "The coffee was bad. I shall miss that too."),
)  # fmt: skip
INTERVIEW = {
    "bold questions": "".join(f"<p><strong>{q}</strong></p><p>{a}</p>" for q, a in ASKED),
    "bold questions in their answer": "".join(f"<p><b>{q}</b><br>{a}</p>" for q, a in ASKED),
    "headings": "".join(f"<h3>{q}</h3><p>{a}</p>" for q, a in ASKED),
    "a definition list": "<dl>" + "".join(f"<dt>{q}</dt><dd>{a}</dd>" for q, a in ASKED) + "</dl>",
    "italic questions": "".join(f'<p class="q"><em>{q}</em></p><p class="a">{a}</p>' for q, a in ASKED),
    "divs": "".join(f'<div class="interview__question">{q}</div><div class="interview__answer">{a}</div>' for q, a in ASKED),
}  # fmt: skip


@pytest.mark.parametrize("content", INTERVIEW.values(), ids=INTERVIEW)
def test_an_interview(content: str) -> None:
    intro = "Otto Brandt, 81, mended the pier for forty years. The Gazette met him on the quay, where he was counting what is left."
    body = read(sheet(f"<article><p>{intro}</p>{content}</article>", headline="“My wife had made soup”")).body
    assert [line for line in body.split("\n") if line] == [intro, *(line for pair in ASKED for line in pair)]


NAMES = ("Ada", "Otto", "Cleo", "Petra", "Dan", "Mo", "Ines", "Karl", "Lia")
ITEMS = tuple(
    f"{NAMES[n % 9]} {NAMES[n // 11]}, {('the old chandlery', 'Rope Walk', 'Coal Quay', 'Tern Island')[n % 4]} ({n + 1})"
    for n in range(94)
)


@pytest.mark.parametrize(
    "markup",
    ["<ul>{}</ul>", '<ul class="list">{}</ul>', "<ol>{}</ol>", '<div class="rich-text"><ul>{}</ul></div>'],
)
def test_a_story_that_is_a_list(markup: str) -> None:
    intro = "These are the ninety-four people of Saltmouth who gave to the fund for the old pier, in the order in which they came."
    content = markup.replace("{}", "".join(f"<li>{item}</li>" for item in ITEMS))
    article = read(sheet(f'<article class="story"><p>{intro}</p>{content}</article>', headline="The givers"))
    assert article.body == "\n\n".join([intro, *ITEMS])


def test_a_story_that_is_a_table() -> None:
    rows = [(f"{1871 + 9 * n}", f"{212 - 4 * n} metres", ("storm", "fire", "ice", "a ferry")[n % 4]) for n in range(12)]
    table = (
        "<table><tr><th>Year</th><th>Left</th><th>Lost to</th></tr>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        + "</table>"
    )
    intro = "The old pier of Saltmouth has lost a piece every nine years, as the ledger of the harbour board shows."
    outro = "The ledger ends with the words “nothing further”, in the hand of the last clerk."
    article = read(sheet(f"<article><p>{intro}</p>{table}<p>{outro}</p></article>", headline="A pier in numbers"))
    assert article.body.split("\n\n") == [intro, "Year", "Left", "Lost to", *(c for row in rows for c in row), outro]


def test_a_table_that_closes_the_story_stays_though_its_cells_hold_paragraphs() -> None:
    cells = ("Section", "State", "Coal quay", "Standing", "Middle third", "Lost", "Café end", "Under water")
    rows = "".join(
        f"<tr><td><p>{a}</p></td><td><p>{b}</p></td></tr>" for a, b in zip(cells[::2], cells[1::2], strict=True)
    )
    article = read(page(f'{paragraphs(*STORY)}<div class="w"><table>{rows}</table></div>'))
    assert article.body.split("\n\n") == [*STORY, *cells]


def test_numbered_entries_under_headings() -> None:
    places = [(f"{n + 1}. {title}", text) for n, (title, text) in enumerate(TEASERS)]
    content = "".join(
        f'<h2>{title}</h2><figure><img src="/p.jpg" alt="{title}"><figcaption>Photo: Ada Quill</figcaption></figure><p>{text}</p>'
        for title, text in places
    )
    article = read(
        sheet(f"<article><p>{STORY[0]}</p>{content}</article>", headline="Six things of the winter").replace(
            cards(), ""
        )
    )
    assert article.body.split("\n\n") == [STORY[0], *(line for place in places for line in place)]


SHORT = ("Storm closes the coal quay", "The coal quay is closed until Tuesday. Boats land at Gull Point.")


def test_a_short_item_among_cards() -> None:
    for content in (
        f"<p>{SHORT[1]}</p>",
        f'<article><div class="text">{SHORT[1]}</div></article>',
        '<div class="body"><p>The coal quay is closed until Tuesday.</p><p>Boats land at Gull Point.</p></div>',
    ):
        article = read(sheet(content, headline=SHORT[0]))
        assert article.body.replace("\n\n", " ") == SHORT[1]


STANDFIRST = {
    "the first paragraph again": (f'<p class="standfirst">{{0}}</p><div class="text">{ps(*range(8))}</div>', STORY[0]),
    "the first paragraph is the standfirst": (f'<div class="text"><p class="lead">{{0}}</p>{ps(*range(1, 8))}</div>', None),
    "a heading that the first paragraph repeats": (f'<h2 class="subtitle">{{0}}</h2><div class="text">{ps(*range(8))}</div>', STORY[0]),
}  # fmt: skip


@pytest.mark.parametrize("shape", STANDFIRST)
def test_a_first_paragraph_that_equals_the_standfirst(shape: str) -> None:
    content, standfirst = STANDFIRST[shape]
    for head in ("", f'<meta name="description" content="{STORY[0]}">') if standfirst else ("",):
        article = read(sheet(f"<article>{content}</article>", head=head))
        assert article.body == "\n\n".join(STORY)
        if standfirst:
            assert article.standfirst == standfirst


DOUBLED = {
    "each paragraph twice": "".join(f"<p>{{{n}}}</p><p>{{{n}}}</p>" for n in range(8)),
    "a body for telephones": f'<div class="show-mobile">{ps(*range(8))}</div><div class="show-desktop">{ps(*range(8))}</div>',
    "a body to print": f'<div class="text">{ps(*range(8))}</div><div class="print-only" style="display:none">{ps(*range(8))}</div>',
    "the opening shown, the whole hidden": f'<div class="teaser-text">{ps(0, 1)}</div><div class="full" hidden>{ps(*range(8))}</div>',
}  # fmt: skip


@pytest.mark.parametrize("content", DOUBLED.values(), ids=DOUBLED)
def test_paragraphs_printed_twice(content: str) -> None:
    assert read(sheet(f"<article>{content}</article>")).body == "\n\n".join(STORY)


def test_a_story_that_stands_in_noscript_only() -> None:
    article = read(sheet(f'<div id="app"></div><noscript><div class="article">{ps(*range(8))}</div></noscript>'))
    assert article.body == "\n\n".join(STORY)


def test_pictures_in_noscript_are_no_text_and_their_captions_stand_once() -> None:
    figure = (
        '<figure><img class="lazy" data-src="/pier.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="The pier in 2019"><noscript><img src="/pier.jpg" alt="The pier in 2019">'
        "<p>Your browser shows no pictures.</p></noscript><figcaption>The pier in 2019, with all its lamps. <span>Photo: Ada Quill</span></figcaption></figure>"
    )
    article = read(sheet(f"<article>{ps(0, 1)}{figure}{ps(*range(2, 8))}</article>"))
    assert article.body == "\n\n".join(STORY)
    assert [(i.url, i.caption, i.credit) for i in article.images] == [
        ("https://www.gazette.example/pier.jpg", "The pier in 2019, with all its lamps.", "Ada Quill")
    ]


SHOTS = tuple(
    f"{text} The photographer stood in the water up to {('her knees', 'her belt', 'the camera')[n % 3]}."
    for n, (_, text) in enumerate(TEASERS)
)
ESSAY = {
    "figures": "".join(f'<figure><img src="/p{n}.jpg" alt="Picture {n}"><figcaption>{text}</figcaption></figure>' for n, text in enumerate(SHOTS)),
    "figures with credits": "".join(f'<figure><img src="/p{n}.jpg"><figcaption><span class="caption">{text}</span> <span class="credit">Ada Quill/Harbour Pool</span></figcaption></figure>' for n, text in enumerate(SHOTS)),
    "slides": '<ul class="gallery">' + "".join(f'<li class="slide"><img src="/p{n}.jpg"><div class="gallery-caption"><p>{text}</p></div></li>' for n, text in enumerate(SHOTS)) + "</ul>",
}  # fmt: skip


@pytest.mark.parametrize("intro", [True, False])
@pytest.mark.parametrize("shape", ESSAY)
def test_a_photo_essay_whose_captions_are_the_story(shape: str, intro: bool) -> None:
    opening = f"<p>{STORY[0]}</p>" if intro else ""
    article = read(
        sheet(f"<article>{opening}{ESSAY[shape]}</article>", headline="A winter at Saltmouth, in pictures").replace(
            cards(), ""
        )
    )
    assert [p for p in article.body.split("\n\n") if p not in STORY] == list(SHOTS)
    assert (STORY[0] in article.body) is intro
    if shape != "slides":
        assert [i.caption for i in article.images] == list(SHOTS)
    assert "Harbour Pool" not in article.body


def test_captions_of_an_ordinary_story_stay_captions() -> None:
    figures = ESSAY["figures"].split("</figure>")
    content = (
        "".join(f"<p>{text}</p>{figure}</figure>" for text, figure in zip(STORY, figures, strict=False))
        + f"<p>{STORY[7]}</p>"
    )
    article = read(sheet(f"<article>{content}</article>"))
    assert not [shot for shot in SHOTS if shot in article.body]
    assert all(labels_of(article, shot) == {Label.CAPTION} for shot in SHOTS)


BOX = "<h3>The pier in brief</h3><ul><li>Built: 1871</li><li>Length: 212 metres</li></ul><p>The last rebuilding was paid for by a lottery.</p>"
INFOBOX = {
    "an aside": f'<aside class="infobox">{BOX}</aside>',
    "a div": f'<div class="infobox box-right">{BOX}</div>',
    "a fact box": f'<section class="fact-box" role="note">{BOX}</section>',
}


@pytest.mark.parametrize("box", INFOBOX.values(), ids=INFOBOX)
def test_an_infobox_leaves_the_story_whole_and_is_in_the_blocks(box: str) -> None:
    article = read(sheet(f"<article>{ps(0, 1, 2)}{box}{ps(*range(3, 8))}</article>"))
    assert [p for p in article.body.split("\n\n") if p in STORY] == list(STORY)
    for line in ("The pier in brief", "Built: 1871", "The last rebuilding was paid for by a lottery."):
        assert labels_of(article, line)


INLINE = {
    "<p>The fund has <nobr>40,000 crowns</nobr> from <nobr>1,100&nbsp;givers</nobr>, said the <span class='org'>sailing club</span>.</p>": "The fund has 40,000 crowns from 1,100 givers, said the sailing club.",
    "<p>She began with a <small>200</small><small>K</small> stint as speaker, the <small>BBC</small> said, in a hall of <big>4,000</big>.</p>": "She began with a 200K stint as speaker, the BBC said, in a hall of 4,000.",
    "<p><span class='dropcap'>T</span>he wreck lies at <abbr title='north'>N</abbr> <data value='51'>51°</data>, in <q>the hole</q>, the <dfn>chart</dfn> says.</p>": "The wreck lies at N 51°, in the hole, the chart says.",
    "<p>The salt is <acronym>NaCl</acronym>, water H<sub>2</sub>O, and the depth 12<sup>1</sup>/<sub>2</sub> metres, <ins>the office</ins> said.</p>": "The salt is NaCl, water H2O, and the depth 121/2 metres, the office said.",
    "<p>The word <ruby>桟橋<rp>(</rp><rt>さんばし</rt><rp>)</rp></ruby> means pier, the visitor from Kobe told the harbour master.</p>": "The word 桟橋(さんばし) means pier, the visitor from Kobe told the harbour master.",
    "<p>The <a href='/x' class='related-link'><mark>lifeboat</mark></a> <font color=red>crew</font> was <gz-term>out</gz-term> <time datetime='2026-05-04T03:00'>at three</time> and again <kbd>at four</kbd>.</p>": "The lifeboat crew was out at three and again at four.",
}  # fmt: skip


@pytest.mark.parametrize("markup", INLINE)
def test_inline_tags_lose_no_word(markup: str) -> None:
    article = read(sheet(f"<article>{ps(0, 1, 2)}{markup}{ps(*range(3, 8))}</article>"))
    assert article.body.replace("\xa0", " ").split("\n\n")[3] == INLINE[markup]


def test_captions_in_the_article_body_of_the_pages_data_are_not_the_story() -> None:
    shots = [f"A lamp of the pier, number {n}, as it stood in the winter of 2019 before the rust." for n in range(5)]
    figures = [f'<figure><img src="/l{n}.jpg"><figcaption>{shot}</figcaption></figure>' for n, shot in enumerate(shots)]
    content = "".join(f"<p>{text}</p>{figure}" for text, figure in zip(STORY, [*figures, "", "", ""], strict=True))
    told = " ".join(f"{text} {shot}" for text, shot in zip(STORY, [*shots, "", "", ""], strict=True))
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": told}
    assert read(page(content, data=data)).body == "\n\n".join(STORY)


SPOKEN = (
    "Harbour master Otto Brandt talks about the night on which the pier fell.",
    "Listen to the sound that it made, recorded from a kitchen window.",
)


@pytest.mark.parametrize("player", ['<div class="player" id="player-1"><video src="/v.mp4"></video><button>Play</button><span>12:40</span></div>', '<div class="podcast-player"><audio controls src="/a.mp3">No sound.</audio><ul class="episodes"><li><a href="/e1">Episode 1: The ice</a></li><li><a href="/e2">Episode 2: The fire</a></li></ul></div>'])  # fmt: skip
def test_a_recording_with_a_short_text(player: str) -> None:
    article = read(
        sheet(
            f'<article>{player}<div class="description"><p>{SPOKEN[0]}</p><p>{SPOKEN[1]}</p></div></article>',
            headline="The night of the pier",
        )
    )
    assert article.body == "\n\n".join(SPOKEN)


def test_the_next_part_of_a_story_is_a_field() -> None:
    pager = '<nav class="pagination"><span>1</span> <a href="?page=2">2</a> <a rel="next" href="?page=2">Next page</a></nav>'
    for head, content in (
        ('<link rel="next" href="/2026/05/pier?page=2">', ""),
        ("", pager),
        ("", pager.replace("nav", "div")),
    ):
        article = read(sheet(f"<article>{ps(*range(8))}{content}</article>", head=head))
        assert article.next_url == f"{URL}?page=2"
        assert article.body == "\n\n".join(STORY)


def test_the_next_story_is_not_the_next_part() -> None:
    link = '<a rel="next" href="/2026/05/choir">Choir of the lifeboat crew sings for a new roof</a>'
    assert read(sheet(f'<article>{ps(*range(8))}</article><nav class="post-navigation">{link}</nav>')).next_url is None


AMP_STORY = f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><title>{HEADLINE}</title><link rel="canonical" href="{URL}">
<script async src="https://cdn.ampproject.org/v0.js"></script><style amp-boilerplate>body{{{{visibility:hidden}}}}</style></head><body>
<amp-consent id="consent" layout="nodisplay"><div id="ui"><p>We and our partners store cookies on your device to measure what is read.</p><button on="tap:consent.accept">Accept</button></div></amp-consent>
<amp-sidebar id="sidebar" layout="nodisplay" side="left"><ul><li><a href="/coast">Coast</a></li><li><a href="/town">Town</a></li></ul></amp-sidebar>
<header><button on="tap:sidebar.toggle">Menu</button><a href="/">The Gazette</a></header>
<article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{HEADLINE}</h1><div class="amp-wp-meta">By Ada Quill</div>
<amp-timeago datetime="2026-05-04T08:30:00Z" layout="responsive" width="160" height="20">4 May 2026</amp-timeago><amp-social-share type="twitter"></amp-social-share></header>
<figure class="amp-wp-article-featured-image"><amp-img src="/pier.jpg" width="800" height="450" layout="responsive" alt="The pier in 2019"><noscript><img src="/pier.jpg"></noscript></amp-img>
<figcaption>The pier in 2019, with all its lamps.</figcaption></figure><div class="amp-wp-article-content">{{ps0}}
<amp-ad width="300" height="250" type="doubleclick" data-slot="/1/coast"><div placeholder>Advertisement</div><div fallback>No advertisement today</div></amp-ad>{{ps1}}
<amp-carousel width="400" height="300" type="slides"><figure><amp-img src="/a.jpg"></amp-img><figcaption>The last lamp, on Sunday at noon.</figcaption></figure></amp-carousel>
<amp-accordion><section expanded><h4>Related</h4><ul><li><a href="/x">Night bus gets a second winter</a></li></ul></section></amp-accordion>
<amp-list src="/more.json"><template type="amp-mustache"><p>{{{{{{{{title}}}}}}}} and more words that only a script will ever fill in, on some other day.</p></template></amp-list></div></article>
<amp-embed type="taboola"></amp-embed><footer class="amp-wp-footer"><p>The Gazette</p></footer></body></html>"""


def test_a_page_for_telephones() -> None:
    html = AMP_STORY.format(ps0=paragraphs(*STORY[:4]), ps1=paragraphs(*STORY[4:]))
    article = read(html, url=f"{URL}/amp")
    assert article.body == "\n\n".join(STORY)
    assert article.canonical_url == URL
    assert [i.url for i in article.images] == [
        "https://www.gazette.example/pier.jpg",
        "https://www.gazette.example/a.jpg",
    ]


def test_an_amp_story_of_slides() -> None:
    slides = "".join(
        f'<amp-story-page id="p{n}"><amp-story-grid-layer template="fill"><amp-img src="/p{n}.jpg" alt=""></amp-img></amp-story-grid-layer>'
        f'<amp-story-grid-layer template="vertical"><p>{text}</p></amp-story-grid-layer></amp-story-page>'
        for n, text in enumerate(STORY)
    )
    cover = f'<amp-story-page id="cover"><amp-story-grid-layer template="fill"><h1>{HEADLINE}</h1></amp-story-grid-layer></amp-story-page>'
    bookend = '<amp-story-bookend src="/b.json" layout="nodisplay"></amp-story-bookend>'
    html = f'<html amp lang="en"><head><title>{HEADLINE}</title></head><body><amp-story standalone title="{HEADLINE}" publisher="The Gazette">{cover}{slides}{bookend}</amp-story></body></html>'
    assert read(html).body == "\n\n".join(STORY)


HAN = (
    "港口小镇的旧栈桥在星期天夜里的风暴中倒塌，海面上只剩下几根铁柱。",
    "港务长星期一早上说，没有人受伤，因为栈桥尽头的咖啡馆已经停业过冬。",
    "工程师六年前就警告镇议会，支撑中段的铁桩正在生锈，必须尽快修理。",
    "镇议会将于星期四开会，决定打捞残骸，还是把它留给螃蟹和鸬鹚。",
)
ARABIC = (
    "انهار رصيف البلدة القديم، الذي بناه صانعو الأشرعة قبل أكثر من مئة عام، في العاصفة التي عبرت الخليج ليلة الأحد.",
    "ولم يصب أحد بأذى، كما قال مدير الميناء صباح الاثنين، لأن المقهى في آخر الرصيف كان قد أغلق أبوابه لفصل الشتاء.",
    "وكان المهندسون قد حذروا المجلس البلدي منذ ست سنوات من أن الأعمدة الحديدية تحت وسط الرصيف تصدأ بسرعة.",
    "ويجتمع المجلس يوم الخميس ليقرر هل يرفع الحطام من قاع البحر أم يتركه للأسماك وطيور الغاق.",
)  # fmt: skip
SCRIPTS = {
    "Chinese, indented by two wide spaces": ("zh", "旧栈桥倒塌", HAN, "".join(f"<p>　　{{{n}}}</p>" for n in range(4))),
    "Chinese, bare text and breaks": ("zh", "旧栈桥倒塌", HAN, '<div class="TRS_Editor">' + "<br/><br/>".join(f"　　{{{n}}}" for n in range(4)) + "</div>"),
    "Chinese, spans in divs": ("zh", "旧栈桥倒塌", HAN, "".join(f'<div class="rich_media"><span style="letter-spacing:1px"><span>{{{n}}}</span></span></div>' for n in range(4))),
    "Japanese, breaks and full-width spaces": ("ja", "古い桟橋が崩れる", STORY_JA, "<div class='article-txt'>" + "<br><br>".join(f"　{{{n}}}" for n in range(4)) + "</div>"),
    "Hebrew, marks and spans": ("he", "המזח הישן קרס", STORY_HE, "".join(f'<div class="text_editor_paragraph rtl"><div data-block="true"><span dir="rtl">&rlm;<span data-text="true">{{{n}}}</span></span></div></div>' for n in range(6))),
    "Arabic": ("ar", "انهيار الرصيف القديم", ARABIC, "<div dir='rtl' class='wysiwyg'>" + "".join(f"<p dir='rtl' style='text-align:right'><bdo dir='rtl'>{{{n}}}</bdo></p>" for n in range(4)) + "</div>"),
}  # fmt: skip


@pytest.mark.parametrize("shape", SCRIPTS)
def test_stories_in_other_scripts(shape: str) -> None:
    language, headline, story, content = SCRIPTS[shape]
    article = read(sheet(f"<article>{content}</article>", language=language, headline=headline, story=story))
    assert [p.strip("\u3000\u200f ") for p in article.body.split("\n\n")] == list(story)
    assert article.language == language
    assert article.headline == headline


def test_how_a_word_is_read_stands_over_it_where_it_has_no_brackets() -> None:
    ruby = "<ruby>桟橋<rt>さんばし</rt></ruby>"
    told = [text.replace("桟橋", ruby) for text in STORY_JA]
    content = f"<h1>港町の{ruby}が崩れる</h1>" + "".join(f"<p>{text}</p>" for text in told)
    article = read(page(content, language="ja", headline=None))
    assert article.body == "\n\n".join(STORY_JA)
    assert article.headline == "港町の桟橋が崩れる"


CODED = {"windows-1255": ("he", STORY_HE), "windows-1251": ("ru", (
    "Старый причал городка Солёное, построенный парусными мастерами в позапрошлом веке, рухнул в бурю в ночь на понедельник.",
    "Никто не пострадал, сказал утром начальник порта, потому что кафе на конце причала уже закрылось до весны.",
    "Инженеры шесть лет предупреждали городской совет, что железные сваи под средней частью причала ржавеют.",
    "В четверг совет решит, поднимать ли обломки со дна или оставить их рыбам и бакланам.",
)), "shift_jis": ("ja", STORY_JA), "gb18030": ("zh", HAN)}  # fmt: skip


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize("charset", CODED)
def test_charsets_declared_wrongly_or_not_at_all(charset: str, declared: str) -> None:
    language, story = CODED[charset]
    html = sheet(f"<article>{paragraphs(*story)}</article>", language=language, headline=story[0][:12], story=story)
    html = html.replace('<meta charset="utf-8">', f'<meta charset="{declared}">' if declared else "")
    html = html.replace("é", "e")  # of a café in a teaser, which not all of these can write
    assert read(html.encode(charset)).body == "\n\n".join(story)


FAQ = ("What does the new pier cost?", "When will it be open?", "May dogs go on it?")
FOLDED = {
    "a button in a heading": '<div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button collapsed" aria-expanded="false">{}</button></h2><div class="collapse"><div class="accordion-body">{}</div></div></div>',
    "details": "<details><summary>{}</summary><p>{}</p></details>",
}


@pytest.mark.parametrize("item", FOLDED.values(), ids=FOLDED)
def test_questions_that_fold_up_their_answers_are_story(item: str) -> None:
    told = [(asked, STORY[i + 2]) for i, asked in enumerate(FAQ)]
    content = ps(0, 1) + "".join(item.format(*pair) for pair in told)
    article = read(sheet(f"<article>{content}<h3>More</h3><button>Share</button></article>"))
    assert article.body == "\n\n".join([*STORY[:2], *(text for pair in told for text in pair)])


ROOT = '<template shadowrootmode="open"><style>p {{ color: #333 }}</style>{}</template>'
SHADOWS = {
    "the story in one root": ROOT.format(paragraphs(*STORY)),
    "roots in a root": ROOT.format("".join(f"<news-par>{ROOT.format(f'<p>{text}</p>')}</news-par>" for text in STORY)),
    "text in their slots": ROOT.format("".join(f"<news-par>{ROOT.format('<slot></slot>')}{text}</news-par>" for text in STORY)),
}  # fmt: skip


@pytest.mark.parametrize("content", SHADOWS.values(), ids=SHADOWS)
def test_what_stands_in_declared_shadow_roots_is_on_the_page(content: str) -> None:
    signed = f"<news-by>{ROOT.format('<span>By Ada Quill</span>')}</news-by>"
    unseen = (
        "<template><p>A paragraph that a script would copy for each comment of the readers of the page.</p></template>"
    )
    found = read(sheet(f"<article>{signed}{unseen}<news-story>{content}</news-story></article>"))
    assert (found.authors, found.body) == (("Ada Quill",), "\n\n".join(STORY))

"""The headline: candidates compared, the outlet's name and kickers aside; its heading is found wherever it is worded."""

from __future__ import annotations

import pytest

from extractors import Label
from tests.gazette import (
    HEADLINE,
    STORIES,
    STORY,
    STORY_JA,
    has_story,
    in_body,
    labels_of,
    meta,
    page,
    paragraphs,
    read,
)

BODY = paragraphs(*STORY)
OG = meta("og:title", HEADLINE)
OUTLET = meta("og:site_name", "The Gazette")
MASTHEAD = ('<h1><a href="/">Bay Weekly</a></h1><article>', "</article>")


def titled(title: str) -> str:
    return f"<title>{title}</title>"


def news(headline: str, kind: str = "NewsArticle") -> dict[str, str]:
    return {"@type": kind, "headline": headline}


@pytest.mark.parametrize("dash", ["", '<span aria-hidden="true"> – </span>', "<span> | </span>", ": "])
def test_a_kicker_that_its_class_names_is_none_of_the_headline(dash: str) -> None:
    heading = f'<h1><span class="overline">Coast in winter</span>{dash}<span>{HEADLINE}</span></h1>'
    for head in ("", titled(f"{HEADLINE} | The Gazette"), titled("The pier is gone")):
        found = read(page(heading + BODY, headline=None, head=head))
        assert found.headline == HEADLINE
        assert has_story(found)
    assert read(page('<h1><span class="overline">Coast</span></h1>' + BODY, headline=None)).headline == "Coast"


@pytest.mark.parametrize(
    "name", ["head__roofline roofline--big", "dachtitel", "volanta", "surtitre", "occhiello", "chapeu"]
)
def test_words_for_a_kicker_in_several_languages(name: str) -> None:
    heading = f'<h1><span class="{name}">Coast in winter</span> {HEADLINE}</h1>'
    assert read(page(heading + BODY, headline=None, head=titled("Coast in winter | The Gazette"))).headline == HEADLINE


def test_a_kicker_glued_to_the_heading_is_cut_where_two_sources_tell_the_headline() -> None:
    heading = f'<h1><span class="over">Coast in winter</span> <span>{HEADLINE}</span></h1>'
    found = read(page(heading + BODY, headline=None, head=OG + titled(f"{HEADLINE} | The Gazette") + OUTLET))
    assert found.headline == HEADLINE
    assert found.sources["headline"] == "meta og:title"
    assert has_story(found)


@pytest.mark.parametrize(
    ("heading", "title", "headline"),
    [
        (f'<a href="/?prefix=1"><span class="label">News</span></a><span>&nbsp;</span>{HEADLINE}', f"News - {HEADLINE} | Forum", HEADLINE),
        (f"<span>Sea and shore</span> {HEADLINE}", f"Sea and shore – {HEADLINE}", HEADLINE),
        (f"News – {HEADLINE}", f"News – {HEADLINE} | Forum", f"News – {HEADLINE}"),
        (f"News: {HEADLINE}", f"News – {HEADLINE} | Forum", f"News: {HEADLINE}"),
        (f"News {HEADLINE}", f"News {HEADLINE} | Forum", f"News {HEADLINE}"),
        ("Pier of Saltmouth gone", "Pier of Saltmouth – gone | Forum", "Pier of Saltmouth gone"),
    ],
)  # fmt: skip
def test_a_label_that_the_title_sets_apart_is_none_of_the_headline(heading: str, title: str, headline: str) -> None:
    article = read(page(f"<h1>{heading}</h1>{BODY}", headline=None, head=titled(title)))
    assert article.headline == headline
    assert has_story(article)


def test_what_stands_before_a_colon_stays() -> None:
    heading = f"<h1>Harbour master: {HEADLINE}</h1>"
    found = read(page(heading + BODY, headline=None, head=OG + titled(HEADLINE)))
    assert found.headline == f"Harbour master: {HEADLINE}"


@pytest.mark.parametrize(
    ("kind", "heading", "head", "headline"),
    [
        ("NewsArticle", "The old pier of Saltmouth is gone", OG, HEADLINE),  # a newer wording
        ("ReportageNewsArticle", "Storm takes the old pier", titled(f"{HEADLINE} - The Gazette") + OUTLET, HEADLINE),
        ("NewsArticle", "The old pier of Saltmouth is gone", meta("twitter:title", HEADLINE), "The old pier of Saltmouth is gone"),
        ("NewsArticle", "The old pier of Saltmouth is gone", OG + titled("The old pier of Saltmouth is gone | Coast"), "The old pier of Saltmouth is gone"),
        ("BlogPosting", "The old pier of Saltmouth is gone", OG, "The old pier of Saltmouth is gone"),
    ],
)  # fmt: skip
def test_a_news_articles_own_headline_wins_where_a_second_source_repeats_it_and_none_the_heading(
    kind: str, heading: str, head: str, headline: str
) -> None:
    found = read(page(f"<h1>{heading}</h1>{BODY}", headline=None, head=head, data=news(HEADLINE, kind)))
    assert found.headline == headline
    assert labels_of(found, heading) == {Label.HEADLINE}
    assert has_story(found)


@pytest.mark.parametrize(
    ("html", "source"),
    [
        (page(BODY, headline=None, head=titled(f"{HEADLINE} | Bay Weekly"), around=MASTHEAD), "title element"),
        (page(f"<h2>{HEADLINE}</h2>{BODY}", headline=None, head=titled(f"Bay Weekly » {HEADLINE}"), around=MASTHEAD), "h2"),
        (page(BODY, head=titled(f"{HEADLINE} | Bay Weekly"), around=MASTHEAD), "h1"),
        (page(f"<h1>News</h1><h1>{HEADLINE}</h1>{BODY}", headline=None, head=titled("News - Bay") + OG), "h1"),
        (page(f"<h1>Bay Weekly</h1><h1>{HEADLINE}</h1>{BODY}", headline=None, head=titled(f"{HEADLINE} - Bay Weekly")), "h1"),
        (page(f"<h1>{HEADLINE} | The Gazette</h1>{BODY}", headline=None, head=OG + OUTLET), "h1"),
        (page(BODY, headline=None, head=titled(f"{HEADLINE} | gazette.example")), "title element"),
        (page(BODY, headline=None, head=titled(f"{HEADLINE} – Gazette Saltmouth")), "title element"),
        (page(BODY, headline=None, head=titled(f"The Gazette|{HEADLINE}") + OUTLET), "title element"),
        (page(BODY, headline=None, head=titled(f"{HEADLINE}-Coast") + meta("headline", HEADLINE)), "meta headline"),
        (page(f"<h1>On the coast</h1><h2>{HEADLINE}</h2>{BODY}", headline=None, head=OG), "h2"),
        (page(f"<h1>{HEADLINE}</h1>{BODY}<h1>{HEADLINE}</h1>", headline=None, head=OG.replace("pier", "jetty")), "h1"),
    ],
)  # fmt: skip
def test_the_sites_name_is_no_headline(html: str, source: str) -> None:
    found = read(html)
    assert found.headline == HEADLINE
    assert found.sources["headline"] == source
    assert has_story(found)


def test_whose_story_it_is_in_brackets_behind_the_titles_is_none_of_the_headline() -> None:
    title = f"{HEADLINE}（Harbour Press）"
    found = read(page(BODY, head=titled(f"{title} - The Gazette"), data=news(title)))
    assert (found.headline, found.sources["headline"]) == (HEADLINE, "h1")


def test_a_blogs_name_before_the_title_is_none_of_the_headline() -> None:
    name = "Saltmouth Parish Notes"
    post = f'<div class="post hentry"><h3 class="post-title entry-title">{HEADLINE}</h3>{BODY}</div>'
    banner = f'<div class="header"><h1 class="title"><a href="/">{name}</a></h1></div>'
    found = read(page(post, headline=None, head=titled(f"{name}: {HEADLINE}"), around=(banner, "")))
    assert found.headline == HEADLINE


def test_a_headline_that_only_speaks_of_the_site_keeps_its_words() -> None:
    headline = "Gazette wins the boat race - and its reporters the swim along the long wall of Gull Point"
    found = read(page(BODY, headline=None, head=titled(headline)))
    assert found.headline == headline


def test_the_printed_heading_in_the_storys_header_is_no_crosshead_whatever_the_data_calls_the_story() -> None:
    printed = "Six years of warnings, one night of wind"
    header = f"<article><header><h2><span>The pier.</span> {printed}</h2></header><div class='text'>"
    found = read(page(BODY, headline=None, data=news(HEADLINE), around=(header, "</div></article>")))
    assert found.headline == HEADLINE
    assert labels_of(found, printed) == {Label.HEADLINE}
    assert has_story(found)


# The standfirst, where it stands above the story's own element.

STANDFIRST = "Six years of warnings went unheard before the sea took the town's oldest landing stage on Sunday night"
CARD = "<div><p>A new lamp at Gull Point will be lit on Friday by the keeper of the old one, who is ninety years old.</p></div>"
TOLD = f'<meta name="description" content="{STANDFIRST}">'


def under(above: str) -> tuple[str, str]:
    """Return what stands around a story whose heading is not in its own element; other stories stand beside it."""
    return f'<main><div class="top">{above}</div><article>', f"</article>{CARD * 2}</main>"


@pytest.mark.parametrize(
    ("above", "head"),
    [
        (f"<h1>{HEADLINE}</h1><h2>{STANDFIRST}</h2>", ""),
        (f'<h1>{HEADLINE}</h1><p class="deck">{STANDFIRST}</p>', ""),
        (f'<h1>{HEADLINE}</h1><div class="field-name-field-entradilla"><div class="items"><div><p>{STANDFIRST}</p></div></div></div>', ""),
        (f"<h1>{HEADLINE}</h1><p>{STANDFIRST}</p>", TOLD),
        (f'<h1 class="crumb">{HEADLINE}</h1><h2>{HEADLINE}</h2><p>{STANDFIRST}</p>', TOLD),
        (f"<h1>{HEADLINE}</h1><h2>Coast in winter</h2><h2>{STANDFIRST}</h2>", ""),
        (f"<h1>{HEADLINE}</h1><ul><li><h2>{STANDFIRST}</h2></li></ul>", ""),
        (f'<h1><span class="topline">Coast in winter</span> <span class="title">{HEADLINE}</span></h1><p class="deck">{STANDFIRST}</p>', ""),
    ],
)  # fmt: skip
def test_the_standfirst_above_the_story(above: str, head: str) -> None:
    found = read(page(BODY, headline=None, head=OG + titled(HEADLINE) + head, around=under(above)))
    assert found.standfirst == STANDFIRST
    assert found.headline == HEADLINE
    assert has_story(found)


def test_a_sentence_right_under_the_headline_is_the_standfirst() -> None:
    header = f'<main><header><h1>{HEADLINE}</h1><p class="article__desc">{STANDFIRST}.</p></header>'
    around = (f'{header}<section class="meta">By Ada Quill</section><section class="article__content">', "</section></main>")  # fmt: skip
    found = read(page(BODY, headline=None, head=OG + titled(HEADLINE), around=around))
    assert (found.standfirst, found.body) == (f"{STANDFIRST}.", "\n\n".join(STORY))


@pytest.mark.parametrize(
    "line",
    [
        "Products are chosen independently by our editors. Purchases made through our links may earn us a commission.",
        "The lamp at Gull Point, before the storm.",
        "<a href='/coast'>Everything that we have written about the coast in the last ten years stands here.</a>",
    ],
)
def test_a_note_a_few_words_or_a_link_right_under_the_headline_is_no_standfirst(line: str) -> None:
    above = f"<h1>{HEADLINE}</h1><p>{line}</p>"
    assert read(page(BODY, headline=None, head=OG + titled(HEADLINE), around=under(above))).standfirst is None


def test_a_sentence_in_the_headlines_own_box_is_the_standfirst() -> None:
    lead = "Nobody can say yet who will pay. The council meets on Thursday. The harbour stays shut until then."
    for told, standfirst in ((lead, lead), ("The Gazette • 04.05.2026", None)):
        frame = f'<div class="head"><h1>{HEADLINE}</h1><p>{told}</p><div class="meta">4 May 2026</div></div>'
        found = read(f"<html><body><article>{frame}{paragraphs(*STORY)}</article></body></html>")
        assert (found.standfirst, found.body) == (standfirst, "\n\n".join(STORY))


@pytest.mark.parametrize("line", ["<p class='by'>By Ada Quill</p>", "<p class='day'>4 May 2026</p>"])
def test_a_heading_between_headline_and_byline_is_the_standfirst_wherever_the_story_stands(line: str) -> None:
    told = "The council puts off the repair for a third time"
    found = read(page(f"<h1>{HEADLINE}</h1><h2>{told}</h2>{line}{paragraphs(*STORY)}", headline=None))
    assert (found.standfirst, found.body) == (told, "\n\n".join(STORY))
    found = read(page(f"<h1>{HEADLINE}</h1>{line}<h2>{told}</h2>{paragraphs(*STORY)}", headline=None))
    assert (found.standfirst, found.body) == (None, "\n\n".join((told, *STORY)))  # a crosshead


@pytest.mark.parametrize("line", ["<h2>More on the storm in the bay tonight</h2>", "<p>A photograph of the pier in its last summer.</p>"])  # fmt: skip
def test_what_stands_farther_above_the_story_is_no_standfirst(line: str) -> None:
    above = f"<h1>{HEADLINE}</h1><div>By Ada Quill</div>{line}"
    assert read(page(BODY, headline=None, head=OG + titled(HEADLINE), around=under(above))).standfirst is None


def test_a_byline_is_no_standfirst_whatever_its_class() -> None:
    line = "By Ada Quill and Ben Tarr"
    for told in (f'<div class="lede"><b>{line}</b></div>', f'<p class="deck">{line}</p>'):
        above = f"<h1>{HEADLINE}</h1>{told}"
        assert read(page(BODY, headline=None, head=OG + titled(HEADLINE), around=under(above))).standfirst is None


def test_what_is_told_of_an_author_above_the_story_is_no_standfirst() -> None:
    bio = "Ada Quill is a columnist of the coast. She was keeper of the light at Gull Point for eleven winters."
    above = f'<h1>{HEADLINE}</h1><div class="summary"><div class="bio">{bio}</div></div>'
    assert read(page(BODY, headline=None, head=OG + titled(HEADLINE), around=under(above))).standfirst is None


def test_a_pitch_under_the_headline_is_no_standfirst_whatever_its_class() -> None:
    line = "The Quay is a newsletter about boats and ropes. Want to get it in your inbox every Sunday? Subscribe below!"
    above = f'<main><h1>{HEADLINE}</h1><hr><div class="home-intro"><p>{line}</p><div><span>No spam.</span></div></div>'
    around = (f'{above}<div class="article-body">', "</div></main>")
    assert read(page(BODY, headline=None, head=titled(HEADLINE), around=around)).standfirst is None


def test_the_lines_of_a_heading_that_is_the_standfirst_are_all_of_it() -> None:
    lines = "Six years of warnings went unheard<br>Council meets on Thursday<br>Ferries leave from coal quay"
    content = (
        f'<h1>{HEADLINE}</h1><h2 class="sub-tit-ll">{lines}</h2><div class="pic"><p>Share</p></div>{paragraphs(*STORY)}'
    )
    found = read(page(content, headline=None, head=OG + titled(HEADLINE)))
    assert (found.standfirst, found.body) == (lines.replace("<br>", " "), "\n\n".join(STORY))


def test_a_standfirst_in_several_lines_of_one_element_is_whole() -> None:
    lines = ("Six years of warnings went unheard", "The council meets on Thursday", "Ferries leave from the coal quay")
    above = f'<h1>{HEADLINE}</h1><p class="deck"><b>Harbour</b><br>{"<br>".join(lines)}</p>'
    found = read(page(BODY, headline=None, head=OG + titled(HEADLINE), around=under(above)))
    assert found.standfirst is not None
    assert found.standfirst.endswith(" ".join(lines))


def test_a_heading_that_closes_the_title_and_links_to_the_front_page_is_the_masthead() -> None:
    masthead = '<h1>the <a href="https://www.gazette.example">bay blog</a> of Saltmouth.</h1><article>'
    content = f"<h3>{HEADLINE}</h3>{BODY}"
    head = titled(f"{HEADLINE} «  the bay blog of Saltmouth")
    found = read(page(content, headline=None, head=head, around=(masthead, "</article>")))
    assert found.headline == HEADLINE
    assert has_story(found)


@pytest.mark.parametrize(
    "logo", ['<a href="/">Bay Weekly</a>', '<a title="home" href="https://www.gazette.example/">Bay Weekly</a>']
)
def test_a_logo_in_the_headlines_own_heading_is_none_of_it(logo: str) -> None:
    head = titled(f"{HEADLINE} » Coast » Bay Weekly") + meta("twitter:title", HEADLINE)
    heading = f"<h1><span>{HEADLINE}</span>{logo}</h1>"
    assert read(page(heading + BODY, headline=None, head=head)).headline == HEADLINE


def test_a_wide_colon_before_the_outlets_name_parts_a_title() -> None:
    head = titled("港町の古い桟橋が嵐で崩れる ：日本港新聞") + meta("og:site_name", "日本港新聞 電子版")
    found = read(page(paragraphs(*STORY_JA), headline=None, head=head, language="ja"))
    assert found.headline == "港町の古い桟橋が嵐で崩れる"
    head = titled("外国専家：港町の桟橋が崩れる") + meta("og:site_name", "日本港新聞")
    found = read(page(paragraphs(*STORY_JA), headline=None, head=head, language="ja"))
    assert found.headline == "外国専家：港町の桟橋が崩れる"


def test_a_line_above_the_headline_is_no_standfirst_though_its_class_says_deck() -> None:
    line = "CLOUDS TO THE LEFT OF THE BAY"
    deck = '<div class="upper-deck">{}</div>'
    found = read(page(f"{deck.format(line)}<h1>{HEADLINE}</h1>{BODY}", headline=None, head=OG))
    assert found.standfirst is None
    assert not in_body(found, line)
    assert has_story(found)
    both = f"{deck.format(line)}<h1>{HEADLINE}</h1>{deck.format('The council had six years to mend it')}{BODY}"
    assert read(page(both, headline=None, head=OG)).standfirst == "The council had six years to mend it"
    assert read(page(f"{deck.format(line)}<h2>{HEADLINE}</h2>{BODY}", headline=None, head=OG)).standfirst == line


def test_a_banner_that_holds_the_headline_is_no_advertisement() -> None:
    dek = "The council had six years to mend it, and did not."
    banner = f'<div class="hero-banner"><h1>{HEADLINE}</h1><p>{dek}</p><p>SALTMOUTH, May 5, 2026</p></div>'
    found = read(page(banner + BODY, headline=None, head=OG + meta("description", dek)))
    assert found.standfirst == dek
    assert all(block.label is not Label.AD for block in found.blocks)


@pytest.mark.parametrize("end", ["_青柳网", "_渡口_青柳网", "__青柳公报_青柳政府网", "--渡口--青柳网", "-青柳网"])
def test_what_closes_a_chinese_title_is_none_of_the_headline(end: str) -> None:
    headline = "冬季消息--青柳渡船-白濑桥联运线照常运营"
    story = paragraphs(*STORIES["zh"])
    assert read(page(story, headline=None, language="zh", head=titled(headline + end))).headline == headline
    assert read(page(story, headline=None, language="zh", head=titled(headline))).headline == headline


def test_a_heading_of_the_second_level_above_the_story_is_the_headline_though_the_story_has_one_of_the_first() -> None:
    head = f"<title>{HEADLINE} | Salt Notes</title>"
    story = paragraphs(*STORY[:3]) + "<h1>What the crabs will make of it</h1>" + paragraphs(*STORY[3:])
    html = page(f"<header><h2>{HEADLINE}</h2></header>{story}", headline=None, head=head)
    found = read(html)
    assert (found.headline, found.sources["headline"]) == (HEADLINE, "h2")
    assert "What the crabs will make of it" in found.body


@pytest.mark.parametrize("group", ["hgroup", "header"])
def test_a_few_words_above_the_headline_in_its_group_are_its_kicker(group: str) -> None:
    above = f'<div class="flex"><div><span>A warning of six years</span></div></div><h2>{HEADLINE}</h2></{group}>'
    head = f'<meta property="og:title" content="{HEADLINE}">'
    found = read(page(f"<{group}>{above}<div>{paragraphs(*STORY)}</div>", headline=None, head=head))
    assert (found.kicker, found.headline) == ("A warning of six years", HEADLINE)
    assert has_story(found)


def test_a_kicker_inside_the_heading_is_no_caption_though_a_picture_is_named_after_it() -> None:
    kicker = "Mending a pier: what it costs"
    heading = (
        f'<header><h1><span class="head__roofline">{kicker}</span> {HEADLINE}</h1><img src="/sign-38x38.jpg"></header>'
    )
    picture = f'<section><figure><img src="/a.jpg" alt="{kicker}"></figure></section>'
    found = read(page(heading + picture + BODY, headline=None, head=OG))
    assert (found.headline, found.kicker) == (HEADLINE, kicker)
    assert [image.caption for image in found.images] == [None]

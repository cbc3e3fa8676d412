"""Lines that stray into a story, or out of it, on the pages of papers: each in the markup that it was seen in."""

from __future__ import annotations

import pytest

from extractors import Label
from tests.gazette import HEADLINE, STORIES, STORY, has_story, in_body, labels_of, page, paragraphs, read, read_story


def test_a_caption_in_an_aside_is_a_caption() -> None:
    caption = "Divers look for the old pier's iron legs at low tide."
    figure = f'<aside class="single-photo"><img src="/pier.jpg"><p class="image-caption">{caption}</p></aside>'
    found = read_story(figure)
    assert labels_of(found, caption) == {Label.CAPTION}
    assert [image.caption for image in found.images] == [caption]
    plain = read_story("<aside><p>The pier was 90 years old.</p></aside>")
    assert labels_of(plain, "The pier was 90 years old.") == {Label.PROMO}


def test_the_captions_of_a_gallery_inside_a_story_are_captions() -> None:
    told = [f"The pier in the year {year}, when the ferry still called twice a day." for year in range(1931, 1936)]
    slides = "".join(
        f'<div class="slide"><div class="photo"><img src="/{i}.jpg"></div><div class="meta">'
        f'<div class="caption gallery-viewport-caption">{text}</div></div></div>'
        for i, text in enumerate(told)
    )
    found = read_story(f'<div class="viewport">{slides}</div>')
    assert has_story(found)
    assert all(labels_of(found, text) == {Label.CAPTION} for text in told)


def test_the_counters_of_a_share_line_go_with_it() -> None:
    tools = (
        '<p class="inline-share-tools"><span class="share-label">SHARE</span><span class="share-btn">'
        '<span class="share-count">9</span><span class="share-btn-label">CONNECT</span></span>'
        '<a href="#" class="share-btn">TWEET</a><span class="share-btn-label">MORE</span></p>'
    )
    found = read_story(tools)
    assert has_story(found)
    assert not {"CONNECT", "MORE", "9"} & set(found.body.split())


def test_a_heading_above_the_headline_is_no_crosshead() -> None:
    above = '<div class="box"><h3>Sponsored Links</h3></div>'
    found = read(page(f"{above}<h1>{HEADLINE}</h1>" + paragraphs(*STORY), headline=None))
    assert has_story(found)
    assert "Sponsored Links" not in found.body


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("This copy is for your personal, non-commercial use only. Distribution and use of this material are governed"
         " by our Subscriber Agreement and by copyright law.", Label.LEGAL),
        ("Not to be reproduced without permission of The Gazette", Label.LEGAL),
        ("(This story was refiled to insert dropped letters in the second paragraph)", Label.CORRECTION),
        ("Note: Any medical information published on this website is not intended as a substitute for informed medical"
         " advice and you should see a doctor.", Label.LEGAL),
        ("(Note: The Gazette does not endorse and is not responsible for the content of external links.)", Label.LEGAL),
        ("Like us at facebook.com/gazette", Label.SOCIAL),
        ("ALSO:", Label.RELATED),
        ("Editor's note: This is a column and solely reflects the views of the author", Label.LEGAL),
        ("[EDITOR'S NOTE: Click to enlarge the map below.]", Label.LEGAL),
        ("Editor's note: This story was updated at 5:45 p.m. with words of the harbour board.", Label.CORRECTION),
        ("Correction: The pier was built in 1931.", Label.CORRECTION),
        ("Update, May 5: This story has been updated to add a comment from the mayor.", Label.CORRECTION),
        ("Note: An earlier version of this story misspelled the name of the ferry.", Label.CORRECTION),
    ],
)  # fmt: skip
def test_what_a_paper_sets_below_its_stories(line: str, label: Label) -> None:
    found = read(page(paragraphs(*STORY, line)))
    assert labels_of(found, line) == {label}
    assert found.corrections == ((line,) if label is Label.CORRECTION else ())


def test_who_is_quoted_on_twitter_is_in_the_story() -> None:
    line = (
        'Ben Tarr (72) sounded off on Twitter: "Unfortunately the pier will struggle with a few more of these tides."'
    )
    assert in_body(read(page(paragraphs(*STORY, line))), line)


def test_a_line_that_asks_to_write_to_the_author_is_about_her() -> None:
    data = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Quill"}}
    line = "Contact Ada Quill at aquill@gazette.example and follow @ada_quill on the harbour and its boats."
    assert labels_of(read(page(paragraphs(*STORY, line), data=data)), line) == {Label.AUTHOR_BIO}
    named = "A letter to Ada Quill of this paper named the Harbour Office and the owner of the old pier's last stall."
    assert in_body(read(page(paragraphs(*STORY, named), data=data)), named)


def test_written_by_and_a_name_is_a_byline() -> None:
    found = read(page(paragraphs(*STORY, "Written by Ada Quill")))
    assert labels_of(found, "Written by Ada Quill") == {Label.BYLINE}


def test_the_head_of_a_story_by_an_agency() -> None:
    head = (
        "<ul><li>Iron legs are all that is left of it</li></ul>"
        '<p>By <a href="/search" class="author">Associated Press</a></p><p><span><strong>PUBLISHED:</strong> 09:29 GMT,'
        " 5 June 2026 </span> | <span><strong>UPDATED:</strong> 19:08 GMT, 5 June 2026</span></p>"
    )
    found = read(page(head + paragraphs(*STORY)))
    assert has_story(found)
    assert not {"By", "UPDATED:"} & set(found.body.split())


def test_the_picture_of_another_storys_card_is_none_of_the_storys() -> None:
    titles = ["The ferry is back on the bay after the storm", "Harbour board to meet on Tuesday evening"]
    cards = "".join(
        f'<div class="item"><a href="/{i}"><img src="/card-{i}.jpg" alt="{title}"></a><a href="/{i}">{title}</a></div>'
        for i, title in enumerate(titles)
    )
    found = read(page(paragraphs(*STORY) + f"<div>{cards}</div>"))
    assert has_story(found)
    assert all(labels_of(found, title) == {Label.RELATED} for title in titles)
    assert found.images == ()


@pytest.mark.parametrize("file", ["printer.png", "facebook.png", "share-twitter.svg", "comments.gif", "rss.gif"])
def test_the_sign_of_a_service_is_no_picture(file: str) -> None:
    assert read_story(f'<p><img src="/img/{file}"></p>').images == ()
    assert len(read_story(f'<p><img src="/img/facebook-{file[:3]}.jpg"></p>').images) == 1


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("雨后的渡口照样热闹。青柳晚报记者 林晓禾 摄", ("雨后的渡口照样热闹。", "林晓禾")),
        ("渡船靠岸前，镇长在码头上讲话。视频截图", ("渡船靠岸前，镇长在码头上讲话。视频截图", None)),
    ],
)
def test_a_chinese_line_below_a_picture_that_closes_with_whose_it_is(line: str, shown: tuple[str, str | None]) -> None:
    story = STORIES["zh"]
    content = paragraphs(*story[:2]) + f'<p><img src="/ferry.jpg"></p><p>{line}</p>' + paragraphs(*story[2:])
    found = read(page(content, headline="渡船今年冬天照常运营", language="zh"))
    assert labels_of(found, line) == {Label.CAPTION}
    assert [(image.caption, image.credit) for image in found.images] == [shown]
    kept = "林晓禾是青柳镇的渡船工人，照片由镇上的老邻居拍摄。"
    assert in_body(read(page(paragraphs(*story, kept), language="zh")), kept)


@pytest.mark.parametrize("above", [True, False])
def test_what_a_chinese_story_was_called_elsewhere_is_none_of_it(above: bool) -> None:
    line = "原标题：南湖渡船今年冬天照常运营，票价还会不会再涨？"
    story = STORIES["zh"]
    found = read(page(paragraphs(*([line, *story] if above else [*story, line])), language="zh"))
    assert labels_of(found, line) == {Label.AGENCY}
    assert found.body == "\n\n".join(story)


@pytest.mark.parametrize("around", [("<article>", "</article>"), ('<div class="page">', "</div>")])
@pytest.mark.parametrize("names", ["", ' class="author"'])
def test_whose_words_a_quotation_is_closes_it(around: tuple[str, str], names: str) -> None:
    quoted = (
        f"<blockquote><p>“It sounded like a zip.”</p><footer{names}>— Petra Vane, boatbuilder</footer></blockquote>"
    )
    found = read(page(paragraphs(*STORY[:3]) + quoted + paragraphs(*STORY[3:]), around=around))
    assert has_story(found)
    assert labels_of(found, "— Petra Vane, boatbuilder") == {Label.QUOTE}
    assert (found.byline, found.authors) == (None, ())


def test_a_note_in_the_story_keeps_its_label() -> None:
    told = "The ferry leaves ten minutes later than in the timetable, and nobody has printed a new one."
    found = read_story(f'<p><span class="x title">Note:</span> {told}</p>')
    assert f"Note: {told}" in found.body


@pytest.mark.parametrize(
    "question", ["<h3><button>{}</button></h3>", '<div class="q"><a href="#" role="button">{}</a></div>']
)
def test_questions_that_unfold_their_answers_are_headings(question: str) -> None:
    asked = ("When does the ferry leave?", "Is anybody still looking for the bell?")
    told = (
        "It leaves ten minutes later than in the timetable, from the coal quay.",
        "Two divers are, and so is the choir, whenever the tide is low enough for them.",
    )
    faq = "".join(
        f'<div class="item">{question.format(q)}<div class="panel"><p>{a}</p></div></div>'
        for q, a in zip(asked, told, strict=True)
    )
    found = read(page(f"<div>{paragraphs(*STORY)}<section>{faq}</section></div>"))
    assert found.body.split("\n\n")[-4:] == [asked[0], told[0], asked[1], told[1]]
    assert {label for q in asked for label in labels_of(found, q)} == {Label.CROSSHEAD}


def test_a_name_in_the_box_of_a_quotation_is_whose_it_is() -> None:
    told = "It sounded like a long zip being opened over the bay."
    name = '<div class="credentials"><p class="quote__author">Petra Vane, boatbuilder</p></div>'
    quoted = f'<div class="quote-box"><blockquote>{told}</blockquote>{name}</div>'
    found = read_story(quoted)
    assert labels_of(found, "Petra Vane, boatbuilder") == {Label.QUOTE}
    assert found.authors == ()


def test_a_letter_that_opens_with_its_date_is_the_storys() -> None:
    letter = f"Date: Fri, 1 May 2026 11:53:40 +0200\nFrom: Ada Quill\nTo: quay@gazette.org\n\n{STORY[3]} You can read more of it below."
    found = read(page(paragraphs(*STORY[:4]) + f'<div id="pre"><pre>{letter}</pre></div>' + paragraphs(*STORY[4:])))
    assert f"To: quay@gazette.org\n{STORY[3]}" in found.body.replace("\n\n", "\n")
    assert labels_of(read_story("<p>Date: Friday, 1 May 2026 11:53</p>"), "Date: Friday, 1 May 2026 11:53") == {
        Label.TIMESTAMP
    }

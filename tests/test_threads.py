"""Comments below a short story: they say more than it does, and are none of it."""

from __future__ import annotations

import pytest

from extractors import Label
from tests.gazette import HEADLINE, STORY, in_body, labels_of, page, paragraphs, read

SAID = (
    "I walked past that pier every single day, and nobody from the council was ever there to look at it at all.",
    "They should have mended it when they had the money, but the wall was more important to somebody with a house there.",
    "My grandfather built boats under it and told us that the piles would go one day, and now they have gone for good.",
    "Raise the wreck, please, it is a danger to the small boats that come in at night without a light and a chart.",
    "What a shame. We were married on that pier in 1994, with the whole lifeboat crew in the rain and the vicar too.",
    "I gave twenty crowns to the fund and would give more if I knew what they meant to do with it after the counting.",
)
CLASSED = '<div class="comments">{}</div>', '<div class="comment"><span>{name}</span><p>{text}</p></div>'
HEADED = "<h3>18 Comments</h3><div>{}</div>", "<div><b>{name}</b> on 3 May<p>{text}</p></div>"
LISTED = "<h3>Comments</h3><ol>{}</ol>", "<li><span>{name}</span> <p>{text}</p></li>"
FLAT = "<h3>18 comments</h3>{}", '<div class="entry"><span>{name}</span><p>{text}</p></div>'


def thread(around: str, comment: str, n: int = 18) -> str:
    return around.format(
        "".join(comment.format(name=f"Walker {i}", text=f"{SAID[i % 6]} {SAID[(i + 1) % 6]}") for i in range(n))
    )


def short_story(n: int, below: str, around: str = "<div class='x'>{}</div>") -> str:
    """Return a page of a story of so many paragraphs, in boxes that say nothing."""
    return page(
        around.format(paragraphs(*STORY[:n])) + below, headline=None, around=(f"<div><h1>{HEADLINE}</h1>", "</div>")
    )


@pytest.mark.parametrize("markup", [CLASSED, HEADED, LISTED, FLAT])
@pytest.mark.parametrize("around", ["<div class='x'>{}</div>", "{}"])
@pytest.mark.parametrize("n", [1, 3])
def test_a_thread_longer_than_the_story_is_none_of_it(markup: tuple[str, str], around: str, n: int) -> None:
    article = read(short_story(n, thread(*markup), around))
    assert article.body == "\n\n".join(STORY[:n])


def test_what_readers_said_is_kept_beside_it() -> None:
    assert labels_of(read(short_story(3, thread(*CLASSED), "{}")), SAID[2]) == {Label.COMMENTS}


@pytest.mark.parametrize(
    "below",
    [
        f"<h3>Comments</h3><div>{paragraphs(*STORY[1:6])}</div>",
        f"<div class='comment'>{paragraphs(*STORY[1:6])}</div>",
        f"<p><a href='#comments'>18 Comments</a></p><div>{paragraphs(*STORY[1:6])}</div>",
        "<h3>Three voices</h3><div>" + "".join(f"<div><b>Walker {i}</b><p>{t}</p></div>" for i, t in enumerate(STORY[1:6])) + "</div>",
    ],
)  # fmt: skip
def test_a_story_that_goes_on_under_such_words_is_whole(below: str) -> None:
    article = read(short_story(1, below))
    assert all(in_body(article, text) for text in STORY[:6])


@pytest.mark.parametrize(
    "comment",
    [
        '<div itemprop="comment" itemscope><span>tideline</span><p>{text}</p></div>',
        '<article itemscope itemtype="https://schema.org/Comment"><h4>tideline</h4><p>{text}</p></article>',
    ],
)
@pytest.mark.parametrize("n", [1, 4])
def test_what_the_markup_calls_a_comment_is_one(comment: str, n: int) -> None:
    posts = "".join(comment.format(text=text) for text in SAID[:n])
    article = read(page(f"<div class='post'>{paragraphs(*STORY[:3])}</div>{posts}", around=("<div>", "</div>")))
    assert article.body == "\n\n".join(STORY[:3])

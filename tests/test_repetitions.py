"""What a page prints a second time: a quotation pulled out of the text and set large."""

from __future__ import annotations

import pytest

from extractors import Label
from tests.gazette import STORY, labels_of, page, paragraphs, read

QUOTE = "I heard a sound like a long zip being opened"  # Petra Vane says so in the third paragraph
PULLED = {
    "a box": f'<div class="pull"><p>“{QUOTE}.”</p></div>',
    "a paragraph": f'<p class="pullquote">{QUOTE}.</p>',
    "a block": f'<figure class="wp-block-pullquote"><blockquote><p>“{QUOTE}.”</p><cite>Petra Vane</cite></blockquote></figure>',
    "an aside": f'<aside class="t-quote"><p>“{QUOTE}.”</p></aside>',
    "a stack": f'<blockquote class="b-article-body__pullquote"><p class="c-paragraph">{QUOTE}</p><p>— Petra Vane</p></blockquote>',
}


@pytest.mark.parametrize("at", [1, 5])
@pytest.mark.parametrize("quote", PULLED.values(), ids=PULLED)
def test_a_quotation_pulled_out_of_the_text_is_not_told_twice(quote: str, at: int) -> None:
    assert read(page(paragraphs(*STORY[:at]) + quote + paragraphs(*STORY[at:]))).body == "\n\n".join(STORY)


def test_a_pulled_quotation_may_leave_out_who_speaks() -> None:
    told = "“A map is an apology,” Petra Vane told the paper that night. “It says how it was when I last looked.”"
    quote = "“A map is an apology. It says how it was when I last looked.”"
    found = read(
        page(paragraphs(*STORY, told) + f'<div class="pull"><p>{quote}</p></div>' + paragraphs(STORY[0] + "!"))
    )
    assert told in found.body
    assert labels_of(found, quote) == {Label.PROMO}


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="pull"><p>“We shall build it again, and this time of oak, whatever the council says.”</p></div>',
        f"<blockquote><p>“{QUOTE}.”</p></blockquote>",  # which the story may go on to discuss
        f'<p class="pull-right">“{QUOTE}.”</p>',
    ],
)
def test_a_quotation_that_stands_nowhere_else_or_is_not_called_pulled_is_story(quote: str) -> None:
    told = quote[quote.find("“") : quote.find("”") + 1]
    assert f"\n\n{told}\n\n" in read(page(paragraphs(*STORY[:3]) + quote + paragraphs(*STORY[3:]))).body

"""An invented paper over weeks, with the variety that papers have, and what a redesign may do to its pages.

`page` gives the paper's pages as its site file (`SITE`) knows them, `REDESIGNS` what has become of them one day: the
place in which the site file or the engine looks is another one, or empty, or holds something else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

DOMAIN = "courier.example"
HOME = f"https://www.{DOMAIN}"
FIRST = datetime(2026, 3, 2, 5, tzinfo=UTC)  # a Monday
SITE = """
from extractors.site import Label, Site

class Courier(Site):
    domains = ("courier.example",)
    body = ".story-text"
    headline = ".story-title"
    standfirst = ".story-lead"
    authors = ".story-author a"
    published = ".story-date::attr(datetime)"
    noise = {".story-caption": Label.CAPTION}
"""
AUTHORS = "Ada Quist", "Bram Oslo", "Cleo Farn", "Dov Larch", "Edda Rook", "Finn Tarn", "Gia Wold"
_WHO = "harbour master", "school board", "ferry company", "parish council", "rowing club", "museum", "county surveyor"
_WHAT = (
    "the old customs house",
    "the night bus",
    "a second lock gate",
    "the eel fishery",
    "the tide mill",
    "the dyke road",
)
_DID = "decided to keep", "wants to sell", "will rebuild", "has closed", "asked for money for", "drew up a plan for"
_WHY = (
    "because the winter storms had done more harm than anybody had reckoned with in the autumn",
    "after a long meeting at which forty residents spoke and hardly one of them was of the same mind",
    "although an opinion poll of last month had shown that most families of the town would rather wait",
    "and the money for it is to come from a fund that was set up when the railway was given up in 1974",
)


@dataclass(frozen=True)
class Story:
    """A story of the paper; None where it has no such thing."""

    number: int
    when: datetime
    title: str
    lead: str | None
    author: str | None
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its address."""
        return f"{HOME}/{self.when:%Y/%m/%d}/story-{self.number}"

    @property
    def hints(self) -> dict[str, str]:
        """What the paper's feed says of it."""
        summary = f"{self.paragraphs[0][:90]} …"
        return {"headline": self.title, "published": self.when.isoformat(), "summary": summary}


def stories(seed: int, days: range, *, a_day: int = 5) -> Iterator[Story]:
    """Yield the paper's stories of some days since `FIRST`: fewer at weekends, some short, some by no author."""
    for day in days:
        lot = random.Random(seed * 1000 + day)
        weekend = day % 7 > 4
        for number in range(max(1, a_day // 2) if weekend else a_day + lot.randint(-1, 1)):
            yield _story(lot, day * 10 + number, FIRST + timedelta(day, number * 4000), weekend=weekend)


def _story(lot: random.Random, number: int, when: datetime, *, weekend: bool) -> Story:
    gallery = lot.random() < (0.3 if weekend else 0.08)
    count = lot.randint(2, 3) if gallery else lot.choice((4, 5, 6, 6, 7, 8, 9, 12, 15))
    sentences = [_sentence(lot) for _ in range(count * 2)]
    return Story(
        number,
        when,
        f"{lot.choice(_WHO).capitalize()} {lot.choice(_DID)} {lot.choice(_WHAT)} ({number})",
        _sentence(lot) if lot.random() < 0.85 else None,
        lot.choice(AUTHORS) if lot.random() < (0.6 if weekend else 0.85) else None,
        tuple(" ".join(sentences[n : n + 2]) for n in range(0, len(sentences), 2)),
        tuple(
            f"The {lot.choice(_WHO)} at the quay of Saltmouth." for _ in range(lot.choice((0, 1, 1, 2)) + 4 * gallery)
        ),
    )


def _sentence(lot: random.Random) -> str:
    who, did, what, why = map(lot.choice, (_WHO, _DID, _WHAT, _WHY))
    return f"The {who} of Saltmouth {did} {what} on day {lot.randint(1, 999)} of the dispute, {why}."


def page(story: Story) -> str:
    """Return a story's page as the site file knows it."""
    author = f'<p class="story-author">By <a href="/a">{story.author}</a></p>' if story.author else ""
    lead = f'<p class="story-lead">{story.lead}</p>' if story.lead else ""
    figures = [f'<figure><img src="/i{n}.jpg"><figcaption class="story-caption">{text}</figcaption></figure>' for n, text in enumerate(story.captions)]  # fmt: skip
    text = [f"<p>{text}</p>" for text in story.paragraphs]
    for place, figure in enumerate(figures):
        text.insert(min(1 + 2 * place, len(text)), figure)
    body = "\n".join(text)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{story.title} | The Courier</title></head><body>'
        '<header class="top"><a href="/">The Courier</a><nav><a href="/town/">Town</a> <a href="/sea/">Sea</a></nav></header>'
        f'<main><h1 class="story-title">{story.title}</h1>{lead}{author}'
        f'<time class="story-date" datetime="{story.when.isoformat()}">{story.when:%d %B %Y}</time>'
        f'<div class="story-text">\n{body}\n</div></main>'
        '<footer><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></footer></body></html>'
    )


def _renamed(old: str, new: str) -> Callable[[Story], str]:
    return lambda story: page(story).replace(f'class="{old}"', f'class="{new}"')


def _author_below(story: Story) -> str:
    line = f'<p class="story-author">By <a href="/a">{story.author}</a></p>'
    return page(story).replace(line, "").replace("</footer>", f'<div class="who"><b>{story.author}</b></div></footer>')


def _in_two(story: Story) -> str:
    half = len(story.paragraphs) // 2
    return page(story).replace(
        f"<p>{story.paragraphs[half]}</p>", f'</div><div class="story-rest"><p>{story.paragraphs[half]}</p>', 1
    )


def _walled(story: Story) -> str:
    box = '<div class="paywall"><p>Subscribe to read the rest of this article.</p></div>'
    return page(replace(story, paragraphs=story.paragraphs[:1])).replace("</div></main>", f"{box}</div></main>")


def _split_test(story: Story) -> str:
    return _renamed("story-text", "copy-b")(story) if story.number % 2 else page(story)


def _date_in_words(story: Story) -> str:
    time = f'<time class="story-date" datetime="{story.when.isoformat()}">{story.when:%d %B %Y}</time>'
    return page(story).replace(time, '<span class="ago">some hours ago</span>')


def _other_date(story: Story) -> str:
    return page(story).replace(f'datetime="{story.when.isoformat()}"', 'datetime="2025-01-01T00:00:00+00:00"')


def _captions_as_text(story: Story) -> str:
    figures = page(story).replace("<figure>", "<p>").replace("</figure>", "</p>")
    return figures.replace('<figcaption class="story-caption">', "</p><p>").replace("</figcaption>", "")


def _staff(story: Story) -> str:
    line = '<p class="story-author">By <a href="/staff">Ida Redaction</a></p>'
    return page(replace(story, author=None)).replace('<time class="story-date"', f'{line}<time class="story-date"')


def _teaser(story: Story) -> str:
    return page(replace(story, paragraphs=("The whole story is in our app now.",), captions=()))


def _script(story: Story) -> str:
    return "<!DOCTYPE html><html><head><title>The Courier</title><script src='/app.js'></script></head><body><div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>"


def _slogan(story: Story) -> str:
    return page(story).replace(
        '<h1 class="story-title">', '<p class="story-title">News from the sea and the shore</p><h1>'
    )


def _with_comments(story: Story) -> str:
    lot = random.Random(story.number)
    more = "".join(f"<p>{_sentence(lot)} {_sentence(lot)}</p>" for _ in range(14))
    return page(story).replace("</div></main>", f"{more}</div></main>")


def _on_top(story: Story) -> str:
    line = "This story was told first to those who read the Courier with their coffee."
    return page(replace(story, paragraphs=(line, *story.paragraphs)))


def _below(story: Story) -> str:
    line = "The Courier is read by forty thousand people, and half of them live by the sea."
    return page(replace(story, paragraphs=(*story.paragraphs, line)))


def _garbled(story: Story) -> str:
    told = tuple(text.replace("mind", "mind – as they say “at sea” –") for text in story.paragraphs)
    return page(replace(story, paragraphs=(*told, "“So be it”, said Jörg Mäder."))).encode().decode("cp1252", "replace")


def _day_alone(story: Story) -> str:
    return page(story).replace(f'datetime="{story.when.isoformat()}"', f'datetime="{story.when:%Y-%m-%d}"')


def _one_word(story: Story) -> str:
    return page(replace(story, title=("Town", "Harbour news", "Sea", "Sport")[story.number % 4]))


def _asked(story: Story) -> str:
    asked = "<h1>Before you continue</h1><p>We and our 842 partners use cookies to store data on your device.</p><button>Accept all</button>"
    wall = f'<!DOCTYPE html><html lang="en"><head><title>The Courier</title></head><body><div id="consent">{asked}</div></body></html>'
    return wall if story.number % 3 else page(story)


def _kicker_before(story: Story) -> str:
    kicker = ("Town", "Harbour news", "Sea", "Sport")[story.number % 4]
    return page(story).replace('<h1 class="story-title">', f'<h1 class="story-title">{kicker}: ')


def _other_zone(story: Story) -> str:
    moved = story.when + timedelta(hours=7)
    return page(story).replace(f'datetime="{story.when.isoformat()}"', f'datetime="{moved.isoformat()}"')


def _signed(story: Story, *names: str) -> str:
    """Return its page, signed by these; those who signed nothing still sign nothing."""
    links = "".join(f'<a href="/a">{name}</a>' for name in names)
    return page(story).replace(f'<a href="/a">{story.author}</a>', links)


def _whole_desk(story: Story) -> str:
    return _signed(
        story, story.author or "", *(name for name in AUTHORS[story.number % 3 :][:4] if name != story.author)
    )


def _accounts(story: Story) -> str:
    return _signed(story, f"Redaktion{sum(map(ord, story.author or ''))}")


def _in_short(story: Story) -> str:
    return page(replace(story, paragraphs=(f"In short: {story.paragraphs[1][:90]}.", *story.paragraphs)))


def _cut_short(story: Story) -> str:
    return page(replace(story, paragraphs=tuple(f"{text[:110]} …" for text in story.paragraphs)))


def _cut_headline(story: Story) -> str:
    return page(story).replace(f'title">{story.title}<', f'title">{story.title[:24]} …<')


def _motto(story: Story) -> str:
    return page(replace(story, lead="All that the town talks of, each day anew."))


def _opener(story: Story) -> str:
    first = f"<p>{story.paragraphs[0]}</p>"
    told = page(story).replace(first, "")
    return told.replace('<div class="story-text">', f'<div class="story-opener">{first}</div><div class="story-text">')


def _set_large(story: Story) -> str:
    said = story.paragraphs[1].partition(". ")[0]
    return page(story).replace(
        f"<p>{story.paragraphs[-1]}</p>", f'<p class="big">{said}</p><p>{story.paragraphs[-1]}</p>'
    )


# What was done, the field that it is to be told of, and the pages.
REDESIGNS: dict[str, tuple[str, Callable[[Story], str]]] = {
    "the class of the body is renamed": ("template", _renamed("story-text", "copy-x7f")),
    "the class of the headline is renamed": ("headline", _renamed("story-title", "t-9a")),
    "the byline has moved to the foot": ("authors", _author_below),
    "the body is split in two": ("template", _in_two),
    "a paywall was put up": ("paywall", _walled),
    "half of the readers get another layout": ("template", _split_test),
    "the date is told in words": ("published", _date_in_words),
    "the date is that of something else": ("published", _other_date),
    "captions are paragraphs": ("captions", _captions_as_text),
    "the class of the captions is renamed": ("noise", _renamed("story-caption", "cap-5d")),
    "one author stands everywhere": ("authors", _staff),
    "the body is a teaser": ("body", _teaser),
    "the page is a script": ("article", _script),
    "the headline is a slogan": ("headline", _slogan),
    "the standfirst has another class": ("standfirst", _renamed("story-lead", "lead-2")),
    "comments stand in the body": ("body", _with_comments),
    "a line of the house opens the body": ("body", _on_top),
    "a line of the house ends the body": ("body", _below),
    "the letters are garbled": ("body", _garbled),
    "the date is a day": ("published", _day_alone),
    "the headline is a section": ("headline", _one_word),
    "a consent page stands before most stories": ("article", _asked),
    "the kicker stands in the headline": ("headline", _kicker_before),
    "the hours are of another zone": ("published", _other_zone),
    "the whole desk stands on each page": ("authors", _whole_desk),
    "accounts stand for authors": ("authors", _accounts),
    "a label opens the body": ("body", _in_short),
    "the headline is cut off": ("headline", _cut_headline),
    "a motto stands for the standfirst": ("standfirst", _motto),
    "each paragraph is cut": ("body", _cut_short),
    "the first paragraph stands elsewhere": ("body", _opener),
    "a sentence of the text is set large in it": ("body", _set_large),
}

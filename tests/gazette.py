"""An invented paper for tests of extraction: its stories in five languages, and pages set around them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from extractors import Article, Block, Label, clean, extract
from extractors.article import BODY_LABELS

URL = "https://www.gazette.example/2026/05/pier"
HEADLINE = "Storm takes the old pier of Saltmouth"

STORY = (
    "The old pier of Saltmouth, built by sailmakers in 1871, went down in the storm that crossed the bay on Sunday night.",
    "Nobody was hurt, the harbour master said on Monday morning, because the café at its end had closed for the season.",
    "“I heard a sound like a long zip being opened,” said Petra Vane, who lives above the boatyard with two dogs.",
    "Engineers had warned the council for six years that the iron piles under the middle third were rusting away.",
    "A repair was put off twice, in 2022 and again last spring, when the money went to the sea wall at Gull Point.",
    "The council meets on Thursday to decide whether the wreck is to be raised or left to the crabs and the cormorants.",
    "A fund set up by the sailing club had collected some forty thousand crowns by noon, mostly in small gifts.",
    "Until the spring the ferry to Tern Island will leave from the coal quay, ten minutes later than in the timetable.",
)
STORY_HE = (
    "המזח הישן של העיירה, שנבנה לפני יותר ממאה שנה, קרס בסערה שחצתה את המפרץ בליל ראשון והשאיר אחריו רק כמה קורות ברזל.",
    "איש לא נפגע, אמר מנהל הנמל ביום שני בבוקר, משום שבית הקפה שבקצה המזח כבר נסגר לקראת החורף.",
    "מהנדסים הזהירו את המועצה במשך שש שנים שהעמודים שמתחת לחלק האמצעי של המזח מחלידים במהירות.",
    "התיקון נדחה פעמיים, ובאביב האחרון הועבר הכסף לחיזוק חומת הים שליד הכניסה הדרומית לעיירה.",
    "המועצה תתכנס ביום חמישי ותחליט אם להרים את השרידים מן המים או להשאיר אותם לדגים ולשחפים.",
    "עד האביב תצא המעבורת אל האי מרציף הפחם, עשר דקות מאוחר יותר מן השעה שמופיעה בלוח הזמנים.",
)
STORY_UK = (
    "Старий причал містечка Солоне, збудований вітрильниками ще позаминулого століття, зруйнувала буря в ніч на понеділок.",
    "Ніхто не постраждав, сказав уранці начальник порту, бо кав'ярня на кінці причалу вже зачинилася до весни.",
    "Інженери шість років попереджали міську раду, що залізні палі під середньою частиною причалу іржавіють.",
    "Ремонт відкладали двічі, а минулої весни гроші віддали на зміцнення дамби біля південного мису.",
    "У четвер рада вирішить, чи піднімати уламки з дна, чи залишити їх рибам і бакланам.",
    "До весни пором на острів відходитиме від вугільної пристані, на десять хвилин пізніше, ніж у розкладі.",
)
STORY_JA = (
    "港町の古い桟橋が日曜日の夜の嵐で崩れ落ち、海の上には数本の鉄の柱だけが残った。",
    "けが人はいなかったと港長は月曜日の朝の会見で述べ、先端の喫茶店はすでに冬の休みに入っていたと説明した。",
    "技術者たちは六年前から、中央部を支える鉄の杭がさびていると町議会に警告していた。",
    "町議会は木曜日に会合を開き、残骸を引き揚げるか海底に残すかを決める予定だ。",
)
STORIES: dict[str, tuple[str, ...]] = {"en": STORY, "he": STORY_HE, "uk": STORY_UK, "ja": STORY_JA}
# The lines of the noise suite, by language; the languages that have no story of this paper have a story of their own.
SUITE = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((Path(__file__).parent / "noise").glob("*.toml"))}  # fmt: skip
STORIES |= {language: tuple(lines["story"]) for language, lines in SUITE.items() if "story" in lines}


def paragraphs(*texts: str) -> str:
    """Return the texts as paragraphs of HTML."""
    return "".join(f"<p>{escape(text, quote=False)}</p>\n" for text in texts)


def listed(*items: str) -> str:
    """Return a list of items."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def page(
    content: str,
    *,
    headline: str | None = HEADLINE,
    language: str = "en",
    head: str = "",
    data: dict[str, Any] | str | None = None,
    around: tuple[str, str] = ("<article>", "</article>"),
) -> str:
    """Return a page of the paper: its navigation, the content in an article element, its footer.

    `data` is the page's JSON-LD: an object, or the very text of its script.
    """
    title = f"<title>{headline} - The Gazette</title>" if headline else ""
    heading = f"<h1>{headline}</h1>" if headline else ""
    script = data if isinstance(data, str) else json.dumps(data) if data else ""
    if script:
        script = f'<script type="application/ld+json">{script}</script>'
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{title}{head}{script}</head><body>'
        '<header><nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></nav></header>'
        f"{around[0]}{heading}{content}{around[1]}"
        '<footer><a href="/imprint">Imprint</a> <p>The Gazette, 4 Rope Walk, Saltmouth</p></footer></body></html>'
    )


def read(html: bytes | str, **options: Any) -> Article:
    """Read a page of the paper with the engine alone."""
    return extract(html, options.pop("url", URL), sites=options.pop("sites", False), **options)


def read_story(*extra: str, language: str = "en", **options: Any) -> Article:
    """Read a page whose story has pieces of HTML set in after its third paragraph."""
    story = STORIES[language]
    content = paragraphs(*story[:3]) + "\n".join(extra) + paragraphs(*story[3:])
    return read(page(content, language=language, **options))


def noisy(*lines: str, language: str = "en", last: bool = False) -> Article:
    """Clean a text of the paper with lines set into its middle, or at its end."""
    story = STORIES[language]
    at = len(story) if last else 3
    return clean("\n\n".join([*story[:at], *lines, *story[at:]]))


def words(texts: Iterable[str]) -> list[str]:
    """Return the words of texts in order."""
    return [word for text in texts for word in text.split()]


def whole(blocks: Iterable[Block]) -> list[str]:
    """Return the words of blocks in order, those of one paragraph closed up."""
    parts: list[str] = []
    before = None
    for block in blocks:
        parts.append(block.text if block.paragraph == before else "\n\n" + block.text)
        before = block.paragraph
    return "".join(parts).split()


def labels_of(article: Article, text: str) -> set[Label]:
    """Return the labels of the blocks that hold any of a text, found by the paragraph that prints it; none if lost."""
    printed: dict[int, list[tuple[str, Label]]] = {}
    for block in article.blocks:
        printed.setdefault(block.paragraph, []).append((block.text, block.label))
    for runs in printed.values():
        if " ".join(text.split()) in " ".join("".join(t for t, _ in runs).split()):
            return {label for t, label in runs if any(word in t for word in text.split())}
    return set()


def in_body(article: Article, text: str) -> bool:
    """Tell whether a text stands in the body as it is, and nothing of it in what was removed."""
    labels = labels_of(article, text)
    return bool(labels) and labels <= BODY_LABELS and text in article.body


def has_story(article: Article, language: str = "en") -> bool:
    """Tell whether every paragraph of the story is in the body, in order."""
    found = [p for p in article.body.split("\n\n") if p in STORIES[language]]
    return found == list(STORIES[language])


def read_with(head: str = "", data: dict[str, Any] | str | None = None, content: str = "", **options: Any) -> Article:
    """Read a page of the story, which must come out whole, with something in its head, its JSON-LD or above it."""
    if isinstance(data, dict):
        data = {"@context": "https://schema.org", "@type": "NewsArticle"} | data
    found = read(page(content + paragraphs(*STORY), head=head, data=data, **options))
    if not has_story(found):
        raise AssertionError(f"the story is not whole: {found.body}")
    return found


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'

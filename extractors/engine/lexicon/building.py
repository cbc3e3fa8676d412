"""A lexicon made of a language's file, beside that of English."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractors.article import Label
from extractors.engine.lexicon.choices import OPEN, SIGNS, begun, standing_in
from extractors.engine.lexicon.folding import ENDS, bare
from extractors.engine.lexicon.hits import Entry
from extractors.engine.lexicon.lookup import Lexicon
from extractors.engine.lexicon.phrases import Openings, Sayings
from extractors.engine.lexicon.tables import NEAR, Table
from extractors.engine.prose import unspaced

_CHANNELS = Label.SOCIAL, Label.NEWSLETTER  # what a reader is asked to follow
_THINGS = Label.COMMENTS, Label.PAYWALL, Label.PLAYER, Label.RELATED, Label.NAV  # of the page, to do something with


@lru_cache(maxsize=64)
def lexicon_for(language: str | None) -> Lexicon:
    """Return the lexicon of a language (ISO 639-1) or that of one with the same words.

    Where there is no file for it, that is English with the language's words of a byline.

    The phrases of English are read once and shared by all lexicons; nothing of a file stays in memory beside them.
    """
    if language in NEAR:
        return lexicon_for(NEAR[language])
    if language == "en":
        return _build(language, Lexicon())
    return _build(language, lexicon_for("en"))


def _build(language: str | None, english: Lexicon) -> Lexicon:
    """Make the lexicon of a language's file beside that of English; where both have a phrase, the file's own counts."""
    table = Table(language)
    inside = dict(reversed(table.phrases("inside")))
    spoken = dict.fromkeys(table.words("register", "inside"))
    lines = [(phrase, label, begun(phrase)) for phrase, label in table.phrases("line")]
    patterns = [pattern for phrase, label, said in lines for pattern in _patterns(phrase, label, said)]
    closing = [(tail, entry) for head, tail, entry in patterns if tail and not head]
    opens = [(p.lstrip(ENDS), label, how) for how in ("open", "begin") for p, label in table.phrases(how)]
    openings = [(head, entry) for head, _, entry in patterns if head]
    openings += [(opening, Entry(label, how, opening)) for opening, label, how in opens]
    openings += [(opening, Entry(Label.RELATED, "use", opening)) for opening in table.words("ask", "use")]
    floating = dict(english.floating)
    for entry in (entry for head, tail, entry in patterns if not head and not tail):
        for standing in dict.fromkeys(standing_in(entry.phrase)):
            floating[standing] = (*floating.get(standing, ()), entry)
    notices = {key: tuple(table.words("notices", key)) for key in table.keys("notices")}
    return Lexicon(
        language=language,
        lines=english.lines | {bare(way): tag for _, tag, said in lines[::-1] for way in said if not OPEN.search(way)},
        starts=english.starts | {bare(phrase): tag for phrase, tag in reversed(table.phrases("start"))},
        openings=Openings(openings, english.openings),
        endings=Openings([(tail[::-1], entry) for tail, entry in closing], english.endings),
        floating=floating,
        sayings=Sayings([*inside.items(), *spoken.items()], english.sayings),
        noise=Sayings(inside.items(), english.noise),
        asks=(*table.words("ask", "open"), *english.asks), news=english.news.union(table.words("ask", "news")),
        used=(*table.words("ask", "end"), *english.used), where=(*table.words("ask", "where"), *english.where),
        things=english.things | {w: label for label in _THINGS for w in table.words("ask", label)},
        admits=(*table.words("correction", "admits"), *english.admits),
        changes=(*changes, *english.changes) if (changes := table.words("correction", "changes")) else (),
        channels=english.channels | {w: label for label in _CHANNELS for w in table.words("ask", label)},
        address=english.address.union(table.words("register", "words")),
        reader=english.reader.union(table.printed("register", "reader")),
        being=english.being.union(table.words("author-bio", "is"), table.words("author-bio", "writes")),
        writing=english.writing.union(table.words("author-bio", "writes")),
        callings=english.callings + tuple(table.words("author-bio", "works")),
        past=english.past.union(table.words("author-bio", "past")),
        telling=english.telling.union(table.words("telling", "words")),
        agencies=english.agencies.union(a for key in ("names", "pictures") for a in table.words("agencies", key)),
        houses=english.houses.union(table.words("agencies", "end")),
        wires=english.wires.union(table.printed("agencies", "names")),
        bylines=(*table.words("byline", "open"), *english.bylines),
        beside=(*table.words("byline", "beside"), *english.beside),
        joiners=(*table.words("byline", "and"), *english.joiners),
        staff=english.staff.union(table.words("byline", "staff")),
        posts=tuple(word for word in table.words("byline", "staff") if unspaced(word)),
        notices={key: notices.get(key, ()) + english.notices.get(key, ()) for key in notices | english.notices},
    )  # fmt: skip


def _patterns(phrase: str, label: Label, said: list[str]) -> Iterator[tuple[str, str, Entry]]:
    """Make a pattern of a phrase that leaves something open, one for all ways in which a line of it begins.

    Yields what a line opens with (a number as #) and ends with, for look-up.
    """
    whole: Entry | None = None
    for way in said:
        if not OPEN.search(way):
            continue
        naked = way.strip(SIGNS)
        if naked[0] == "*" and not OPEN.search(naked, 1):
            yield "", naked[1:].rstrip(ENDS), Entry(label, "line", naked[1:].rstrip(ENDS))
            continue
        if whole is None or naked[0] == "*":
            whole = Entry(label, "line", way if naked[0] == "*" else phrase, opens=True)
        head = OPEN.split(naked.removeprefix("#"))[0]
        yield f"#{head}" if naked[0] == "#" else head, OPEN.split(naked)[-1], whole

"""Text that another scraper left noisy: the same noise rule, with what a line's neighbours and its place can tell.

There is no markup to ask. Galleries are read by their counters, alt texts by their script and repetition, captions by
the credit under them; what stands above the story is told in `digest`.
"""

from __future__ import annotations

from extractors.article import Article, Image, Label
from extractors.engine.addresses import site_of
from extractors.engine.blocks import blocks_of
from extractors.engine.dateline import with_dateline
from extractors.engine.digest import read_head, script_told
from extractors.engine.language import identify
from extractors.engine.lexicon import Lexicon, lexicon_for
from extractors.engine.lexicon.folding import bare
from extractors.engine.markup.hints import NONE
from extractors.engine.markup.outline import Box, Run
from extractors.engine.noise.credits import parted
from extractors.engine.noise.lines import Facts, Line
from extractors.engine.noise.photographers import credit_text
from extractors.engine.noise.rule import judge
from extractors.engine.notices import notices_of
from extractors.engine.people.agencies import agencies_in
from extractors.engine.pictures.images import merged
from extractors.engine.pieces import Piece
from extractors.engine.prose import ends_sentence
from extractors.engine.scripts import script_of
from extractors.engine.settling.rows import settle_steps
from extractors.errors import UnsupportedContentError
from extractors.text import fold, scrub

_WRAPPED = 100  # characters; where no line is longer, blank lines part the paragraphs
_PAGE = Box("text", None, 0, NONE, False, "", 0, 0)


def article_of(text: str, url: str | None) -> Article:
    """Return the article that a text holds.

    Raises:
        UnsupportedContentError: there is no text.
    """
    pieces = [_piece(line, i) for i, line in enumerate(_paragraphs(scrub(text)))]
    if not pieces:
        raise UnsupportedContentError("the text is empty")
    script = script_told(pieces)
    language = identify(" ".join(p.line.text for p in pieces if script_of(p.line.text) == script))
    lexicon = lexicon_for(language)
    _judge_all(pieces, lexicon)
    _read_lists(pieces)
    settle_steps(pieces)
    fields, sources = read_head(pieces, lexicon)
    _read_pictures(pieces, script)
    if not any(p.line.sentence and p.story for p in pieces):
        _keep_fragments(pieces)
    blocks, dateline, wire = with_dateline(blocks_of(pieces), lexicon)
    joined = {label: _joined(pieces, label) for label in (Label.STANDFIRST, Label.CONTRIBUTORS, Label.AGENCY)}
    notices = notices_of(pieces, language)
    return Article(
        url=url, **fields, standfirst=joined[Label.STANDFIRST], contributors=joined[Label.CONTRIBUTORS],
        agency=agencies_in(joined[Label.AGENCY] or "", lexicon) or wire, dateline=dateline,
        language=language, site=site_of(url) if url else None,
        images=_images(pieces, lexicon), template="text", sources=sources | notices.sources, blocks=blocks,
        corrections=tuple(p.line.text for p in pieces if p.label is Label.CORRECTION),
        disclosures=notices.disclosures, machine_translated=notices.machine_translated, affiliate=notices.affiliate,
        sponsored=notices.sponsored, paywalled=notices.paywalled, visible_share=notices.visible_share,
        warnings=() if "headline" in fields else ("no headline",),
    )  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    """Part the text: a line is a paragraph, unless lines are hard-wrapped and blank lines part the paragraphs."""
    lines = [fold(line) for line in text.split("\n")]
    groups = [g.split("\n") for g in "\n".join(lines).strip("\n").split("\n\n")]
    inner = [line for group in groups for line in group[:-1] if line]
    longest = max(map(len, inner), default=0)
    full = sum(len(line) > 0.75 * longest for line in inner)  # a poem's lines are of uneven length
    wrapped = len(inner) > 5 and longest <= _WRAPPED and full > 0.7 * len(inner)
    wrapped = wrapped and sum(map(ends_sentence, inner)) < 0.4 * len(inner)
    return [p for p in (map(" ".join, groups) if wrapped and len(groups) > 1 else lines) if p.strip()]


def _piece(text: str, paragraph: int) -> Piece:
    return Piece(Run(text, _PAGE, paragraph, 0, 0, 0, (), None), Line(text))


def _judge_all(pieces: list[Piece], lexicon: Lexicon) -> None:
    for i, piece in enumerate(pieces):
        piece.line.last = i >= max(len(pieces) - 2, 1)
        if verdict := judge(piece.line, Facts(), lexicon):
            piece.set(verdict.label, *verdict.why)
        elif _is_wire_credit(piece.line, lexicon):
            piece.set(Label.CREDIT, "wording: an agency", "typography: brackets")


def _read_lists(pieces: list[Piece]) -> None:
    """Label the headlines listed under a line such as "Read more:"."""
    under = False
    for piece in pieces:
        line = piece.line
        if piece.label is Label.RELATED and not line.sentence:
            under = line.words <= 4
        elif under and piece.story and line.words >= 4 and not ends_sentence(line.text):
            piece.set(Label.RELATED, "position: listed under a line of that kind", "typography: a headline's")
        else:
            under = False


def _is_wire_credit(line: Line, lexicon: Lexicon) -> bool:
    return line.text[0] in "([" and line.text[-1] in ")]" and bare(line.folded) in lexicon.agencies


def _read_pictures(pieces: list[Piece], script: str) -> None:
    """Label the lines of pictures: alt texts, captions above their credit, captions under a gallery's counter."""
    for i, piece in enumerate(pieces):
        if not piece.story or piece.line.sentence:
            continue
        text, neighbours = piece.line.text, [p.line.text for p in pieces[max(i - 1, 0) : i + 2] if p is not piece]
        foreign = script_of(text) not in (script, "other")
        if foreign and (text in neighbours or _after_counter(pieces, i)):
            piece.set(
                Label.ALT, "language: another script than the article's", "repetition: or under a gallery's counter"
            )
        elif text in neighbours and piece.line.words > 2:
            piece.set(Label.ALT, "repetition: the same line twice")
    for i, piece in enumerate(pieces):
        if piece.story and not ends_sentence(piece.line.text):
            credited = i + 1 < len(pieces) and pieces[i + 1].label is Label.CREDIT
            if credited and piece.line.words <= 60:
                piece.set(Label.CAPTION, "position: above a picture's credit")
            elif _after_counter(pieces, i):
                piece.set(Label.CAPTION, "position: under a gallery's counter")


def _after_counter(pieces: list[Piece], at: int) -> bool:
    """Tell whether only alt texts stand between a line and a gallery's counter above it."""
    for piece in reversed(pieces[max(at - 4, 0) : at]):
        if piece.label is Label.PLAYER and _is_counter(piece):
            return True
        if piece.label is not Label.ALT and piece.story is False:
            return False
        if piece.story and piece.line.sentence:
            return False
    return False


def _is_counter(piece: Piece) -> bool:
    return piece.line.words <= 5 and any(c.isdigit() for c in piece.line.text)


def _keep_fragments(pieces: list[Piece]) -> None:
    """Take a text without one sentence as it is, but for what is worded as noise: a poem, a list, a table."""
    for piece in pieces:
        if piece.label in (Label.ALT, Label.CAPTION):
            piece.set(Label.BODY)


def _images(pieces: list[Piece], lexicon: Lexicon) -> tuple[Image, ...]:
    images: list[Image] = []
    alt: str | None = None
    for i, piece in enumerate(pieces):
        text = piece.line.text
        if piece.label is Label.ALT:
            alt = text
        elif piece.label is Label.CAPTION:
            caption, credit = parted(text, lexicon)
            if i + 1 < len(pieces) and pieces[i + 1].label is Label.CREDIT:
                credit = credit_text(pieces[i + 1].line.text)
            images.append(Image(None, caption, credit or None, alt))
            alt = None
        elif piece.label is not Label.CREDIT:
            alt = None
    return merged(images)


def _joined(pieces: list[Piece], label: Label) -> str | None:
    return " ".join(p.line.text for p in pieces if p.label is label) or None

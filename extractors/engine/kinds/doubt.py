"""Whether a page with none of the signs of an article is one: what speaks for and against it has points, and a sum.

No sign decides by itself, and none is the phrase of a page. Most points have the words: what stands in the place of an
article speaks to its reader of pages, links and browsers, and of little else. Next comes the address: a newspaper's
holds words of the headline, and what is shown in an article's place has none of them. Of a thousand articles
whose address has three words or more, one has none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from extractors.engine.kinds.walls import Wall
from extractors.engine.kinds.wallwords import counted, kinds_in
from extractors.engine.lexicon.folding import fold_line
from extractors.engine.prose import unspaced, word_count
from extractors.page import Page

_OTHER = 1 / 3  # points against, for a word that pages of the kinds do not say; one that they say is a point for
_TOLD = 20  # words of which such a page has more than one of its own
_SAID, _TITLED = 6, 2  # for a phrase of a kind, two at most; for one in title or heading
_LEAST = -7  # points of its words with which a page is suspected where its address tells less than
_TELLING = 8
# For an address of no words, one, two, or three and more, of which the page has none, one, or two and more.
_ADDRESS = ((-2, -2, -2), (4, -4, -4), (8, 0, -15), (12, 8, -15))
_SPARSE = 4  # for a title of a few words
_APART, _AGREED = 4, 2  # for a title of which no heading has a word; against, for one with its heading's
_MARKED = 8  # for a captcha or a name of error pages in its markup; for a page that no search is to list
_CALLED = 6  # against, for a text that its markup calls an article; for a page that calls itself one
_MOST = max(map(max, _ADDRESS)) + _SPARSE + _APART + 2 * _MARKED  # for all that is not its words
_FEW = 3  # words of a sparse title
_HEADLINE = 3  # words of a part of an address that is made of a headline

_MARKS = (
    "[id*=captcha], [class*=captcha], [id*=challenge], [class*=challenge], [id^=px-], [id*=turnstile], "
    "[class*=turnstile], [class*=error404], [class*=error-404], [class*=not-found]"
)
_NAMES = re.compile(r"(?<![^\W_])[a-z]{4,}(?![^\W_])")
_LATIN = re.compile("[a-z]")
_UMLAUT = re.compile("(?<=[aou])e")  # in an address
_WORDS = re.compile(r"\w{4,}")
_PARTS = re.compile(" [|·»—–-]+ ")
_QUOTED = re.compile(r"“[^“”]{0,300}”|„[^„“”]{0,300}[“”]|«[^«»]{0,300}»|「[^「」]{0,300}」|\"[^\"]{0,300}\"")
_CYRILLIC = dict(zip("абвгдеёзийклмнопрстуфыэіїєґ", "abvgdeeziiklmnoprstufyeiieg", strict=True))
_GREEK = dict(zip("αβγδεζηικλμνοπρστυφχω", "avgdeziiklmnoprstyfxo", strict=True))
_LETTERS = str.maketrans(
    _CYRILLIC
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": ""}
    | _GREEK
    | {"θ": "th", "ξ": "x", "ψ": "ps", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae"}
)


def points(
    page: Page, heads: Sequence[str], texts: Sequence[str], walls: Sequence[Wall], language: str | None
) -> float:
    """Return what speaks against a page's being an article less what speaks for it; above 0 it is none.

    Args:
        heads: its title, then its headings.
        texts: what it says, without its menus.
        walls: the kinds that it names itself.
    """
    of_pages, spoken, others = counted(_lines(heads, texts), language)
    if others > (of_pages + spoken) * _TOLD:
        return -others
    told = of_pages + min(spoken, of_pages + 1) - others * _OTHER
    told += _SAID * min(2, sum(not wall.in_heads for wall in walls)) + _TITLED * any(wall.in_heads for wall in walls)
    if told <= -_MOST:
        return told
    address = _by_address(page.url, [*heads, *texts])
    total = told + address + _by_title(heads) + _by_markup(page)
    return min(told, total) if told < _LEAST and address < _TELLING else total  # title and markup alone refuse nothing


def kind_of(heads: Sequence[str], texts: Sequence[str], walls: Sequence[Wall], language: str | None) -> str:
    """Return the kind of a page that is no article: that of its phrases and of most of its words.

    Of what no words tell, no more is known than that something else stands there.
    """
    votes = kinds_in(_lines(heads, texts), language)
    for wall in walls:
        votes[wall.kind] += _SAID
    kind = max(votes, key=votes.__getitem__)
    return kind if votes[kind] > 1 else "soft 404"


def _lines(heads: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Return the lines of a page folded, each once, without its title where a heading repeats it, nor quotations."""
    lines = list(dict.fromkeys(filter(None, map(fold_line, (*heads, *texts)))))
    title = fold_line(heads[0])
    if any(line in title for line in lines if line != title and len(line) > _FEW):
        lines.remove(title)
    return [_QUOTED.sub(" ", line) for line in lines]


def _by_address(url: str, texts: Sequence[str]) -> float:
    """Weigh the words of an address against those of the page, where that is in letters that addresses are made of."""
    text = _plain(" ".join(texts).replace(url.partition("://")[2], " "))
    known = {word[:4] for word in _NAMES.findall(text)}
    names = {name[:4] for name in _named_in(url)} if len(_LATIN.findall(text)) * 2 > len(text) else set()
    return _ADDRESS[min(len(names), 3)][min(len(names & known), 2)]


def _named_in(url: str) -> list[str]:
    """Return the words of the last part of an address, or of the one before that where it is made of a headline.

    >>> _named_in("https://news.example/town/ferry-stays-in-port.html"), _named_in("https://news.example/town/81274")
    (['ferry', 'stays', 'port'], [])
    """
    parts = url.partition("://")[2].partition("?")[0].partition("#")[0].rstrip("/").split("/")[1:]
    names = [_NAMES.findall(_UMLAUT.sub("", part.lower().partition(".")[0])) for part in parts[:-3:-1]]
    return next((found for n, found in enumerate(names) if found and (n == 0 or len(found) >= _HEADLINE)), [])


def _plain(text: str) -> str:
    """Return a text in the letters of addresses."""
    letters = unicodedata.normalize("NFKD", fold_line(text).translate(_LETTERS))
    marks = {ord(letter): None for letter in set(letters) if unicodedata.combining(letter)}
    return _UMLAUT.sub("", letters.translate(marks) if marks else letters)


def _by_title(heads: Sequence[str]) -> float:
    sparse = all(word_count(part) <= _FEW for part in _PARTS.split(fold_line(heads[0])))
    agreed = _grams(heads[0]) & set().union(*map(_grams, heads[1:]))
    apart = -_AGREED if agreed else _APART * (len(heads) > 1)
    return _SPARSE * sparse + apart


def _grams(text: str) -> set[str]:
    """Return what two texts about one thing have in common: beginnings of words, or pairs of letters."""
    line = fold_line(text)
    return (
        {line[n : n + 2] for n in range(len(line))} if unspaced(line) else {word[:5] for word in _WORDS.findall(line)}
    )


def _by_markup(page: Page) -> float:
    marks = ("noindex" in (page.first("robots") or "").lower()) + (page.tree.css_first(_MARKS) is not None)
    names = (len(page.tree.css("article")) == 1) + (page.first("og:type") == "article")
    return _MARKED * marks - _CALLED * names

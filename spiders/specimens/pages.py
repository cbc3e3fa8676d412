"""Pages that are kept, wherever they are: recordings, a corpus with known bodies, the responses of a store.

They are read in this process, one after the other: what looks at site files by them needs the page's tree as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from extractors import Article, CopydeskError, ExtractionError, Hints
from extractors.engine.addresses import ascii_host
from extractors.extraction import read
from extractors.page import Page
from extractors.site import Site
from spiders.addresses import host_of
from spiders.context import charset_in, hints_of
from spiders.errors import FaultError
from spiders.recordings.expectations import Recorded, recordings_in
from spiders.specimens.corpora import html_of, samples_of
from spiders.store import StoredRaw
from spiders.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Specimen:
    """A page that is kept. `body` is its text as a person knows it, of which `required` must not be missing; both are
    None where nobody says.
    """

    name: str
    url: str
    _html: Callable[[], bytes] = field(repr=False, compare=False)
    charset: str | None = None
    hints: Hints | None = None
    body: str | None = None
    required: str | None = None

    @property
    def html(self) -> bytes:
        """The page as it was sent, read each time it is asked for.

        Raises:
            CorpusError, StoreError: it cannot be read.
        """
        return self._html()

    def page(self) -> Page:
        """Return the page, parsed anew: a template may change what it is given.

        Raises:
            UnsupportedContentError: there is no page in its bytes.
        """
        return Page.parse(self.html, self.url, encoding=self.charset)

    def article(self, sites: bool | Sequence[Site] = True, *, check: bool = False) -> Article | ExtractionError:
        """Return what the extractors make of it; `sites` may be the templates to try.

        Raises:
            SiteError: the site's file says something wrong.
            FaultError: it failed in a way that no page should cause, as the code in a site file may.
            CorpusError, StoreError: the page cannot be had.
        """
        try:
            return read(self.page(), sites=sites, check=check, hints=self.hints)
        except ExtractionError as error:
            return error
        except CopydeskError:
            raise
        except Exception as error:  # a site file is code of the user's: whatever it raises is said
            raise FaultError(f"{self.url} cannot be read: {type(error).__name__}: {error}") from error


def recorded_pages(folder: Path) -> Iterator[Specimen]:
    """Yield the pages of the recordings in a folder.

    Raises:
        CassetteError: there is none, or one cannot be read.
    """
    return (recorded_page(page) for page in recordings_in(folder) if page.is_page and page.status == 200)


def recorded_page(page: Recorded) -> Specimen:
    """Return an answer of a recording as a page; the body is known where a person has signed the expectation."""
    expected = page.expected or {}
    told = expected.get("body") if expected.get("read") else None
    body = "\n\n".join(map(str, told)) if isinstance(told, list) else None
    return Specimen(str(page), page.url, partial(_body, page), page.charset, body=body, required=body)


def corpus_pages(folder: Path) -> Iterator[Specimen]:
    """Yield the pages of a corpus (`spiders.specimens.corpora`).

    Raises:
        CorpusError: there is none in the folder, or it cannot be read.
    """
    for sample in samples_of(folder):
        read_page = partial(html_of, sample.page)
        yield Specimen(sample.id, sample.url, read_page, body=sample.body, required=sample.required)


def stored_pages(reader: Reader, sites: Sequence[str], newest: int) -> Iterator[Specimen]:
    """Yield the last pages of sites in a store, so many of each site, those that came last at the end.

    Raises:
        StoreError: it cannot be read.
    """
    for number in reader.latest(sites, newest):
        stored = reader.raw(number)
        if stored and stored.status == 200:
            hints = hints_of(stored.hints)
            yield Specimen(stored.url, stored.url, partial(_stored, stored), charset_in(stored.headers), hints)


def of_site(pages: Iterable[Specimen], domains: Iterable[str]) -> list[Specimen]:
    """Return those of the pages that are of a domain among these, or of one under it."""
    ends = tuple(f".{ascii_host(domain)}" for domain in domains)
    return [page for page in pages if f".{host_of(page.url).partition(':')[0]}".endswith(ends)]


def _body(page: Recorded) -> bytes:
    return page.body


def _stored(raw: StoredRaw) -> bytes:
    return raw.body

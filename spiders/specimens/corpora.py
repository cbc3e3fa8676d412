"""Pages with known bodies, read from a folder. How a body is judged is in `scoring`.

Two layouts are read:

- `truth.jsonl`, an object a line with `id`, `url` and `body` (paragraphs parted by line breaks), and
  `pages/<id>.html.gz`. Where `extra.body_required` holds fewer paragraphs than `body`, the others may be there or not.
  A line without a body is passed over.
- `ground-truth.json`, an object id -> `{"articleBody", "url"}`, and `html/<id>.html.gz`: a clone of Scrapinghub's
  public article-extraction-benchmark, read as published.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spiders.errors import CorpusError

UNKNOWN = "https://unknown.example/article"  # for a page whose address nobody wrote down


@dataclass(frozen=True)
class Sample:
    """A page and its known body; the paragraphs that must not be missing are `required`."""

    id: str
    url: str
    page: Path
    body: str
    required: str


def html_of(page: Path) -> bytes:
    """Read a page from its gzipped file.

    Raises:
        CorpusError: it cannot be read or unpacked.
    """
    try:
        return gzip.decompress(page.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise CorpusError(f"the page {page} cannot be read: {error}") from error


def samples_of(folder: Path) -> list[Sample]:
    """Read the corpus in a folder, in the order of its file.

    Raises:
        CorpusError: neither layout is there, the file of bodies is broken, or a page is missing.
    """
    for name, read in (("truth.jsonl", _own), ("ground-truth.json", _public)):
        if (folder / name).is_file():
            try:
                samples = list(read(folder, (folder / name).read_text("utf-8")))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CorpusError(f"{folder / name} cannot be read: {type(error).__name__}: {error}") from error
            break
    else:
        raise CorpusError(f"{folder} is no corpus: neither truth.jsonl nor ground-truth.json is in it")
    if not samples:
        raise CorpusError(f"{folder / name} holds no bodies")
    if lost := [sample.page for sample in samples if not sample.page.is_file()]:
        raise CorpusError(f"{len(lost)} of {len(samples)} pages are not there, the first of them {lost[0]}")
    return samples


def _own(folder: Path, text: str) -> Iterator[Sample]:
    for line in filter(str.strip, text.split("\n")):
        row: dict[str, Any] = json.loads(line)
        page = folder / "pages" / f"{row['id']}.html.gz"
        if body := row.get("body"):
            required = (row.get("extra") or {}).get("body_required") or body
            yield _sample(row["id"], row.get("url"), page, body, required)


def _public(folder: Path, text: str) -> Iterator[Sample]:
    for name, row in json.loads(text).items():
        body = row["articleBody"] or ""
        yield _sample(name, row.get("url"), folder / "html" / f"{name}.html.gz", body, body)


def _sample(id_: str, url: str | None, page: Path, body: str, required: str) -> Sample:
    """Return a sample, of what anybody may have written into a file.

    Raises:
        TypeError: something is no text.
    """
    sample = Sample(id_, url or UNKNOWN, page, body, required)
    for name, value in vars(sample).items():
        if name != "page" and not isinstance(value, str):
            raise TypeError(f"{name} is no text: {value!r:.60}")
    return sample

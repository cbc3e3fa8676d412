"""The tools that are compared: what each is called, what must be installed for it, how it is asked for a body.

Each reads bytes and an address, in the way its own manual shows for article text and with the options it has by
default, but that pictures and comments are not asked for; a page that it answers with nothing counts as refused. A tool
is only imported in the process that runs it (`trial`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

Reader = Callable[[bytes, str], str | None]  # the page and its address -> its body


@dataclass(frozen=True)
class Tool:
    """One tool; `name` is what `--only` calls it, the first of its packages is the one that does the work."""

    name: str
    packages: tuple[str, ...]
    load: Callable[[], Reader]
    peer: bool = True  # compared when nobody says with what

    @property
    def lacking(self) -> list[str]:
        """The packages of this tool that are not installed."""
        return [package for package in self.packages if not _version(package)]

    @property
    def ours(self) -> bool:
        """Whether this is the project's own."""
        return self.name.startswith("copydesk")

    @property
    def title(self) -> str:
        """Its name, with its version where it has one."""
        return " ".join(filter(None, (self.name, _version(self.packages[0]) if self.packages else "")))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _bare_parse() -> Reader:
    from selectolax.lexbor import LexborHTMLParser

    def read(html: bytes, url: str) -> str:
        LexborHTMLParser(html)
        return ""

    return read


def _copydesk(*, sites: bool = False, standfirst: bool = False) -> Reader:
    from extractors import ExtractionError, extract

    def read(html: bytes, url: str) -> str | None:
        try:
            article = extract(html, url, sites=sites)
        except ExtractionError:
            return None
        if standfirst and article.standfirst and article.standfirst not in article.body:
            return f"{article.standfirst}\n\n{article.body}"
        return article.body

    return read


def _trafilatura(*, precision: bool = False) -> Reader:
    from trafilatura import extract

    return lambda html, url: extract(html, url=url, favor_precision=precision, include_comments=False)


def _readability() -> Reader:
    import html_text  # the summary is HTML, and has to become text
    from readability import Document
    from readability.readability import Unparseable

    def read(html: bytes, url: str) -> str | None:
        try:
            return html_text.extract_text(Document(html, url=url).summary(html_partial=True)) or None
        except Unparseable:
            return None

    return read


def _resiliparse() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(html: bytes, url: str) -> str | None:
        tree = HTMLTree.parse_from_bytes(html, detect_encoding(html))
        return extract_plain_text(tree, main_content=True, alt_texts=False, comments=False) or None

    return read


def _newspaper() -> Reader:
    from newspaper import Article, ArticleException
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding  # newspaper4k reads text only

    def read(html: bytes, url: str) -> str | None:
        article = Article(url, fetch_images=False)
        try:
            article.download(input_html=bytes_to_str(html, detect_encoding(html)))
            article.parse()
        except ArticleException:
            return None
        return article.text or None

    return read


def _rs_trafilatura() -> Reader:
    from rs_trafilatura import extract_bytes

    return lambda html, url: extract_bytes(html, url=url).main_content or None


BARE_PARSE = Tool("bare parse", ("selectolax",), _bare_parse)
TOOLS = {
    tool.name: tool
    for tool in (
        Tool("copydesk", (), _copydesk),
        Tool("trafilatura", ("trafilatura",), _trafilatura),
        Tool("trafilatura-precision", ("trafilatura",), lambda: _trafilatura(precision=True)),
        Tool("readability-lxml", ("readability-lxml", "html-text"), _readability),
        Tool("resiliparse", ("resiliparse",), _resiliparse),
        Tool("newspaper4k", ("newspaper4k", "resiliparse"), _newspaper),
        Tool("rs-trafilatura", ("rs-trafilatura",), _rs_trafilatura),
        Tool("copydesk-sites", (), lambda: _copydesk(sites=True), peer=False),
        Tool("copydesk-standfirst", (), lambda: _copydesk(standfirst=True), peer=False),
    )
}

"""What can go wrong between a page and an article, and what the caller should do.

    CopydeskError                  everything raised on purpose
    ├── ExtractionError            this page gives no article; go on with the next one
    │   ├── NotArticleError        a page of another kind (`kind` says which); do not store it as an article
    │   ├── UnsupportedContentError  not HTML, empty, or hostile; the bytes may be kept, never parsed again
    │   └── MissingFieldError      an article page without a body; a site file or the engine needs work
    └── SiteError                  a site file is wrong; mend the class and field that it names
        └── AmendError             its code fails at this page; go on with the next one

`spiders` adds its own branch (`CassetteError`, `StoreError`). No headline is a warning on the article, and a
paywalled article is marked: neither is an error.
"""


class CopydeskError(Exception):
    """Anything that Copydesk raises on purpose; its text is one sentence for a person."""


class ExtractionError(CopydeskError):
    """A page that gives no article."""


class NotArticleError(ExtractionError):
    """A page that is something else; `kind` is one of `KINDS`."""

    KINDS = (
        *("section front", "soft 404", "bot wall", "consent page", "login", "gallery", "needs JavaScript"),
        *("waiting room", "rate limit", "geo-block", "maintenance", "parked domain", "server error"),
    )

    def __init__(self, kind: str, detail: str = "") -> None:
        if kind not in self.KINDS:
            raise ValueError(f"unknown kind of page: {kind!r}")
        self.kind = kind
        self.detail = detail
        super().__init__(f"not an article but a page of the kind “{kind}”" + (f": {detail}" if detail else ""))

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.kind, self.detail)


class UnsupportedContentError(ExtractionError):
    """Bytes that are not a page we read: empty, an image, a PDF, or markup built to exhaust a parser."""


class MissingFieldError(ExtractionError):
    """An article page in which no body was found."""


class SiteError(CopydeskError):
    """A site file that says something wrong; the message names the file, class and field."""


class AmendError(SiteError):
    """Code of a site file that fails at a page; the message names class, page, file and line."""

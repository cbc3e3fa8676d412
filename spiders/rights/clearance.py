"""May this page be kept: all that is said of its use, gathered, and a refusal where something obeyed denies it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from spiders.manners.introduction import token_of
from spiders.rights.page import meta_names, of_headers, of_meta
from spiders.rights.respect import respected
from spiders.rights.statement import Statement, denial

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from spiders.record import Raw


ASKS_FOR_RIGHTS = "asks_for_rights"  # marks, in its meta, a request for a file in which a host speaks of all its pages


class RightsReservedError(IgnoreRequest):
    """A site says of a page, in a way that is obeyed, that it is not to be kept; nothing of it is stored."""


class Clearance:
    """Judges pages by the settings `RESPECT` and `USER_AGENT`.

    Raises:
        UsageError: `RESPECT` names what there is not.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.agent = token_of(settings["USER_AGENT"])
        self._respected = respected(settings)

    @property
    def terms(self) -> str:
        """What pages are judged by, in a word: what was refused by other terms may be allowed by these."""
        return f"{self.agent}: {','.join(sorted(self._respected))}"

    @property
    def asks(self) -> tuple[str, ...]:
        """The names of the meta elements that a page is judged by."""
        return meta_names(self.agent)

    def refuse(self, said: Sequence[Statement]) -> None:
        """Let a page pass or raise.

        Raises:
            RightsReservedError: something that is said of it, and obeyed, denies it.
        """
        if found := denial(said, self._respected):
            raise RightsReservedError(found.refusal)

    def of_page(
        self, page: Raw, meta: Mapping[str, Sequence[str]], before: Sequence[Statement] = ()
    ) -> tuple[Statement, ...]:
        """Return all that is said of the use of a page that has come.

        Args:
            meta: the contents of its meta elements, by name.
            before: what its host says.
        Raises:
            RightsReservedError: something of it, that is obeyed, denies the page.
        """
        when = page.fetched.timestamp()
        own = of_headers(page.headers, page.url, when, self.agent), of_meta(meta, page.url, when, self.agent)
        said = (*before, *own[0], *own[1])
        self.refuse(said)
        return said

    def withheld(self, page: Raw, before: Sequence[Statement]) -> RightsReservedError | None:
        """Return the refusal of a page that could not be read, if its headers or its host reserve it."""
        try:
            self.of_page(page, {}, before)
        except RightsReservedError as error:
            return error
        return None

"""The setting `RESPECT`: which statements of a site are obeyed. All of them are recorded, obeyed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spiders.errors import SettingError
from spiders.rights.statement import What

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


def respected(settings: BaseSettings) -> frozenset[What]:
    """Return what `RESPECT` names: a list, or words with commas between them; nothing for an empty one.

    Raises:
        SettingError: it names what there is not.
    """
    told = [str(name).strip().lower() for name in settings.getlist("RESPECT")]
    if unknown := [name for name in told if name not in set(What)]:
        raise SettingError(f"RESPECT names {unknown[0]!r}; it may name {', '.join(What)}, with commas between them")
    return frozenset(map(What, told))

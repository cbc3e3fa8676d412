"""The settings of a crawl of the simulated web: the project's own, with seconds as long as that web's are."""

from __future__ import annotations

from spiders import settings as _ours
from spiders.settings import *  # noqa: F403
from tests.simulated.clock import Clock

_speed = Clock.in_force().speed

DOWNLOAD_DELAY = _ours.DOWNLOAD_DELAY / _speed  # type: ignore[assignment]
# A busy machine needs that long for an honest page.
DOWNLOAD_TIMEOUT = max(_ours.DOWNLOAD_TIMEOUT / _speed, 4.0)  # type: ignore[assignment]
EXTENSIONS = {
    **{name: place for name, place in _ours.EXTENSIONS.items() if not name.endswith(".Storeroom")},
    "tests.simulated.hurry.HurriedStoreroom": _ours.EXTENSIONS["spiders.extensions.storeroom.Storeroom"],
}
DOWNLOAD_HANDLERS = _ours.DOWNLOAD_HANDLERS | {"http": "tests.simulated.hurry.StampedDownloads"}

"""How bodies are kept: zstd, and the zlib of the first Copydesk read still."""

from __future__ import annotations

import sys
import zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEVEL = 1  # a page takes two thirds of the time of level 3, and a twentieth more room
_ZSTD = b"\x28\xb5\x2f\xfd"
_COMPRESSOR = zstd.ZstdCompressor(level=_LEVEL)  # one for all: making one takes a twentieth of a page's time


def packed(body: bytes) -> bytes:
    """Return a body as the store keeps it; never empty."""
    return _COMPRESSOR.compress(body, zstd.ZstdCompressor.FLUSH_FRAME)


def unpacked(kept: bytes) -> bytes:
    """Return the body that was kept.

    Raises:
        ValueError: these bytes are not what `packed` gave.
    """
    try:
        return zstd.decompress(kept) if kept.startswith(_ZSTD) else zlib.decompress(kept)
    except (zstd.ZstdError, zlib.error, EOFError) as error:
        raise ValueError(f"the kept body is damaged: {error}") from error

"""The lexicon by itself; what its phrases do to lines is tested in `test_noise_suite` and `test_noise`."""

from __future__ import annotations

import pytest

from extractors.engine.lexicon.phrases import Openings


def test_a_phrase_of_which_nothing_is_left_is_refused() -> None:
    with pytest.raises(ValueError, match="every line would open with it"):
        Openings([("read more", 1), ("", 2)])

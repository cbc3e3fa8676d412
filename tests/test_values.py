"""What may go into a row or a JSON text."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.surfaces.values import as_json, storable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None, max_examples=40)
@given(VALUES, st.sampled_from((1, 499, 500, 501, 1001)))
def test_the_json_of_a_value_is_that_of_what_can_be_stored_of_it(value: Any, times: int) -> None:
    for whole in (value, [value] * times, {"few": value, "many": [value] * times}):
        assert json.loads(as_json(whole)) == storable(whole)


@given(st.recursive(st.none() | st.booleans() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=4)))
def test_the_json_of_texts_is_the_same_whoever_writes_it(value: Any) -> None:
    """By the hash of it the store tells whether an article has changed: it must not depend on a library."""
    told = storable(value)
    assert as_json(value) == json.dumps(told, ensure_ascii=False, separators=(",", ":"))

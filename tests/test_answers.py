"""Whether an answer is whole and bearable: content codings undone to their end or not at all."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.network.answers import BrokenAnswerError, RefusedAnswerError, agree, codings_of, decoded, ends
from tests.misbehaving.bodies import bomb, coded

CODINGS = ("gzip", "deflate", "br", "zstd")
LIMIT = 1 << 20
PAGE = b"<!DOCTYPE html><html><body>" + b"<p>The ferry sails at nine.</p>" * 40 + b"</body></html>\n"

bodies = st.one_of(st.binary(min_size=1, max_size=3000), st.just(PAGE))


def packed(body: bytes, codings: list[str]) -> bytes:
    for coding in codings:
        body = coded(body, coding)
    return body


@given(bodies, st.lists(st.sampled_from(CODINGS), min_size=1, max_size=2))
def test_what_was_packed_is_unpacked(body: bytes, codings: list[str]) -> None:
    assert decoded(packed(body, codings), codings, LIMIT) == body


@given(bodies, st.sampled_from(CODINGS), st.data())
def test_a_stream_that_breaks_off_is_never_taken(body: bytes, coding: str, data: st.DataObject) -> None:
    whole = coded(body, coding)
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    with pytest.raises(BrokenAnswerError):
        decoded(cut, [coding], LIMIT)


@given(st.binary(max_size=500), st.lists(st.sampled_from((*CODINGS, "x-gzip", "compress")), max_size=3))
def test_no_bytes_raise_anything_else(body: bytes, codings: list[str]) -> None:
    try:
        found = decoded(body, codings, LIMIT)
    except (BrokenAnswerError, RefusedAnswerError):
        return
    assert found is None or len(found) <= LIMIT


@pytest.mark.parametrize("coding", CODINGS)
def test_the_limit_is_a_limit(coding: str) -> None:
    assert decoded(coded(b"a" * LIMIT, coding), [coding], LIMIT) == b"a" * LIMIT
    with pytest.raises(RefusedAnswerError, match="the unpacked body is larger than 1 MiB"):
        decoded(coded(b"a" * (LIMIT + 1), coding), [coding], LIMIT)
    with pytest.raises(RefusedAnswerError, match="larger than 1 MiB"):
        decoded(bomb(coding, 64), [coding], LIMIT)


@pytest.mark.parametrize("coding", CODINGS)
def test_plain_html_that_calls_itself_packed_is_plain(coding: str) -> None:
    assert decoded(b"\n " + PAGE, [coding], LIMIT) is None
    with pytest.raises(BrokenAnswerError, match=f"declared {coding} and cannot be unpacked|breaks off"):
        decoded(bytes(range(1, 200)), [coding], LIMIT)


def test_deflate_without_its_header_is_read_too() -> None:
    packer = zlib.compressobj(wbits=-15)
    assert decoded(packer.compress(PAGE) + packer.flush(), ["deflate"], LIMIT) == PAGE


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_streams_in_a_row_are_one_body_up_to_a_number(coding: str) -> None:
    assert decoded(coded(b"a", coding) * 3, [coding], LIMIT) == b"aaa"
    with pytest.raises(RefusedAnswerError, match="more than 100 compressed streams"):
        decoded(coded(b"a", coding) * 101, [coding], LIMIT)


def test_what_we_cannot_unpack_is_named() -> None:
    with pytest.raises(RefusedAnswerError, match="packed as 'compress'"):
        decoded(b"\x1f\x9d", ["compress"], LIMIT)
    with pytest.raises(RefusedAnswerError, match="packed 3 times over"):
        decoded(coded(PAGE, "gzip"), ["gzip"] * 3, LIMIT)


def test_an_empty_body_is_in_no_coding() -> None:
    assert decoded(b"", ["gzip"], LIMIT) is None
    assert codings_of([b"", b"identity"]) == []


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (PAGE, True),
        (PAGE + b"<!-- served by 7 in 3 ms -->", True),
        (b"<rss><channel></channel></RSS >", True),
        (PAGE[:-20], False),
        (PAGE + b"x" * 5000, False),
        (b"", False),
    ],
)
def test_the_end_of_a_document_is_seen(body: bytes, seen: bool) -> None:
    assert ends(body) is seen


def test_two_fetches_agree_when_they_end_alike() -> None:
    long = PAGE * 4
    assert agree(b"<p>09:00</p>" + long, b"<p>09:01</p>" + long)
    assert not agree(long, long[:-40])
    assert not agree(b"", long)

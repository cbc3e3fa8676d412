"""What a recorded page loses, and what it must not: its story, its markup, the data that is read from it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import extract
from spiders.recordings.redaction import scrub_page, scrub_response
from tests.gazette import STORY, URL, page, paragraphs
from tests.reading import response

SECRET = "q7Zt93kfPw0"
TOKENS = {
    "a hidden field": '<input type="hidden" name="csrf_token" value="{}">',
    "a field the other way round": "<INPUT value='{}' type=hidden NAME='authenticity_token'>",
    "a field without quotes": "<input name=csrfmiddlewaretoken value={}>",
    "a password": '<input type="password" name="p" value="{}">',
    "a nonce": '<input type="hidden" id="_wpnonce" name="_wpnonce" value="{}"/>',
    "a meta element": '<meta name="csrf-token" content="{}">',
    "JSON": '<script type="application/json">{{"user": {{"accessToken": "{}"}}}}</script>',
    "JSON in a string": '<script>var s = "{{\\"token\\":\\"{}\\"}}";</script>',
    "JSON in an attribute": '<div data-props="{{&quot;csrfToken&quot;:&quot;{}&quot;}}"></div>',
    "a script's object": "<script>init({{apiKey: '{}', page: 2}})</script>",
    "a script's variable": '<script>window.api_token = "{}";</script>',
    "a data attribute": '<div data-session-token="{}"></div>',
    "a bearer": '<script>fetch("/me", {{headers: {{"X": "Bearer {}"}}}})</script>',
    "basic authorisation": "<div data-ask='X: Basic {}'></div>",
    "an authorization": '<script>h = {{"Authorization": "{}"}}</script>',
    "a signed link": '<a href="/a?page=2&amp;X-Amz-Signature={}&amp;x=1">next</a>',
    "a link with a login": '<a href="https://ann:{}@news.example/">in</a>',
    "a nested link": '<a href="/login?next=%2Fa%3Ftoken%3D{}">in</a>',
    "an XML element": "<session><access_token>{}</access_token></session>",
}


@pytest.mark.parametrize("kind", TOKENS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
def test_a_token_is_taken_out_of_a_page_and_the_story_stays(kind: str, codec: str) -> None:
    token = TOKENS[kind].format(SECRET)
    html = page(paragraphs(*STORY)).replace("<article>", token + "<article>")
    assert SECRET in html
    scrubbed = scrub_response(response(html.encode(codec), **{"Content-Type": "text/html"}))["body"]["string"]
    assert SECRET not in scrubbed.decode(codec)
    assert "REDACTED" in scrubbed.decode(codec) or kind == "a link with a login"
    assert extract(scrubbed, URL) == extract(html.encode(codec), URL)


@pytest.mark.parametrize(
    "innocent",
    [
        '{"key": "headline", "keywords": "token, secret, password", "session": "morning", "auth": false}',
        '{"signature": "By Ann Quill", "token": "", "password": "Enter your password"}',
        "<p>The bearer documents of the Basic training; a session: 10:30, a token gesture = nothing, key: see below</p>",
        '<meta name="keywords" content="tokens"><meta name="author" content="Ann Quill">',
        '<input type="search" name="q" value="token2026abc">',
        '<a href="/passport-tokens/2026-11?page=2&amp;author=ann">story</a> mail@news.example https://news.example/@ann',
        '<img src="https://cdn.example/a.jpg?width=1200&amp;quality=75&amp;s=0123456789abcdef">',
    ],
)
def test_what_is_no_secret_stays(innocent: str) -> None:
    assert scrub_page(innocent) == innocent


@settings(deadline=None)  # a busy machine
@given(st.text() | st.from_regex(r"(\w{0,9}(token|key)['\"]?\s?[:=]\s?['\"]?\w{0,12}['\"&;<>]?){0,4}", fullmatch=True))
def test_what_was_scrubbed_is_not_changed_again(text: str) -> None:
    once = scrub_page(text)
    assert scrub_page(once) == once


@settings(deadline=None)  # a busy machine
@given(
    st.dictionaries(st.sampled_from(["token", "key", "password", "body", "a"]), st.text() | st.integers(), max_size=4)
)
def test_data_in_a_page_stays_data(data: dict[str, Any]) -> None:
    kept = json.loads(scrub_page(json.dumps({"data": data})))["data"]
    assert kept.keys() == data.keys()
    assert {name: kept[name] for name in data if name in ("a", "body", "key")} == {
        name: value for name, value in data.items() if name in ("a", "body", "key")
    }


def test_the_length_is_that_of_the_body_as_it_is_kept() -> None:
    body = f'<input name="token" value="{SECRET}">'.encode()
    kept = scrub_response(response(body, **{"Content-Type": "text/html", "content-length": str(len(body))}))
    assert kept["headers"]["content-length"] == [str(len(kept["body"]["string"]))]
    assert kept["body"]["string"] != body


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/pdf", "font/woff2"])
def test_what_is_no_text_is_left_alone(kind: str) -> None:
    body = b"\x89PNG token=abcd1234&password=q7Zt93"
    assert scrub_response(response(body, **{"Content-Type": kind}))["body"]["string"] == body

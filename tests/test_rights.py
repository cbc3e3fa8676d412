"""What sites say of the use of their pages, read from headers, meta elements and files: `spiders.rights`."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from extractors.text import fold
from spiders.manners.introduction import token_of, user_agent
from spiders.rights.files import Host, Reservation, reservation_of, reservations_in, signals_of
from spiders.rights.page import of_headers, of_meta
from spiders.rights.paths import names, target_of
from spiders.rights.respect import respected
from spiders.rights.statement import By, Statement, What, denial, stated
from spiders.store import Notice

URL = "https://news.example/2026/ferry.html"
WHEN = 1_770_000_000.0
ANYTHING = st.text(max_size=60)
PATHS = st.text("ab/%*$?.é", max_size=12)


def told(statements: list[Statement]) -> list[tuple[str, str, bool]]:
    return [(one.what, one.says, one.denies) for one in statements]


def headers(*pairs: tuple[str, str]) -> list[tuple[str, str, bool]]:
    return told(list(of_headers(pairs, URL, WHEN, "copydesk")))


def meta(**contents: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    named = {name.replace("_", "-"): values for name, values in contents.items()}
    return told(list(of_meta(named, URL, WHEN, "copydesk")))


def notice(path: str, body: str | bytes, status: int = 200) -> Notice:
    return Notice(f"https://news.example{path}", WHEN, status, body.encode() if isinstance(body, str) else body)


def host(**files: str) -> list[tuple[str, str, bool]]:
    paths = {"robots": "/robots.txt", "tdmrep": "/.well-known/tdmrep.json", "ai_txt": "/ai.txt"}
    return told(list(Host("copydesk", **{name: notice(paths[name], body) for name, body in files.items()}).of(URL)))


def test_a_statement_tells_where_it_stands_and_when_it_was_read() -> None:
    (one,) = of_headers([("TDM-Reservation", "1")], f"{URL}?token=abc", WHEN, "copydesk")
    assert one.as_dict() == {
        "what": "tdm",
        "says": "reserved",
        "denies": True,
        "by": "header",
        "where": f"{URL}?token=REDACTED-ba7816bf",
        "when": "2026-02-02T02:40:00+00:00",
    }
    assert Statement.from_dict(json.loads(json.dumps(one.as_dict()))) == one


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        (
            (("tdm-reservation", "1"), ("tdm-policy", "https://x.example/p")),
            ("reserved (policy: https://x.example/p)", True),
        ),
        ((("TDM-RESERVATION", " 0 "),), ("not reserved", False)),
        ((("tdm-reservation", "1"), ("tdm-policy", " ")), ("reserved", True)),
        ((("tdm-reservation", "0"), ("tdm-policy", "https://x.example/p")), ("not reserved", False)),
        ((("tdm-reservation", "0"), ("tdm-reservation", "1")), ("reserved", True)),
        ((("tdm-reservation", "yes"),), None),
        ((("tdm-policy", "https://x.example/p"),), None),
    ],
)
def test_the_reservation_of_a_header(pairs: tuple[tuple[str, str], ...], found: tuple[str, bool] | None) -> None:
    assert headers(*pairs) == ([("tdm", *found)] if found else [])


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("noai, noimageai", [("noai", "noai, noimageai", True)]),
        ("NoAI", [("noai", "noai", True)]),
        ("noindex, noarchive", [("noarchive", "noarchive", True)]),
        ("otherbot: noai, noarchive", []),
        ("otherbot: noindex, copydesk: noai", [("noai", "noai", True)]),
        ("copydesk: noarchive", [("noarchive", "noarchive", True)]),
        ("unavailable_after: 25 Jun 2027 15:00:00 PST, noai", [("noai", "noai", True)]),
        ("max-snippet: 20, noarchive", [("noarchive", "noarchive", True)]),
        ("index, follow", []),
        ("", []),
    ],
)
def test_the_directives_of_a_header(value: str, found: list[tuple[str, str, bool]]) -> None:
    assert headers(("X-Robots-Tag", value)) == found


def test_directives_of_several_headers_are_one_statement_each() -> None:
    pairs = ("X-Robots-Tag", "noarchive"), ("x-robots-tag", "noai"), ("X-Robots-Tag", "noarchive")
    assert headers(*pairs) == [("noarchive", "noarchive", True), ("noai", "noai", True)]


def test_what_meta_elements_say() -> None:
    found = meta(
        tdm_reservation=("1",), tdm_policy=("https://x.example/p",), robots=("noai, noarchive", "max-snippet:-1")
    )
    assert found == [
        ("tdm", "reserved (policy: https://x.example/p)", True),
        ("noai", "noai", True),
        ("noarchive", "noarchive", True),
    ]
    assert meta(copydesk=("noai",), googlebot=("noarchive",)) == [("noai", "noai", True)]


@pytest.mark.parametrize(
    ("rules", "reserved"),
    [
        ([("/", 1)], True),
        ([("/", "1")], True),
        ([("/", 0)], False),
        ([("/2026/*.html$", 1)], True),
        ([("/2026/*.htm$", 1)], None),
        ([("/Sport/", 1)], None),
        ([("/2026/", 0), ("/", 1)], False),
        ([("/", 0), ("/2026/", 1)], True),  # the most specific
        ([("/", 1), ("/2026/", 0)], True),  # the first in sequence
        ([("/", True), ("/", 2), ("/", None), ("", 1), (7, 1)], None),
    ],
)
def test_the_reservation_of_a_file(rules: list[tuple[object, object]], reserved: bool | None) -> None:
    told_ = json.dumps([{"location": location, "tdm-reservation": value} for location, value in rules])
    found = reservation_of(reservations_in(told_.encode()), URL)
    assert (found and found.reserved) is reserved


@pytest.mark.parametrize(
    "body", ["", "<html>", "[", "[" * 5000, "7", '{"tdm-reservation": 1}', "[[1], null]", b"\xff\xfe\x00"]
)
def test_what_is_no_reservation_file_reserves_nothing(body: str | bytes) -> None:
    assert reservations_in(body if isinstance(body, bytes) else body.encode()) == []


def test_a_policy_of_a_file_is_told() -> None:
    rule = {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://news.example/policy.json"}
    assert reservations_in(json.dumps(rule).encode()) == [Reservation("/", True, "https://news.example/policy.json")]
    assert host(tdmrep=json.dumps([rule])) == [("tdm", "reserved (policy: https://news.example/policy.json)", True)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("User-Agent: *\nDisallow: *.html", [("ai.txt", "disallowed", True)]),
        ("User-Agent: *\nDisallow: *.jpg\nDisallow: *.txt", [("ai.txt", "allowed", False)]),
        ("User-Agent: *\nDisallow: /\nDisallow: *", [("ai.txt", "disallowed", True)]),
        ("# Spawning AI\nUser-Agent: *\nDisallow: /\nAllow: /2026/", [("ai.txt", "allowed", False)]),
        ("User-Agent: otherbot\nDisallow: /", [("ai.txt", "allowed", False)]),
        ("<html><body>Not found</body></html>", []),
        ("", []),
    ],
)
def test_what_ai_txt_says(body: str, found: list[tuple[str, str, bool]]) -> None:
    assert host(ai_txt=body) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /", {"search": "yes", "ai-train": "no"}),
        ("user-agent: *\ncontent-signal:SEARCH=Yes,ai-input=NO # a remark", {"search": "yes", "ai-input": "no"}),
        ("Content-Signal: ai-train=no\nUser-agent: *\nAllow: /", {"ai-train": "no"}),
        ("User-agent: otherbot\nContent-Signal: ai-train=no", {}),
        ("User-agent: otherbot\nUser-agent: copydesk\nContent-Signal: ai-train=no", {"ai-train": "no"}),
        ("User-agent: copydesk\nUser-agent: otherbot\nContent-Signal: ai-train=no", {"ai-train": "no"}),
        ("User-agent: copydesk\nAllow: /\nUser-agent: otherbot\nContent-Signal: ai-train=no", {}),
        (
            "User-agent: *\nContent-Signal: ai-train=no\n\nUser-agent: Copydesk\nContent-Signal: search=yes",
            {"search": "yes"},
        ),
        ("User-agent: *\nContent-Signal: search=yes\nContent-Signal: search=no", {"search": "no"}),
        ("User-agent: *\nContent-Signal: ai-train=maybe, sing=yes", {}),
        ("", {}),
    ],
)
def test_content_signals_are_those_of_our_group(body: str, found: dict[str, str]) -> None:
    assert signals_of(body, "copydesk") == found


def test_robots_txt_gives_a_verdict_and_its_signals() -> None:
    body = "User-agent: *\nContent-Signal: search=yes, ai-train=no\nDisallow: /private/"
    assert host(robots=body) == [("robots", "allowed", False), ("content-signal", "search=yes, ai-train=no", True)]
    assert host(robots="User-agent: copydesk\nDisallow: /2026/")[0] == ("robots", "forbidden", True)
    assert told(list(Host("copydesk", robots=notice("/robots.txt", "", 404)).of(URL))) == [
        ("robots", "allowed (HTTP 404)", False)
    ]


def test_files_that_are_not_there_say_nothing() -> None:
    missing = {"tdmrep": notice("/.well-known/tdmrep.json", '[{"location":"/","tdm-reservation":1}]', 404)}
    missing["ai_txt"] = notice("/ai.txt", "User-agent: *\nDisallow: /", 404)
    assert list(Host("copydesk", **missing).of(URL)) == []
    assert list(Host("copydesk").of(URL)) == []


def statement(what: What, by: By, *, denies: bool) -> Statement:
    return stated(what, "x", by, URL, WHEN, denies=denies)


def test_of_what_is_said_of_the_reservation_the_nearest_counts() -> None:
    file, header, page = (statement(What.TDM, by, denies=by is By.HEADER) for by in By)
    respected_ = {What.TDM}
    assert denial([file, header], respected_) is header
    assert denial([page, header, file], respected_) is None
    assert denial([statement(What.TDM, By.FILE, denies=True)], respected_) is not None
    assert denial([header, statement(What.NOAI, By.META, denies=True)], {What.TDM, What.NOAI}) is header


@given(
    st.lists(st.builds(statement, st.sampled_from(What), st.sampled_from(By), denies=st.booleans())),
    st.sets(st.sampled_from(What)),
)
def test_what_is_not_respected_leaves_nothing_out(said: list[Statement], obeyed: set[What]) -> None:
    found = denial(said, obeyed)
    assert found is None or (found.denies and found.what in obeyed)
    assert denial(said, ()) is None
    others = [one for one in said if one.what in obeyed and one.what is not What.TDM and one.denies]
    assert not others or found is not None


@given(st.text("ab/.", min_size=1, max_size=12), st.text("ab/.", max_size=12))
def test_a_rule_without_signs_is_a_prefix(rule: str, path: str) -> None:
    target = target_of(f"https://news.example/{path}")
    assert names(rule, target) is target.startswith(rule)
    assert names(f"{rule}$", target) is (target == rule)
    assert names(f"{rule}*", target) is target.startswith(rule)
    assert names(f"*{rule}", target) is (rule in target)


@given(PATHS, PATHS)
def test_a_rule_of_any_kind_is_judged(rule: str, path: str) -> None:
    assert names(rule, target_of(f"https://news.example/{path}")) in (True, False)


@given(st.text("ab/é-~", max_size=12))
def test_it_is_the_same_how_a_letter_is_spelled(path: str) -> None:
    spelled = "".join(f"%{octet:02x}" if octet != ord("/") else "/" for octet in path.encode())
    assert target_of(f"https://news.example/{path}") == target_of(f"https://news.example/{spelled}")
    assert names(f"/{path}$", target_of(f"https://news.example/{spelled}"))
    assert names(f"/{quote(path)}$", target_of(f"https://news.example/{path}"))


def test_signs_of_a_rule_are_written_percent_encoded_to_be_meant_as_such() -> None:
    target = target_of("https://news.example/foo-$*bar")
    assert names("/foo-%24%2abar$", target)
    assert not names("/foo-%24%2abar$", target_of("https://news.example/foo-$xbar"))


@pytest.mark.parametrize(
    ("rule", "target"),
    [("/a*zz*c", "/abc"), ("/a*b*c", "/acb"), ("/ab*bc$", "/abc"), ("/a*b*bc$", "/abc")],
)
def test_no_letter_stands_for_two_pieces_of_a_rule(rule: str, target: str) -> None:
    assert not names(rule, target)
    assert names(rule, rule.replace("*", "/").removesuffix("$"))


def test_many_stars_take_no_time() -> None:
    assert not names("/" + "*a" * 20_000 + "b$", "/" + "a" * 20_000)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_nothing_that_a_site_sends_breaks_the_readers(name: str, value: str, body: str) -> None:
    found = [
        *of_headers(
            [(name, value), ("X-Robots-Tag", value), ("tdm-policy", value), ("tdm-reservation", "1")],
            URL,
            WHEN,
            "copydesk",
        )
    ]
    found += of_meta(
        {name: (value,), "robots": (value,), "tdm-reservation": ("1",), "tdm-policy": (body,)}, URL, WHEN, "copydesk"
    )
    files = {"robots": body, "tdmrep": value, "ai_txt": f"disallow{body}"}
    found += Host(
        "copydesk", **{kind: Notice(URL, WHEN, 200, text.encode("utf-8", "replace")) for kind, text in files.items()}
    ).of(URL)
    for one in found:
        assert fold(one.says) == one.says
        one.says.encode()
        assert Statement.from_dict(json.loads(json.dumps(one.as_dict()))) == one


@pytest.mark.parametrize(
    ("given_", "names_"),
    [
        (["robots", "tdm"], {"robots", "tdm"}),
        ("robots,TDM, ai.txt", {"robots", "tdm", "ai.txt"}),
        ("", set()),
        ("noai", {"noai"}),
    ],
)
def test_respect_is_a_list_or_words_between_commas(given_: object, names_: set[str]) -> None:
    assert respected(Settings({"RESPECT": given_})) == names_


@pytest.mark.parametrize(
    ("agent", "token"),
    [
        (user_agent(None), "copydesk"),
        (user_agent("https://press.example/bot"), "copydesk"),
        ("deskbot", "deskbot"),
        ("  Gazette-Reader/2 (bot)", "gazette-reader"),
        ("", "*"),
        ("(nobody)", "*"),
    ],
)
def test_the_name_that_rules_are_about_is_the_product_alone(agent: str, token: str) -> None:
    assert token_of(agent) == token

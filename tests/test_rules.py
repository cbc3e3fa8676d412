"""robots.txt by RFC 9309: whose group it is, which rule wins, what counts of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.rights.rules import MAX_BYTES, Rules


def allowed(robots: str | bytes, path: str) -> bool:
    body = robots.encode() if isinstance(robots, str) else robots
    return Rules(body, "copydesk").allow(f"https://news.example{path}")


@pytest.mark.parametrize(
    ("product", "ours"),
    [
        ("Copydesk", True),
        ("COPYDESK", True),
        ("copydesk/2.0", True),
        ("Copydesk # the reader of news", True),
        ("copy", False),
        ("desk", False),
        ("Copydesk-News", False),
        ("reader", False),
        ("a", False),
        ("", False),
    ],
)
def test_a_group_is_for_the_product_that_it_names(product: str, ours: bool) -> None:
    assert allowed(f"User-agent: {product}\nDisallow: /", "/a") is not ours
    with_all = f"User-agent: {product}\nDisallow: /\n\nUser-agent: *\nDisallow: /only-them"
    assert allowed(with_all, "/only-them") is False
    assert allowed(with_all, "/a") is not ours  # who has a group of its own does not read that of all


def test_groups_of_one_product_are_one_group() -> None:
    robots = (
        "User-agent: Copydesk\nDisallow: /a\n\nUser-agent: other\nDisallow: /b\n\nUser-agent: copydesk\nDisallow: /c"
    )
    assert [allowed(robots, path) for path in ("/a", "/b", "/c")] == [False, True, False]


def test_lines_of_other_kinds_do_not_part_the_products_of_a_group() -> None:
    robots = (
        "User-agent: Copydesk\nContent-Signal: ai-train=no\nSitemap: https://x.example/\nUser-agent: b\nDisallow: /"
    )
    assert allowed(robots, "/a") is False


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_lines_end_in_three_ways_and_may_begin_with_a_mark(end: str, mark: bytes) -> None:
    robots = end.join(["User-agent: Copydesk", "Disallow: /a", "", "User-agent: *", "Disallow: /b"])
    assert [allowed(mark + robots.encode(), path) for path in ("/a", "/b")] == [False, True]


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\v", "\f", "\x1c"])
def test_no_other_sign_ends_a_line(sign: str) -> None:
    assert allowed(f"User-agent: *\n# a note{sign}Disallow: /", "/a")
    assert allowed(f"User-agent: *\nDisallow: /x{sign}Disallow: /", "/a")


@pytest.mark.parametrize(
    ("rules", "path", "told"),
    [
        ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", False),
        ("Disallow: /example/\nAllow: /example/page", "/example/page/a", True),  # the longest match, in any order
        ("Disallow: /page\nAllow: /page", "/page", True),  # of two that are as long, the one that allows
        ("Disallow: /*.php$", "/a/index.php", False),
        ("Disallow: /*.php$", "/a/index.php?b", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /A", "/a", True),  # paths know case
        ("Disallow:", "/a", True),
        ("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", False),
        ("Disallow: /foo/bar/%e3%83%84", "/foo/bar/ツ", False),
        ("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", False),
        ("Disallow: /a?x=1", "/a?x=1&y=2", False),
        ("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-*.html", False),
        ("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-b.html", True),
        ("Disallow: / # all", "/robots.txt", True),  # it may always be asked for
        ("", "/a", True),
    ],
)
def test_the_longest_rule_wins_whatever_its_spelling(rules: str, path: str, told: bool) -> None:
    assert allowed(f"User-agent: *\n{rules}", path) is told


def test_bytes_that_are_no_utf8_are_paths_as_well() -> None:
    assert allowed(b"User-agent: *\nDisallow: /caf\xe9/", "/caf%E9/a") is False
    assert allowed(b"User-agent: *\nDisallow: /caf\xe9/", "/caf/a") is True


def test_what_counts_is_the_first_500_kib_and_no_half_of_a_line() -> None:
    head = b"User-agent: *\nDisallow: /a\n"
    filler = b"#" * (MAX_BYTES - len(head) - len(b"\nDisallow: /"))
    assert allowed(head + filler + b"\nDisallow: /b", "/c")  # cut here, it would forbid everything
    assert not allowed(head + filler + b"\nDisallow: /", "/c")  # this one ends there


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 10", 10),
        ("crawl-delay:0.5", 0.5),
        ("Crawl-delay: -1", None),
        ("Crawl-delay: soon", None),
        ("", None),
    ],
)
def test_a_delay_is_that_of_our_group(line: str, delay: float | None) -> None:
    assert (
        Rules(
            f"User-agent: *\nCrawl-delay: 99\n\nUser-agent: copydesk\n{line}\nDisallow: /x".encode(), "copydesk"
        ).delay
        == delay
    )


@given(st.binary(max_size=300))
def test_no_file_breaks_it(body: bytes) -> None:
    rules = Rules(body, "copydesk")
    assert rules.allow("https://news.example/robots.txt")
    assert rules.delay is None or rules.delay >= 0

"""Discovery: what section pages list."""

from __future__ import annotations

import pytest

from extractors import SiteError, UnsupportedContentError
from spiders.listings.choice import front_links
from spiders.listings.discovery import section_links
from spiders.listings.listing import is_own
from spiders.record import Kind

HOME = "https://news.example"
OWN = ("news.example",)


def test_section_pages_list_what_the_selector_finds() -> None:
    page = b"<main><h2><a href='/a'>A</a></h2><h2><a href='//other.example/x'>X</a><a>none</a></h2></main><a href='/n'>"
    assert [link.url for link in section_links(page, f"{HOME}/news/", "h2 a", OWN)] == [f"{HOME}/a"]


def test_a_section_without_links_or_with_a_bad_selector_is_an_error() -> None:
    with pytest.raises(UnsupportedContentError, match="no link of the site under 'h3 a'"):
        section_links(b"<h2><a href='/a'>A</a></h2>", HOME, "h3 a", OWN)
    with pytest.raises(UnsupportedContentError, match="not HTML"):
        section_links(b"", HOME, "a", OWN)
    with pytest.raises(SiteError, match=r"'h2 >>' of the section https://news\.example is not CSS"):
        section_links(b"<p>", HOME, "h2 >>", OWN)


def test_is_of_compares_whole_names() -> None:
    assert is_own("https://www.news.example/a", OWN)
    assert not is_own("https://news.example.evil/a", OWN)


def test_of_a_menu_only_plain_names_of_one_word_are_taken_for_sections() -> None:
    names = "world", "sport", "town-hall-live", "night-boat", "login"
    menu = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in names)
    stories = "".join(
        f"<h2><a href='/2026/05/0{n}/the-old-ferry-{n}1234'>The old ferry, {n}</a></h2>" for n in range(5)
    )
    page = f"<html><body><nav><ul>{menu}</ul></nav><main>{stories}</main></body></html>".encode()
    links, _ = front_links(page, f"{HOME}/", OWN)
    assert [link.url for link in links if link.kind is Kind.SECTION] == [f"{HOME}/world", f"{HOME}/sport"]

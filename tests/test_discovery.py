"""Discovery: what section pages list."""

from __future__ import annotations

import pytest

from extractors import SiteError, UnsupportedContentError
from spiders.listings.choice import front_links
from spiders.listings.discovery import read_listing
from spiders.listings.listing import is_own
from spiders.record import Kind

HOME = "https://news.example"
OWN = ("news.example",)


def section(page: str, selector: str, encoding: str | None = None) -> list[str]:
    """Read the section /news/; the page is UTF-8."""
    listing = read_listing(Kind.SECTION, page.encode(), f"{HOME}/news/", OWN, selector, encoding=encoding)
    return [link.url for link in listing.links]


def test_section_pages_list_what_the_selector_finds() -> None:
    page = "<main><h2><a href='/a'>A</a></h2><h2><a href='//other.example/x'>X</a><a>none</a></h2></main><a href='/n'>"
    assert section(page, "h2 a") == [f"{HOME}/a"]


def test_the_links_of_a_section_are_read_as_a_browser_reads_them() -> None:
    page = "<base href='/2026/'><h2><a href='#top'>Up</a><a href='über-a'>A</a><a href='über-a#more'>More</a></h2>"
    assert section(page, "h2 a", encoding="utf-8") == [f"{HOME}/2026/über-a"]


def test_a_section_without_links_or_with_a_bad_selector_is_an_error() -> None:
    with pytest.raises(UnsupportedContentError, match="no link of the site under 'h3 a'"):
        section("<h2><a href='/a'>A</a></h2>", "h3 a")
    with pytest.raises(UnsupportedContentError, match="not HTML"):
        section("", "a")
    with pytest.raises(SiteError, match=r"'h2 >>' of the section https://news\.example/news/ is not CSS"):
        section("<p>", "h2 >>")


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
    links, _ = front_links(page, f"{HOME}/", OWN, None, None)
    assert [link.url for link in links if link.kind is Kind.SECTION] == [f"{HOME}/world", f"{HOME}/sport"]


@pytest.mark.parametrize(
    ("page", "note"),
    [
        ("<title>H</title><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>", "needs JavaScript"),
        ("<title>Just a moment...</title>Enable JavaScript and cookies to continue", "bot wall"),
        ("<title>Harbour</title><p>The new number comes out on Monday.</p>", None),
    ],
)  # fmt: skip
def test_a_front_page_that_leads_nowhere_is_told_for_what_it_is(page: str, note: str | None) -> None:
    listing = read_listing(Kind.FRONT, f"<!DOCTYPE html><html><body>{page}</body></html>".encode(), f"{HOME}/", OWN)
    told = f"{HOME}/ lists nothing: it is a page of the kind “{note}”" if note else None
    assert (listing.links, listing.note) == ([], told)

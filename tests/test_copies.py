"""Pages got from who keeps or shows copies of them are read as what they are copies of."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

import pytest

from extractors import Article, extract
from extractors.copies import own_of
from spiders.addresses import key_of
from tests.gazette import STORY, meta, page, paragraphs

OWN = "https://www.gazette.example/news/pier"
KEPT = "https://web.archive.org/web/20250314092653"
SCRIPT = f"""<script src="https://web-static.archive.org/_static/js/wombat.js"></script><script>
  __wm.init("https://web.archive.org/web");
  __wm.wombat("{OWN}","20250314092653","https://web.archive.org/","web","https://web-static.archive.org/_static/", "1741944413");
</script><!-- End Wayback Rewrite JS Include -->"""
TOOLBAR = """<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base" lang="en"><div id="wm-ipp"><div id="wm-ipp-inside">
<a class="t" href="/web/20250314092653*/x">12 captures</a><div class="r">14 Mar 2025 - 02 Jul 2026</div>
<table><tr><td>Feb</td><td title="You are here: 09:26:53 Mar 14, 2025">MAR</td></tr></table>
<div>Web crawl data from a nonprofit that builds and maintains an open repository that anyone can read.</div>
</div></div></div><div id="wm-ipp-print">The Wayback Machine - https://web.archive.org/web/20250314092653/x</div>
<!-- END WAYBACK TOOLBAR INSERT -->"""
DATA = {"@context": "https://schema.org", "@type": "NewsArticle", "image": "https://www.gazette.example/pier.jpg"}
ORIGINAL = page(
    '<p class="byline">By <a href="/people/ines-holm">Ines Holm</a></p>'
    + paragraphs(*STORY[:4])
    + '<figure><img src="/pier.jpg" alt=""><figcaption>The pier in May. Photo: Jon Falk</figcaption></figure>'
    + '<p><a href="/why">Why the pier fell and who knew</a></p>'
    + paragraphs(*STORY[4:]),
    head=f'<link rel="canonical" href="{OWN}"><link rel="next" href="{OWN}/2">'
    + meta("og:image", "https://www.gazette.example/pier.jpg"),
    data=DATA,
)


def archived(html: str) -> str:
    """Return a page as the Wayback Machine shows it."""

    def led(told: re.Match[str]) -> str:
        flag = "im_" if told[1].startswith("src") else ""
        return f"{told[1]}{KEPT}{flag}/{urljoin(OWN, told[2])}"

    html = re.sub(r'((?:href|src|content)=")((?:https:/)?/[^"]*)', led, html)
    html = html.replace(': "https://', f': "{KEPT}/https://')
    html = re.sub("<head[^>]*>", lambda head: head[0] + SCRIPT, html)
    return re.sub("<body[^>]*>", lambda body: body[0] + TOOLBAR, html)


def alike(copy: Article, original: Article) -> bool:
    return replace(copy, url=None) == replace(original, url=None)


def test_a_page_of_a_web_archive_is_the_page_that_it_is_a_copy_of() -> None:
    original = extract(ORIGINAL, OWN)
    assert (original.canonical_url, original.next_url) == (OWN, f"{OWN}/2")
    copy = extract(archived(ORIGINAL), f"{KEPT}/{OWN}")
    assert copy.url == f"{KEPT}/{OWN}"
    assert alike(copy, original)
    assert alike(extract(archived(ORIGINAL).replace("<!--", "<!").replace("-->", ">"), f"{KEPT}/{OWN}"), original)
    assert alike(extract(ORIGINAL, f"{KEPT}id_/{OWN}"), original)


@pytest.mark.parametrize("url", ["", OWN])
def test_a_page_that_was_saved_from_an_archive_tells_so(url: str) -> None:
    assert alike(extract(archived(ORIGINAL), url), extract(ORIGINAL, OWN))


def test_the_day_of_a_capture_is_none_of_publication() -> None:
    silent = page(paragraphs(*STORY))
    assert extract(silent, f"https://web.archive.org/web/20250314/{OWN}").published is None


def test_pictures_of_a_viewer_are_those_of_the_page() -> None:
    viewer = "https://www-gazette-example.cdn.ampproject.org"
    html = page(
        '<figure><amp-img src="/i/s/www.gazette.example/a.jpg"></amp-img><figcaption>The pier.</figcaption></figure>'
        + paragraphs(*STORY[:4])
        + f'<figure><img src="{viewer}/ii/w820/s/www.gazette.example/b.jpg"><figcaption>Sand.</figcaption></figure>'
        + paragraphs(*STORY[4:]),
        head=f'<link rel="canonical" href="{OWN}">',
    )
    article = extract(html, f"{viewer}/c/s/www.gazette.example/news/pier/amp")
    assert (article.canonical_url, article.site) == (OWN, "gazette.example")
    assert [image.url for image in article.images] == [f"https://www.gazette.example/{n}.jpg" for n in "ab"]


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://web.archive.org/web/2024/https://a.example/b?c=1#d", "https://a.example/b?c=1#d"),
        ("http://web.archive.org/web/20240102030405if_/http:/a.example/b", "http://a.example/b"),
        ("https://web.archive.org/web/20240102030405/a.example/b", "http://a.example/b"),
        ("https://a.example/20240102030405/b.html", "https://a.example/20240102030405/b.html"),
        ("https://wayback.archive-it.org/1234/20240102030405/https://a.example/", "https://a.example/"),
        ("https://archive.ph/2024.01.02-030405/https://a.example/b", "https://a.example/b"),
        ("view-source:https://a.example/b", "https://a.example/b"),
        ("https://cdn.ampproject.org/c/s/a.example/b", "https://a.example/b"),
        ("https://www.google.com/amp/s/a.example/b", "https://a.example/b"),
        ("https://webcache.googleusercontent.com/search?q=cache:Ab3_x-y12345:https://a.example/b+pier&hl=en", "https://a.example/b"),
        ("https://webcache.googleusercontent.com/search?hl=en&q=cache:a.example/b", "http://a.example/b"),
        ("https://www-my--news-example.translate.goog/b?_x_tr_sl=pt&_x_tr_tl=en", "https://www.my-news.example/b"),
        ("view-source:https://web.archive.org/web/2024/https://cdn.ampproject.org/c/s/a.example/b", "https://a.example/b"),
        ("https://a.example/2024/05/https-and-you", "https://a.example/2024/05/https-and-you"),
        ("https://a.example/share?u=/2024/https://b.example", "https://a.example/share?u=/2024/https://b.example"),
        ("https://archive.ph/AbCdE", "https://archive.ph/AbCdE"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_page_that_an_address_gives_a_copy_of(url: str, own: str) -> None:
    assert own_of(url) == own


def test_a_capture_is_no_form_of_the_page_but_a_viewer_is() -> None:
    assert key_of(f"{KEPT}/{OWN}") != key_of(OWN)
    assert key_of("https://cdn.ampproject.org/c/s/www.gazette.example/news/pier") == OWN


def test_a_page_that_a_browser_translated_says_so() -> None:
    html = page(paragraphs(*STORY)).replace('lang="en"', 'lang="en" class="js translated-ltr"')
    assert extract(html, OWN).machine_translated
    assert not extract(page(paragraphs(*STORY)), OWN).machine_translated

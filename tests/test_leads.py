"""Pictures over the headline and on the cards of other stories: whose they are, and where their captions stand."""

from __future__ import annotations

import pytest

from tests.gazette import HEADLINE, STORY, STORY_JA, page, paragraphs, read

CITY = "https://www.gazette.example"
CAPTION = "The bandstand at the end of the old pier in its last summer."
HEAD = '<meta property="og:image" content="https://www.gazette.example/files/old-pier.jpg?w=1200">'
CARDS = {
    "of Ghost": '<figure class="kg-card kg-bookmark-card"><a href="/ferry"><div class="kg-bookmark-content"><div class="kg-bookmark-title">{}</div></div><div class="kg-bookmark-thumbnail"><img src="/card.jpg"></div></a></figure>',
    "in a box": '<div class="related-inline"><a href="/ferry"><img src="/card.jpg"><h3>{}</h3></a></div>',
    "in an aside": '<aside class="teaser"><a href="/ferry"><figure><img src="/card.jpg"></figure><span>Read more</span><h4>{}</h4></a></aside>',
    "beside its words": '<div class="see-also"><div><a href="/ferry"><img src="/card.jpg"></a></div><div><span>See also</span><a href="/ferry">{}</a></div></div>',
    "without names": '<div class="css-1"><a class="css-2" href="/ferry"><div class="css-3"><img src="/card.jpg"></div><div class="css-4"><p>RELATED</p><p>{}</p></div></a></div>',
    "in the flow": '<a class="ArticleLink_root__c" href="/ferry"><img src="/card.jpg"><span>READ MORE</span> <span>{}</span></a>',
    "of a newsletter": '<div class="newsletter"><img src="/card.jpg"><h4>Sign up for our newsletter</h4><form><input type="email"></form></div>',
}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_the_picture_of_a_card_in_the_story_is_none_of_its_own(card: str) -> None:
    figure = f'<figure><img src="/a.jpg"><figcaption>{CAPTION}</figcaption></figure>'
    plain = '<p><img src="/b.jpg"></p>'
    card = card.format("Why the old ferry to Tern Island stopped")
    found = read(
        page(paragraphs(*STORY[:3]) + figure + card + paragraphs(*STORY[3:5]) + plain + paragraphs(*STORY[5:]))
    )
    assert found.body == "\n\n".join(STORY)
    assert [i.url for i in found.images] == [f"{CITY}/a.jpg", f"{CITY}/b.jpg"]


@pytest.mark.parametrize(
    "around",
    [
        '<div class="head"><a href="/news">News</a><h1>{}</h1><img src="/a.jpg"></div>',
        '<h1>{}</h1><div class="pix"><img src="/files/old-pier-1024.jpg"><a href="/news">In brief</a></div>',
        '<h1>{}</h1><figure><img src="/a.jpg"><figcaption><a href="/p">© Ada Quill</a></figcaption></figure>',
    ],
)
def test_a_link_beside_the_storys_picture_makes_no_card_of_it(around: str) -> None:
    found = read(page(around.format(HEADLINE) + paragraphs(*STORY), headline=None, head=HEAD))
    assert len(found.images) == 1


OVER = {
    "in its figure": '<div class="top"><figure><div><img src="/files/old-pier.webp?w=90"></div><figcaption><div>{} <span>Photo: Ada Quill</span></div></figcaption></figure><h1>' + HEADLINE + "</h1></div>",
    "in a figcaption without a figure": '<div class="hero-image"><amp-img src="/files/old-pier.jpg"></amp-img><div class="wrap"><figcaption class="caption">{} <span class="attribution">Photo: Ada Quill</span></figcaption></div></div><h1>' + HEADLINE + "</h1>",
    "in a line without a stop": "<h1>" + HEADLINE + '</h1><div class="box"><img src="/files/old-pier.jpg"></div><p class="desc">{} <span>Fot. Ada Quill</span></p>',
    "behind an empty element": "<h1>" + HEADLINE + '</h1><figure><amp-img></amp-img><img src="/files/old-pier.jpg"><figcaption><span>{} — Foto: Ada Quill</span></figcaption></figure>',
    "under it, in the story": '<div class="meta"><h1>' + HEADLINE + '</h1><img src="/files/old-pier.jpg"></div><div class="entry-content"><p><em>{} Foto: Ada Quill</em></p>',
    "under the headline": '<div class="hero"><img src="/files/old-pier.jpg"><div class="over"><h1>' + HEADLINE + '</h1><p class="dek">A storm, and a gap</p></div></div><p class="caption">{} <span class="credit">Ada Quill</span></p>',
}  # fmt: skip


@pytest.mark.parametrize("above", OVER.values(), ids=OVER)
def test_a_picture_over_the_headline_has_its_caption_and_its_credit(above: str) -> None:
    around = (f"<main>{above.format(CAPTION)}<div class='article-body'>", "</div></main>")
    found = read(page(paragraphs(*STORY), headline=None, head=HEAD, around=around))
    assert found.body == "\n\n".join(STORY)
    assert [(i.caption, i.credit) for i in found.images] == [(CAPTION, "Ada Quill")]


def test_a_japanese_credit_is_parted_from_its_caption_in_one_line() -> None:
    figure = '<div class="photo"><img src="/a.jpg"><p class="caption">自作の潮位表を手に持つ老いた漁師＝港町の岸壁、青木涼撮影</p></div>'
    found = read(page(figure + paragraphs(*STORY_JA), language="ja"))
    assert [(i.caption, i.credit) for i in found.images] == [("自作の潮位表を手に持つ老いた漁師＝港町の岸壁", "青木涼")]


def test_a_figure_over_the_headline_that_the_pages_data_do_not_tell_of_is_of_another_story() -> None:
    figure = '<figure><img src="/files/new-lamp.jpg"><figcaption>The new lamp. Photo: Ada Quill</figcaption></figure>'
    around = (f"<main>{figure}<h1>{HEADLINE}</h1><div class='article-body'>", "</div></main>")
    assert read(page(paragraphs(*STORY), headline=None, head=HEAD, around=around)).images == ()


SPOKEN = (
    '<figure><div><img src="/a.jpg"><p role="text"><span class="visually-hidden">{0}, </span><span>Ada Quill</span></p></div>'
    '<figcaption><p><span class="visually-hidden">{1}, </span><span>{2}</span></p></figcaption></figure>'
)


@pytest.mark.parametrize(
    ("language", "labels"),
    [("tr", ("Kaynak", "Fotoğraf altı yazısı")), ("es", ("Fuente de la imagen", "Pie de foto")), ("sw", ("Chanzo", "Maelezo"))],
)  # fmt: skip
def test_words_for_a_screen_reader_are_no_part_of_caption_or_credit(language: str, labels: tuple[str, str]) -> None:
    figure = SPOKEN.format(*labels, CAPTION)
    found = read(page(paragraphs(*STORY[:2]) + figure + paragraphs(*STORY[2:]), language=language))
    assert found.body == "\n\n".join(STORY)
    assert [(i.caption, i.credit) for i in found.images] == [(CAPTION, "Ada Quill")]


def test_the_title_of_a_picture_that_a_script_prints_is_its_caption() -> None:
    picture = f'<p><img class="caption" src="/a.jpg" title="{CAPTION} (foto Quill)"></p>'
    found = read(page(paragraphs(*STORY[:2]) + picture + paragraphs(*STORY[2:])))
    assert [(i.caption, i.credit) for i in found.images] == [(CAPTION, "Quill")]


def test_a_small_heading_under_a_picture_that_closes_with_its_credit_is_the_caption() -> None:
    box = '<div class="foto"><img src="/a.jpg"><h6 class="meta">The old pier - Ada Quill/Harbour Pool</h6></div>'
    found = read(page(paragraphs(*STORY[:2]) + box + paragraphs(*STORY[2:])))
    assert found.body == "\n\n".join(STORY)
    assert [(i.caption, i.credit) for i in found.images] == [("The old pier", "Ada Quill/Harbour Pool")]

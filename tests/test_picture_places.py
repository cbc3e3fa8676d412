"""Which pictures are the story's: not those on the cards of other stories, and all that close it; whose caption is whose."""

from __future__ import annotations

import pytest

from extractors import Label
from tests.gazette import HEADLINE, STORY, labels_of, page, paragraphs, read

CITY = "https://www.gazette.example"
OTHER = "Night bus to the quarry villages gets a second winter"
CARDS = {
    "a teaser with whose picture it is": '<div class="box teaser"><div><div><img src="/b.jpg"></div><p>Photo: Ada Quill</p></div><div><h4><a href="/bus">{0}</a></h4></div></div>',
    "a linked title that the picture repeats": '<div><h3>Read more</h3><a href="/bus"><div><img src="/b.jpg" alt="{0}"></div><div><p class="related-text">{0}</p></div></a></div>',
    "one that somebody paid for": '<div><h3>Read more</h3><a href="/bus"><div><div class="related">Sponsored</div><img src="/b.jpg" alt="{0}"></div><div><p class="related-text">{0}</p></div></a></div>',
    "a figure with its headline": '<figure class="preview"><a href="/bus"><img src="/b.jpg"></a><figcaption><h5><a href="/bus">Harbour</a></h5><h3><a href="/bus">{0}</a></h3><p>The council found the money in the parking fund, after a long debate.</p></figcaption></figure>',
}  # fmt: skip


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_picture_on_the_card_of_another_story_is_none_of_this_one(card: str) -> None:
    own = '<figure><img src="/a.jpg"><figcaption>The bandstand in its last summer.</figcaption></figure>'
    html = page(paragraphs(*STORY[:3]) + own + card.format(OTHER) + paragraphs(*STORY[3:]))
    found = read(html)
    assert found.body == "\n\n".join(STORY)
    assert [i.url for i in found.images] == [f"{CITY}/a.jpg"]
    assert labels_of(found, OTHER) == {Label.RELATED}


def test_a_button_that_enlarges_a_picture_makes_no_card_of_it() -> None:
    frame = '<div class="media-carousel"><div><a href="#big" class="open">Enlarge</a></div><div><img src="/a.jpg" alt="Pier"><p class="credits">Photo: Ada Quill</p></div></div>'
    found = read(page(paragraphs(*STORY[:3]) + frame + paragraphs(*STORY[3:])))
    assert [(i.url, i.credit) for i in found.images] == [(f"{CITY}/a.jpg", "Ada Quill")]


CLOSING = {
    "in a box beside the text": '<div class="long"><div class="article-body">{}</div><div class="picture"><img src="/a.jpg"></div></div><div class="after"><h3>Weather</h3><p>Rain</p></div>',
    "after a line that announces it": '<div class="long">{}<div>See more photos:</div><div><img src="/a.jpg"></div></div><div class="labels">Tags: <a href="/pier">Pier</a></div>',
}
NOT_CLOSING = {
    "on a card": '<div class="long"><div>{}</div><div class="card"><h4><img src="/a.jpg"><a href="/bus">Night bus</a></h4></div></div>',
    "an advertisement": '<div class="long"><div>{}</div><div class="ad"><a href="/buy"><img src="/a.jpg"></a></div></div>',
    "beside the column": '<div class="long"><div>{}</div><aside><img src="/a.jpg"></aside></div>',
}  # fmt: skip


@pytest.mark.parametrize("frame", CLOSING.values(), ids=CLOSING)
def test_a_picture_without_a_caption_may_close_the_story(frame: str) -> None:
    around = (f'<main><h1>{HEADLINE}</h1><div class="tools"><a href="#">Print</a></div>', "</main>")
    found = read(
        page(frame.format("<br><br>".join(STORY)), headline=None, head=f"<title>{HEADLINE}</title>", around=around)
    )
    assert found.body == "\n\n".join(STORY)
    assert [i.url for i in found.images] == [f"{CITY}/a.jpg"]


@pytest.mark.parametrize("frame", NOT_CLOSING.values(), ids=NOT_CLOSING)
def test_what_stands_below_a_story_is_none_of_its_pictures(frame: str) -> None:
    found = read(page(frame.format("<br><br>".join(STORY))))
    assert found.body == "\n\n".join(STORY)
    assert found.images == ()


def test_of_the_pictures_that_the_data_tell_of_the_one_that_is_shown_is_the_storys() -> None:
    data = {"@type": "NewsArticle", "headline": HEADLINE, "image": [f"{CITY}/files/pier-wide-77.jpg"]}
    head = f'<meta property="og:image" content="{CITY}/files/pier-square-78.jpg">'
    above = f'<form><main><h1>{HEADLINE}</h1><div><img src="/files/pier-wide-77.jpg"></div><div class="article-body">'
    html = page(paragraphs(*STORY), headline=None, head=head, data=data, around=(above, "</div></main></form>"))
    assert [i.url for i in read(html).images] == [f"{CITY}/files/pier-wide-77.jpg"]


def test_the_sign_of_the_agency_in_the_byline_is_no_picture() -> None:
    data = {"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ada Quill"}, {"@type": "Organization", "name": "Reuters"}]}  # fmt: skip
    byline = '<div class="byline"><a href="/ada"><img src="/ada.jpg" alt="Ada Quill"></a><img src="/r.png" alt="Reuters"><p>By Ada Quill, Reuters</p></div>'
    found = read(page(byline + paragraphs(*STORY), data=data))
    assert (found.authors, found.agency, found.images) == (("Ada Quill",), "Reuters", ())


@pytest.mark.parametrize("tag", ["p", "dd", "div"])
def test_the_name_of_who_writes_beside_the_portrait_is_the_byline(tag: str) -> None:
    data = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Quill"}}
    card = (
        f'<section><figure><img src="/ada.jpg" alt="Ada Quill"></figure><div><{tag}>Ada Quill</{tag}></div></section>'
    )
    found = read(page(card + paragraphs(*STORY), data=data))
    assert labels_of(found, "Ada Quill") == {Label.BYLINE}
    assert (found.byline, found.images) == ("Ada Quill", ())


def test_a_line_between_a_picture_and_its_credit_is_the_caption() -> None:
    shown = "The brass band on the pier on Monday night"
    frame = f'<div class="x1"><div class="x2"><img src="/a.jpg"></div><div class="x3">{shown}</div><div class="x4">Getty Images</div></div>'
    around = ('<main><div class="x0">', "</div></main>")
    told = "".join(f'<div class="x9"><p>{text}</p></div>' for text in STORY[3:])
    found = read(page(f'<div class="x9">{paragraphs(*STORY[:3])}</div>{frame}{told}', around=around))
    assert found.body == "\n\n".join(STORY)
    assert [(i.caption, i.credit) for i in found.images] == [(shown, "Getty Images")]


def test_a_caption_far_from_a_picture_is_none_of_it() -> None:
    plain = '<div><p><img src="/a.jpg" alt="Piles of the pier"></p></div>'
    shown = '<div class="image"><figure><video src="/b.mp4"></video><figcaption>The coal quay at noon</figcaption></figure></div>'
    text = "".join(f"<div><p>{line}</p></div>" for line in (*STORY[1:], *map(str.upper, STORY[1:])))
    more = "".join(f"<section>{paragraphs(*(f'{line} {told}' for line in STORY))}</section>" for told in STORY[:4])
    found = read(page(f"{paragraphs(STORY[0])}<section>{plain}{text}{shown}</section>{more}"))
    assert [(i.url, i.caption) for i in found.images] == [(f"{CITY}/a.jpg", None)]


def test_a_caption_in_its_link_is_the_pictures_though_the_text_stands_bare_in_the_box_around() -> None:
    shown = "The bandstand at the end of the old pier in its last summer."
    frame = f'<a href="/up/a.jpg" class="image-caption"><img src="/a.jpg" alt="{shown}"><br>{shown}</a>'
    text = "<br><br>".join(STORY)
    found = read(
        page(f'<div class="news"><h3>The wreck</h3>{frame}<br><br>{text}<br><br><img src="/b.jpg"><br>So far.</div>')
    )
    assert [(i.url, i.caption) for i in found.images] == [(f"{CITY}/a.jpg", shown), (f"{CITY}/b.jpg", None)]


ADVERTISED = {
    "a folder of advertisements": '<p><a href="/out?id=7"><img src="/ads/shoes-300.gif" alt="Shoes"></a></p>',
    "a server of them": '<div><img src="/media/adserver/shoes.jpg"></div>',
    "a banner with its link": '<div><a href="https://shop.example/?ref=gazette"><img src="/files/banners/shoes.jpg"></a></div>',
}
SHOWN = {
    "a file called ad": '<p><img src="/images/ad-hoc-committee.jpg"></p>',
    "an advertisement that the story shows": '<figure><img src="/ads/soap-1921.jpg"><figcaption>A soap maker paid for the lamps in 1921.</figcaption></figure>',
    "a banner across the story": '<div><img src="/files/banners/pier.jpg"></div>',
}  # fmt: skip


@pytest.mark.parametrize("frame", ADVERTISED.values(), ids=ADVERTISED)
def test_a_picture_out_of_a_folder_of_advertisements_is_none_of_the_storys(frame: str) -> None:
    assert read(page(paragraphs(*STORY[:3]) + frame + paragraphs(*STORY[3:]))).images == ()


@pytest.mark.parametrize("frame", SHOWN.values(), ids=SHOWN)
def test_a_picture_is_no_advertisement_by_such_a_word_alone(frame: str) -> None:
    assert len(read(page(paragraphs(*STORY[:3]) + frame + paragraphs(*STORY[3:]))).images) == 1


HOUSES = {
    "in the text": "<p>{}</p>",
    "in a caption": "<figcaption>{}</figcaption>",
    "by its class": '<p class="wp-caption-text">{}</p>',
}


@pytest.mark.parametrize("line", HOUSES.values(), ids=HOUSES)
@pytest.mark.parametrize("house", ["AKM-GSI", "GETTY IMAGES", "AFP", "Splash News", "SHUTTERSTOCK"])
def test_an_agency_alone_right_under_a_picture_is_its_credit(line: str, house: str) -> None:
    frame = f'<div class="wp-caption"><img src="/a.jpg">{line.format(house)}</div>'
    found = read(page(paragraphs(*STORY[:3]) + frame + paragraphs(*STORY[3:])))
    assert found.body == "\n\n".join(STORY)
    assert [(i.caption, i.credit) for i in found.images] == [(None, house)]
    assert found.agency is None


def test_an_agency_alone_in_the_caption_above_the_story_is_the_credit() -> None:
    figure = '<main><figure><img src="/a.jpg"><figcaption>AKM-GSI</figcaption></figure><div class="article-body">'
    around = (f"<h1>{HEADLINE}</h1>{figure}", "</div></main>")
    found = read(page(paragraphs(*STORY), headline=None, around=around))
    assert [(i.caption, i.credit) for i in found.images] == [(None, "AKM-GSI")]


def test_a_word_in_capitals_or_the_agency_that_signs_is_no_pictures_credit() -> None:
    found = read(page(paragraphs(*STORY[:3]) + '<img src="/a.jpg"><p>UKRAINE</p>' + paragraphs(*STORY[3:])))
    assert "UKRAINE" in found.body
    found = read(page(paragraphs(*STORY) + '<p><img src="/a.jpg"></p><p>AFP</p>'))
    assert found.agency == "AFP"

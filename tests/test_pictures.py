"""Pictures: the address that each is loaded from, however late, and whose it is beside what it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import clean
from extractors.engine.addresses import absolute
from tests.broadsheet import sheet
from tests.gazette import HEADLINE, STORIES, STORY, page, paragraphs, read, read_with

CITY = "https://www.gazette.example"
CAPTION = "The bandstand at the end of the old pier in its last summer."
BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def pictures(content: str) -> list[tuple[str | None, str | None, str | None]]:
    """Return address, caption and credit of the pictures of a story with some HTML in its middle."""
    found = read(page(paragraphs(*STORY[:3]) + content + paragraphs(*STORY[3:])))
    assert found.body == "\n\n".join(STORY)
    return [((i.url or "").removeprefix(CITY) or None, i.caption, i.credit) for i in found.images]


@pytest.mark.parametrize(
    "attributes",
    [
        f'src="{BLANK}" srcset="/s.jpg 320w, /a.jpg 1200w, /m.jpg 640w"',
        'src="" srcset="/s.jpg, /a.jpg 2x"',
        f'src="{BLANK}" data-srcset="/s.jpg 320w,/a.jpg 1200w"',
        'data-srcset="/a.jpg"',
        f'src="{BLANK}" srcset="" data-lazy-srcset="/crop,w_900/a.jpg 900w" class="wide"',
        f'src="{BLANK}" data-img-url="{CITY}/a.jpg"',
        f"src=\"{BLANK}\" data-interchange=\"[{CITY}/a.jpg, (small)], [{CITY}/b.jpg, (large)]\"",
        'src="/assets/index-transparent_h-9_w-16.gif" data-src="/a.jpg"',
        'data-gl-src="/a.jpg?width=660&amp;auto=webp"',
    ],
)  # fmt: skip
def test_a_picture_that_is_loaded_late_has_its_address(attributes: str) -> None:
    found = pictures(f"<figure><img {attributes}><figcaption>{CAPTION}</figcaption></figure>")
    assert [(url and url.removeprefix("/crop,w_900").partition("?")[0], caption) for url, caption, _ in found] == [
        ("/a.jpg", CAPTION)
    ]


FULL = {  # and the file in full
    "the largest of several sizes": ('<img src="/old-pier-300.jpg" srcset="/old-pier-300.jpg 300w, /old-pier-2048.jpg 2048w, /old-pier-1024.jpg 1024w">', "/old-pier-2048.jpg"),
    "for a screen with more points": ('<img src="/old-pier.jpg?w=600" srcset="/old-pier.jpg?w=600 1x, /old-pier.jpg?w=1200 2x">', "/old-pier.jpg?w=1200"),
    "none of the sizes": ('<img src="/files/old-pier.jpg" srcset="/t/a.jpg 320w, /t/b.jpg 640w">', "/files/old-pier.jpg"),
    "a link to the file": ('<a href="/up/old-pier.JPG"><img src="/up/old-pier-300x169.jpg"></a>', "/up/old-pier.JPG"),
    "a blog's link": ('<a href="/b/s1600/old-pier.jpg"><img src="/b/s320/old-pier.jpg"></a>', "/b/s1600/old-pier.jpg"),
    "a link to a blog's viewer": ('<a href="/b/s1600-h/old-pier.jpg"><img src="/b/s320/old-pier.jpg"></a>', "/b/s320/old-pier.jpg"),
    "a link to a wiki's page": ('<a href="/wiki/File:old-pier.jpg"><img src="/t/old-pier.jpg"></a>', "/t/old-pier.jpg"),
    "a link to another file": ('<a href="/offer/brochure.png"><img src="/old-pier.jpg"></a>', "/old-pier.jpg"),
    "the sources of a picture": ('<picture><source type="image/webp" srcset="/pier-3.webp 320w, /pier-12.webp 1280w"><img src="/pier-3.jpg"></picture>', "/pier-12.webp"),
    "as large as its sources": ('<picture><source type="image/webp" srcset="/pier-3.webp 320w, /pier-12.webp 1280w"><img src="/pier-3.jpg" srcset="/pier-3.jpg 320w, /pier-12.jpg 1280w"></picture>', "/pier-12.jpg"),
    "sources for larger screens": ('<picture><source media="(min-width: 64em)" srcset="/l.jpg 1x, /l2.jpg 2x"><source media="(min-width: 640px)" srcset="/m.jpg"><img src="/s.jpg"></picture>', "/l2.jpg"),
    "a source of another kind of file": ('<picture><source type="image/avif" srcset="/pier.avif"><img src="/pier.jpg"></picture>', "/pier.jpg"),
    "of two kinds the usual": ('<picture><source type="image/webp" media="(min-width: 992px)" data-srcset="/x.webp?w=737 1x"><source type="image/jpeg" media="(min-width: 992px)" data-srcset="/x.jpg?w=737 1x"><img data-src="/x.jpg?w=450"></picture>', "/x.jpg?w=737"),
    "a source cut for phones": ('<picture><source media="(max-width: 640px)" srcset="/phone.jpg 1400w"><img src="/pier.jpg"></picture>', "/pier.jpg"),
    "sources of a blank": (f'<picture><source data-srcset="/pier-640.jpg 640w, /pier-900.jpg 900w"><img src="{BLANK}"></picture>', "/pier-900.jpg"),
    "sizes of the file in full": ('<picture><source srcset="/pier-640.webp 640w, /pier-900.webp 900w"><img src="/pier.jpg"></picture>', "/pier.jpg"),
    "wider than its sources": ('<picture><source srcset="/pier.webp?w=640 640w"><img src="/pier.jpg?w=1200"></picture>', "/pier.jpg?w=1200"),
    "a link to a page": ('<a href="/gallery/old-pier.html"><img src="/old-pier.jpg"></a>', "/old-pier.jpg"),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "address"), FULL.values(), ids=FULL)
def test_the_address_of_a_picture_is_that_of_its_file_in_full(markup: str, address: str) -> None:
    assert pictures(f"<figure>{markup}<figcaption>{CAPTION}</figcaption></figure>") == [(address, CAPTION, None)]


@pytest.mark.parametrize(
    ("base", "source", "address"),
    [
        ("", "files/pier 4.jpg", f"{CITY}/2026/05/files/pier%204.jpg"),
        ('<base href="/">', "files/pier.jpg", f"{CITY}/files/pier.jpg"),
        (f'<base target="_top"><base href="{CITY}/en"><base href="/x/">', "pier.jpg", f"{CITY}/pier.jpg"),
        ('<base href="https://cdn.example/city/">', "./pier.jpg", "https://cdn.example/city/pier.jpg"),
        ('<base href="https://cdn.example/city/">', "/pier.jpg", "https://cdn.example/pier.jpg"),
        ('<base href="">', "pier.jpg", f"{CITY}/2026/05/pier.jpg"),
        ('<base href="http://[">', "pier.jpg", f"{CITY}/2026/05/pier.jpg"),
        ('<base href="javascript:void(0)">', "pier.jpg", f"{CITY}/2026/05/pier.jpg"),
        ("", "HTTPS:\\\\cdn.example\\city\\pier.jpg?a=\\b", "https://cdn.example/city/pier.jpg?a=\\b"),
        ("", "https://:0/pier.jpg", None),
        ("", "https://cdn.example:port/pier.jpg", None),
        ("", "//cdn.example/pier_{width}.jpg", None),
    ],
)
def test_the_address_of_a_picture_is_one_that_can_be_asked_for(base: str, source: str, address: str | None) -> None:
    figure = f"<figure><img src='{source}'><figcaption>{CAPTION}</figcaption></figure>"
    found = read(page(paragraphs(*STORY[:3]) + figure + paragraphs(*STORY[3:]), head=base))
    assert [(i.url, i.caption) for i in found.images] == [(address, CAPTION)]


@given(st.text(alphabet="aZ0./:?#%&= {}\\\t@[-~é", max_size=30), st.sampled_from(["https://cdn.example", "http://cdn.example/", "HTTPS://cdn.example:8080/x/", "/", ""]))  # fmt: skip
def test_an_address_in_full_stands_for_itself_wherever_it_is_printed(path: str, start: str) -> None:
    full = absolute(f"{CITY}/2026/05/", start + path)
    assert full is None or absolute("https://other.example/b", full) == full


@pytest.mark.parametrize(
    "frame",
    [
        f'<figure><img src="{BLANK}" alt="Pier"><noscript><img src="/a.jpg"></noscript><figcaption>{CAPTION}</figcaption></figure>',
        f'<figure><img src="/x-transparent_w-16.gif" alt="Pier"><noscript><img src="/a.jpg" alt="Pier"></noscript><figcaption>{CAPTION}</figcaption></figure>',
        f'<div class="image"><div><img data-srcset="/a.jpg 900w"><noscript><img src="/a.jpg?w=1"></noscript></div><p class="caption">{CAPTION}</p></div>',
    ],
)  # fmt: skip
def test_what_a_page_shows_without_scripts_is_the_same_picture(frame: str) -> None:
    found = pictures(frame)
    assert [((url or "").partition("?")[0], caption) for url, caption, _ in found] == [("/a.jpg", CAPTION)]


def test_drawings_without_a_caption_are_signs() -> None:
    chart = f'<figure><img src="/chart.svg" alt="Tides"><figcaption>{CAPTION}</figcaption></figure>'
    signs = (
        '<p><img src="/zoom-in.svg" alt="Zoom"> <img src="/static/arrow.f7da.svg?v=2"> <img src="/share/weibo.png"></p>'
    )
    assert pictures(signs + chart) == [("/chart.svg", CAPTION, None)]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        (f"{CAPTION} (Ada Quill/Getty Images)", "Ada Quill/Getty Images"),
        (f"{CAPTION} [Ada Quill/AFP]", "Ada Quill/AFP"),
        (f"{CAPTION} | © Ada Quill/Getty Images", "Ada Quill/Getty Images"),
        (f"{CAPTION} © Harbour Pool via Getty Images", "Harbour Pool via Getty Images"),
        (f"{CAPTION} (© Ada Quill)", "Ada Quill"),
        (f"{CAPTION} (Bildrechte: Ada Quill)", "Ada Quill"),
        (f"{CAPTION} Fotos: Ada Quill, Ben Tarr", "Ada Quill, Ben Tarr"),
        (f"{CAPTION} — Foto: Ada Quill/TV Saltmouth", "Ada Quill/TV Saltmouth"),
        (f"{CAPTION} – Foto: Ada Quill", "Ada Quill"),
        (f"{CAPTION} Pic: Ada Quill", "Ada Quill"),
        (f"{CAPTION} (foto Quill)", "Quill"),
        (f"{CAPTION} (Photo: Ada Quill/picture alliance)", "Ada Quill/picture alliance"),
        (f"{CAPTION} (AFP)", "AFP"),
        (f"{CAPTION} (seen here in May)", None),
        (f"{CAPTION} (Archivbild)", None),
        (f"{CAPTION} (file photo)", None),
        (f"{CAPTION} (Ada Quill/Saltmouth Post)", "Ada Quill/Saltmouth Post"),
        (f"{CAPTION} (Getty Images for Harbour Pool)", "Getty Images for Harbour Pool"),
        (f"{CAPTION} AFP via Getty Images", "AFP via Getty Images"),
        (f"{CAPTION} AP Photo/Ada Quill", "AP Photo/Ada Quill"),
        (f"{CAPTION} Ada Quill/dpa", "Ada Quill/dpa"),
        (f"{CAPTION} File photo", None),
        (f"{CAPTION} [File: Reuters]", "Reuters"),
        (f"{CAPTION} (File: Ada Quill/AP)", "Ada Quill/AP"),
        (f"{CAPTION} Ada Quill, Associated Press", "Ada Quill, Associated Press"),
        (f"{CAPTION} (Photo: Quill Boats Co.)", "Quill Boats Co."),
        (f"{CAPTION} at the office of Reuters", None),
    ],
)
@pytest.mark.parametrize("tag", ["figcaption", 'p class="caption"', 'p class="credit"'])
def test_a_caption_that_closes_with_its_credit_is_both(tag: str, line: str, credit: str | None) -> None:
    found = pictures(f'<figure><img src="/a.jpg" alt="Pier"><{tag}>{line}</{tag.partition(" ")[0]}></figure>')
    assert found == [("/a.jpg", CAPTION if credit else line, credit)]


@pytest.mark.parametrize(
    ("line", "shown", "credit"),
    [
        (f"{CAPTION} (CBN 9/Ada Quill)", CAPTION, "CBN 9/Ada Quill"),
        (f"{CAPTION} (Ada Quill/gazettecom)", CAPTION, "Ada Quill/gazettecom"),
        (f"{CAPTION} (Ada Quill | aquill@gazette.example)", CAPTION, "Ada Quill | aquill@gazette.example"),
        (f"{CAPTION} Photo Ada Quill", CAPTION, "Ada Quill"),
        (f"{CAPTION} Photo / Ada Quill", CAPTION, "Ada Quill"),
        (f"{CAPTION} Photo / Harbour Pool / File", CAPTION, "Harbour Pool / File"),
        (f"{CAPTION} Image via Harbour Press", CAPTION, "Harbour Press"),
        (f"{CAPTION}<cite>Ada Quill</cite>", CAPTION, "Ada Quill"),
        (f"{CAPTION} <small>Ada Quill</small>", CAPTION, "Ada Quill"),
        (f"<small>{CAPTION}</small>", CAPTION, None),
        (f"{CAPTION} EFE/ Ada Quill", CAPTION, "EFE/ Ada Quill"),
        (f"{CAPTION} (Courtesy: Harbour Pool)", CAPTION, "Harbour Pool"),
        (f"{CAPTION} (Courtesy Harbour Pool)", CAPTION, "Courtesy Harbour Pool"),
        (f"{CAPTION} PHOTO | ADA QUILL", CAPTION, "ADA QUILL"),
        (f"{CAPTION} Photo | FILE", CAPTION, "FILE"),
        (f"{CAPTION} [Ada Quill, Gazette]", CAPTION, "Ada Quill, Gazette"),
        (f"{CAPTION} Special arrangement", CAPTION, "Special arrangement"),
        (f"{CAPTION} [The Quill, by night]", f"{CAPTION} [The Quill, by night]", None),
        (f"{CAPTION} [ΑΔΑ ΚΟΥΙΛ]", CAPTION, "ΑΔΑ ΚΟΥΙΛ"),
        (f"{CAPTION} fot. Ada Quill", CAPTION, "Ada Quill"),
        ("The old pier at dawn - Ada Quill/Harbour Pool", "The old pier at dawn", "Ada Quill/Harbour Pool"),
        ("The old pier at dawn Fotó: Quill Ada / Hírlap", "The old pier at dawn", "Quill Ada / Hírlap"),
        ("The old pier at dawn / ADA QUILL", "The old pier at dawn", "ADA QUILL"),
        ("The old pier at dawn / Foto: Ada Quill", "The old pier at dawn", "Ada Quill"),
        ("The old pier at dawn - Crédits : Ada Quill", "The old pier at dawn", "Ada Quill"),
        ("The old pier at dawn | Fot.: Ada Quill", "The old pier at dawn", "Ada Quill"),
        (f"{CAPTION} Crédit photo Ada Quill", CAPTION, "Ada Quill"),
        (f"{CAPTION} Imagen: Ada Quill", CAPTION, "Ada Quill"),
        (f"{CAPTION} (Forrás: Ada Quill)", CAPTION, "Ada Quill"),
        ("المرفأ القديم عند الفجر (الصورة: سامي حداد)", "المرفأ القديم عند الفجر", "سامي حداد"),
        ("부두의 아침. [사진 출처 = 연합뉴스]", "부두의 아침.", "연합뉴스"),
        ("老街夜景。（图源：新华社）", "老街夜景。", "新华社"),
        (f"{CAPTION} / A. Quill", CAPTION, "A. Quill"),
        (f"{CAPTION} Ada Quill for The Harbour Pool", CAPTION, "Ada Quill for The Harbour Pool"),
        (f"{CAPTION} (Ada Quill para La Dársena)", CAPTION, "Ada Quill para La Dársena"),
        (f"{CAPTION} (Photo A. Q.)", CAPTION, "A. Q"),
        ("The old pier at dawn / at dusk", "The old pier at dawn / at dusk", None),
        ("The pier. A vote for the mayor", "The pier. A vote for the mayor", None),
        ("桟橋の朝＝東京都港区で5日、渡辺りさ撮影", "桟橋の朝＝東京都港区で5日", "渡辺りさ"),
        ("桟橋の朝（写真：共同通信）", "桟橋の朝", "共同通信"),
        ("桟橋の朝＝ヘリから撮影", "桟橋の朝＝ヘリから撮影", None),
        ("桟橋の朝＝港町漁協提供", "桟橋の朝", "港町漁協"),
        ("桟橋の朝（撮影・渡辺りさ）", "桟橋の朝", "渡辺りさ"),
        ("桟橋の朝＝無料で朝食を提供", "桟橋の朝＝無料で朝食を提供", None),
        ("老街夜景。記者游雅筑／攝影", "老街夜景。", "游雅筑"),
        ("老街夜景。新华社记者 王强 摄", "老街夜景。", "王强"),
        ("부두의 아침. /한지우 기자", "부두의 아침.", "한지우 기자"),
        ("부두의 아침. [사진 = 연합뉴스]", "부두의 아침.", "연합뉴스"),
        ("부두의 아침. 사진=연합뉴스", "부두의 아침.", "연합뉴스"),
        ("부두의 아침 /사진=뉴스1", "부두의 아침", "뉴스1"),
        ("부두의 아침. 소금항 시청 제공", "부두의 아침.", "소금항 시청"),
        ("부두의 아침. 한강일보 자료사진", "부두의 아침.", "한강일보 자료사진"),
        ("시장은 자료를 모두 시민에게 제공", "시장은 자료를 모두 시민에게 제공", None),
        ("The mayor with her deputy (Ada Quill)", "The mayor with her deputy (Ada Quill)", None),
        ("The pier, then and now - in Saltmouth/Gull Point", "The pier, then and now - in Saltmouth/Gull Point", None),
    ],
)
def test_a_credit_that_no_colon_announces_closes_a_caption(line: str, shown: str | None, credit: str | None) -> None:
    found = pictures(f'<figure><img src="/a.jpg" alt="Pier"><figcaption>{line}</figcaption></figure>')
    assert found == [("/a.jpg", shown, credit)]


@pytest.mark.parametrize(
    ("language", "line", "shown", "credit"),
    [
        ("ja", "桟橋の朝（5日、港町）＝共同", "桟橋の朝（5日、港町）", "共同"),
        ("ja", "朝の桟橋に並ぶ船＝ＡＰ", "朝の桟橋に並ぶ船", "ＡＰ"),
        ("ar", "وزير الصحة خلال مؤتمر صحفي في عمّان / رويترز", "وزير الصحة خلال مؤتمر صحفي في عمّان", "رويترز"),
        ("ar", "ليلى منصور / رويترز", None, "ليلى منصور / رويترز"),
        ("de", "Der alte Pier am Montag früh / Reuters", "Der alte Pier am Montag früh", "Reuters"),
    ],
)
def test_an_agency_closes_a_caption_without_a_stop(language: str, line: str, shown: str | None, credit: str) -> None:
    story = STORIES[language]
    figure = f'<figure><img src="/a.jpg"><figcaption>{line}</figcaption></figure>'
    found = read(page(paragraphs(*story[:2]) + figure + paragraphs(*story[2:]), language=language))
    assert [(i.caption, i.credit) for i in found.images] == [(shown, credit)]
    said = clean("\n\n".join([*story[:2], line, *story[2:]]))
    assert line not in said.body
    assert [(i.caption, i.credit) for i in said.images] == ([(shown, credit)] if shown else [])


def test_who_writes_and_took_the_picture_is_its_credit() -> None:
    figure = (
        f'<figure><img src="/a.jpg"><figcaption><div class="image-description__caption">{CAPTION}</div>'
        '<div class="image-description__author">Ada Quill</div></figcaption></figure>'
    )
    byline = '<p class="byline">By <a rel="author" href="/ada">Ada Quill</a></p>'
    found = read(page(byline + figure + paragraphs(*STORY)))
    assert [(i.caption, i.credit) for i in found.images] == [(CAPTION, "Ada Quill")]
    assert found.authors == ("Ada Quill",)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("- Ada Quill", "Ada Quill"),
        ("Ảnh: Ada Quill", "Ada Quill"),
        ("Фотограф: Ada Quill", "Ada Quill"),
        ("사진=한지우 기자", "한지우 기자"),
        ("Beeld: Ada Quill / Gazette", "Ada Quill / Gazette"),
        ("Fotos: Ada Quill, Ben Tarr", "Ada Quill, Ben Tarr"),
        ("Immagine: Ada Quill", "Ada Quill"),
        ("Источник фото: Ада Квилл", "Ада Квилл"),
        ("Bildquelle Ada Quill", "Ada Quill"),
        ("Image Source Saltmouth", "Image Source Saltmouth"),
        ("Bildrechte: SKR/Ada Quill", "SKR/Ada Quill"),
        ("Bildnachweis: Ada Quill", "Ada Quill"),
        ("Fotograf: Ada Quill", "Ada Quill"),
        ("Photographer: Ada Quill", "Ada Quill"),
        ("© Foto: Ada Quill (SKR)", "Ada Quill (SKR)"),
        ("(Foto: SKR/Ada Quill (cropped by the Gazette))", "SKR/Ada Quill (cropped by the Gazette)"),
        ("Photograph by Ada Quill for the Harbour Pool of Saltmouth.", "Ada Quill for the Harbour Pool of Saltmouth"),
        ("Photography by Ada Quill", "Ada Quill"),
        ("Foto: Ada Quill. Styling: Ben Tarr. Hair: Cleo Wynn.", "Ada Quill. Styling: Ben Tarr. Hair: Cleo Wynn"),
        ("© picture alliance / Ada Quill", "picture alliance / Ada Quill"),
        ("Foto Ada Quill", "Ada Quill"),
        ("Ada Quill. Prop styling by Ben Tarr at Wynn and Co.", "Ada Quill. Prop styling by Ben Tarr at Wynn and Co."),
        ("Photo prise lundi par Ada Quill", "Ada Quill"),
        ("Sourcewell Pictures", "Sourcewell Pictures"),
        ("Fotopress Saltmouth", "Fotopress Saltmouth"),
    ],
)
def test_a_credit_is_without_its_label_and_whole(line: str, credit: str) -> None:
    figure = f'<figure><img src="/a.jpg"><figcaption>{CAPTION} <span class="credit">{line}</span></figcaption></figure>'
    assert pictures(figure) == [("/a.jpg", CAPTION, credit)]


def test_an_alternative_text_that_is_printed_with_the_credit_is_a_caption() -> None:
    shown = "Norah Quill leads the brass band over the pier on Monday"
    card = f'<div><img src="/a.jpg" alt="{shown}"><div><div><small>{shown} </small> <small>© Ada Quill</small></div></div></div>'
    assert pictures(card) == [("/a.jpg", shown, "Ada Quill")]


@pytest.mark.parametrize("label", ["Credit", "Image copyright", "Foto"])
def test_a_label_that_stands_alone_announces_the_credit(label: str) -> None:
    figure = f'<figure><img src="/a.jpg"><figcaption>{CAPTION}{{}}</figcaption></figure>'
    for line in (f'<span class="credit">{label}</span>: Ada Quill', f'<p class="credit">{label}</p><p>Ada Quill</p>'):
        assert pictures(figure.format(f" {line}")) == [("/a.jpg", CAPTION, "Ada Quill")]


def test_a_caption_is_without_the_word_that_calls_it_one() -> None:
    for word in ("Legende:", "Bildunterschrift:", "Caption:", "Légende :"):
        figure = f'<figure><img src="/a.jpg"><figcaption>{word} {CAPTION}</figcaption></figure>'
        assert pictures(figure) == [("/a.jpg", CAPTION, None)]
    empty = read_with(content='<figure><img src="/a.jpg"><figcaption>Legende:</figcaption></figure>')
    assert [(i.url, i.caption) for i in empty.images] == [(f"{CITY}/a.jpg", None)]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Boats wait in line at the quay of Saltmouth AFP via Getty Images", "AFP via Getty Images"),
        ("Boats wait in line at the quay of Saltmouth Getty Images", "Getty Images"),
    ],
)
def test_a_credit_without_a_label_closes_a_caption_without_a_stop(line: str, credit: str) -> None:
    shown = line.removesuffix(f" {credit}")
    assert pictures(f'<figure><img src="/a.jpg"><figcaption>{line}</figcaption></figure>') == [
        ("/a.jpg", shown, credit)
    ]


@pytest.mark.parametrize(
    ("language", "line", "shown", "credit"),
    [
        ("fr", "Photo Ada Quill", None, "Ada Quill"),
        ("en", "Photos Ada Quill", None, "Ada Quill"),
        ("fr", "La jetée après la tempête Photo Ada de la Quill", "La jetée après la tempête", "Ada de la Quill"),
        ("it", "Il molo dopo la burrasca Foto Ada Quill", "Il molo dopo la burrasca", "Ada Quill"),
        ("fr", "La jetée. Photo prise lundi par Ada Quill", "La jetée.", "Ada Quill"),
        ("fr", "Photo prise le 4 mai 2026 sur la jetée", "Photo prise le 4 mai 2026 sur la jetée", None),
        ("es", "El muelle al alba. Cedida por Ada Quill", "El muelle al alba.", "Cedida por Ada Quill"),
        ("de", "Sie zeigt das letzte Foto Ada Quills", "Sie zeigt das letzte Foto Ada Quills", None),
        ("fr", "Photo de famille", "Photo de famille", None),
    ],
)
def test_a_word_for_a_picture_and_a_name_are_a_credit(language: str, line: str, shown: str, credit: str) -> None:
    figure = f'<figure><img src="/a.jpg"><figcaption>{line}</figcaption></figure>'
    story = STORIES[language]
    (image,) = read(page(paragraphs(*story[:3]) + figure + paragraphs(*story[3:]), language=language)).images
    assert (image.caption, image.credit) == (shown, credit)


@pytest.mark.parametrize(
    "line",
    ["Getty Images", "Ada Quill/Harbour Pool", "(Ada Quill / For The Gazette)", "EPA", "Ada Quill, ASSOCIATED PRESS"],
)
def test_a_caption_that_is_a_credit_and_nothing_else(line: str) -> None:
    figure = f'<figure><img src="/a.jpg"><figcaption>{line}</figcaption></figure>'
    assert pictures(figure) == [("/a.jpg", None, line.strip("()"))]


@pytest.mark.parametrize(
    ("told", "alt"),
    [
        ("&lt;p&gt;The pier &amp;amp; the sea &lt;/p&gt;", "The pier & the sea"),
        ("IMG_0012.jpg", None),
        ("null", None),
        ("A picture of the pier", "A picture of the pier"),
    ],
)
def test_an_alternative_text_is_plain_and_says_something(told: str, alt: str | None) -> None:
    assert [i.alt for i in read_with(content=f'<img src="/a.jpg" alt="{told}">').images] == [alt]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("<p><img src='/a.jpg'></p><p><em>The pier at dawn. (Photo: Ada Quill/Gazette)</em></p>", "The pier at dawn.", "Ada Quill/Gazette"),
        ("<p><img src='/a.jpg'></p><p>The crew sets the first pile of the new pier on Monday. Photo: Ada Quill</p>", "The crew sets the first pile of the new pier on Monday.", "Ada Quill"),
        ("<p><img src='/a.jpg' alt=''><br><small>The pier at dawn | © Ada Quill</small></p>", "The pier at dawn", "Ada Quill"),
        ("<p><img src='/a.jpg'><br>The pier at dawn, which nobody will see again. © Ada Quill</p>", "The pier at dawn, which nobody will see again.", "Ada Quill"),
    ],
)  # fmt: skip
def test_a_line_right_under_a_picture_that_closes_with_its_credit_is_its_caption(
    line: str, caption: str, credit: str
) -> None:
    assert pictures(line) == [("/a.jpg", caption, credit)]


def test_lines_in_italics_right_under_several_pictures_are_their_captions() -> None:
    shown = ["The pier in March, before the storm.", "The pier in April"]
    lines = "".join(f"<p><img src='/{i}.jpg'></p><p><em>{text}</em></p>" for i, text in enumerate(shown))
    assert pictures(lines) == [("/0.jpg", shown[0], None), ("/1.jpg", shown[1], None)]


def test_numbered_lines_under_the_pictures_of_a_gallery_are_captions() -> None:
    items = "".join(f"<li><img src='/{i}.jpg'><p>{i}/3 The pier in {i} winds. Ada Quill</p></li>" for i in (1, 2, 3))
    assert [url for url, _, _ in pictures(f"<ul>{items}</ul>")] == ["/1.jpg", "/2.jpg", "/3.jpg"]


@pytest.mark.parametrize(
    "line",
    [
        "<p><img src='/a.jpg'></p><p><em>Nobody saw the pier go, and nobody will see it come back.</em></p>",
        "<p><img src='/a.jpg'></p><p>The harbour office sells the prints, and each has on its back: © Saltmouth.</p>",
        "<p>The crew took the photo: it shows the last of eleven piles, said the harbour master. (Ada Quill)</p>",
        "<p><img src='/a.jpg'></p><p>1/3 of the pier is gone, and the rest will follow by spring, the crew says.</p>",
    ],
)
def test_a_sentence_under_a_picture_is_story_where_nothing_else_says_caption(line: str) -> None:
    text = line.rpartition("<p>")[2].replace("<em>", "").replace("</em>", "").removesuffix("</p>")
    assert text in read(page(paragraphs(*STORY[:3]) + line + paragraphs(*STORY[3:]))).body


LEADS = {
    "in a box of its own": '<figure><div class="holder"><img src="/a.jpg"></div><figcaption>{}</figcaption></figure>',
    "beside its caption": '<div><figure><img src="/a.jpg"></figure><figcaption>{}</figcaption></div>',
    "with a button": '<figure><div><img src="/a.jpg"></div><button>Enlarge</button><figcaption><p>{}</p><p><a href="/p">more &gt;</a></p></figcaption></figure>',
}


@pytest.mark.parametrize("figure", LEADS.values(), ids=LEADS)
def test_the_picture_above_the_story_is_one_of_its_own_however_it_is_framed(figure: str) -> None:
    above = f'<main><h1>{HEADLINE}</h1>{figure.format(CAPTION)}<h2>Share</h2><div class="article-body">'
    cards = (
        "<div><p>A new lamp at Gull Point will be lit on Friday by the keeper of the old one, who is ninety.</p></div>"
    )
    found = read(page(paragraphs(*STORY), headline=None, around=(above, f"</div>{cards * 2}</main>")))
    assert found.body == "\n\n".join(STORY)
    assert [(i.url, i.caption, i.credit) for i in found.images] == [(f"{CITY}/a.jpg", CAPTION, None)]


FRAMES = {  # as publishing systems set the picture over a story, without a figure
    "a class for the caption": '<div class="media"><img src="/a.jpg"></div><p class="news-img-caption">{}</p>',
    "the credit beside it": '<div class="foto"><img src="/a.jpg"><p class="image-caption">{} <span>Foto: Ada Quill</span></p></div>',
    "a credit at its end": '<div class="top"><img src="/a.jpg"><div class="top__title">{} Photo: Ada Quill</div></div>',
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("heading", ["<h1>{}</h1>", '<h2><span class="headline">{}</span></h2>'])
def test_the_picture_above_the_story_needs_no_figure(heading: str, frame: str) -> None:
    logo = '<div><img src="/logo.png"></div><p>On Sundays too</p><div><img src="/share.png"></div>'
    above = (
        f'<main>{logo}{heading.format(HEADLINE)}<img src="/bar.png">{frame.format(CAPTION)}<div class="article-body">'
    )
    cards = (
        "<div><p>A new lamp at Gull Point will be lit on Friday by the keeper of the old one, who is ninety.</p></div>"
    )
    found = read(page(paragraphs(*STORY), headline=None, around=(above, f"</div>{cards * 2}</main>")))
    assert found.body == "\n\n".join(STORY)
    assert [(i.url, i.caption) for i in found.images] == [(f"{CITY}/a.jpg", CAPTION)]


HEAD = '<meta property="og:image" content="https://www.gazette.example/files/old-pier.jpg?w=1200">'
ABOVE = {  # and whether it is the story's
    "of another size": ('<div class="hero"><img src="/files/old-pier-1024x683.jpg" alt="Pier"></div>', True),
    "loaded late": (
        f'<div><img src="{BLANK}" data-src="/next/image?url=%2Ffiles%2Fold-pier-1024x683.jpg&amp;w=640"></div>', True
    ),
    "another picture": ('<div class="hero"><img src="/files/new-lamp.jpg" alt="Lamp"></div>', False),
    "in the menu": ('<nav><a href="/p"><img src="/files/old-pier.jpg" alt="Pier"></a></nav>', False),
    "once more in the story": ('<div><img src="/files/old-pier-90x60.jpg" alt="Pier"></div>', None),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "ours"), ABOVE.values(), ids=ABOVE)
def test_the_picture_above_the_story_that_the_pages_data_tell_of_needs_no_caption(
    markup: str, ours: bool | None
) -> None:
    inside = '<p><img src="/files/old-pier.jpg"></p>' if ours is None else ""
    story = paragraphs(*STORY[:2]) + inside + paragraphs(*STORY[2:])
    above = f'<main><h1>{HEADLINE}</h1>{markup}<div class="article-body">'
    html = page(story, headline=None, around=(above, "</div></main>")).replace("</head>", f"{HEAD}</head>")
    found = read(html)
    assert found.body == "\n\n".join(STORY)
    assert len(found.images) == (ours is not False)
    assert all("old-pier" in (i.url or "") and "90x60" not in (i.url or "") for i in found.images)


@pytest.mark.parametrize("place", ["above", "inside"])
def test_whose_a_picture_is_that_the_class_of_its_line_tells(place: str) -> None:
    lines = f'<div><p>{CAPTION}</p></div><span class="credit"><span class="byline">ADA QUILL, GAZETTE</span></span>'
    figure = f'<figure><img src="/a.jpg"><figcaption class="caption">{lines}</figcaption></figure>'
    opens, inside = (figure, "") if place == "above" else ("", figure)
    above = f'<main><h1>{HEADLINE}</h1>{opens}<div class="article-body">'
    story = paragraphs(*STORY[:2]) + inside + paragraphs(*STORY[2:])
    found = read(page(story, headline=None, around=(above, "</div></main>")))
    assert [(i.url, i.caption, i.credit) for i in found.images] == [(f"{CITY}/a.jpg", CAPTION, "ADA QUILL, GAZETTE")]


@pytest.mark.parametrize(
    "portrait",
    [
        '<figure><a href="/ada"><img src="/b.jpg" alt="Ada Quill"></a><figcaption>Ada Quill</figcaption></figure>',
        '<a href="/ada"><img src="/b.jpg" alt="Photo of Ada Quill"></a>',
        '<div><img class="author_image" src="/b.jpg"></div>',
        '<div class="byline-thumbnail"><img src="/b.jpg"></div>',
    ],
)
def test_the_authors_portrait_is_no_picture_of_the_story(portrait: str) -> None:
    data = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Quill"}}
    shown = '<figure><img src="/a.jpg" alt="The pier (Photo: Ada Quill)"></figure>'
    found = read(page(portrait + paragraphs(*STORY[:3]) + shown + paragraphs(*STORY[3:]), data=data))
    assert [(i.url, i.caption) for i in found.images] == [(f"{CITY}/a.jpg", None)]


def test_questions_in_italics_are_story_though_pictures_stand_over_some() -> None:
    asked = ["When did the pier go?", "Who saw it?", "What comes now?", "And the ferry?"]
    lines = "".join(
        f"{'<p><img src=/a.jpg></p>' if i % 2 else ''}<p><em>{question}</em></p><p>{STORY[i]}</p>"
        for i, question in enumerate(asked)
    )
    found = read(page(lines))
    assert found.body == "\n\n".join(text for pair in zip(asked, STORY, strict=False) for text in pair)


@pytest.mark.parametrize(
    "control", ["<a href='#'>Enlarge this image</a>", "<button>Zoom in on it</button>", "<p>Hide caption</p>"]
)
def test_what_a_caption_has_to_click_on_is_none_of_it(control: str) -> None:
    frame = f"<figure><img src='/a.jpg'><figcaption><div>{control}</div><p>{CAPTION}</p></figcaption></figure>"
    assert pictures(frame) == [("/a.jpg", CAPTION, None)]


WORD = '<span style="font-weight: 400;">'


@pytest.mark.parametrize(
    ("content", "caption", "credit"),
    [
        (
            f"{WORD}The ferry </span><em>{WORD}Aurora Bay</span></em>{WORD} leaves the quay. Photo: Ada Quill</span>",
            "The ferry Aurora Bay leaves the quay.",
            "Ada Quill",
        ),
        (
            f"{WORD}The tulip tree (</span><i>{WORD}Liriodendron tulipifera</span></i>{WORD}) grows in the park.</span>",
            "The tulip tree (Liriodendron tulipifera) grows in the park.",
            None,
        ),
        (
            f"{WORD}The ferry leaves the </span>{WORD}coal quay</span>{WORD}, ten minutes late</span>",
            "The ferry leaves the coal quay, ten minutes late",
            None,
        ),
        (
            f'{WORD}The ferry at </span><a href="/q">{WORD}Coal Quay</span></a>{WORD} at nine. (Ada Quill / Pool)</span>',
            "The ferry at Coal Quay at nine.",
            "Ada Quill / Pool",
        ),
        (
            "<div class='Figure-credit'>Ada Quill</div><span>/</span><div class='Figure-source'>WHBR</div><p>The ferry at dawn.</p>",
            "The ferry at dawn.",
            "Ada Quill/WHBR",
        ),
        (
            f"{WORD}The ferry leaves the coal quay</span> {WORD}picture alliance/dpa</span>",
            "The ferry leaves the coal quay",
            "picture alliance/dpa",
        ),
    ],
)
def test_a_caption_set_in_pieces_is_one(content: str, caption: str, credit: str | None) -> None:
    picture = f'<figure><img src="/a.jpg" width="640"><figcaption>{content}</figcaption></figure>'
    found = read(page(paragraphs(*STORY[:3]) + picture + paragraphs(*STORY[3:])))
    assert [(image.caption, image.credit) for image in found.images] == [(caption, credit)]


def test_a_box_of_a_credited_picture_below_the_story_is_none_of_it() -> None:
    box = '<aside><div><img src="/b.jpg"></div><div class="image--caption">Photo: Ada Quill / Saltmouth Gazette</div></aside>'
    story = "".join(f"<p>{{{n}}}</p>" for n in range(len(STORY)))
    assert read(sheet(f"<article>{story}</article>", below=box)).body == "\n\n".join(STORY)


@pytest.mark.parametrize(
    ("content", "caption", "credit"),
    [
        (f'<img src="/a.jpg" data-caption="{CAPTION}" data-credit="Photo: Petra Vane">', CAPTION, "Petra Vane"),
        (f'<img src="/a.jpg" data-image-caption="&lt;p&gt;{CAPTION} Photo: Petra Vane&lt;/p&gt;">', CAPTION, "Petra Vane"),
        (f'<img src="/a.jpg"><div class="cw" data-c-caption="{CAPTION}" data-c-credit="Petra Vane, The Gazette"></div>', CAPTION, "Petra Vane, The Gazette"),
        (f'<img src="/a.jpg" data-caption="Another one" data-credit="Nobody"><figcaption>{CAPTION} Photo: Petra Vane</figcaption>', CAPTION, "Petra Vane"),
        ('<img src="/a.jpg"><div class="ad" data-c-caption="Buy this">Advertisement</div>', None, None),
    ],
)  # fmt: skip
def test_what_the_data_of_an_element_tell_of_its_picture(content: str, caption: str | None, credit: str | None) -> None:
    assert pictures(f"<figure>{content}</figure>") == [("/a.jpg", caption, credit)]


@pytest.mark.parametrize("parting", [" / ", "/", " | "])
def test_a_credit_of_a_name_and_an_outlet_in_an_element_within_it(parting: str) -> None:
    told = f'<div class="Figure-attribution">Petra Vane<span class="Figure-source">{parting}Saltmouth Public Radio</span></div>'
    frame = f'<figure><img src="/a.jpg"><div class="told">{told}<figcaption>{CAPTION}</figcaption></div></figure>'
    assert pictures(frame) == [("/a.jpg", CAPTION, "Petra Vane/Saltmouth Public Radio")]


@pytest.mark.parametrize("width", ["9" * 5000, "²", "-3", "100%"])
def test_a_width_that_is_no_number_of_points_says_nothing(width: str) -> None:
    assert pictures(f'<img src="/a.jpg" width="{width}" height="{width}">') == [("/a.jpg", None, None)]


@pytest.mark.parametrize(("address", "shown"), [("/styles/38x38/a.jpg", 0), ("/a-40x40.jpg", 0), ("/crop-16x9/a.jpg", 1), ("/640x640/a.jpg", 1)])  # fmt: skip
def test_a_file_as_small_and_square_as_portraits_are_is_no_picture(address: str, shown: int) -> None:
    assert len(pictures(f'<div><img src="{address}"></div>')) == shown

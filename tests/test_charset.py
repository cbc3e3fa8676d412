"""Every charset, declared right, wrong, late or nowhere, comes out as the text that was written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.charset import codec_of
from extractors.page import Page

URL = "https://news.example/story"

HEBREW = (
    "מועצת העיר אישרה אמש את תוכנית הפארק החדש לאורך הנחל, אחרי דיון שנמשך חמש שעות. תושבי השכונה הצפונית ביקשו "
    "להשאיר את השביל הישן פתוח גם בזמן העבודות, וראש העירייה הבטיחה שכך יהיה. העבודות יתחילו באביב ויימשכו שנתיים."
)
UKRAINIAN = (
    "Міська рада вночі підтримала план нового парку вздовж річки після п'ятигодинного обговорення. Мешканці північного "
    "району просили не закривати стару стежку, і міська голова пообіцяла, що її збережуть. Роботи почнуться навесні."
)
RUSSIAN = (
    "Городской совет ночью одобрил план нового парка вдоль реки после пятичасового обсуждения. Жители северного района "
    "просили не закрывать старую тропу, и глава города пообещала её сохранить. Работы начнутся весной и займут два года."
)
CHINESE = (
    "市议会昨晚经过五个小时的讨论，通过了沿河新公园的计划。北区居民希望施工期间仍然开放旧步道，市长答应了这个要求。"
    "工程将于明年春天开始，预计需要两年时间，费用由市政府和一家本地基金会共同承担。"
)
TAIWANESE = (
    "市議會昨晚經過五個小時的討論，通過了沿河新公園的計畫。北區居民希望施工期間仍然開放舊步道，市長答應了這個要求。"
    "工程將於明年春天開始，預計需要兩年時間，費用由市政府和一家本地基金會共同承擔。"
)
JAPANESE = (
    "市議会は昨夜、五時間の審議のすえ、川沿いの新しい公園の計画を認めた。北地区の住民は工事のあいだも古い小道を"
    "通れるようにしてほしいと求め、市長はそれを約束した。工事は来年の春に始まり、二年かかる見込みだ。"
)
KOREAN = (
    "시의회는 어젯밤 다섯 시간의 논의 끝에 강변 새 공원 계획을 승인했다. 북쪽 동네 주민들은 공사 중에도 옛 산책로를 "
    "열어 달라고 요청했고 시장은 그렇게 하겠다고 약속했다. 공사는 내년 봄에 시작해 이 년이 걸릴 전망이다."
)
GREEK = (
    "Το δημοτικό συμβούλιο ενέκρινε χθες το βράδυ το σχέδιο για το νέο πάρκο δίπλα στο ποτάμι, έπειτα από πέντε ώρες "
    "συζήτησης. Οι κάτοικοι ζήτησαν να μείνει ανοιχτό το παλιό μονοπάτι και η δήμαρχος το υποσχέθηκε."
)
POLISH = (
    "Rada miasta przyjęła w nocy plan nowego parku nad rzeką po pięciu godzinach dyskusji. Mieszkańcy północnej dzielnicy "
    "prosili, żeby ścieżka pozostała otwarta także podczas robót, a burmistrzyni obiecała, że tak będzie."
)
FRENCH = (
    "Le conseil municipal a adopté cette nuit le projet d’un nouveau parc le long de la rivière, après cinq heures de "
    "débat. Les habitants du quartier nord ont demandé que l’ancien sentier reste ouvert pendant les travaux."
)


def page(text: str, declared: str | None = None, *, late: bool = False) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    filler = "<!-- " + "x" * 6000 + " -->" if late else ""
    return f"<!DOCTYPE html><html><head>{filler}{meta}<title>t</title></head><body><p>{text}</p></body></html>"


# text, the codec of its bytes, what the page declares, what the header declares, whether the declaration stands late
MATRIX = [
    pytest.param(*row, id="-".join(str(part) for part in row[1:] if part))
    for row in (
        (HEBREW, "cp1255", "windows-1255", None, False),
        (HEBREW, "cp1255", "windows-1255", None, True),
        (HEBREW, "cp1255", None, "windows-1255", False),
        (HEBREW, "cp1255", None, None, False),
        (HEBREW, "cp1255", "utf-8", None, False),
        (HEBREW, "cp1255", "iso-8859-1", None, False),
        (HEBREW, "iso8859-8", "iso-8859-8-i", None, False),
        (HEBREW, "utf-8", "windows-1255", None, False),
        (HEBREW, "utf-16-le", None, None, False),
        (UKRAINIAN, "cp1251", "windows-1251", None, False),
        (UKRAINIAN, "cp1251", None, None, False),
        (UKRAINIAN, "koi8-u", "koi8-u", None, False),
        (UKRAINIAN, "koi8-u", None, "koi8-u", False),
        (UKRAINIAN, "utf-8", "koi8-u", "windows-1251", False),
        (RUSSIAN, "cp1251", "utf-8", None, False),
        (RUSSIAN, "cp1251", "windows-1251", "iso-8859-1", False),
        (RUSSIAN, "koi8-r", "koi8-r", None, True),
        (RUSSIAN, "cp866", None, "ibm866", False),
        (CHINESE, "gb18030", "gb2312", None, False),
        (CHINESE, "gb18030", None, None, False),
        (CHINESE, "gb18030", "gbk", None, True),
        (CHINESE, "utf-16", "utf-16", None, False),
        (CHINESE, "utf-16-be", "utf-8", None, False),
        (TAIWANESE, "big5", "big5", None, False),
        (TAIWANESE, "big5", None, None, False),
        (JAPANESE, "shift_jis", "Shift_JIS", None, False),
        (JAPANESE, "shift_jis", None, None, False),
        (JAPANESE, "euc_jp", "x-euc-jp", None, False),
        (JAPANESE, "euc_jp", None, None, False),
        (JAPANESE, "iso2022_jp", "iso-2022-jp", None, False),
        (JAPANESE, "utf-8-sig", "shift_jis", None, False),
        (KOREAN, "cp949", "euc-kr", None, False),
        (KOREAN, "cp949", None, None, False),
        (GREEK, "cp1253", "windows-1253", None, False),
        (GREEK, "iso8859-7", None, "iso-8859-7", False),
        (POLISH, "iso8859-2", "iso-8859-2", None, False),
        (FRENCH, "cp1252", "iso-8859-1", None, False),
        (FRENCH, "cp1252", None, None, False),
        (FRENCH, "utf-8", "iso-8859-1", "us-ascii", False),
    )
]


@pytest.mark.parametrize(("text", "codec", "declared", "header", "late"), MATRIX)
def test_text_is_right_whatever_the_charset_and_its_label(
    text: str, codec: str, declared: str | None, header: str | None, late: bool
) -> None:
    data = page(text, declared, late=late).encode(codec)
    assert Page.parse(data, URL, encoding=header).select("p") == [text]


LATIN = {
    "cp1252": (
        "Borgmästaren sade att skolan öppnar igen om några dagar. Barnen får gå i hallen tills taket är färdigt – på måndag.",
        "El alcalde dijo que la escuela reabrirá «en pocos días». ¿Quién pagará? El año próximo se sabrá, según el 1º edil.",
        "A prefeita disse que a escola reabrirá em três dias. A decisão não é fácil, e a população espera há um ano.",
        "Borgmesteren sagde, at skolen åbner igen om få dage. Børnene må gå i hallen, indtil taget er færdigt.",
        "Mais la réunion n’a rien donné, a reconnu l’adjointe à l’issue du vote, et l’école restera fermée jusqu’à Noël.",
        "Le président a dit\xa0«\xa0très bientôt\xa0» et «\xa0peut-être\xa0», à la fin, et l’été passé «\xa0jamais\xa0».",
        "De heropening was een naïef idee, vond één raadslid. De kosten van het café – € 40.000 – zijn bijna het dubbele.",
        "The mayor’s aide, Zoë Hart, met José Muñoz of São Paulo at the café. A naïve plan, its critics said – and a costly one.",
    ),
    "cp1250": (
        "Starosta řekl, že škola se znovu otevře „během několika dnů“. Žáci se učí v tělocvičně – až do pondělí.",
        "A tetőt hétfőig javítják, közölte a polgármester, és a költség csaknem kétszerese a vártnak. Az iskola őszig zárva.",
        "Wójt powiedział, że szkoła zostanie otwarta „za kilka dni”. Koszt naprawy dachu wynosi 40 tysięcy złotych.",
        "Popravilo strehe stane štirideset tisoč evrov, žal več, kot so pričakovali. Učenci so v telovadnici.",
        "Primarul a spus că şcoala se va redeschide în câteva zile. Elevii învaţă în sala de sport până luni.",
    ),
    "iso8859-2": (
        "Żaden z uczniów nie zdążył się spóźnić: szkołę otwarto później, niż zapowiadał wójt, więc w środę.",
    ),
    "cp1254": (
        "Belediye başkanı okulun yeniden açılacağını söyledi. Çatının onarım bedeli beklenenin neredeyse iki katı.",
    ),
    "cp1257": (
        "Meras pranešė, kad mokykla vėl bus atidaryta per kelias dienas. Žmonės tikisi, kad darbai bus baigti šį rudenį.",
        "Mērs sacīja, ka skola atkal tiks atvērta dažu dienu laikā. Ļaudis cer, ka darbi beigsies šoruden.",
    ),
}


@pytest.mark.parametrize("declared", [None, "utf-8"])
@pytest.mark.parametrize(("codec", "text"), [(codec, text) for codec, texts in LATIN.items() for text in texts])
def test_letters_tell_the_charset_of_a_page_in_latin_letters(codec: str, text: str, declared: str | None) -> None:
    data = page(text, declared).encode(codec)
    assert Page.parse(data, URL).select("p") == [text.replace("\xa0", " ")]


@pytest.mark.parametrize(
    "label",
    [
        "rot13",
        "base64",
        "hex",
        "zip",
        "idna",
        "undefined",
        "unicode_escape",
        "utf-7",
        "punycode",
        "nonsense",
        "\0",
        "é",
    ],
)
@pytest.mark.parametrize("place", ["page", "header", "both"])
def test_a_label_that_is_no_charset_says_nothing(label: str, place: str) -> None:
    assert codec_of(label) is None
    text = f"{HEBREW} \\x3cscript\\x3e +ADw-b+AD4-"
    html = page(text, label if place != "header" else None)
    parsed = Page.parse(html.encode(), URL, encoding=label if place != "page" else None)
    assert parsed.select("p") == [text]
    assert not parsed.nodes("body script, b")


@pytest.mark.parametrize("declared", ["utf-8", None, "windows-1251"])
def test_a_few_broken_bytes_leave_a_page_utf8(declared: str | None) -> None:
    data = page(UKRAINIAN, declared).encode().replace("рада".encode(), "рад".encode() + b"\xd0", 1)
    (text,) = Page.parse(data, URL).select("p")
    assert text == UKRAINIAN.replace("рада", "рад\ufffd", 1)


def test_broken_bytes_in_an_english_page_declared_utf8() -> None:
    data = page("The mayor said “yes” to the park § and left.", "utf-8").encode().replace("§".encode(), b"\xa7")
    assert Page.parse(data, URL).select("p") == ["The mayor said “yes” to the park \ufffd and left."]


def test_a_page_declared_utf8_that_is_windows_1252() -> None:
    data = page("The mayor said “yes” to the park and left.", "utf-8").encode("cp1252")
    assert Page.parse(data, URL).select("p") == ["The mayor said “yes” to the park and left."]


def test_valid_utf8_is_handed_to_the_parser_as_it_is() -> None:
    data = page(JAPANESE, "utf-8").encode()
    assert Page.parse(data, URL).html is data


SPANISH = "La alcaldía pagará los árboles del parque, dijo Núñez. El año próximo habrá más, según él. ÁRBOLES YA."
POUNDS = "The park costs £40,000, and nobody knows who will pay."


@pytest.mark.parametrize("text", [FRENCH, GREEK, JAPANESE, "The mayor’s “yes” – to the park.", SPANISH, POUNDS])
def test_a_page_that_was_encoded_twice_is_read_once(text: str) -> None:
    story = text if text in (SPANISH, POUNDS) else f"{text} It’s “late”."
    twice = page(story, "utf-8").encode().decode("latin-1")
    assert Page.parse(twice.encode(), URL).select("p") == [story]
    assert Page.parse(twice, URL).select("p") == [story]


@pytest.mark.parametrize(
    "text", ["SÃO PAULO – a cidade não dorme, diz o prefeito.", "NÃO à taxa, SÃO favas contadas.", "Âge d'or"]
)
def test_letters_that_a_second_encoding_makes_too_stay_where_there_was_none(text: str) -> None:
    data = page(text, "utf-8").encode()
    assert Page.parse(data, URL).html is data
    assert Page.parse(data.decode(), URL).select("p") == [text]


def test_a_page_of_which_a_part_was_encoded_twice_stays_as_it_is() -> None:
    text = f"{JAPANESE} " + "’".encode().decode("latin-1")
    data = page(text, "utf-8").encode()
    assert Page.parse(data, URL).html is data


def test_a_declaration_cannot_make_the_parser_reread_utf8() -> None:
    data = b'<?xml version="1.0" encoding="koi8-r"?>' + page(RUSSIAN, "windows-1251").encode()
    assert Page.parse(data, URL, encoding="iso-8859-5").select("p") == [RUSSIAN]


def test_a_string_is_taken_as_decoded() -> None:
    parsed = Page.parse("\ufeff" + page(f"{HEBREW} \ud83d\ude00 \ud800", "windows-1251"), URL)
    assert parsed.select("p") == [f"{HEBREW} 😀 \ufffd"]


def test_charset_detection_is_loaded_only_when_it_is_needed() -> None:
    script = (
        "import sys; from extractors.page import Page; Page.parse('<p>\u05d0</p>'.encode(), 'u');"
        "sys.exit('charset_normalizer' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0

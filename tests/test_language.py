"""The language of an article: what is claimed, what the script allows, what the text shows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.engine.language import declared, identify, language_of
from extractors.engine.scripts import script_of
from extractors.page import Page

TEXTS = {
    "en": "The council voted late on Tuesday to keep the old ferry running through the winter, despite the cost.",
    "de": "Der Rat stimmte am späten Dienstag dafür, die alte Fähre trotz der Kosten auch im Winter fahren zu lassen.",
    "fr": "Le conseil a décidé mardi soir de maintenir le vieux bac en service tout l'hiver, malgré le coût élevé.",
    "es": "El concejo decidió el martes por la noche mantener el viejo transbordador durante el invierno, pese al coste.",
    "it": "Il consiglio ha deciso martedì sera di mantenere in servizio il vecchio traghetto anche durante l'inverno.",
    "pt": "A câmara decidiu na noite de terça-feira manter a velha balsa em funcionamento durante todo o inverno.",
    "pl": "Rada zdecydowała we wtorek wieczorem, że stary prom będzie kursował także zimą, mimo wysokich kosztów.",
    "ru": "Совет поздно вечером во вторник решил оставить старый паром на линии и зимой, несмотря на расходы.",
    "uk": "Рада пізно ввечері у вівторок вирішила залишити старий пором на лінії і взимку, попри великі витрати.",
    "he": "המועצה החליטה ביום שלישי בערב להמשיך להפעיל את המעבורת הישנה גם בחורף, למרות העלות הגבוהה.",
    "ar": "قرر المجلس مساء الثلاثاء الإبقاء على العبّارة القديمة في الخدمة طوال فصل الشتاء رغم ارتفاع التكاليف.",
    "ja": "市議会は火曜の夜、費用がかさんでも古い渡し船を冬のあいだも動かし続けることを決めた。",
    "zh": "市议会星期二晚上决定，尽管费用高昂，旧渡轮在冬季仍将继续运行。",
    "ko": "시의회는 화요일 밤 비용에도 불구하고 낡은 나룻배를 겨울에도 계속 운항하기로 했다.",
    "el": "Το συμβούλιο αποφάσισε το βράδυ της Τρίτης να κρατήσει το παλιό πορθμείο και τον χειμώνα.",
    "th": "สภาเมืองมีมติเมื่อคืนวันอังคารให้เรือข้ามฟากลำเก่าวิ่งต่อไปตลอดฤดูหนาว",
    "hi": "नगर परिषद ने मंगलवार की रात फैसला किया कि पुरानी नाव खर्च के बावजूद पूरी सर्दी चलती रहेगी।",
}

# The same sentence for the lists of small words alone.
SENTENCES = TEXTS | {
    "nl": "De gemeenteraad besloot dinsdagavond laat om de oude veerpont ook in de winter te laten varen, ondanks de kosten.",
    "sv": "Rådet beslutade sent på tisdagskvällen att den gamla färjan ska gå även under vintern, trots kostnaderna.",
    "is": "Ráðið ákvað seint á þriðjudagskvöld að gamla ferjan skuli sigla áfram í vetur þrátt fyrir kostnaðinn, sem er mikill.",
    "fi": "Valtuusto päätti myöhään tiistai-iltana, että vanha lautta kulkee myös talvella, vaikka se on kallista.",
    "et": "Volikogu otsustas teisipäeva hilisõhtul, et vana praam sõidab ka talvel, kuigi see on kallis.",
    "lv": "Dome otrdienas vakarā nolēma, ka vecais prāmis kursēs arī ziemā, lai gan tas ir dārgi.",
    "lt": "Taryba antradienio vakarą nusprendė, kad senasis keltas plauks ir žiemą, nors tai yra brangu.",
    "cs": "Rada v úterý pozdě večer rozhodla, že starý přívoz bude jezdit i v zimě, ačkoli to není levné.",
    "sl": "Svet se je v torek pozno zvečer odločil, da bo stari trajekt vozil tudi pozimi, čeprav to ni poceni.",
    "sr": "Савет је у уторак касно увече одлучио да ће стара скела пловити и зими, иако то није јефтино.",
    "ro": "Consiliul a decis marți seara târziu ca vechiul bac să circule și în timpul iernii, deși nu este ieftin.",
    "hu": "A tanács kedden késő este úgy döntött, hogy a régi komp télen is közlekedik, bár ez nem olcsó.",
    "tr": "Meclis salı gecesi eski feribotun kışın da çalışmasına karar verdi, ancak bu çok pahalı bir iş olarak görülüyor.",
    "az": "Şura çərşənbə axşamı gec saatlarda köhnə bərənin qışda da işləməsinə qərar verdi, amma bu çox baha bir iş olaraq qalır.",
    "sq": "Këshilli vendosi të martën vonë në mbrëmje që trageti i vjetër të lundrojë edhe në dimër, megjithëse kjo nuk është e lirë.",
    "ca": "El consell va decidir dimarts al vespre que el vell transbordador continuï també a l’hivern, tot i que no és barat per a la ciutat.",
    "gl": "O concello decidiu o martes pola noite que o vello transbordador siga tamén no inverno, aínda que non é barato para a cidade.",
    "eu": "Udalak astearte gauean erabaki zuen ontzi zaharrak neguan ere jarraituko duela, nahiz eta merkea ez den eta herritarrek ez duten nahi.",
    "id": "Dewan kota pada Selasa malam memutuskan bahwa kapal feri tua itu akan tetap beroperasi pada musim dingin meski biayanya tidak murah.",
    "vi": "Hội đồng thành phố tối thứ Ba đã quyết định cho chiếc phà cũ tiếp tục chạy trong mùa đông dù chi phí không hề nhỏ.",
    "tl": "Nagpasya ang konseho noong Martes ng gabi na patuloy na patakbuhin ang lumang lantsa sa taglamig kahit na ito ay may kamahalan.",
    "sw": "Baraza liliamua Jumanne usiku kwamba feri ya zamani itaendelea na kazi katika majira ya baridi, licha ya gharama zake kubwa.",
    "zu": "Umkhandlu wanquma ngoLwesibili ebusuku ukuthi isikebhe esidala siqhubeke nokusebenza ebusika, kodwa izindleko ziphezulu kakhulu.",
    "xh": "Ibhunga ligqibe ngoLwesibini ngokuhlwa ukuba isikhephe esidala siqhubeke nokusebenza ebusika, nangona iindleko ziphezulu kakhulu kwaye abantu bekhalaza.",
    "be": "Рада позна ўвечары ў аўторак вырашыла пакінуць стары паром на лініі і ўзімку, нягледзячы на выдаткі, якія яго чакаюць.",
    "bg": "Съветът реши късно във вторник вечерта старият ферибот да продължи да работи и през зимата, въпреки че не е евтино.",
    "mk": "Советот доцна во вторникот вечерта реши дека стариот траект ќе продолжи да работи и во зима, иако тоа не е евтино.",
    "kk": "Кеңес сейсенбі күні кешке ескі паромды қыста да жүргізуге шешім қабылдады, бірақ бұл арзан емес және көп қаржы керек.",
    "fa": "شورای شهر سه‌شنبه شب تصمیم گرفت که کشتی قدیمی را در زمستان هم به کار بگیرد، با این که هزینه آن زیاد است.",
    "ur": "کونسل نے منگل کی رات فیصلہ کیا کہ پرانی کشتی سردیوں میں بھی چلتی رہے گی، اگرچہ اس کا خرچ بہت زیادہ ہے۔",
    "ne": "परिषदले मंगलबार राति पुरानो डुङ्गा जाडोमा पनि चलाउने निर्णय गरेको छ, तर यो सस्तो छैन र खर्च धेरै हुने भएको छ।",
    "da": "Rådet besluttede sent tirsdag aften, at den gamle færge også skal sejle om vinteren, selv om det er dyrt.",
    "hr": "Vijeće je u utorak kasno navečer odlučilo da će stara skela ploviti i zimi, iako to nije jeftino.",
    "ka": "საბჭომ სამშაბათს გვიან საღამოს გადაწყვიტა, რომ ძველი ბორანი ზამთარშიც იმუშავებს.",
}


def page(lang: str = "", head: str = "") -> Page:
    return Page.parse(f'<html lang="{lang}"><head>{head}</head><body><p>x</p></body></html>', "u")


def ld(value: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "inLanguage": {value}}}</script>'


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        ("en-US", "", "en"),
        ("HE", "", "he"),
        ("iw-IL", "", "he"),
        ("zh-Hant-TW", "", "zh"),
        ("pt_BR", '<meta property="og:locale" content="en_US">', "pt"),
        ("ua", "", "uk"),
        ("", '<meta property="og:locale" content="uk_UA">', "uk"),
        ("und", '<meta property="og:locale" content="de_AT">', "de"),
        ("", ld('"fr-FR"'), "fr"),
        ("", ld('["es", "en"]'), "es"),
        ("", ld('{"@type": "Language", "name": "Ukrainian", "alternateName": "uk"}'), "uk"),
        ("", ld('{"@type": "Language", "name": "Hebrew"}'), "he"),
        ("", ld("7"), None),
        ("", '<meta http-equiv="Content-Language" content="pl, en">', "pl"),
        ("", "", None),
        ("123", "", None),
    ],
)
def test_declared(lang: str, head: str, language: str | None) -> None:
    assert declared(page(lang, head)) == language


@pytest.mark.parametrize("language", TEXTS)
def test_identify_by_the_text_alone(language: str) -> None:
    assert identify(TEXTS[language]) == language
    assert identify(f"\n {TEXTS[language]} \n" * 400) == language


@pytest.mark.parametrize("text", ["", "   ", "The river rose.", "Міська рада", "1234567890 " * 20])
def test_too_little_text_says_nothing(text: str) -> None:
    assert identify(text) is None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Ødegård’s straße, łódź", "latin"),
        ("Президент Zelenskyy сказав", "cyrillic"),
        ("צה״ל ו-IDF", "hebrew"),
        ("بی‌بی‌سی", "arabic"),
        ("東京都は新しい計画", "kana"),
        ("全国人民代表大会", "han"),
        ("中国队以3比1战胜对手，赛后の", "han"),
        ("서울시", "hangul"),
        ("საქართველო", "georgian"),
        ("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "other"),
        ("2026 — 42 %", "other"),
        ("", "other"),
    ],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("claim", "text", "language"),
    [
        ("en", "en", "en"),
        ("en", "he", "he"),  # a theme's default
        ("en", "uk", "uk"),
        ("en", "ja", "ja"),
        ("he", "en", "en"),
        ("ru", "en", "en"),
        ("ru", "", "ru"),
        ("uk", "uk", "uk"),
        ("sr", "ru", "sr"),  # the script allows it
        ("sr", "pl", "sr"),
        ("ja", "zh", "ja"),
        ("ka", "de", "de"),
        ("", "fr", "fr"),
    ],
)
def test_a_claim_holds_where_the_script_allows_it(claim: str, text: str, language: str) -> None:
    assert language_of(page(claim), TEXTS.get(text, "")) == language


@pytest.mark.parametrize(
    ("claim", "text", "language"),
    [
        ("en", "de", "de"),
        ("en", "pl", "pl"),
        ("de", "en", "en"),
        ("fr", "es", "es"),
        ("en", "en", "en"),
        ("uk", "ru", "ru"),
    ],
)
def test_words_overrule_a_claim(claim: str, text: str, language: str) -> None:
    assert language_of(page(claim), f"{TEXTS[text]} " * 4) == language


def test_a_notice_above_the_article_does_not_overrule_a_claim() -> None:
    notice, article = f"{TEXTS['en']} " * 3, f"{TEXTS['de']} " * 3
    assert language_of(page("de"), notice, lambda: notice + article) == "de"
    assert language_of(page("de"), notice, lambda: notice * 2) == "en"


@pytest.mark.parametrize(
    ("claim", "text", "language"),
    [
        ("no", "da", "no"),  # too near to overrule
        ("nb", "da", "nb"),
        ("bs", "hr", "bs"),
        ("lb", "de", "lb"),  # no list of its own, and the words of its neighbour
        ("lb", "en", "en"),
        ("ja", "en", "en"),
        ("en", "ka", "ka"),
        ("en", "zu", "zu"),
    ],
)
def test_near_and_unlisted_languages(claim: str, text: str, language: str) -> None:
    assert language_of(page(claim), f"{SENTENCES[text]} " * 4) == language


def test_text_without_a_page() -> None:
    assert language_of(None, TEXTS["uk"]) == "uk"
    assert language_of(None, "Brief.") is None


def test_a_short_text_leaves_the_claim() -> None:
    assert language_of(page("de"), "Kurz.") == "de"


@given(st.text())
def test_any_text_gives_two_letters_or_none(text: str) -> None:
    language = identify(text[:59])  # below what the model needs
    assert language is None or len(language) == 2


def test_the_model_is_loaded_only_when_it_is_needed() -> None:
    plain = sorted(
        SENTENCES.keys() - {"da", "hr", "ru", "uk"}
    )  # one sentence does not tell these from their neighbours
    script = (
        "import json, sys; from extractors.engine.language import identify; texts = json.load(sys.stdin);"
        "print(json.dumps([identify(text) for text in texts])); sys.exit('numpy' in sys.modules)"
    )
    texts = json.dumps([*(f"{SENTENCES[language]} " * 3 for language in plain), "Brief."])
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parent.parent, input=texts, capture_output=True, text=True
    )
    assert run.returncode == 0
    assert json.loads(run.stdout) == [*plain, None]

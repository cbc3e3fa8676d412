"""Words that stand beside names in bylines, in any language of the lexicon: what is no name, and what ends one.

A page's language is not always that of its chrome, so these are looked up together. Phrases that label a line are
data of a language (`lexicon`); how names are read is told in `names`.
"""

from __future__ import annotations

# Small words inside a name.
PARTICLES = frozenset(
    """de da do dos das di del della dello dei degli von van vom der den dem ter ten te zu zum zur la le les el al ul
    bin ben ibn abu af av dal du des y e o ap mac mc st san santa of""".split()
)
# Words after which no name goes on.
ENDS = frozenset(
    """in on at for from with mit am um im aus für bei vor unter sagt says said wrote writes is ist à en em pour chez
    dans via per nel su na w z we sur as und and et con com uhr under exclusively erstellt published updated posted
    publicado actualizado aktualisiert veröffentlicht geändert stand publié pubblicato twitter
    ein einen keine schreibe hinterlasse leave""".split()
)
DAYS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember okt dez monday tuesday wednesday
    thursday friday saturday sunday mon tue wed thu fri sat sun montag dienstag mittwoch donnerstag freitag samstag
    sonntag today yesterday heute gestern updated published aktualisiert stand posted
    기사입력 입력 기사수정 수정 최종수정 등록 송고 승인 발행 게재 작성 업데이트 公開 更新 掲載 配信
    发布 發布 更新于""".split()
)
# What stands beside the hour.
TIMES = frozenset(
    "a p m am pm est edt et pst pdt pt cst cdt ct mst mdt gmt utc bst ist cet cest msk at uhr th st nd rd".split()
)
ARTICLES = frozenset("the der die das le la les los las el il gli i o os as our your unser unsere".split())
# What a person is: it ends the name, and a part of the line that is only this names nobody.
FUNCTIONS = frozenset(
    """editor editors writer writers reporter reporters correspondent columnist contributor contributors author authors
    photographer producer presenter analyst director manager officer president professor chief head founder ceo cto
    expert experts specialist fellow attorney lawyer coach advisor adviser consultant engineer scientist researcher
    student educator horticulturist horticulturalist dietitian nutritionist therapist psychologist strategist
    senior deputy associate assistant executive guest special staff lead reviewer political sports business
    foreign education lifestyle science parliamentary culture crime environment managing contributing digital
    technology finance economics affairs illustration illustrationen photo photos foto fotos bild bilder video
    experte expertin rechtsanwalt rechtsanwältin chefredakteur redakteur redakteurin korrespondent korrespondentin
    journalist journalistin journaliste rédacteur rédactrice chroniqueur envoyé envoyée envoyés envoyées
    redactor redactora periodista corresponsal giornalista corrispondente inviato repórter jornalista редактор
    корреспондент кореспондент korrespondenten reporterin gastautor gastautorin mitarbeiter mitarbeiterin
    volontär volontärin kolumnist kolumnistin 기자 특파원 記者""".split()
)
# What a byline calls its own.
OWNERS = frozenset("our unser unsere unserem unserer unseren notre nuestro nuestra nostro nostra nosso nossa".split())
# What a body, an outlet or a line of the page is called, and a person is not.
BODIES = frozenset(
    """team desk newsroom news media press magazine times post herald tribune gazette journal daily weekly radio tv
    television network online service services agency agencies wire wires foundation institute institution university
    college department ministry office center centre committee council commission board association society group
    company inc ltd llc gmbh ag corp corporation bank club party church school hospital international national
    editorial content marketing community support admin administrator user website blog reviews review report reports
    read more view stories articles comments share follow subscribe image audio credit copyright all rights reserved
    last security health about full click here sign up search redaktion redaktionen presse zeitung nachrichten verlag
    verband verein universität institut bundesamt landesanstalt ministerium gesellschaft stiftung magazin rundfunk
    fernsehen rédaction agence redacción agencia agencias diario noticias redazione agenzia redação agência kommentare
    редакция новости редакція новини redakcja agencja gazeta folgen
    grupa grupo gruppo groupe gruppe
    bureau forum alliance federation academy museum library project initiative polizei feuerwehr ministère fédération
    ministerio universidad fundación gobierno ministero università fondazione watch listen live
    twitter facebook instagram linkedin youtube tiktok whatsapp pinterest xing flipboard
    abonnieren teilen seguir suivre segui contactar auteur auteurs autor autora autore autorin
    information meldung mitteilung thema aktuelle fraktion abteilung departement e.v profil profile publisher unknown
    anonym anonymous anónimo anônimo anonyme unbekannt tag tags category categories topics name login
    register domain domena 입력 수정 기사입력 기사수정 등록 승인
    taboola outbrain today email""".split()
)
# What German writes onto the word before, "Onlineredaktion", and who names accounts: "wordpressadmin", "BBNTEAM".
SUFFIXES = (
    "redaktion", "redakteur", "redakteurin", "korrespondent", "korrespondentin", "zeitung", "nachrichten", "verband",
    "agentur", "institut", "ministerium", "anzeiger", "newsdesk", "admin", "webmaster", "team",
)  # fmt: skip
PLACES = frozenset(
    {
        "new york", "los angeles", "hong kong", "tel aviv", "san francisco", "new delhi", "abu dhabi", "são paulo",
        "buenos aires", "rio de janeiro", "mexico city", "cape town", "kuala lumpur", "las vegas", "den haag",
        "washington dc", "new orleans", "san diego", "united states", "united kingdom", "st petersburg",
        "san antonio", "san jose", "san juan", "salt lake city", "fort worth", "kansas city", "new jersey",
        "new mexico",
        "new hampshire", "north carolina", "south carolina", "north dakota", "south dakota", "west virginia",
        "rhode island", "puerto rico", "costa rica", "santo domingo", "la paz", "ciudad de méxico", "belo horizonte",
        "porto alegre", "palma de mallorca", "santiago de compostela", "las palmas", "san sebastián", "addis ababa",
        "dar es salaam", "phnom penh", "ho chi minh city", "sri lanka", "new zealand", "north korea", "south korea",
        "south africa", "saudi arabia", "northern ireland", "west bank", "gaza city", "el salvador",
    }
)  # fmt: skip
# First names of who signs in a script without capitals, where any two words might be a name; hamzas left out.
GIVEN = frozenset(
    """
    דני דנה דניאל דניאלה דוד דן דליה דורון דור דפנה דקלה דרור דבורה דב יואב יעל יוסי יוסף יונתן יוני ירון ירדן
    יאיר יצחק יעקב יהודה יהונתן ישראל ישי יובל יורם יגאל ינון יפעת יקיר יניב יואל יסמין נועה נעם נועם נדב נתן
    נתנאל נורית נעמה נעמי נטע נגה נוגה ניר נירית נחום נמרוד נילי אבי אביב אביגיל אביגדור אבנר אברהם אדם אהוד
    אהרון אוהד אופיר אופיה אור אורי אורית אורלי אורן אורנה אחינועם אייל איילת אילן אילנה איתי איתמר איתן אלון
    אלונה אלי אליהו אליעזר אלירן אלכס אלכסנדר אלעד אמיר אמיתי אמנון אסף אסתר אפרים אפרת אריאל אריה ארז ארנון אשר
    בועז בן ברוך ברק בני בנימין גדעון גיא גיל גילה גילי גל גלעד גלית גלי גבי גבריאל גדי הגר הדס הדר הילה הלל
    הראל הרצל חגי חגית חיים חן חנה חנן חנוך חזי טל טלי טליה טובה טוביה טומי כרמית כרמל לאה ליאור ליאת ליהי לימור
    לילך לירון לירן ליאון מאיה מאיר מור מורן מיכאל מיכל מיקי מירב מירי מרים משה מתן מיטל מיה מרדכי מנחם מנשה מני
    מוטי סיון סיגל סיגלית סמדר סשה עדי עדו עדן עידו עידן עומר עוזי עופר עופרה עמית עמוס עמיר ענבל ענת עפרה ערן
    עירית עינב עינת עליזה עזרא פנינה פיני פלג צבי צביקה צחי ציפי צפריר צילה קובי קרן קרין קטיה רון רוני רונית
    רונן רותם רות רותי רועי ראובן רבקה רחל רינה רמי רן רעות רפאל רז רוית רויטל רוזה שרה שרון שירה שירי שיר שחר
    שי שלומי שלומית שלמה שמואל שמעון שמוליק שני שגיא שגית שאול שולמית שולי שושנה שמרית שקד תומר תמר תמי תמיר
    תהילה תהל תרצה זאב זהבה זוהר זיו ורד ויקטור ולדימיר
    احمد محمد محمود مصطفى علي حسن حسين حسام خالد خليل سامي سامر سمير سعد سعيد سلمان سليمان سارة سلمى سلوى سميرة
    سها سهى سناء سوزان شادي شريف شيماء صالح صلاح صفاء ضياء طارق طلال عادل عامر عبد عبدالله عبدالرحمن عبدالعزيز
    عبير عثمان عدنان عزة عصام علاء عماد عمار عمر عمرو عيسى غادة غسان فادي فاطمة فؤاد فارس فراس فهد فيصل فريد
    كريم كمال كامل لبنى لينا ليلى لمى ماجد مازن ماهر مالك مجدي محسن مراد مروان مروة مريم منى منال منير مها مهند
    موسى مي ميس ناجي نادر نادية ناصر نبيل نجلاء نجيب ندى نزار نسرين نهى نورا نورة نوال هادي هاني هالة هبة هدى
    هشام هيثم هناء هند وائل وليد وفاء ياسر ياسين يحيى يوسف يونس ابراهيم اسماعيل اسامة اشرف اكرم امجد امل امير
    اميرة امين ايمن ايمان اياد انس انور باسم باسل بدر بسام بشار بلال جابر جاسم جعفر جمال جميل جهاد جورج حاتم
    حازم حمد حمزة حنان حيدر داليا داود دعاء دينا راشد رامي رانيا رائد رشا رشيد رضا رنا ريم ريما زكريا زياد زيد
    زينب شاكر
    """.split()
)
# "And", where the page is in none of the lexicon's languages or not in the one that was taken.
JOINERS = (
    "og",
    "och",
    "und",
    "et",
    "and",
    "en",
    "y",
    "e",
    "ed",
    "i",
    "oraz",
    "ja",
    "и",
    "та",
    "ve",
    "dan",
    "và",
    "και",
)

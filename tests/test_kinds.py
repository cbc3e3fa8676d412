"""Pages that are no article say what they are; articles about such pages are articles."""

from __future__ import annotations

import pickle

import pytest

from extractors import Hints, NotArticleError, extract
from tests.gazette import STORY, URL, page, paragraphs, read

BOT_WALLS = (
    "<html><head><title>Just a moment...</title></head><body><h1>www.gazette.example</h1><p>Checking your browser before accessing"
    " the site. This takes a few seconds.</p><noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
    "<html><head><title>Access denied</title></head><body><h1>Access denied</h1><p>You do not have permission to see this page on"
    " this server.</p><p>Reference #18.abc</p></body></html>",
    "<html><head><title>gazette.example</title></head><body><p>We have noticed unusual traffic from your network. Please show that you"
    " are not a robot.</p><div id='captcha'></div></body></html>",
    "<html><head><title>Attention Required!</title></head><body><p>Sorry, you have been blocked.</p></body></html>",
)
CONSENTS = (
    "<html><head><title>The Gazette</title></head><body><h1>Before you continue</h1><p>We and our 214 partners store data on your device"
    " to show you advertisements that fit you and to count how many people read us.</p><form><button>Accept all</button>"
    "<button>Manage options</button></form></body></html>",
    "<html lang='de'><head><title>Anzeiger</title></head><body><h1>Mit Werbung lesen</h1><p>Wir und unsere Partner speichern Angaben auf"
    " Ihrem Gerät, um Ihnen passende Werbung zu zeigen.</p><button>Zustimmen und weiter</button></body></html>",
    "<html lang='fr'><head><title>La Gazette</title></head><body><p>Nous et nos partenaires gardons des données sur votre appareil.</p>"
    "<button>Continuer sans accepter</button></body></html>",
)
GONE = (
    page("<p>The page that you are looking for is not here any more.</p>", headline="Page not found"),
    page(
        "<p>We are sorry, this article has been removed or does not exist. Try the search.</p>", headline="The Gazette"
    ),
    page("<p>Oops! Error 404. Go back to the front page.</p>", headline="Oops"),
    page("<p>Сторінку не знайдено. Перейти на головну.</p>", headline="Помилка 404", language="uk"),
    page("<p>הדף לא נמצא. חזרה לדף הבית.</p>", headline="שגיאה", language="he"),
)
LOGINS = (
    page(
        '<form action="/login"><p>Please log in to go on.</p><input name="user"><input type="password" name="secret">'
        "<button>Log in</button></form>",
        headline="Log in",
    ),
)
SCRIPTED = (
    "<html><head><title>The Gazette</title></head><body><div id='root'></div><noscript>You need to enable JavaScript to run this"
    " app.</noscript></body></html>",
    "<html><head><title>The Gazette</title></head><body><div id='app'></div><p>JavaScript is required to read this page.</p></body></html>",
)


def front(count: int = 20, *, summary: str = "") -> str:
    """Return a section front: linked headlines, each with the same short summary."""
    items = "".join(
        f'<div><h3><a href="/story-{i}">Council of Saltmouth decides on matter number {i} tonight</a></h3>{summary}</div>'
        for i in range(count)
    )
    return page(items, headline="Coast", around=("<main>", "</main>"))


FRONTS = (front(), front(summary="<p>A short summary of it.</p>"), front(60))

PAGES = {
    "bot wall": BOT_WALLS,
    "consent page": CONSENTS,
    "soft 404": GONE,
    "login": LOGINS,
    "needs JavaScript": SCRIPTED,
    "section front": FRONTS,
}
CASES = [pytest.param(kind, html, id=f"{kind}-{i}") for kind, pages in PAGES.items() for i, html in enumerate(pages)]


@pytest.mark.parametrize(("kind", "html"), CASES)
def test_pages_of_another_kind(kind: str, html: str) -> None:
    for form in (html, html.encode()):
        with pytest.raises(NotArticleError) as caught:
            read(form)
        assert caught.value.kind == kind
        message = str(caught.value)
        assert kind in message
        assert "\n" not in message
        assert len(message) < 200


# Short items whose subject is one of those pages: each is a story.
ARTICLES = {
    "bot wall": (
        "Library locks out its readers",
        "Visitors of the town library's site were asked on Monday to prove that they are no machines, and forty-one of them failed.",
        "A picture riddle showed nine photos of the old pier and asked which of them still exist, the librarian said.",
        "The riddle was bought after a flood of requests from abroad had brought the catalogue down for two days in April.",
    ),
    "consent page": (
        "Court forbids the cookie banner of the ferry company",
        "A cookie consent banner that offers only “Accept all” breaks the law, the court in Saltmouth ruled on Tuesday.",
        "The ferry company, which shares data with 214 partners, has until June to add a button that says no.",
        "Nobody had pressed “Manage options” in the four years for which the company kept records, the judge noted.",
    ),
    "soft 404": (
        "The town's records could not be found, the clerk admits",
        "A third of the minutes of the harbour board are no longer available, the town clerk told the council on Monday.",
        "Whoever asked the archive for 1953 got an answer of one line: page not found.",
        "The volumes had stood in the cellar under the customs house, which the storm has filled to the second shelf.",
    ),
    "login": (
        "Pensioners learn to log in without a note on the fridge",
        "The library teaches its older readers how to log in to the bank, and eighty have come since the winter.",
        "A password of four words is easier to keep than one of eight signs, the teacher says to everybody.",
        "The course is free, takes two mornings, and ends with a cake in the shape of a padlock.",
    ),
    "needs JavaScript": (
        "The ferry's timetable needs JavaScript, the island has none",
        "Since Monday the timetable asks its readers to enable JavaScript, which the old computers on the island cannot do.",
        "The postmistress prints it now every morning in the town and sends it over with the first boat.",
        "The company said that a page without any scripts would be ready before the summer.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ARTICLES)
def test_short_articles_about_such_pages(kind: str) -> None:
    headline, *texts = ARTICLES[kind]
    article = read(page(paragraphs(*texts), headline=headline))
    assert article.body == "\n\n".join(texts)
    assert article.headline == headline


def test_a_sites_front_page_is_one_though_it_tells_its_newest_storys_date() -> None:
    newest = '<meta property="article:published_time" content="2026-05-04T06:30:00+02:00">'
    html = front(24, summary=f"<p>{STORY[0]}</p>").replace("</head>", f"{newest}</head>")
    with pytest.raises(NotArticleError, match="section front"):
        read(html, url="https://www.gazette.example/")
    few = page(paragraphs(*STORY) + '<a href="/2">What the council of Saltmouth said of the pier</a>', head=newest)
    assert read(few, url="https://www.gazette.example/").body == "\n\n".join(STORY)


def test_what_a_listing_promised_is_no_page_in_its_place() -> None:
    html = page("<p>Please keep this page open; your turn will come.</p>", headline="In the waiting room of the clinic")
    with pytest.raises(NotArticleError, match="waiting room"):
        extract(html, URL)
    assert extract(html, URL, hints=Hints(headline="In the waiting room of the clinic")).body
    with pytest.raises(NotArticleError, match="soft 404"):
        extract(
            page("<p>Sorry, it is gone.</p>", headline="Page not found"), URL, hints=Hints(headline="Storm takes pier")
        )


def test_a_longer_article_may_quote_a_bot_wall() -> None:
    quote = (
        "“Checking your browser,” said the screen of the library, and asked for a captcha before it showed the photos."
    )
    article = read(page(paragraphs(*STORY[:4], quote, *STORY[4:]), headline="Storm photos behind a bot wall"))
    assert quote in article.body


@pytest.mark.parametrize(
    "extra",
    [
        '<div role="dialog"><p>We value your privacy. We and our 214 partners store cookies.</p><button>Accept all</button></div>',
        '<form action="/login"><input name="user"><input type="password"><button>Log in</button></form>',
        "<noscript>Please enable JavaScript to see the comments.</noscript>",
        '<p class="captcha-note">This site is protected by a captcha.</p>',
    ],
)
def test_an_article_with_such_a_box_on_its_page(extra: str) -> None:
    for around in ((f"{extra}<article>", "</article>"), ("<article>", f"</article>{extra}")):
        assert read(page(paragraphs(*STORY), around=around)).body == "\n\n".join(STORY)


@pytest.mark.parametrize(
    ("count", "head"),
    [(10, ""), (60, '<meta property="og:type" content="article">'), (60, '<meta property="article:published_time" content="2026-05-04">')],
)  # fmt: skip
def test_an_article_among_many_links(count: int, head: str) -> None:
    links = "".join(
        f'<li><a href="/{i}">Council of Saltmouth decides on matter {i} tonight</a></li>' for i in range(count)
    )
    article = read(page(paragraphs(*STORY[:3]), head=head, around=("<article>", f"</article><ul>{links}</ul>")))
    assert article.body == "\n\n".join(STORY[:3])


def test_the_error_survives_the_way_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(NotArticleError("login", "it asks for a password")))  # noqa: S301
    assert (error.kind, error.detail, str(error)) == (
        "login",
        "it asks for a password",
        str(NotArticleError("login", "it asks for a password")),
    )
    with pytest.raises(ValueError, match="unknown kind"):
        NotArticleError("nonsense")

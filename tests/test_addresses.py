"""Addresses: one form for one page, two for two; which claims of a page make sense; one article is one row."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractors import Article, Block, Label
from spiders.addresses import _canonical, _trackers, is_tracker, kept_at, key_of
from spiders.claims import address_of, is_sound, others_of
from spiders.lease import Finish
from spiders.record import Link, Raw
from spiders.store import Store
from spiders.store.checks import COVERED, digest
from spiders.store.reader import Reader
from spiders.store.schema import migrate
from spiders.store.steps import STEPS
from spiders.store.whereabouts import same
from spiders.surfaces.values import as_json
from tests.holdings import records, revisions
from tests.newsroom import WHEN

URL = "https://news.example/2026/ferry-stays-in-port-12345"
STORY = (
    "The ferry stays in port until Easter, the company said on Monday.",
    "A rope has found its way into the left screw, and the divers have the flu.",
    "Whoever has to cross may go with the mail boat, which takes nine people and a goat at six every morning.",
)
OTHER = (
    "The school choir has won in the capital for the third year.",
    "It sang of a lighthouse keeper who counts his socks, and the judges laughed until the second verse.",
    "On Sunday the choir sings it once more in the fish hall, and whoever brings a sock pays half.",
)

_WORD = st.text("abcdefghijklmnopqrstuvwxyzABCäé-_0123456789", min_size=1, max_size=8)
_NAMES = st.sampled_from(["p", "id", "articleId", "story", "page", "q", "ref", "Ä", "nr"])
_NOISE = st.sampled_from(
    [
        "utm_source=a",
        "UTM_Medium=b",
        "fbclid=x1",
        "gclid=9",
        "at_campaign=z",
        "PHPSESSID=ab12",
        "_hsenc=p2",
        "wt.mc_id=3",
    ]
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    path = "/".join(draw(st.lists(_WORD, max_size=4)))
    query = "&".join(
        f"{n}={v}" for n, v in draw(st.lists(st.tuples(_NAMES, _WORD), max_size=3, unique_by=lambda p: p[0]))
    )
    host = draw(st.sampled_from(["news.example", "www.news.example", "m.news.example", "zeitung.example:8080"]))
    return f"https://{host}/{path}" + (f"?{query}" if query else "")


@settings(max_examples=40)
@given(st.one_of(addresses(), st.text(max_size=60).map(lambda rest: f"https://news.example/{rest}")))
def test_the_form_of_a_form_is_itself(url: str) -> None:
    assert key_of(key_of(url)) == key_of(url)
    assert kept_at(kept_at(url)) == kept_at(url)


@settings(max_examples=40)
@given(addresses(), st.lists(_NOISE, max_size=3), st.sampled_from(["", "#top", "#comment-5"]), st.booleans())
def test_what_says_nothing_of_a_page_changes_no_key(url: str, noise: list[str], fragment: str, plain: bool) -> None:
    path, _, query = url.partition("?")
    noisy = path + "?" + "&".join(filter(None, (*noise[:1], query, *noise[1:]))) + fragment
    if plain:
        noisy = noisy.replace("https://", "http://" if ":8080" not in noisy else "https://").replace("news.", "News.")
    assert key_of(noisy) == key_of(url)


@settings(max_examples=40)
@given(addresses())
def test_the_other_forms_of_an_address_are_keys_and_never_itself(url: str) -> None:
    forms = others_of(Article(url=url), url)
    assert [kept_at(form) for form in forms] == forms
    assert kept_at(url) not in forms


@settings(max_examples=40)
@given(addresses(), _NAMES, _WORD, _WORD)
def test_a_parameter_that_tells_pages_apart_keeps_them_apart(url: str, name: str, one: str, other: str) -> None:
    assume(one != other and f"{name}=" not in url)
    first, second = (f"{url}{'&' if '?' in url else '?'}{name}={value}" for value in (one, other))
    assert len({key_of(first), key_of(second), key_of(url)}) == 3
    assert not is_tracker(name)


@settings(max_examples=40)
@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.sampled_from(["/{}", "/a/{}.html", "/story-{}/", "/{}/print", "/a;v={}"]),
)
def test_a_number_in_the_path_keeps_pages_apart(one: int, other: int, path: str) -> None:
    first, second = (f"https://news.example{path.format(number)}" for number in (one, other))
    assert (key_of(first) == key_of(second)) == (one == other)
    if one != other:
        assert not set(others_of(Article(url=first), first)) & {
            kept_at(second),
            *others_of(Article(url=second), second),
        }


@pytest.mark.parametrize(
    ("forms", "key"),
    [
        (("HTTP://News.Example:80/a", "https://news.example/a/", "https://news.example./a#top"), "https://news.example/a"),
        (("https://news.example/a/./b", "https://news.example/a/c/../b"), "https://news.example/a/b"),
        (("https://news.example/%7ea%2fb", "https://news.example/~a%2Fb"), "https://news.example/~a%2Fb"),
        (("https://news.example/café", "https://news.example/caf%c3%a9"), "https://news.example/caf%C3%A9"),
        (("https://zeitung.example/index.html", "https://zeitung.example/default.aspx"), "https://zeitung.example/"),
        (("https://zeitung.example/Default.aspx", "https://zeitung.example/Default.aspx?utm_id=1"), "https://zeitung.example/"),
        (("http://news.example:443/a", "https://news.example:443/a", "http://news.example.:80/a"), "https://news.example/a"),
        (("https://news.example:80/a",), "https://news.example:80/a"),  # nobody can say what answers there
        (("https://news.example/a?b=1&amp;utm_source=c", "https://news.example/a?amp;amp;fbclid=1&b=1"), "https://news.example/a?b=1"),
        (("https://news.example/a?dpg_source=1", "https://news.example/a?_bhlid=1&bsft_clkid=2"), "https://news.example/a"),
        (("https://news.example/a/index.php", "https://news.example/a/?utm_id=7"), "https://news.example/a"),
        (("https://news.example/a;jsessionid=F00?b=1", "https://news.example/a?b=1&PHPSESSID=1"), "https://news.example/a?b=1"),
        (("https://news.example/index.php?id=5",), "https://news.example/index.php?id=5"),  # may be another page than /?id=5
        (("https://news.example/#!/story/5", "http://news.example#!/story/5"), "https://news.example/#!/story/5"),
        (
            (
                "https://news-example.cdn.ampproject.org/c/s/news.example/a/amp?usqp=mq331",
                "https://www.google.com/amp/s/news.example/a/amp",
            ),
            "https://news.example/a/amp",
        ),
        (("https://news.example/A",), "https://news.example/A"),  # the case of a path is the page's
        (("https://news.example/print/press-history",), "https://news.example/print/press-history"),
        (("https://www.google.com/amp/story",), "https://www.google.com/amp/story"),
    ],
)  # fmt: skip
def test_forms_of_an_address(forms: tuple[str, ...], key: str) -> None:
    assert {key_of(form) for form in forms} == {key}


@pytest.mark.parametrize(
    "claimed",
    [
        "https://www.news.example/2026/ferry-stays-in-port-12345",
        "http://m.news.example/12345",
        "https://news.example/local/ferry-stays-in-port",
        "https://news.example/?p=777",
    ],
)
def test_a_claim_that_makes_sense_is_believed(claimed: str) -> None:
    assert is_sound(claimed, URL)
    assert address_of(Article(url=URL, canonical_url=claimed), URL) == kept_at(claimed)


@pytest.mark.parametrize(
    ("claimed", "url"),
    [
        ("https://other.example/2026/ferry-stays-in-port-12345", URL),  # a syndicated copy
        ("https://news.example/", URL),
        ("https://news.example/?utm_source=feed", URL),
        ("https://news.example/", "https://news.example/ferry"),  # which is no article's name either
        ("https://news.example/2026", URL),  # a folder of its own address
        ("https://news.example/news", URL),
        ("https://news.example/2026/choir-wins-again-67890", URL),  # the number of another page
        ("https://news.example/story?id=7", "https://news.example/story?id=5"),
        ("https://news.example/story.php", "https://news.example/story.php?id=5"),  # what tells its pages apart is lost
        ("http://[broken", URL),
        ("", URL),
        ("https://amp.example/a-story-of-three-words", "https://m.example/a-story-of-three-words"),  # two sites
    ],
)
def test_a_claim_that_makes_no_sense_is_not_believed(claimed: str, url: str) -> None:
    assert not is_sound(claimed, url)
    assert address_of(Article(url=url, canonical_url=claimed or None), url) == kept_at(url)


def told(url: str, paragraphs: tuple[str, ...], canonical: str | None = None) -> Article:
    blocks = tuple(Block(text, Label.BODY, n) for n, text in enumerate(paragraphs))
    return Article(url=url, blocks=blocks, canonical_url=canonical)


def shelved(
    store: Store, *pages: tuple[str, tuple[str, ...], str | None], landed: str | None = None
) -> list[str | None]:
    """Store pages in a run of their own and return what became of each."""
    run = store.begin("harbour", [Link(url) for url, *_ in pages])
    leases = {lease.url: lease for lease in store.lease(run, len(pages))}
    finishes = []
    for url, paragraphs, canonical in pages:
        at = landed or url
        raw = Raw(at, 200, (), " ".join((at, *paragraphs)).encode(), WHEN)
        finishes.append(Finish(leases[url], raw, article=told(at, paragraphs, canonical)))
    finished = store.finish_all(finishes)
    store.end(run, "finished")
    return [one.kind or (one.change and str(one.change)) for one in finished]


FORMS = (
    f"{URL}/amp", f"{URL}/amp/", f"{URL}?amp=1", f"{URL}?outputType=amp", "https://amp.news.example/2026/ferry-stays-in-port-12345",
    "https://m.news.example/2026/ferry-stays-in-port-12345", "https://www.news.example/2026/ferry-stays-in-port-12345",
    f"{URL}/print", f"{URL}?print=1", f"{URL}?output=print", "https://news.example/print/2026/ferry-stays-in-port-12345",
    "https://news.example/amp/2026/ferry-stays-in-port-12345",
)  # fmt: skip


def of(number: int, form: str) -> str:
    return form.replace("12345", str(12345 + number))


@pytest.mark.parametrize("first", ["page", "form"])
def test_a_form_of_a_page_with_the_same_text_is_no_second_article(tmp_path: Path, first: str) -> None:
    with Store(tmp_path / "store.db") as store:
        for number, form in enumerate(FORMS):
            one, two = (of(number, at) for at in ((URL, form) if first == "page" else (form, URL)))
            assert shelved(store, (one, STORY, None), (two, STORY, None)) == ["new", "duplicate"], form
            assert shelved(store, (one, (*STORY, "It is back."), None)) == ["changed"]
        assert [record.version for record in records(store)] == [2] * len(FORMS)


def test_a_form_of_a_page_with_another_text_is_an_article(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        for number, form in enumerate(FORMS):
            assert shelved(store, (of(number, URL), STORY, None), (of(number, form), OTHER, None)) == ["new", "new"], (
                form
            )


def test_the_address_asked_and_the_one_that_answered_are_one_article(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        assert shelved(store, ("https://news.example/r/9", STORY, None), landed=URL) == ["new"]
        assert shelved(
            store,
            (
                URL,
                (
                    *STORY[:1],
                    *("Nothing else is as it was said to be at noon, for the divers have found the rope and cut it.",)
                    * 3,
                ),
                None,
            ),
        ) == ["changed"]
        assert [record.address for record in records(store)] == [URL]


def test_what_was_forgotten_does_not_come_back_in_another_form(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        assert shelved(store, (URL, STORY, None)) == ["new"]
        assert store.forget(URL) == 1
        for form in FORMS:
            assert shelved(store, (form, STORY, None)) == ["forgotten"], form
        assert shelved(store, ("https://news.example/2026/choir-wins-67890", OTHER, None)) == ["new"]


def test_pages_that_claim_one_address_stay_apart_in_later_runs_too(tmp_path: Path) -> None:
    hub, second = "https://news.example/the-week-in-port", "https://news.example/2026/choir-wins-in-the-capital"
    with Store(tmp_path / "store.db") as store:
        for url, paragraphs in ((URL, STORY), (second, OTHER)):
            assert shelved(store, (url, paragraphs, hub)) == ["new"]
        assert shelved(store, (URL, (*STORY, "It is back."), hub)) == ["changed"]
        week = ("What the week has brought to the port, told by those who were there and by one who was not.",)
        assert shelved(store, (hub, week, hub)) == ["new"]  # the page whose address it is takes it
        kept = {record.address: record.article.body for record in records(store)}
        assert kept == {URL: "\n\n".join((*STORY, "It is back.")), second: "\n\n".join(OTHER), hub: week[0]}
        assert [record.address for record in revisions(store)] == [URL]
        assert shelved(store, (URL, (*STORY, "It is back."), hub)) == ["unchanged"]


def test_an_article_whose_page_calls_itself_something_else_keeps_its_row(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        assert shelved(store, (URL, STORY, None)) == ["new"]
        moved = "https://news.example/archive/ferry-stays-in-port-12345"
        assert shelved(store, (URL, (*STORY, "It is back."), moved)) == ["changed"]
        assert [record.address for record in records(store)] == [URL]


def test_texts_are_one_story_word_for_word() -> None:
    assert same("\n\n".join(STORY), "\n\n".join(STORY[:2]))
    assert same(
        "記者が港で船長に会い、船は春まで出ないと聞いた。",
        "記者が港で船長に会い、船は春まで出ないと聞いた。郵便船は出る。",
    )
    assert not same("\n\n".join(STORY), "\n\n".join(OTHER))


def test_a_parameter_that_is_learnt_to_be_a_trackers_makes_no_second_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, again, other = f"{URL}?mailing=1", f"{URL}?mailing=2", f"{URL}?mailing=3"
    names, beginnings = _trackers()

    def learn() -> None:
        monkeypatch.setattr("spiders.addresses._trackers", lambda: (names | {"mailing"}, beginnings))
        monkeypatch.setattr("spiders.addresses._canonical", _canonical.__wrapped__)  # a crawl remembers what it knew

    with Store(tmp_path / "store.db") as store:
        assert shelved(store, (first, STORY, None)) == ["new"]
        learn()
        assert shelved(store, (again, STORY, None)) == ["unchanged"]
        assert shelved(store, (other, (*STORY, "It is back."), None)) == ["changed"]
        assert [record.address for record in records(store)] == [first]
    with Store(tmp_path / "other.db") as store:  # where another story stands there, it is another one
        monkeypatch.undo()
        assert shelved(store, (first, STORY, None)) == ["new"]
        learn()
        assert shelved(store, (again, OTHER, None)) == ["new"]


def test_two_articles_that_were_two_by_such_a_parameter_alone_are_united(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, again, another, other = (f"{URL}?mailing={n}" for n in range(4))
    names, beginnings = _trackers()
    with Store(tmp_path / "store.db") as store:
        for address, story in ((first, STORY), (again, (*STORY, "It is back.")), (another, OTHER)):
            assert shelved(store, (address, story, None)) == ["new"]
        monkeypatch.setattr("spiders.addresses._trackers", lambda: (names | {"mailing"}, beginnings))
        monkeypatch.setattr("spiders.addresses._canonical", _canonical.__wrapped__)
        assert shelved(store, (other, STORY, None)) == ["unchanged"]
        assert [record.address for record in records(store)] == [first, another]
    with Reader(tmp_path / "store.db") as reader:
        assert another in [record.address for record in reader.records(another)]  # by the name that it is kept under
        (kept,) = reader.revisions(first)
        assert (kept.flag, kept.article.body.split("\n\n")[-1]) == (f"once kept at {again}", "It is back.")
        assert list(reader.damage()) == []


def second_copydesk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a store as the second schema had it: three addresses, of which two are one now, and a damaged row."""
    monkeypatch.setattr("spiders.store.schema.STEPS", STEPS[:2])
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection)
    connection.execute("INSERT INTO run (spider, started) VALUES ('harbour', '2026-05-04T06:30:00+00:00')")
    for name in ("a/index.html", "b?igsh=4", "b", "c?mtm_source=x"):
        url = f"https://news.example/{name}"
        form = as_json(told(url, STORY).as_dict())
        connection.execute(
            "INSERT INTO url (key, url, spider, state, run, found_on, article) VALUES (?1, ?1, 'harbour', 'done', 1, ?1, ?1)",
            (url,),
        )
        sha256 = hashlib.sha256(form.encode()).hexdigest()
        raw = {"key": url, "asked": url, "url": url, "status": 200, "headers": "[]", "fetched": "2026", "seen": "2026"}
        raw |= {"sha256": hashlib.sha256(b"").hexdigest(), "server": None, "pruned": 1}
        row = dict.fromkeys(COVERED["article"]) | {"address": url, "key": url, "version": 2, "content_hash": "x"}
        row |= {"first_seen": "2026", "last_seen": "2026", "body": "One.", "authors": "[]", "template": "generic"}
        revision = {name: row.get(name) for name in COVERED["article_revision"]} | {"version": 1}
        for table, values in (("raw", raw), ("article", row), ("article_revision", revision)):
            values = {name: values[name] for name in COVERED[table] if name != "rights"}
            if table != "raw":
                values |= {"sha256": sha256}
            values |= {
                "checksum": digest(*values.values()),
                "body" if table == "raw" else "article": b"" if table == "raw" else form,
            }
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    connection.execute("UPDATE article SET body = 'Two.' WHERE address LIKE '%mtm_source%'")
    connection.execute("INSERT INTO forgotten VALUES ('https://news.example/gone?fbclid=1&igsh=2', '2026')")
    connection.execute("INSERT INTO listing (run, key, links) VALUES (1, 'https://news.example/a/index.html', 3)")
    connection.close()
    monkeypatch.undo()


def test_a_store_of_before_takes_the_new_forms_and_keeps_its_proofs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    second_copydesk(path, monkeypatch)
    with Store(path) as store:
        assert sorted(record.address for record in records(store)) == [
            *("https://news.example/a", "https://news.example/b", "https://news.example/b?igsh=4"),
            "https://news.example/c",
        ]
        assert len(revisions(store, "https://news.example/a/")) == 1
        store.begin("harbour", [Link("https://news.example/gone")])
    with Reader(path) as reader:
        found = [(damage.table, damage.name) for damage in reader.damage()]
        assert found == [("article", "https://news.example/c")]  # moved, and as wrong as before
        assert reader.fate("https://news.example/gone") is None
    connection = sqlite3.connect(path)
    keys = [f"https://news.example/{name}" for name in ("a", "b", "b?igsh=4", "c")]
    assert sorted(key for (key,) in connection.execute("SELECT key FROM raw")) == keys
    assert connection.execute("SELECT key FROM listing").fetchall() == [("https://news.example/a",)]
    assert connection.execute("SELECT key, found_on, article FROM url WHERE key LIKE '%/a'").fetchall() == [
        ("https://news.example/a",) * 3
    ]
    connection.close()


@pytest.mark.parametrize("name", ["b", "b?igsh=4", "b/?igsh=4&utm_source=x"])
def test_all_forms_of_an_address_are_forgotten_with_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    second_copydesk(path, monkeypatch)
    with Store(path) as store:
        assert store.forget(f"https://news.example/{name}") == 2
        left = ["https://news.example/a", "https://news.example/c"]
        assert sorted(record.address for record in records(store)) == left
    connection = sqlite3.connect(path)
    assert sorted(key for (key,) in connection.execute("SELECT key FROM raw")) == left
    connection.close()


@pytest.mark.parametrize(
    "address", ["http://[::1/a", "https://news.example:99999/a", "https://news.example:x/a", "a b"]
)
def test_what_is_no_address_is_its_own_form(address: str) -> None:
    assert key_of(key_of(address)) == key_of(address)


@pytest.mark.parametrize("port", ["99999", "x"])
def test_a_page_is_not_believed_that_it_is_where_nobody_can_ask(port: str) -> None:
    assert not is_sound(
        f"https://news.example:{port}/2026/the-ferry-stays-here", "https://news.example/2026/the-ferry-stays-here"
    )

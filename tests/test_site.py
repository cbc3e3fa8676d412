"""Site files: what they may say, what they are told when they are wrong, and which template reads a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent
from typing import ClassVar

import pytest

from extractors import AmendError, Article, ExtractionError, Label, NotArticleError, SiteError, extract
from extractors.extraction import read
from extractors.page import Page
from extractors.registry import load, site_files
from extractors.site import Site
from tests.gazette import HEADLINE, STORY, labels_of, page, paragraphs

Write = Callable[..., Path]


def forget() -> None:
    """Make the next page look for its site file anew."""
    load.cache_clear()
    site_files.cache_clear()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Write a site file of the user's own, each test's under a name that no other test has used."""
    monkeypatch.setenv("COPYDESK_SITES", str(tmp_path))
    forget()

    def write(code: str, name: str) -> Path:
        path = tmp_path / f"{name}.py"
        path.write_text("from datetime import date\nfrom extractors.site import Label, Site\n" + dedent(code), "utf-8")
        forget()
        return path

    yield write
    forget()


def at(host: str, content: str | None = None, **options: object) -> Article:
    """Read a page of the story, in an element of its own, as a host served it."""
    html = page(content or f'<div class="copy">{paragraphs(*STORY)}</div><div class="box"><p>{LINE}</p></div>')
    return extract(html, f"https://{host}/2026/05/pier", **options)  # type: ignore[arg-type]


LINE = "The ferry to Tern Island leaves from the coal quay until the spring, as the company told the town."

WRONG = {
    "field": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    titel = "h1"', "A.titel", "no such field"),
    "method": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    def parse(self): ...', "A.parse", "no such field"),
    "selector": ('class A(Site):\n    domains = ("{d}",)\n    body = "p >> b["', "A.body", "p >> b["),
    "field selector": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    authors = ":::x"', "A.authors", ":::x"),
    "noise selector": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    noise = {{"[": Label.AD}}', "A.noise", "["),
    "two attributes": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    tags = "a::attr(x), b::attr(y)"', "A.tags", "::attr"),
    "not a string": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    headline = 7', "A.headline", "7"),
    "no body": ('class A(Site):\n    domains = ("{d}",)\n    headline = "h1"', "A.body", "needs"),
    "label": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    noise = {{".ad": "ad"}}', "A.noise", "'ad'"),
    "noise list": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    noise = [".ad"]', "A.noise", "selector"),
    "since": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    since = "2026-03-01"', "A.since", "2026-03-01"),
    "since with a time": ('from datetime import datetime\nclass A(Site):\n    domains = ("{d}",)\n    body = "p"\n    since = datetime(2026, 3, 1)', "A.since", "date"),
    "amend": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\n    amend = "x"', "A.amend", "method"),
    "capitals": ('class A(Site):\n    domains = ("{d}", "Odd.Example")\n    body = "p"', "A.domains", "domain"),
    "domains": ('class A(Site):\n    domains = ("{d}", "localhost")\n    body = "p"', "A.domains", "domain"),
    "an address": ('class A(Site):\n    domains = ("{d}", "https://odd.example/")\n    body = "p"', "A.domains", "odd.example/"),
    "one name twice": (
        'class A(Site):\n    domains = ("{d}",)\n    body = "p"\nclass A(A):\n    since = date(2026, 1, 1)\n    body = "i"',
        "A", "two classes",
    ),
    "body of an attribute": ('class A(Site):\n    domains = ("{d}",)\n    body = "p::attr(x)"', "A.body", "p::attr(x)"),
    "body of data": ('class A(Site):\n    domains = ("{d}",)\n    body = "::data(articleBody)"', "A.body", "::data"),
    "twins": ('class A(Site):\n    domains = ("{d}",)\n    body = "p"\nclass B(A):\n    headline = "h1"', "A and B", "never answers"),
    "twins apart": (
        'class A(Site):\n    domains = ("{d}",)\n    body = "p"\nclass B(A):\n    since = date(2026, 1, 1)\nclass C(A):\n    headline = "h1"',
        "A and C", "never answers",
    ),
    "no class": ("x = 1", "", "no Site class"),
    "syntax": ("class A(Site:\n    pass", "", "SyntaxError"),
    "raises": ("1 / 0", "", "ZeroDivisionError"),
    "import": ("import no_such_module_at_all", "", "ModuleNotFoundError"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_site_file_is_told_what_and_where(write: Write, case: str) -> None:
    name = f"wrong_{case.replace(' ', '')}_example"
    host = name.replace("_", ".")
    code, where, what = WRONG[case]
    write(code.format(d=host), name)
    with pytest.raises(SiteError) as caught:
        at(host)
    message = str(caught.value)
    assert f"{name}.py" in message
    assert where in message
    assert what in message
    assert not isinstance(caught.value, ExtractionError)


@pytest.mark.parametrize(
    ("told", "name"),
    [("müsli.example", "muesli"), ("xn--msli-0ra.example", "muesli"), ("oats.example", "öko")],
)
def test_a_domain_with_letters_of_its_own_is_known_in_either_spelling(write: Write, told: str, name: str) -> None:
    write(f'class A(Site):\n    domains = ("{told}",)\n    body = ".copy p"', f"{name}_example")
    hosts = (told,) if told.isascii() and name != "muesli" else ("xn--msli-0ra.example", "Müsli.example")
    assert [at(host).template for host in hosts] == ["A"] * len(hosts)


def test_a_wrong_site_file_disturbs_no_other_site(write: Write) -> None:
    write("class A(Site:", "broken_example")
    write('class Fine(Site):\n    domains = ("fine.example",)\n    body = ".copy p"', "fine_example")
    assert at("fine.example").template == "Fine"
    assert at("other.example").template == "generic"
    assert at("broken.example", sites=False).template == "generic"


def test_a_copy_of_a_page_finds_the_site_file(write: Write) -> None:
    write('class Kept(Site):\n    domains = ("kept.example",)\n    body = ".copy p"', "kept_example")
    for copy in ("web.archive.org/web/20250314092653/https://www.kept.example", "www-kept-example.translate.goog"):
        assert at(copy).template == "Kept"


def test_a_template_reads_its_page(write: Write) -> None:
    code = """
        class Harbour(Site):
            domains = ("reads.example",)
            body = ".copy p"
            headline = ".real-headline"
            kicker = ".kick"
            standfirst = ".stand"
            authors = ".who a"
            published = ".when::attr(data-at)"
            section = ".where"
            tags = ".tag"
            noise = {".box": Label.PROMO, ".copy .note": Label.DISCLOSURE}
    """
    write(code, "reads_example")
    head = (
        '<div class="kick">Coast</div><p class="real-headline">The pier is gone</p><p class="stand">Nobody was hurt</p>'
        '<p class="who"><a>Ada Quill</a> and <a>Ben Tarr</a></p><b class="when" data-at="2026-05-04T08:30:00+03:00">May</b>'
        '<i class="where">News</i><u class="tag">pier</u><u class="tag">storm</u>'
    )
    note = "The Gazette owns a share of the ferry company and prints its timetable every spring."
    article = at(
        "reads.example",
        f'{head}<div class="copy">{paragraphs(*STORY)}<p class="note">{note}</p></div><div class="box"><p>{LINE}</p></div>',
    )
    assert article.template == "Harbour"
    assert article.body == "\n\n".join(STORY)
    assert (article.headline, article.kicker, article.standfirst) == ("The pier is gone", "Coast", "Nobody was hurt")
    assert article.authors == ("Ada Quill", "Ben Tarr")
    assert article.published is not None
    assert article.published.isoformat() == "2026-05-04T08:30:00+03:00"
    assert (article.section, article.tags) == ("News", ("pier", "storm"))
    assert {article.sources[name] for name in ("headline", "authors", "published", "section", "tags")} == {"site file"}
    assert labels_of(article, note) == {Label.DISCLOSURE}


SIGNED = {
    "By Ada Quill and Ben Tarr, Reuters": ("Ada Quill", "Ben Tarr", "Reuters"),
    "By The Gazette Newsdesk": ("The Gazette Newsdesk",),
    "Gazette staff reporter": ("Gazette staff reporter",),
    "gazette.example": ("gazette.example",),
    "AFP": ("AFP",),
    "https://gazette.example/staff": (),
}


@pytest.mark.parametrize(("line", "authors"), SIGNED.items())
def test_authors_of_a_site_file_are_taken_at_their_word(write: Write, line: str, authors: tuple[str, ...]) -> None:
    write(
        'class A(Site):\n    domains = ("signed.example",)\n    body = ".copy p"\n    authors = ".who"',
        "signed_example",
    )
    article = at("signed.example", f'<p class="who">{line}</p><div class="copy">{paragraphs(*STORY)}</div>')
    assert article.authors == authors
    assert article.agency == next((name for name in authors if name in ("Reuters", "AFP")), None)


def test_the_printed_heading_is_no_body_beside_a_headline_of_the_site(write: Write) -> None:
    code = 'class A(Site):\n    domains = ("two.example",)\n    body = ".copy > *"\n    headline = "meta[name=short]::attr(content)"'
    write(code, "two_example")
    head = '<meta name="short" content="Nobody was hurt when the sea took it">'
    article = at("two.example", f'{head}<div class="copy"><h1>{HEADLINE}</h1>{paragraphs(*STORY)}</div>')
    assert article.headline == "Nobody was hurt when the sea took it"
    assert article.body == "\n\n".join(STORY)
    assert labels_of(article, HEADLINE) == {Label.HEADLINE}


def test_a_field_of_the_pages_data(write: Write) -> None:
    write(
        'class A(Site):\n    domains = ("data.example",)\n    body = ".copy p"\n    authors = "::data(author)"',
        "data_example",
    )
    told = {"@type": "NewsArticle", "headline": HEADLINE, "author": [{"@type": "Organization", "name": "Gazette News"}]}
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    article = at("data.example", f'<div class="copy">{paragraphs(*STORY)}</div>{script}')
    assert article.authors == ("Gazette News",)
    assert at("data.example", f'<div class="copy">{paragraphs(*STORY)}</div>{script}', sites=False).authors == ()


def test_noise_of_the_template_inside_and_beside_the_paragraphs(write: Write) -> None:
    write(
        'class A(Site):\n    domains = ("noise.example",)\n    body = ".copy p"\n    noise = {".cap": Label.CAPTION, ".copy .out": Label.AD}',
        "noise_example",
    )
    content = f'<div class="copy">{paragraphs(*STORY[:3])}<div class="cap">The old pier in its last summer</div>{paragraphs(*STORY[3:])}<p class="out">{LINE}</p></div>'
    article = at("noise.example", content)
    assert article.body == "\n\n".join(STORY)
    assert labels_of(article, "The old pier in its last summer") == {Label.CAPTION}
    assert labels_of(article, LINE) == {Label.AD}
    assert all("site file" in block.why[0] for block in article.removed)


def test_the_cues_run_inside_a_template_as_well(write: Write) -> None:
    write('class A(Site):\n    domains = ("cues.example",)\n    body = ".copy p"', "cues_example")
    article = at("cues.example", f'<div class="copy">{paragraphs(*STORY[:4], "Advertisement", *STORY[4:])}</div>')
    assert article.body == "\n\n".join(STORY)
    assert labels_of(article, "Advertisement") == {Label.AD}


def test_the_body_may_be_named_by_its_container(write: Write) -> None:
    write('class A(Site):\n    domains = ("container.example",)\n    body = ".copy"', "container_example")
    article = at(
        "container.example", f'<div class="copy">{paragraphs(*STORY)}</div><div class="box"><p>Read more</p></div>'
    )
    assert article.body == "\n\n".join(STORY)


def test_in_a_container_of_the_body_lines_are_judged_as_on_any_page(write: Write) -> None:
    write('class A(Site):\n    domains = ("inner.example",)\n    body = ".copy"', "inner_example")
    caption = "The old pier stood for a hundred and forty years before the storm of May took it away."
    figure = f"<div class='media-box'><figure><figcaption>{caption}</figcaption></figure></div>"
    box = f"<div class='related-box'><p>{LINE}</p></div>"
    content = f'<div class="copy">{paragraphs(*STORY[:3])}{figure}{box}{paragraphs(*STORY[3:])}</div>'
    article = at("inner.example", content)
    assert article.template == "A"
    assert article.body == "\n\n".join(STORY)
    assert labels_of(article, caption) == {Label.CAPTION}
    write('class B(Site):\n    domains = ("named.example",)\n    body = ".copy, .related-box p"', "named_example")
    assert LINE in at("named.example", content).body


def test_what_a_template_calls_the_storys_stands_in_no_aside(write: Write) -> None:
    quote = "Do you want to know what the sea does to a pier? Follow us in a storm, and you will see."
    content = f'<div class="copy">{paragraphs(*STORY[:3])}<aside>{quote}</aside>{paragraphs(*STORY[3:])}</div>'
    assert quote not in at("asides.example", content).body
    write('class A(Site):\n    domains = ("asides.example",)\n    body = ".copy > p, .copy > aside"', "asides_example")
    forget()
    assert quote in at("asides.example", content).body


@pytest.mark.parametrize(
    ("box", "label"),
    [("comments", Label.COMMENTS), ("author-bio", Label.AUTHOR_BIO), ("related-articles", Label.RELATED)],
)
def test_a_selector_that_reaches_into_a_box_of_something_else_takes_nothing_out_of_it(
    write: Write, box: str, label: Label
) -> None:
    name = f"reach_{label.value.replace('-', '')}"
    write(f'class Reach(Site):\n    domains = ("{name}.example",)\n    body = ".copy p"', f"{name}_example")
    strange = f'<div class="{box}"><p>{LINE}</p></div>'
    inside = f'<div class="copy">{paragraphs(*STORY[:3])}{strange}{paragraphs(*STORY[3:])}</div>'
    article = at(f"{name}.example", inside)
    assert article.template == "Reach"
    assert article.body == "\n\n".join(STORY)
    assert labels_of(article, LINE) == {label}
    wrapped = f'<div class="copy"><div class="{box}-area">{paragraphs(*STORY[:3])}</div>{paragraphs(*STORY[3:])}</div>'
    assert at(f"{name}.example", wrapped).body == "\n\n".join(STORY)  # much of the story stands in it


def test_what_the_template_names_as_noise_keeps_its_label(write: Write) -> None:
    write(
        'class A(Site):\n    domains = ("keeps.example",)\n    body = ".copy > p"\n    noise = {".copy > h3": Label.CROSSHEAD}',
        "keeps_example",
    )
    links = "".join(f"<li><a href='/news/{n}'>A pier elsewhere, {n} years old</a></li>" for n in range(4))
    widget = f"<div class='tabs'><button>More on Piers</button><ul>{links}</ul></div>"
    crosshead = "<h3>A beam in the harbour wall</h3>"
    content = f'<div class="copy">{paragraphs(*STORY[:3])}{crosshead}{widget}{paragraphs(*STORY[3:])}</div>'
    article = at("keeps.example", content)
    assert article.body == "\n\n".join([*STORY[:3], "A beam in the harbour wall", *STORY[3:]])
    assert labels_of(article, "A beam in the harbour wall") == {Label.CROSSHEAD}


@pytest.mark.parametrize("stand", ["Nobody was hurt<br>The lamp is gone", "<b>Nobody was hurt</b> The lamp is gone"])
def test_the_standfirst_of_the_template_is_no_body(write: Write, stand: str) -> None:
    code = """
        class A(Site):
            domains = ("stands.example",)
            body = ".copy > p"
            standfirst = ".copy h2"
    """
    write(code, "stands_example")
    article = at("stands.example", f'<div class="copy"><h2>{stand}</h2>{paragraphs(*STORY)}</div>')
    assert article.standfirst == "Nobody was hurt The lamp is gone"
    assert article.body == "\n\n".join(STORY)


def test_a_sentence_beside_the_template_s_body_that_is_the_description_is_the_standfirst(write: Write) -> None:
    write('class A(Site):\n    domains = ("preface.example",)\n    body = ".copy p"', "preface_example")
    preface = "The pier of Tern Bay fell into the sea in the night of Sunday, and nobody in the town was hurt."
    html = page(
        f'<div class="all"><header><p class="text">{preface}</p></header><div class="copy">{paragraphs(*STORY[:4])}</div>'
        f'<div class="copy">{paragraphs(*STORY[4:])}</div></div>',
        head=f'<meta name="description" content="{preface}">',
    )
    article = extract(html, "https://preface.example/2026/05/pier")
    assert article.template == "A"
    assert article.standfirst == preface
    assert article.body == "\n\n".join(STORY)


def test_a_site_of_several_domains(write: Write) -> None:
    write(
        'class Many(Site):\n    domains = ("many.example", "many-pier.example.org")\n    body = ".copy p"',
        "many_example",
    )
    for host in (
        "many.example",
        "www.many.example",
        "coast.news.many.example",
        "many-pier.example.org",
        "MANY.example",
    ):
        assert at(host).template == "Many"
    for host in ("example.org", "toomany.example", "many.example.com"):
        assert at(host).template == "generic"


REDESIGNS = """
    class Old(Site):
        domains = ("{d}",)
        body = ".old p"

    class New(Old):
        since = date(2026, 3, 1)
        body = ".new p"

    class Newest(Old):
        since = date(2027, 1, 1)
        body = ".newest p"
"""


@pytest.mark.parametrize(
    ("classes", "template"),
    [
        (("old",), "Old"),
        (("new",), "New"),
        (("newest",), "Newest"),
        (("old", "new"), "New"),
        (("newest", "old"), "Newest"),
        (("other",), "generic"),
    ],
)
def test_the_newest_template_whose_body_is_on_the_page_answers(
    write: Write, classes: tuple[str, ...], template: str
) -> None:
    write(REDESIGNS.format(d="redesigned.example"), "redesigned_example")
    halves = [
        STORY[: len(STORY) // len(classes) * (i + 1)][len(STORY) // len(classes) * i :] for i in range(len(classes))
    ]
    content = "".join(f'<div class="{c}">{paragraphs(*half)}</div>' for c, half in zip(classes, halves, strict=True))
    assert at("redesigned.example", content, check=False).template == template


def test_the_fetch_date_filters_no_template(write: Write) -> None:
    write(REDESIGNS.format(d="filtered.example"), "filtered_example")
    for year in (2020, 2026, 2030):
        content = f'<div class="newest">{paragraphs(*STORY)}</div>'
        assert at("filtered.example", content, fetched_at=datetime(year, 1, 1, tzinfo=UTC)).template == "Newest"


def test_agreement_is_measured_only_when_asked(write: Write) -> None:
    write('class Most(Site):\n    domains = ("most.example",)\n    body = ".most p"', "most_example")
    write('class Whole(Site):\n    domains = ("whole.example",)\n    body = ".copy p"', "whole_example")
    content = f'<div class="copy">{paragraphs(STORY[0])}<div class="most">{paragraphs(*STORY[1:])}</div></div>'
    most, whole = at("most.example", content), at("whole.example")
    assert most.agreement is not None
    assert 0.8 < most.agreement < 1.0
    assert whole.agreement == 1.0
    assert at("most.example", content, check=False).agreement is None
    assert at("most.example", content, check=False).body == most.body == "\n\n".join(STORY[1:])
    generic = at("most.example", content, sites=False)
    assert generic.agreement is None
    assert generic.template == "generic"


def test_a_template_that_finds_a_scrap_of_the_story_is_left_aside(write: Write) -> None:
    write('class Scrap(Site):\n    domains = ("scrap.example",)\n    body = ".opener p"', "scrap_example")
    rest = f'<div class="rest">{paragraphs(*STORY[1:])}</div>'
    content = f'<div class="copy"><div class="opener">{paragraphs(STORY[0])}</div>{rest}</div>'
    whole = at("scrap.example", content)
    assert whole.template == "generic"
    assert whole.body == "\n\n".join(STORY)
    assert whole.warnings == ("Scrap of the site file was left aside: it finds too little of the story",)
    assert at("scrap.example", content, check=False).body == STORY[0]
    half = at("scrap.example", content.replace('class="rest"', 'class="part"').replace(STORY[0], " ".join(STORY[:4])))
    assert half.template == "generic"
    brief = at("scrap.example", f'<div class="opener">{paragraphs(STORY[0])}</div>')
    assert (brief.template, brief.body, brief.warnings) == ("Scrap", STORY[0], ())


def test_a_line_beside_a_brief_item_sets_no_template_aside(write: Write) -> None:
    write(
        'class Brief(Site):\n    domains = ("brief.example",)\n    body = ".opener p"\n    standfirst = ".dek"',
        "brief_example",
    )
    dek = f'<p class="dek">{STORY[2]}</p>'
    content = f'<div class="copy">{dek}<div class="opener">{paragraphs(STORY[0])}</div><div><p>{LINE}</p></div></div>'
    assert LINE in at("brief.example", content, sites=False).body
    article = at("brief.example", content)
    assert (article.template, article.standfirst, article.body) == ("Brief", STORY[2], STORY[0])
    assert article.agreement is not None
    assert article.agreement < 0.8


def test_what_a_template_reads_and_calls_noise_is_not_lacking(write: Write) -> None:
    code = """
        class Strict(Site):
            domains = ("strict.example",)
            body = ".copy > p"
            noise = {".aside": Label.RELATED}
    """
    write(code, "strict_example")
    beside = f'<div class="aside">{paragraphs(*STORY[2:])}</div>'
    article = at("strict.example", f'<div class="copy">{paragraphs(*STORY[:2])}{beside}</div>')
    assert article.template == "Strict"
    assert article.body == "\n\n".join(STORY[:2])


@pytest.mark.parametrize("check", [True, False])
def test_a_template_that_finds_no_body_leaves_the_page_to_the_engine(write: Write, *, check: bool) -> None:
    write('class Bare(Site):\n    domains = ("bare.example",)\n    body = ".copy"', "bare_example")
    article = at("bare.example", f'<div class="copy"><p>2 min</p></div>{paragraphs(*STORY)}', check=check)
    assert article.template == "generic"
    assert article.body.endswith("\n\n".join(STORY))


@pytest.mark.parametrize("field", ["byline", "authors"])
def test_a_byline_that_names_nobody_leaves_the_authors_to_the_engine(write: Write, field: str) -> None:
    write(
        f'class Opening(Site):\n    domains = ("{field}.example",)\n    body = "p"\n    {field} = "p.of"',
        f"{field}_example",
    )
    by = '<div class="byline">By <a rel="author" href="/ada">Ada Quill</a></div>'
    article = at(f"{field}.example", f'{by}<p class="of">{STORY[0]}</p>{paragraphs(*STORY[1:])}')
    assert (article.authors, article.missed) == (("Ada Quill",), (field,))
    signed = at(f"{field}.example", f'{by}<p class="of">Petra Vane</p>{paragraphs(*STORY)}')
    assert (signed.authors, signed.missed) == (("Petra Vane",), ())


def test_amend_is_the_door_to_code(write: Write) -> None:
    code = """
        from dataclasses import replace

        class Amended(Site):
            domains = ("amended.example",)
            body = ".copy p"

            def amend(self, article, page):
                return replace(article, kicker=page.select("h1")[0].split()[0], warnings=(page.url,))
    """
    write(code, "amended_example")
    article = at("amended.example")
    assert article.kicker == HEADLINE.split()[0]
    assert article.warnings == ("https://amended.example/2026/05/pier",)
    assert article.agreement == 1.0
    assert article.body == "\n\n".join(STORY)


@pytest.mark.parametrize(
    ("name", "does", "told"),
    [
        ("forgetful", "page.url", "it returned None and not an article"),
        ("keyless", "return {}['section']", r"KeyError: 'section' \(keyless_example\.py, line \d+\)"),
        ("picky", "return page.select('p >>> [')", r"bad selector 'p >>> \[': .* \(picky_example\.py, line \d+\)"),
        ("wordy", "raise ValueError('no\\n' * 9999)", r"ValueError: no no no"),
    ],
)
def test_an_amend_that_fails_or_returns_no_article_is_told(name: str, does: str, told: str, write: Write) -> None:
    code = f"""
        class Failing(Site):
            domains = ("{name}.example",)
            body = ".copy"
            def amend(self, article, page):
                {does}
    """
    write(code, f"{name}_example")
    with pytest.raises(AmendError, match=rf"^Failing\.amend at https://{name}\.example/\S+: {told}") as caught:
        at(f"{name}.example")
    assert len(str(caught.value)) < 400


def test_a_selector_that_matches_nothing_leaves_the_field_to_the_engine(write: Write) -> None:
    write(
        'class A(Site):\n    domains = ("nothing.example",)\n    body = ".copy p"\n    headline = ".nowhere"\n    authors = ".nobody"',
        "nothing_example",
    )
    article = at("nothing.example")
    assert article.headline == HEADLINE
    assert article.sources["headline"] == "h1"
    assert article.authors == ()


def test_an_article_names_the_fields_that_its_template_misses(write: Write) -> None:
    code = """
        class Missing(Site):
            domains = ("missing.example",)
            body = ".copy p"
            headline = "h1"
            standfirst = ".gone"
            authors = ".nobody a"
            published = "h1"
            kicker = ".copy p"
    """
    write(code, "missing_example")
    article = at("missing.example")
    assert article.missed == ("standfirst", "authors", "published")  # a date that is none is missed as well
    assert (article.sources["headline"], article.sources["kicker"]) == ("site file", "site file")
    assert Article.from_dict(article.as_dict()).missed == article.missed
    assert at("missing.example", sites=False).missed == ()


def test_a_folder_of_ones_own_wins_over_the_projects(write: Write) -> None:
    assert site_files()["time.com"].parent.name == "sites"
    path = write('class Mine(Site):\n    domains = ("time.com",)\n    body = ".copy p"', "time_com")
    assert site_files()["time.com"] == path
    assert at("time.com").template == "Mine"


def test_a_folder_that_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COPYDESK_SITES", str(tmp_path / "nowhere"))
    forget()
    with pytest.raises(SiteError, match="nowhere"):
        at("any.example")
    forget()


def test_the_files_we_ship_load() -> None:
    forget()
    for domain in site_files():
        for template in load(domain):
            assert isinstance(template, Site)
            assert template.body
            assert template.domains
            assert isinstance(template.since, date)


CARDS = "".join(
    f'<li><a href="/{n}">What the council said in its meeting number {n}</a> <p>{LINE}</p></li>' for n in range(60)
)
ASKED = "<p>The old stone pier opens again.</p><p>To continue reading, please log in to your account.</p>"
GONE = "<p>Sorry, the page you are looking for could not be found.</p>"


def short(write: Write, story: str, beside: str = "", title: str = "Pier opens") -> Article:
    write('class Short(Site):\n    domains = ("short.example",)\n    body = ".copy"', "short_example")
    html = f"""<title>{title}</title><form><button>Search</button></form>
        <article><h1>{title}</h1><div class="copy">{story}</div></article><ul>{beside}</ul>"""
    return extract(html, "https://short.example/2026/05/pier")


def test_the_opening_of_a_paid_story_is_one_and_a_login_is_none(write: Write) -> None:
    assert short(write, ASKED, CARDS).template == "Short"
    with pytest.raises(NotArticleError) as caught:
        short(write, ASKED)
    assert caught.value.kind == "login"


def test_a_page_that_is_not_there_is_none_of_its_templates(write: Write) -> None:
    with pytest.raises(NotArticleError) as caught:
        short(write, GONE, CARDS, "Page not found")
    assert caught.value.kind == "soft 404"


ANYWHERE = (
    "html",
    "head title",
    "script",
    "body",
    "*",
    "template p",
    "noscript p",
    "h1",
    "p",
    "p:last-child",
    "nav",
    "td",
)


@pytest.mark.parametrize("body", ANYWHERE)
def test_whatever_a_template_calls_the_body_the_check_changes_the_agreement_or_leaves_it_aside(body: str) -> None:
    class Odd(Site):
        domains = ("odd.example",)
        noise: ClassVar = {"h1": Label.AD, "html": Label.NAV}

    Odd.body = body
    told = paragraphs(*STORY)
    whole = page(f'<div class="copy">{told}</div>')
    for html in (whole, whole.replace("h1", "h2"), told, f"<template>{told}</template><h1>A</h1>", f"<td>{told}<h1>A"):
        ends: list[Article | str] = []
        for check in (True, False):
            try:
                article = read(Page.parse(html, "https://odd.example/a"), sites=[Odd()], check=check)
                ends.append(replace(article, agreement=None))
            except ExtractionError as error:
                ends.append(repr(error))
        with_check, without = ends
        if with_check != without and isinstance(with_check, Article) and isinstance(without, Article):
            assert with_check.template == "generic"
            assert len(without.body) < len(with_check.body) / 3
        else:
            assert with_check == without

"""`scrapy learn`: what recurs on the pages of a site is proposed with what speaks against it, and written when accepted."""

from __future__ import annotations

import ast
import random
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import Label, SiteError
from extractors.registry import tried
from spiders.status import ExitStatus
from spiders.verbs import sitefile
from tests.conftest import Command
from tests.gazette import page, paragraphs
from tests.newsroom import shelved
from tests.reading import cassette
from tests.test_benchmarks import corpus
from tests.test_site import forget

WORDS = (
    "harbour council winter ferry evening letter quay market tower bridge school library garden station bakery museum "
    "people morning water street"
).split()
LETTER = (
    "Every week the desk writes to its readers about the sea and the town.",
    "The letter is free and comes on Fridays before noon to all who ask.",
)
THANKS = "Every lamp on the quay was lit by the people of the town who live there."
QUOTED = '"Thank you" is what the town says to the 400 people who read this story.'

Run = Callable[..., tuple[int, str, str]]


def story(number: int, *more: str, box: str = "x-box") -> str:
    """Return a page of the town's paper: a story that no other page has, a box, and what else is asked for."""
    dice = random.Random(number)
    lines = [f"{' '.join(dice.choices(WORDS, k=14)).capitalize()} in district {number}." for _ in range(8)]
    letter = f'<div class="{box}">{paragraphs(*LETTER)}</div>'
    return page(f'<div class="copy">{paragraphs(*lines[:3])}{letter}{paragraphs(*lines[3:])}{"".join(more)}</div>')


def signed(html: str, name: str) -> str:
    """Return a page with an author."""
    return html.replace(
        '<div class="copy">', f'<p class="byline">By <a rel="author" href="/by">{name}</a></p><div class="copy">'
    )


FILE = '''"""The town's paper."""

from extractors.site import Site


class Town(Site):  # the only one
    domains = ("{domain}",)
    body = ".copy"  # since 2024
'''


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """Return the domain of a site of the user's own, which no other test has used; it has no file yet."""
    (tmp_path / "sites").mkdir()
    monkeypatch.setenv("COPYDESK_SITES", str(tmp_path / "sites"))
    forget()
    return f"learn{abs(hash(request.node.name))}.example"


@pytest.fixture
def file(site: str, tmp_path: Path) -> Path:
    """Write the site's file and return its path."""
    path = tmp_path / "sites" / f"{site.replace('.', '_')}.py"
    path.write_text(FILE.format(domain=site), "utf-8")
    forget()
    return path


@pytest.fixture
def learn(command: Command, tmp_path: Path, site: str) -> Run:
    return partial(command, "learn", site, "--recordings", tmp_path / "tapes")


def keep(tmp_path: Path, site: str, pages: list[str]) -> None:
    """Record pages of the site."""
    cassette(tmp_path / "tapes" / site / "all.yaml", {f"https://{site}/{n}": html for n, html in enumerate(pages)})


def test_what_recurs_at_a_place_is_proposed_and_nothing_is_written(
    learn: Run, file: Path, tmp_path: Path, site: str
) -> None:
    keep(tmp_path, site, [story(n) for n in range(6)])
    before = file.read_text("utf-8")
    status, out, err = learn()
    assert status == ExitStatus.OK
    assert out.splitlines() == [
        f"{file.name}: 6 pages read, 1 proposal",
        "1. '.x-box' as promo in Town: on 6 pages",
        f"   takes out “{LETTER[0]}” (6 times, as on https://{site}/0)",
        f"   takes out “{LETTER[1]}” (6 times, as on https://{site}/0)",
    ]
    assert err.startswith("scrapy learn: nothing is written: --accept SELECTOR")
    assert file.read_text("utf-8") == before


def test_what_is_accepted_goes_into_the_file_and_teaches_nothing_more(
    learn: Run, file: Path, tmp_path: Path, site: str
) -> None:
    keep(tmp_path, site, [story(n) for n in range(6)])
    status, out, err = learn("--accept", "all")
    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == f"{file} written: 1 more of noise"
    assert file.read_text("utf-8") == FILE.format(domain=site).replace("import Site", "import Label, Site") + (
        '    noise = {\n        ".x-box": Label.PROMO,\n    }\n'
    )
    assert formatted(file)
    sys.modules.pop(f"copydesk_own_site_{file.stem}")  # as in the next process
    forget()
    assert learn()[:2] == (0, f"{file.name}: 6 pages read, 0 proposals\n")


def test_each_template_of_a_file_learns_from_its_own_pages(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    later = 'class Later(Town):\n    since = date(2026, 1, 1)\n    body = ".story"\n'
    text = file.read_text("utf-8").replace("from extractors", "from datetime import date\n\nfrom extractors")
    file.write_text(f"{text}\n\n{later}", "utf-8")
    old = [story(n) for n in range(3)]
    new = [story(n, box="y-box").replace('class="copy"', 'class="story"') for n in range(3, 6)]
    keep(tmp_path, site, [*old, *new])
    assert learn("--accept", "all")[0] == 0
    assert formatted(file)
    newer, older = tried(file)
    assert (older.noise, newer.noise) == ({".x-box": Label.PROMO}, {".x-box": Label.PROMO, ".y-box": Label.PROMO})


def test_what_would_go_besides_is_shown_and_has_to_be_named(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    vow = "The mayor of the island vowed at noon to swim to the wreck himself before the week is out."
    pages = [story(n).replace(LETTER[1], QUOTED) for n in range(6)]
    pages[2] = pages[2].replace(QUOTED, vow)
    keep(tmp_path, site, pages)
    _, out, _ = learn("--accept", "all")
    assert out.splitlines()[-1] == f"{file} written: 1 more of noise"
    first, second = (line.split("'")[1] for line in out.splitlines() if " as promo in Town" in line)
    assert first in file.read_text("utf-8")
    assert f"   against it: “{vow}” would go too, on https://{site}/2" in out.splitlines()
    assert learn("--accept", second)[1].splitlines()[-1] == f"{file} written: 1 more of noise"
    assert second in file.read_text("utf-8")


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("", False), ("no", False), (None, False)])
def test_at_a_terminal_each_is_asked_for(
    learn: Run,
    file: Path,
    tmp_path: Path,
    site: str,
    monkeypatch: pytest.MonkeyPatch,
    answer: str | None,
    written: bool,
) -> None:
    keep(tmp_path, site, [story(n) for n in range(3)])
    asked: list[str] = []

    def answered(question: str) -> str:
        asked.append(question)
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", answered)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    learn()
    assert len(asked) == 1
    assert (".x-box" in file.read_text("utf-8")) is written


def test_a_line_without_a_place_of_its_own_is_told(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    bell = "The bell of district {} rang twice that night, and then the {} was closed for good."
    after = [[bell.format(n * 100 + m, WORDS[n]) for m in range(3 + n)] for n in range(4)]
    keep(tmp_path, site, [story(n, paragraphs(QUOTED, *lines)) for n, lines in enumerate(after)])
    assert f"on 4 pages, at no place of its own: “{QUOTED}”" in learn()[1].splitlines()


@pytest.mark.parametrize(
    ("after", "place"),
    [
        ((), "last-child"),
        (("<p>The bell of the {} rang twice that night, and then it was quiet.</p>",), "nth-last-child(2)"),
    ],
)
def test_near_the_end_of_the_story_is_a_place(
    learn: Run, file: Path, tmp_path: Path, site: str, after: tuple[str, ...], place: str
) -> None:
    pages = [story(n, paragraphs(QUOTED), *(line.format(WORDS[n]) for line in after)) for n in range(4)]
    keep(tmp_path, site, pages)
    assert f"'.copy > p:{place}' as promo in Town: on 4 pages" in learn()[1]


def test_how_a_line_begins_tells_it_from_others_at_its_place(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    keep(tmp_path, site, [story(n, paragraphs(THANKS)) for n in range(4)])
    _, out, _ = learn("--accept", "all")
    words = "Every lamp on the quay was lit by the people of the town who"
    assert f"""2. '.copy p:lexbor-contains("{words}")' as promo in Town: on 4 pages""" in out.splitlines()
    assert formatted(file)
    assert tried(file)[0].noise.keys() == {".x-box", f'.copy p:lexbor-contains("{words}")'}


def test_what_names_its_author_recurs_by_the_rest(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    line = '<p class="who">Tides of the bay, read off the pole by {} at dawn, {} of them in this year so far.</p>'
    pages = [
        signed(story(n, line.format(name, 2001 + n)), name)
        for n, name in enumerate(("Ada Quist", "Bram Oslo", "Cleo Farn", "Dov Larch"))
    ]
    keep(tmp_path, site, pages)
    out = learn()[1].splitlines()
    at = out.index("2. '.who' as promo in Town: on 4 pages")
    assert out[at + 1 :] == [
        "   takes out “Tides of the bay, read off the pole by Ada Quist at dawn, 2001 of them in this year so far.” "
        f"(4 times, with other figures or names, as on https://{site}/0)"
    ]


def test_what_is_nearly_the_same_line_recurs_with_it(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    line = '<p class="tide">On {} the tide tables of the bay are for sale again in each of the bakeries of the old town.</p>'
    days = ("Monday",) * 4 + ("Tuesday", "Sunday")
    keep(tmp_path, site, [story(n, line.format(day)) for n, day in enumerate(days)])
    out = learn()[1].splitlines()
    at = out.index("2. '.tide' as promo in Town: on 6 pages")
    assert not [told for told in out[at:] if "against it" in told]


def test_what_stands_at_no_steady_place_has_to_be_named(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    bell = "The bell of district {} rang twice that night, and then the {} was closed for good."
    lines = [[bell.format(n * 100 + m, WORDS[n]) for m in range(9)] for n in range(4)]
    told = [paragraphs(*line[: 2 * n], THANKS, *line[2 * n :]) for n, line in enumerate(lines)]
    keep(tmp_path, site, [story(n, more) for n, more in enumerate(told)])
    out = learn("--accept", "all")[1].splitlines()
    at = next(n for n, line in enumerate(out) if line.startswith("2. '.copy p:lexbor-contains("))
    assert out[at + 2] == "   against it: it stands now here, now there in the stories, as a sentence of theirs may"
    assert tried(file)[0].noise.keys() == {".x-box"}
    assert learn("--accept", out[at].split("'")[1])[1].splitlines()[-1] == f"{file} written: 1 more of noise"


def test_how_one_author_closes_has_to_be_named(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    names = ("Ada Quist", "Bram Oslo") * 4
    pages = [signed(story(n, paragraphs(THANKS) * (n % 2)), name) for n, name in enumerate(names)]
    keep(tmp_path, site, pages)
    out = learn("--accept", "all")[1].splitlines()
    assert "   against it: all of these pages are by Bram Oslo, who may well close a story so" in out
    assert tried(file)[0].noise.keys() == {".x-box"}


@pytest.mark.parametrize("tag", ["i", "em", "a href='/{}/{}'"])
def test_not_every_link_of_the_story_is_noise(learn: Run, file: Path, tmp_path: Path, site: str, tag: str) -> None:
    line = f"<p><{tag}>Every story of the town hall stands in a list of its own for the winter.</{tag.split()[0]}></p>"
    keep(tmp_path, site, [story(n, line.format(WORDS[n], n)) for n in range(4)])
    assert learn("--accept", "all")[0] == 0
    assert f".copy {tag.split()[0]}" not in tried(file)[0].noise
    assert len(tried(file)[0].noise) == 2


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("https://town.example/go?to=4", "a[href='https://town.example/go?to=4']"),
        ("/{}/newsletter-{}", "a[href*=newsletter]"),
    ],
)
def test_where_a_line_leads_is_a_place(
    learn: Run, file: Path, tmp_path: Path, site: str, link: str, place: str
) -> None:
    line = '<p>Read the town in a letter, <a href="{}">every week</a> of the year.</p>'
    bell = "The bell of {} rang twice that night for the {} alone."
    pages = []
    for n, word in enumerate(WORDS[:4]):
        tail = paragraphs(*(bell.format(word, WORDS[m + 4]) for m in range(3 + n)))
        pages.append(story(n, line.format(link.format(word, n)), tail))
    keep(tmp_path, site, pages)
    assert f"p:has({place})" in learn()[1]


def test_a_name_that_a_tool_made_is_named_without_what_changes(
    learn: Run, file: Path, tmp_path: Path, site: str
) -> None:
    keep(tmp_path, site, [story(n, box=f"PlainBox_root__xK{n}Mq") for n in range(4)])
    assert "'[class*=PlainBox_root]' as" in learn()[1]


def test_the_same_story_at_many_addresses_teaches_nothing(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    keep(tmp_path, site, [story(1, f"<p>Seen {n} times.</p>", box=f"b{n}") for n in range(5)])
    assert learn()[1] == f"{file.name}: 1 page read, 0 proposals\n"


def test_a_sentence_in_bold_is_no_heading(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    end = "<p><strong>The desk tells the town on Fridays what the sea has done to the quay.</strong></p>"
    keep(tmp_path, site, [story(n, end) for n in range(4)])
    assert learn("--accept", "all")[0] == 0
    assert '.copy strong:lexbor-contains("The desk tells the town' in file.read_text("utf-8")


@pytest.mark.parametrize(
    "heading", ["<h2>What happens next in the town</h2>", "<p><b>What happens next in the town</b></p>"]
)
def test_a_heading_of_many_stories_is_no_noise(learn: Run, file: Path, tmp_path: Path, site: str, heading: str) -> None:
    end = "The bell of the {} rang twice that night, and then it was quiet."
    keep(tmp_path, site, [story(n, heading, paragraphs(end.format(WORDS[n]))) for n in range(4)])
    out = learn()[1]
    assert f"{file.name}: 4 pages read, 1 proposal" in out.splitlines()
    assert "on 4 pages, at no place of its own: “What happens next in the town”" in out.splitlines()


def test_short_stories_with_as_much_noise_are_not_the_same(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    short = [page_of(n) for n in range(4)]
    keep(tmp_path, site, short)
    assert f"{file.name}: 4 pages read, 1 proposal" in learn()[1].splitlines()


def page_of(number: int) -> str:
    """Return a page of two lines that no other has, and a box of four."""
    lines = [f"The {word} of the {WORDS[number]} was closed at noon and the people went home." for word in WORDS[10:12]]
    letter = f'<div class="x-box">{paragraphs(*LETTER, THANKS, QUOTED)}</div>'
    return page(f'<div class="copy">{paragraphs(*lines)}{letter}</div>')


def test_two_pages_are_too_few(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    keep(tmp_path, site, [story(n) for n in range(2)])
    assert learn()[:2] == (0, f"{file.name}: 2 pages read, 0 proposals\n")


def test_the_words_of_a_page_reach_no_file_as_code(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    evil = "x');import"
    keep(tmp_path, site, [story(n, box=f"{evil} safe-box \x1b[2J") for n in range(4)])
    out = learn("--accept", "all")[1]
    assert "'.safe-box' as" in out
    assert "\x1b" not in out
    assert evil not in file.read_text("utf-8")


def test_a_site_file_is_begun_where_a_body_is_named(learn: Run, command: Command, tmp_path: Path, site: str) -> None:
    keep(tmp_path, site, [story(n, box='" data-testid="newsletter') for n in range(4)])
    status, out, err = learn()
    assert (status, out) == (ExitStatus.USAGE, "")
    assert err.startswith(f"scrapy learn: there is no site file for {site}: --body SELECTOR")
    status, _, err = command("learn", "time.con", "-s", f"COPYDESK_STORE={tmp_path}/store.db")
    assert status == ExitStatus.USAGE
    assert err.endswith("begins one; did you mean time.com?\n")
    status, out, err = learn("--body", ".copy", "--accept", "all")
    assert (status, err) == (0, "")
    (written,) = (tmp_path / "sites").glob("*.py")
    assert formatted(written)
    (template,) = tried(written)
    assert (template.domains, template.body) == ((site,), ".copy")
    assert template.noise == {"[data-testid=newsletter]": Label.NEWSLETTER}
    forget()
    assert "is there already" in learn("--body", ".copy")[2]


def test_the_store_and_a_corpus_teach_too(command: Command, file: Path, tmp_path: Path, site: str) -> None:
    learn = partial(command, "learn", site, "-s", f"COPYDESK_STORE={tmp_path / 'store.db'}")
    shelved(tmp_path / "store.db", {f"https://{site}/{n}": story(n) for n in range(3)})
    assert "on 3 pages" in learn()[1]
    rows: list[dict[str, object]] = [{"id": f"p{n}", "url": f"https://{site}/{n}", "body": "A line."} for n in range(3)]
    gold = corpus(tmp_path / "gold", *rows, page=story(1))
    assert learn("--corpus", gold)[1] == f"{file.name}: 1 page read, 0 proposals\n"
    assert "leave one out" in learn("--corpus", gold, "--recordings", tmp_path)[2]
    elsewhere = corpus(
        tmp_path / "elsewhere", {"id": "a", "url": "https://bay.example/", "body": "A line."}, page=story(1)
    )
    assert learn("--corpus", elsewhere) == (2, "", f"scrapy learn: no page of {site} is in {elsewhere}\n")


def test_what_nobody_proposes_cannot_be_accepted(learn: Run, file: Path, tmp_path: Path, site: str) -> None:
    keep(tmp_path, site, [story(n) for n in range(3)])
    status, _, err = learn("--accept", ".copy")
    assert (status, err.startswith("scrapy learn: nothing proposes '.copy'")) == (ExitStatus.USAGE, True)
    assert file.read_text("utf-8") == FILE.format(domain=site)


# The file as text

HEAD = (
    "from extractors.site import Label, Site\n\n\nclass Town(Site):\n    domains = ('town.example',)\n    body = 'p'\n"
)
SHAPES = {
    "none": HEAD,
    "no label": HEAD.replace("Label, Site", "Site"),
    "one line": f"{HEAD}    noise = {{'.a': Label.AD}}  # why\n",
    "empty": f"{HEAD}    noise = {{}}\n",
    "lines": f"{HEAD}    noise = {{  # what is no story\n        '.a': Label.AD,  # why\n        # and more\n    }}\n    headline = 'h1'\n",
    "no comma": f"{HEAD}    noise = {{\n        '.a': Label.AD  # why\n    }}\n",
    "letters": f"{HEAD}    noise = {{'[title=\"é, ö\"]': Label.AD}}  # ö\n    section = '.é'\n",
    "a name": HEAD.replace("class", "MORE = {'.a': Label.AD}\n\n\nclass") + "    noise = MORE\n",
    "a sum": HEAD.replace("class", "MORE = {'.a': Label.AD}\n\n\nclass") + "    noise = MORE | {'.c': Label.AD}\n",
    "method": f"{HEAD}\n    def amend(self, article, page):\n        return article  # as it is\n",
    "announced": f"{HEAD}    noise: dict[str, Label] = {{'.a': Label.AD}}\n",
    "other label": HEAD.replace("from extractors.site import Label, Site", "from extractors import Label\nfrom extractors.site import Site"),
    "odd breaks": f"{HEAD}    section = 'p'  # \x0c why\u2028é\n    noise = {{'.a': Label.AD}}  # why\n",
    "no end": HEAD.removesuffix("\n"),
    "tabs": HEAD.replace("    ", "\t"),
    "tabs and noise": HEAD.replace("    ", "\t") + "\tnoise = {\n\t\t'.a': Label.AD\n\t}\n",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_noise_is_added_and_all_else_stays(tmp_path: Path, shape: str) -> None:
    (tmp_path / "before.py").write_text(SHAPES[shape], "utf-8")
    before = tried(tmp_path / "before.py")[0]
    more = {".b": Label.PROMO, "p:has(a[href='/x'])": Label.RELATED}
    text = sitefile.with_noise(SHAPES[shape], "Town", more)
    path = tmp_path / "after.py"
    sitefile.write(path, text)
    after = tried(path)[0]
    assert after.noise == {**before.noise, **more}
    assert all(getattr(after, name) == getattr(before, name) for name in ("body", "domains", "headline", "section"))
    for comment in ("# why", "# what is no story", "# and more", "# ö", "# as it is"):
        assert (comment in text) is (comment in SHAPES[shape])
    assert sitefile.with_noise(text, "Town", {".z": Label.AD}).count("Label.AD") == text.count("Label.AD") + 1


@settings(max_examples=30)
@given(st.sampled_from(sorted(SHAPES)), st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_selector_is_written_as_it_is(shape: str, selector: str) -> None:
    text = sitefile.with_noise(SHAPES[shape], "Town", {selector: Label.PROMO})
    keys = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    assert selector in keys


def test_a_file_keeps_its_line_ends_and_its_byte_order_mark(tmp_path: Path) -> None:
    text = sitefile.with_noise("\ufeff" + HEAD.replace("\n", "\r\n"), "Town", {".b": Label.PROMO})
    assert text == "\ufeff" + sitefile.with_noise(HEAD, "Town", {".b": Label.PROMO}).replace("\n", "\r\n")
    sitefile.write(tmp_path / "town.py", text)
    assert tried(tmp_path / "town.py")[0].noise == {".b": Label.PROMO}


def test_a_later_template_keeps_the_noise_that_it_inherits(tmp_path: Path) -> None:
    text = f"{HEAD}    noise = {{'.a': Label.AD}}\n\n\nclass Later(Town):\n    body = 'p.new'\n"
    path = tmp_path / "later.py"
    sitefile.write(path, sitefile.with_noise(text, "Later", {".b": Label.PROMO}))
    noise = {type(t).__name__: dict(t.noise) for t in tried(path)}
    assert noise == {"Town": {".a": Label.AD}, "Later": {".a": Label.AD, ".b": Label.PROMO}}


def test_a_file_that_would_be_wrong_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "town.py"
    path.write_text(HEAD, "utf-8")
    with pytest.raises(SiteError, match=r"Town\.noise"):
        sitefile.write(path, sitefile.with_noise(HEAD, "Town", {"[": Label.AD}))
    with pytest.raises(SiteError, match="no class City"):
        sitefile.with_noise(HEAD, "City", {".a": Label.AD})
    with pytest.raises(SiteError, match="the class Town stands on one line"):
        sitefile.with_noise("class Town(Site): body = 'p'", "Town", {".a": Label.AD})
    with pytest.raises(SiteError, match="line 1"):
        sitefile.with_noise("class Town(:", "Town", {".a": Label.AD})
    assert path.read_text("utf-8") == HEAD


def formatted(path: Path) -> bool:
    """Say whether the formatter would leave a file as it is."""
    command = [sys.executable, "-m", "ruff", "format", "--check", "--line-length", "120", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0

"""The commands as a person types them: what they print, and the exit status."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from spiders.store import Store
from spiders.store.reader import Reader
from tests.conftest import ROOT, Command
from tests.newsroom import FERRY, HOME, TOWER, page, recorded

SCRAPY = (sys.executable, "-m", "scrapy")


def scrapy(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run scrapy in a process of its own, with its default reactor."""
    command = [*SCRAPY, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def sentence(run: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of stderr that is not a log line."""
    lines = [line for line in run.stderr.splitlines() if " INFO: " not in line]
    assert len(lines) == 1, run.stderr
    return lines[0]


@pytest.fixture
def extract(command: Command) -> Command:
    """Run `scrapy extract` in this process."""
    return partial(command, "extract")


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, ...]:
    """Options that crawl two recorded articles into a store of the test's own."""
    cassette = recorded(tmp_path / "two.yaml", {FERRY: page("the ferry", FERRY), TOWER: page("the tower", TOWER)})
    (tmp_path / "urls.txt").write_text(f"{FERRY}\n{TOWER}\n", "utf-8")
    return (f"urls={tmp_path}/urls.txt", "-s", f"CASSETTE={cassette}", "-s", f"COPYDESK_STORE={tmp_path}/store.db")


def test_crawl_prints_a_table_writes_the_feed_and_says_unchanged_the_second_time(
    two: tuple[str, ...], tmp_path: Path
) -> None:
    first = scrapy("crawl", "article", "-a", *two, "-O", tmp_path / "out.jsonl")
    assert first.returncode == 0, first.stderr
    header, *rows, total = first.stdout.splitlines()
    assert header.split() == ["outcome", "words", "removed", "headline"]
    assert [row.split()[0] for row in rows] == ["new", "new"]
    assert "Council keeps the ferry" in rows[0] + rows[1]
    assert total == "2 stored + 0 failed + 0 excluded + 0 pending = 2 discovered"
    assert "Traceback" not in first.stderr
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 2

    second = scrapy("crawl", "article", "-a", *two, "-O", "-:jsonl")
    assert second.returncode == 0, second.stderr
    assert {json.loads(line)["url"] for line in second.stdout.splitlines()} == {FERRY, TOWER}
    assert second.stderr.count("unchanged ") == 2
    assert "WARNING" not in second.stderr


def test_crawl_ends_with_10_and_names_what_the_recording_lacks(two: tuple[str, ...]) -> None:
    run = scrapy("crawl", "article", "-a", f"url={HOME}/nowhere", *two[1:])
    assert run.returncode == 10
    assert f"failed: {HOME}/nowhere: is not in the recording" in run.stdout
    assert "Traceback" not in run.stderr


def test_crawl_whose_budget_is_spent_at_once_ends_without_a_traceback(two: tuple[str, ...]) -> None:
    run = scrapy("crawl", "article", "-a", *two, "-s", "MEMUSAGE_LIMIT_MB=1")
    assert run.returncode == 14
    assert "ended by MEMUSAGE_LIMIT_MB: run it again to go on" in run.stdout
    assert "Traceback" not in run.stderr


def test_crawl_of_a_locked_store_leaves_the_output_file_alone(two: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("precious\n")
    with Store(tmp_path / "store.db"):
        run = scrapy("crawl", "article", "-a", *two, "-O", out)
    assert run.returncode == 5
    assert "store.db is locked by pid" in sentence(run)
    assert out.read_text() == "precious\n"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["artcle"], 2, "there is no spider 'artcle'; did you mean article?"),
        (["pier"], 2, "there is no spider 'pier'; scrapy list names those there are"),
        ([], 2, "name one spider: article reads any site, scrapy list names the others"),
        (["article"], 2, "the spider article takes one of -a url=ADDRESS, -a urls=FILE, -a site="),
        (["article", "-a", "url=ftp://x.example/"], 2, "'ftp://x.example/' is not a web address"),
        (["article", "-a", "url=https://x.example:99999/"], 2, "'https://x.example:99999/' is not a web address"),
        (["article", "-a", "site=x.example:port"], 2, "'https://x.example:port/' is not a web address"),
        (["article", "-a", "urls=nowhere.txt"], 2, "the file nowhere.txt cannot be read: No such file or directory"),
        (["ynetnews_com", "-a", "page=2"], 2, "the spider ynetnews_com takes no argument page"),
        (["article", "-a", "site=a.example", "-a", "site=b.example"], 2, "-a site= is given twice: one of them would"),
        (["ynetnews_com", "--fast"], 2, "unknown option --fast"),
        (["ynetnews_com", "-s", "CASETTE=cassettes"], 4, "there is no setting CASETTE; did you mean CASSETTE?"),
        (["ynetnews_com", "-s", "cassette=cassettes"], 4, "there is no setting cassette; did you mean CASSETTE?"),
        (["ynetnews_com", "-s", "CLOSESPIDER_TIMEOUT_NO_ITEM=.5"], 4, "TIMEOUT_NO_ITEM must be a whole number, not"),
        (["ynetnews_com", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=0"], 4, "REQUESTS_PER_DOMAIN must be 1 or more"),
        (["ynetnews_com", "-s", "DOWNLOAD_DELAY=a while"], 4, "DOWNLOAD_DELAY must be a number, not 'a while'"),
        (["ynetnews_com", "-s", "PATIENCE=inf"], 4, "the setting PATIENCE must be a number, not 'inf'"),
        (["ynetnews_com", "-s", "CLOSESPIDER_ITEMCOUNT=.5"], 4, "CLOSESPIDER_ITEMCOUNT must be a whole number, not"),
        (["ynetnews_com", "-s", "COOKIES_ENABLED=no"], 4, "COOKIES_ENABLED must be True or False, not 'no'"),
        (["ynetnews_com", "-s", "REVISIT=2h"], 4, "the setting REVISIT must be a table in JSON, not '2h'"),
        (["ynetnews_com", "-s", "LOG_LEVEL=loud"], 4, "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL"),
        (["ynetnews_com", "-L", "loud"], 4, "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not 'loud'"),
        (["ynetnews_com", "-s", "CONTACT=the desk"], 4, "CONTACT is 'the desk': give an address where you can"),
        (["ynetnews_com", "-s", "JOBDIR=jobs"], 4, "JOBDIR cannot be used: it keeps pickles"),
        (["ynetnews_com"], 4, "the cassette nowhere.yaml does not exist"),
        (["ynetnews_com", "-s", "COPYDESK_STORE=scrapy.cfg"], 4, "scrapy.cfg cannot be used: it is not an SQLite"),
        (["ynetnews_com", "-O", "scrapy.cfg/out.jsonl"], 2, "scrapy.cfg/out.jsonl cannot be written"),
        (["ynetnews_com", "-O", "tests:jsonl"], 2, "the output file tests cannot be written"),
    ],
)
def test_crawl_answers_bad_input_with_one_sentence(
    command: Command, arguments: list[str], status: int, said: str, tmp_path: Path
) -> None:
    # Without a reactor, so that many can be run in one process; with a cassette, so that none reaches the network.
    cassette = "nowhere.yaml" if status == 4 and "-s" not in arguments else recorded(tmp_path / "x.yaml", {FERRY: ""})
    options = ["--nolog", "-s", "TWISTED_REACTOR_ENABLED=0", "-s", f"CASSETTE={cassette}"]
    ended, out, err = command("crawl", "-s", f"COPYDESK_STORE={tmp_path}/store.db", *arguments, *options)
    assert (ended, out) == (status, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir() if p.name != "x.yaml"] == []
    assert not Path("scrapy.cfg.lock").exists()
    assert not Path("jobs").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("typo", "typo.py cannot be run: NameError: name 'NewsSpidre' is not defined"),
        ("comma", "comma.py cannot be run: SyntaxError: '(' was never closed"),
        ("nameless", "nameless.py holds no spider with a name of its own"),
    ],
)
def test_a_broken_spider_file_spoils_only_its_own_spider(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, said: str
) -> None:
    desk = tmp_path / f"desk_{name}"  # modules stay loaded: a name for each
    desk.mkdir()
    start = "from spiders.news import NewsSpider\nclass Desk(NewsSpider):\n    "
    files = {
        "__init__": "",
        "typo": "class Desk(NewsSpidre): pass",
        "comma": "x = (1,",
        "whole": start + "name = 'whole'",
    }
    for stem, text in (files | {"nameless": start + "pass"}).items():
        (desk / f"{stem}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    options = ("-s", f"SPIDER_MODULES={desk.name}", "-s", "TWISTED_REACTOR_ENABLED=0", "--nolog")
    assert command("list", *options) == (0, "whole\n", "")
    status, out, err = command("crawl", name, *options)
    assert (status, out) == (4, "")
    assert err.startswith(f"scrapy crawl: {desk.name}/{said}")
    assert len(err.splitlines()) == 1


LIST = "<h2>What changes</h2><blockquote><p>“Nobody was asked about any of this,” the old mayor said.</p></blockquote>"
LIST += "<ul><li>The first boat leaves at six in the morning</li><li>The last one comes back at midnight</li></ul>"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "ferry.html"
    related = "<p>Read more: <a href='/x'>What the tower costs the town</a></p>"
    file.write_text(page("the ferry", FERRY).replace("</article>", f"{LIST}{related}</article>"), "utf-8")
    return file


def test_extract_prints_the_body(extract: Command, saved: Path) -> None:
    status, out, err = extract(saved)
    assert (status, err) == (0, "")
    assert out.startswith("The harbour council decided on Monday evening that the ferry will be kept open")
    assert "\n\nResidents had asked for it" in out
    assert "Read more" not in out


def test_extract_as_json_knows_the_address_that_the_page_tells(extract: Command, saved: Path, tmp_path: Path) -> None:
    article = json.loads(extract(saved, "--format", "json")[1])
    assert (article["url"], article["headline"]) == (FERRY, "Council keeps the ferry")
    assert article["blocks"]
    assert json.loads(extract(saved, "--format", "json", "--url", TOWER)[1])["url"] == TOWER
    anonymous = tmp_path / "anonymous.html"
    anonymous.write_text(saved.read_text("utf-8").replace("canonical", "other"), "utf-8")
    assert json.loads(extract(anonymous, "--format", "json")[1])["url"] is None


@pytest.mark.parametrize(
    "note",
    [
        f"<!-- saved from url=({len(TOWER):04}){TOWER} -->",
        f"<!--\n Page saved with SingleFile \n url: {TOWER} \n saved date: Sat Nov 21 2026 10:00:00 GMT+0100\n-->",
    ],
)
def test_extract_knows_the_address_that_the_browser_noted_in_a_saved_page(
    extract: Command, saved: Path, note: str
) -> None:
    html = saved.read_text("utf-8")
    saved.write_text(html.replace(">", f">\n{note}", 1), "utf-8")
    assert json.loads(extract(saved, "--format", "json")[1])["url"] == FERRY  # what the page calls itself is better
    saved.write_text(html.replace("canonical", "other").replace(">", f">\n{note}", 1), "utf-8")
    assert json.loads(extract(saved, "--format", "json")[1])["url"] == TOWER


def test_extract_as_markdown(extract: Command, saved: Path) -> None:
    status, out, _ = extract(saved, "--format", "markdown")
    assert status == 0
    assert out.startswith("# Council keeps the ferry\n\n")
    assert "\n\n## What changes\n\n" in out
    assert "\n\n> “Nobody was asked about any of this,” the old mayor said.\n\n" in out
    assert "\n- The first boat leaves at six in the morning\n- The last one comes back at midnight" in out


def test_markdown_has_no_markup_of_the_pages_text(extract: Command, saved: Path) -> None:
    evil = (
        "&lt;img src=x onerror=alert(1)> is [a lure](javascript:alert(1)) and ![a beacon](https://spy.example/p.gif)."
    )
    text = saved.read_text("utf-8").replace("<h2", f"<p># {evil}</p><p>```sh of the harbour, in three words</p><h2", 1)
    saved.write_text(text, "utf-8")
    out = extract(saved, "--format", "markdown")[1]
    assert "\n\n\\# \\<img src=x onerror=alert(1)> is [a lure\\](javascript:alert(1)) and ![a beacon\\](https" in out
    assert "\n\n\\```sh of the harbour" in out
    assert "\n\n## What changes\n\n" in out


def test_extract_shows_what_was_removed_and_why(extract: Command, saved: Path) -> None:
    status, out, _ = extract(saved, "--removed")
    assert status == 0
    (line,) = [line for line in out.splitlines() if "Read more" in line]
    assert line.startswith("related (")
    (block,) = json.loads(extract(saved, "--removed", "--format", "json")[1])["removed"]
    assert (block["label"], bool(block["why"])) == ("related", True)


PLAIN = "The harbour is open again after the long storm, and the boats went out at six.\n\nRead more: the tower\n"


def test_extract_cleans_text(extract: Command, tmp_path: Path) -> None:
    file = tmp_path / "noisy.txt"
    file.write_text(PLAIN, "utf-8")
    for arguments in ((file,), (file, "--plain")):
        status, out, _ = extract(*arguments)
        assert status == 0
        assert out.strip() == PLAIN.splitlines()[0]


def test_extract_takes_a_page_whose_address_nobody_knows_for_no_front(extract: Command, saved: Path) -> None:
    cards = "".join(
        f'<h3><a href="/news/{n}">Why the old lamp at Gull Point is lit again by keeper number {n}</a></h3>'
        for n in range(40)
    )
    story = "<img src='/a.jpg' alt='The coal quay'><p>The harbour council keeps the night ferry for a year.</p>"
    story += "<p>Two members voted against it on Monday, because they found the fares too high for families.</p>"
    shell = "<!DOCTYPE html><html lang=en><head><title>Ferry</title></head><body>{}</body></html>"
    saved.write_text(shell.format(f"<main><h1>Night ferry stays</h1>{story}</main><div>{cards}</div>"), "utf-8")
    status, out, err = extract(saved, "--format", "json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert told["body"].startswith("The harbour council keeps")
    assert (told["url"], told["site"], "invalid" in out) == (None, None, False)


def test_extract_reads_standard_input(saved: Path) -> None:
    command = [*SCRAPY, "extract", "-"]
    run = subprocess.run(command, cwd=ROOT, input=saved.read_bytes(), capture_output=True, check=False, timeout=60)
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.decode().startswith("The harbour council decided")


@pytest.mark.parametrize("during", ["spiders.surfaces.logs.keep_clean", "spiders.commands.extract._read"])
def test_extract_that_is_broken_off_says_so(
    extract: Command, saved: Path, monkeypatch: pytest.MonkeyPatch, during: str
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(during, interrupted)
    assert extract(saved) == (11, "", "scrapy extract: interrupted\n")


def test_extract_reads_a_folder_and_tells_what_gives_no_article(extract: Command, saved: Path) -> None:
    (saved.parent / "a.txt.gz").write_bytes(gzip.compress(PLAIN.encode()))
    status, out, err = extract(saved.parent, "--format", "json")
    assert (status, err) == (0, "")
    assert [json.loads(line)["file"] for line in out.splitlines()] == ["a.txt.gz", "ferry.html"]
    assert all(json.loads(line)["body"] for line in out.splitlines())
    removed = extract(saved.parent, "--format", "json", "--removed")[1].splitlines()
    assert [json.loads(line)["file"] for line in removed] == ["a.txt.gz", "ferry.html"]
    (saved.parent / "b.html").touch()
    status, out, err = extract(saved.parent, "--format", "json")
    assert (status, len(out.splitlines())) == (10, 2)
    assert "b.html: the page is empty" in err


@pytest.mark.parametrize("name", ["a.XHTML", "a.xhtml.gz", "a.HTML.GZ"])
def test_extract_reads_a_page_whatever_way_its_ending_is_written(extract: Command, saved: Path, name: str) -> None:
    page = saved.read_bytes()
    saved.with_name(name).write_bytes(gzip.compress(page) if name.lower().endswith(".gz") else page)
    saved.unlink()
    status, out, err = extract(saved.parent, "--format", "json")
    assert (status, [json.loads(line)["file"] for line in out.splitlines()], err) == (0, [name], "")


def test_extract_reads_the_address_of_a_page_in_utf_16(extract: Command, saved: Path) -> None:
    saved.write_bytes(saved.read_text("utf-8").encode("utf-16"))
    assert json.loads(extract(saved, "--format", "json")[1])["url"] == FERRY


def test_extract_tells_how_far_it_is_in_a_folder(
    extract: Command, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spiders.exports.progress._EVERY", 0.0)
    status, out, err = extract(saved.parent, "--format", "json")
    assert (status, len(out.splitlines()), err) == (0, 1, "scrapy extract: of 1 page: 0\n")


def test_extract_counts_what_of_a_folder_it_does_not_look_at(extract: Command, saved: Path) -> None:
    folder = saved.parent
    for name in ("a.mht", "b.MHT", "pages.warc.gz", "story?id=5"):
        (folder / name).write_bytes(saved.read_bytes())
    (folder / "years").symlink_to(folder)
    (folder / "gone.html").symlink_to("nowhere.html")
    status, out, err = extract(folder, "--format", "json")
    assert (status, len(out.splitlines())) == (10, 1)
    assert err.splitlines() == [
        f"scrapy extract: {folder}/gone.html: cannot be read: No such file or directory",
        f"scrapy extract: 5 other files in {folder} not looked at: .mht 2, link to a folder 1, .warc.gz 1, "
        "without an ending 1",
    ]


@pytest.mark.parametrize("options", [[], ["--plain"]])
def test_extract_takes_a_file_that_is_too_large_not_in_part(
    extract: Command, saved: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    size = saved.stat().st_size
    monkeypatch.setattr("spiders.commands.extract._LIMIT", size)
    assert extract(saved, *options)[0] == 0
    monkeypatch.setattr("spiders.commands.extract._LIMIT", size - 1)
    assert extract(saved, *options) == (2, "", f"scrapy extract: {saved}: too large: more than {size - 1:,} bytes\n")


SHELL = "<!DOCTYPE html><html><head><title>{}</title></head><body><h1>{}</h1><p>{}</p></body></html>"
CLOUD = SHELL.format(
    "Just a moment...", "news.example", "Checking your browser before accessing. Cloudflare Ray ID: 8f"
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.html", b"", "empty"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "an image"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        ("pages.warc", b"WARC/1.1\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>One.</p>", "a web archive"),
        (
            "pages.tar",
            b"a.html".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0") + b"<p>One.</p>",
            "an archive of files",
        ),
        ("wall.html", CLOUD.encode(), "bot wall"),
        ("nested.html", b"<div>" * 100_000, "nest"),
        ("cut.html.gz", gzip.compress(b"<p>x</p>" * 99, mtime=0)[:20], "cannot be read"),
        ("plain.html.gz", b"not packed at all", "cannot be read"),
    ],
)
def test_extract_answers_bad_pages_with_one_sentence(
    extract: Command, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    status, out, err = extract(tmp_path / name)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert f"{name}: " in err
    assert said in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name one file, folder or address"),
        (["a.html", "b.html"], "name one file"),
        (["ftp://x.example/a"], "'ftp://x.example/a' is not a web address"),
        (["https://x.example:99999/"], "'https://x.example:99999/' is not a web address"),
        (["nowhere.html"], "nowhere.html: cannot be read: No such file or directory"),
        (["--loud", "a.html"], "unknown option --loud"),
        (["extractors/sites"], "the folder extractors/sites has no page"),
        (["a.html", "--format", "docx"], "invalid choice: 'docx'"),
    ],
)
def test_extract_answers_bad_arguments(extract: Command, arguments: list[str], said: str) -> None:
    status, out, err = extract(*arguments)
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("COPYDESK_STROE=x.db", "there is no setting COPYDESK_STROE; did you mean COPYDESK_STORE?"),
        ("DOWNLOAD_TIMEOUT=long", "the setting DOWNLOAD_TIMEOUT must be a number, not 'long'"),
    ],
)
def test_extract_refuses_a_setting_that_cannot_be_used(extract: Command, given: str, said: str) -> None:
    assert extract("a.html", "-s", given) == (4, "", f"scrapy extract: {said}\n")


def test_extract_of_an_address_obeys_robots_and_plays_recordings(extract: Command, tmp_path: Path) -> None:
    robots = "User-agent: *\nDisallow: /2026/tower\n"
    pages = {FERRY: page("the ferry", FERRY), TOWER: page("the tower", TOWER), f"{HOME}/robots.txt": robots}
    cassette = f"CASSETTE={recorded(tmp_path / 'two.yaml', pages)}"
    run = scrapy("extract", FERRY, "-s", cassette)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("The harbour council decided")

    play = partial(extract, "--nolog", "-s", "TWISTED_REACTOR_ENABLED=0", "-s")
    assert play(cassette, TOWER) == (10, "", f"scrapy extract: {TOWER}: forbidden by robots.txt\n")
    status, out, err = play(cassette, f"{HOME}/nowhere")
    assert (status, out) == (10, "")
    assert f"{HOME}/nowhere: is not in the recording" in err
    status, out, err = play("CASSETTE=nowhere.yaml", FERRY)
    assert (status, out) == (4, "")
    assert "nowhere.yaml does not exist" in err


# All of them

COMMANDS = sorted(path.stem for path in (ROOT / "spiders" / "commands").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_tells_more_than_its_options(command: Command, name: str) -> None:
    status, out, _ = command(name, "--help")
    assert status == 0
    assert out.startswith(f"Usage\n=====\n  scrapy {name}")
    told, _, options = out.partition("\nOptions\n")
    assert "." in told.split("\n\n", 1)[1]
    assert out.isascii()  # argparse prints it, in whatever charset the terminal has
    assert "--help" in options


def test_what_nobody_reads_any_more_ends_nothing(two: tuple[str, ...], tmp_path: Path) -> None:
    reader, gone = os.pipe()
    os.close(reader)  # `| head` has read enough
    end = partial(subprocess.run, cwd=ROOT, timeout=60, check=False)
    assert end([*SCRAPY, "crawl", "article", "-a", *two], stdout=gone, stderr=gone).returncode == 0
    with Reader(tmp_path / "store.db") as store:
        assert [record.address for record in store.records()] == [FERRY, TOWER]
        assert next(store.runs()).reason == "finished"
    shown = end([*SCRAPY, "runs", "-s", f"COPYDESK_STORE={tmp_path}/store.db"], stdout=gone, stderr=subprocess.PIPE)
    assert shown.returncode == 0
    assert not shown.stderr
    os.close(gone)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_command_that_is_started_without_its_streams_ends_as_with_them(
    two: tuple[str, ...], tmp_path: Path, closed: str
) -> None:
    end = partial(subprocess.run, cwd=ROOT, timeout=60, check=False, capture_output=True, text=True)
    for words in (["crawl", "article", "-a", *two], ["runs", *two[-2:]], ["extract", "-", *two[-2:]]):
        run = end(["sh", "-c", f'exec "$@" {closed}', "sh", *SCRAPY, *words], input="")
        assert run.returncode == (2 if words[0] == "extract" else 0), run.stderr
        assert "Traceback" not in run.stderr
    with Reader(tmp_path / "store.db") as store:
        assert [record.address for record in store.records()] == [FERRY, TOWER]


def test_what_is_printed_is_utf8_whatever_the_locale(
    two: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    cassette = recorded(tmp_path / "far.yaml", {FERRY: page("die Fähre " * 30, FERRY)})
    run = scrapy("crawl", "article", "-a", f"url={FERRY}", *two[1:2], f"CASSETTE={cassette}", *two[-2:])
    assert "Council keeps die Fähre" in run.stdout
    assert "…" in run.stdout
    assert "Traceback" not in run.stderr


def test_output_that_finds_no_room_is_told_in_a_sentence(two: tuple[str, ...], tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        end = partial(subprocess.run, cwd=ROOT, timeout=60, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
        crawled = end([*SCRAPY, "crawl", "article", "-a", *two])
        listed = end([*SCRAPY, "articles", "-s", f"COPYDESK_STORE={tmp_path}/store.db"])
    assert crawled.returncode == 0  # what it is for is stored
    assert "what came of the crawl cannot be printed: No space left on device" in crawled.stderr
    assert listed.returncode == 3
    assert listed.stderr.startswith("scrapy articles: standard output cannot be written: there is no room for it")
    assert "Traceback" not in crawled.stderr + listed.stderr

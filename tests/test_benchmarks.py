"""The comparison with other tools: corpora are read in both layouts, bodies judged by what the words say, costs weighed.

The peers themselves are not installed where this runs; tools made up here stand in for them.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import endurance, frontier, peers, race, storing, templates, throughput, tools, workers
from spiders.errors import CorpusError
from spiders.specimens.corpora import Sample, html_of, samples_of
from spiders.specimens.scoring import judge, total

FERRY = (
    "The night ferry will run again from Monday, the harbour board said after a long meeting.",
    "Tickets cost nine crowns, and children travel free until the end of the coming winter.",
)
BODY = "\n\n".join(FERRY)
PAGE = f"<html><body><article><h1>Night ferry</h1>{''.join(f'<p>{p}</p>' for p in FERRY)}</article></body></html>"


def pack(file: Path, page: str = PAGE) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(page.encode()))


def corpus(folder: Path, *rows: dict[str, object], page: str = PAGE) -> Path:
    folder.mkdir(exist_ok=True)
    for row in rows:
        pack(folder / "pages" / f"{row['id']}.html.gz", page)
    (folder / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


def ferry(name: str = "a", **more: object) -> dict[str, object]:
    return {"id": name, "url": f"https://news.example/{name}", "body": BODY, **more}


# Reading


def test_a_folder_of_our_layout_is_read(tmp_path: Path) -> None:
    optional = {"body_required": FERRY[1]}
    corpus(tmp_path, ferry("a"), {"id": "no-gold", "url": None, "body": None}, ferry("b", url=None, extra=optional))
    a, b = samples_of(tmp_path)
    assert (a.id, a.url, a.body, a.required) == ("a", "https://news.example/a", BODY, BODY)
    assert html_of(a.page) == PAGE.encode()
    assert (b.id, b.required) == ("b", FERRY[1])
    assert b.url.startswith("https://")


def test_a_clone_of_the_public_benchmark_is_read(tmp_path: Path) -> None:
    pack(tmp_path / "html" / "x1.html.gz")
    truth = {"x1": {"articleBody": BODY, "url": "https://news.example/ferry"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), "utf-8")
    (sample,) = samples_of(tmp_path)
    assert (sample.id, sample.url, sample.body) == ("x1", "https://news.example/ferry", BODY)
    assert html_of(sample.page) == PAGE.encode()


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("readme.txt", "", "neither truth.jsonl nor ground-truth.json"),
        ("truth.jsonl", "{not json", "cannot be read"),
        ("truth.jsonl", '{"id": "a", "body": null}', "holds no bodies"),
        ("truth.jsonl", '{"id": "a", "body": ["Text."]}', "cannot be read: TypeError: body is no text"),
        ("truth.jsonl", '{"id": "a", "body": "Text.", "extra": {"body_required": ["Text."]}}', "required is no text"),
        ("truth.jsonl", '{"id": "a", "url": 5, "body": "Text."}', "url is no text"),
        ("truth.jsonl", '{"id": "a", "url": null, "body": "Text."}', "1 of 1 pages are not there"),
        ("ground-truth.json", '{"a": {"url": "https://news.example/"}}', "cannot be read: KeyError"),
    ],
)
def test_a_folder_that_is_no_corpus_is_told_and_ends_with_2(
    tmp_path: Path, file: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=said):
        samples_of(tmp_path)
    with pytest.raises(SystemExit) as ended:
        peers.main([str(tmp_path)])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


# Scoring


def test_precision_and_recall_are_shares_of_the_runs_of_four_words() -> None:
    verdict = judge("one two three four five six", "zero one two three four five")
    # known: 1-4, 2-5, 3-6; found: 0-3, 1-4, 2-5
    assert (verdict.precision, verdict.recall) == (2 / 3, 2 / 3)
    assert judge("Short text.", "short text").precision == 0.0
    assert judge("Short text.", "Short, text!").precision == 1.0


def test_a_page_without_a_word_found_counts_for_recall_alone() -> None:
    score = total([judge(BODY, ""), judge(BODY, BODY)])
    assert (score.precision, score.recall, score.exact) == (1.0, 0.5, 0.5)
    assert score.f1 == pytest.approx(2 / 3)
    assert (score.leaked, score.missing) == (0, 2)


def test_a_body_is_exact_whatever_parts_and_marks_its_words() -> None:
    assert judge(BODY, " ".join(FERRY).replace(",", " –").replace("ferry", "fer\u00adry")).exact
    assert not judge(BODY, BODY + "\n\nMore").exact
    assert not judge(BODY, FERRY[0]).exact
    assert not judge(BODY, FERRY[1] + "\n" + FERRY[0]).exact


def test_optional_paragraphs_may_be_there_or_not() -> None:
    for found in (BODY, FERRY[1]):
        verdict = judge(BODY, found, required=FERRY[1])
        assert (verdict.precision, verdict.recall, verdict.exact) == (1.0, 1.0, True)
        assert verdict.leaked == verdict.missing == ()
    assert judge(BODY, FERRY[0], required=FERRY[1]).missing == (FERRY[1],)


def test_a_leak_is_a_sentence_that_the_known_body_lacks() -> None:
    found = f"{FERRY[0]} Sign up here.\nPhoto: Jon Falk\n{FERRY[1]}"
    assert judge(BODY, found).leaked == ("Sign up here.", "Photo:", "Jon Falk")
    assert judge(BODY, BODY.upper() + "\n*\nOK").leaked == ()


def test_a_paragraph_that_stands_once_too_often_is_a_leak() -> None:
    assert judge(BODY, f"{BODY}\n\n{FERRY[0]}").leaked == (FERRY[0],)
    assert judge(f"{BODY}\n\n{FERRY[0]}", f"{BODY}\n\n{FERRY[0]}").leaked == ()


def test_a_paragraph_is_missing_unless_all_of_it_was_found() -> None:
    assert judge(BODY, f"{FERRY[0][:-20]}\n{FERRY[1]}").missing == (FERRY[0],)


# Weighing

STAND_INS = """
import os, subprocess, sys, time
from benchmarks import tools, trial

BURN = "import time\\nwhile time.process_time() < 0.3: pass"

def wild():
    def read(html, url):
        print("tools may print what they like")
        deed = url.rpartition("/")[2]
        if deed == "raise": raise ValueError("no such thing")
        if deed == "die": os._exit(3)
        if deed == "hang": time.sleep(3600)
        if deed == "refuse": return None
        if deed == "child": subprocess.run([sys.executable, "-c", BURN])
        if deed == "memory": bytearray(300 * 2**20)
        return html.decode()
    return read

def broken():
    raise ImportError("a library that it needs is of another kind")

for load in (wild, broken):
    tools.TOOLS[load.__name__] = tools.Tool(load.__name__, (), load)
trial.main(sys.argv[1])
"""


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tools.Tool]:
    """Let the child process know tools that are not in the list."""
    script = tmp_path / "stand_ins.py"
    script.write_text(STAND_INS, "utf-8")
    run = f"import sys, runpy; sys.argv = sys.argv[1:]; runpy.run_path({str(script)!r})"
    monkeypatch.setattr(race, "CHILD", (sys.executable, "-c", run, str(script)))
    return lambda name: tools.Tool(name, (), never)


def never() -> tools.Reader:
    raise AssertionError("a tool is loaded in its own process alone")


def deeds(folder: Path, *names: str) -> list[Sample]:
    for name in names:
        pack(folder / f"{name}.gz", name)
    return [Sample(name, f"https://news.example/{name}", folder / f"{name}.gz", name, name) for name in names]


def test_a_page_that_a_tool_fails_on_is_empty_and_counted(
    tmp_path: Path, tool: Callable[[str], tools.Tool], capfd: pytest.CaptureFixture[str]
) -> None:
    samples = deeds(tmp_path, "first", "raise", "die", "refuse", "hang", "last")
    result = race.run(tool("wild"), samples, passes=1, patience=3)
    assert result.bodies == ["first", "", "", "", "", "last"]
    assert result.refused == {"refuse"}
    assert result.crashed == {"raise": "ValueError: no such thing", "die": race.DIED, "hang": race.DIED}
    assert result.cpu.keys() == result.parse.keys() == {"first", "raise", "refuse", "last"}
    assert "tools may print" in capfd.readouterr().err


def test_what_a_tool_lets_a_child_do_counts(tmp_path: Path, tool: Callable[[str], tools.Tool]) -> None:
    result = race.run(tool("wild"), deeds(tmp_path, "plain", "child"), passes=1)
    assert result.cpu["child"] >= 0.3 > result.parse["child"]
    assert result.p99 >= 300
    assert result.times_parse == sum(result.cpu.values()) / sum(result.parse.values())


def test_the_peak_of_memory_is_that_of_the_tool(tmp_path: Path, tool: Callable[[str], tools.Tool]) -> None:
    held = bytearray(300 * 2**20)  # this process is no part of it
    plain = race.run(tool("wild"), deeds(tmp_path, "plain"), passes=1)
    dear = race.run(tool("wild"), deeds(tmp_path, "plain", "memory"), passes=1)
    assert plain.peak < 200 < 300 < dear.peak
    assert len(held) == 300 * 2**20


def test_a_tool_that_does_not_load_is_told(tmp_path: Path, tool: Callable[[str], tools.Tool]) -> None:
    with pytest.raises(race.BrokenToolError, match="broken does not load"):
        race.run(tool("broken"), deeds(tmp_path, "first"), passes=1)


# The command


def test_the_command_prints_a_row_a_tool_and_names_those_that_are_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = tools.Tool("absent", ("no-such-package",), never)
    monkeypatch.setattr(peers, "TOOLS", {"copydesk": tools.TOOLS["copydesk"], "absent": absent})
    assert peers.main([str(corpus(tmp_path / "tiny", ferry("a"), ferry("b"))), "--passes", "1"]) == 0
    said = capsys.readouterr()
    assert "absent is left out: no-such-package not installed" in said.err.replace("\n", " ")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in said.out.splitlines() if "|" in line]
    assert rows[0][:7] == "tool precision recall F1 exact leaked missing".split()
    assert rows[0][7:] == ["× parse", "p99 ms", "peak MB", "refused/crashed"]
    assert [row[0].split()[0] for row in rows[2:]] == ["bare", "copydesk"]
    assert rows[3][1:7] == ["1.000", "1.000", "1.000", "1.000", "0", "0"]
    assert rows[3][-1] == "0/0"
    assert "2 pages of tiny" in said.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "no-such-tool"], "invalid choice"),
        (["--passes", "0"], "at least one pass"),
        (["--chart", "chart.png"], "an .svg file"),
        (["--chart", "no/such/folder/chart.svg"], "a folder that exists"),
        (["--chart", "chart.svg"], "--chart needs matplotlib"),
    ],
)
def test_what_cannot_be_done_is_told_before_the_work(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "benchmarks.chart", raising=False)
    with pytest.raises(SystemExit) as ended:
        peers.main([str(corpus(tmp_path / "tiny", ferry())), *arguments])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_endurance_kills_a_crawl_and_counts_what_that_cost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert endurance.main(["--pages", "40", "--kills", "1", "--size", "8000"]) == 0
    out = capsys.readouterr().out
    assert re.match(r"kill 1 after \d+ pages \(status -9\)\n", out)
    assert "\nstatus 0: 40 stored + 0 failed + 0 excluded + 0 pending = 40 discovered\n" in out
    assert re.search(r"\n0 lost, 0 doubled, \d+ fetched again after 1 kills\n", out)
    assert "pages/s of 8 kB" in out


def test_frontier_goes_on_with_a_run_that_was_broken_off(capsys: pytest.CaptureFixture[str]) -> None:
    assert frontier.main(["--addresses", "12", "--pages", "12", "--size", "8000", "--links", "40"]) == 0
    out = capsys.readouterr().out
    assert (
        "12 addresses in the frontier: status 0, 12 stored + 0 failed + 0 excluded + 0 pending = 12 discovered" in out
    )
    assert "a page of 40 links: 40 taken in 0." in out


def test_the_slope_of_a_memory_curve() -> None:
    flat = [endurance.Sample(n, n, 100 + 50 * (n < 40), 50, 120) for n in range(100)]
    assert endurance.slope(flat) == pytest.approx(0)
    assert endurance.slope([endurance.Sample(n, n, 100 + n / 10, 50, 120) for n in range(100)]) == pytest.approx(0.1)
    assert endurance.slope([]) == 0
    lines = list(endurance.curve(flat, 100))
    assert lines[1].split() == ["5", "5", "150", "50", "120"]
    assert lines[-1] == "peak: 200 MB RSS, 120 MB PSS"


def test_storing_says_what_the_store_costs_beside_a_bare_insert(capsys: pytest.CaptureFixture[str]) -> None:
    assert storing.main(["--pages", "60", "--size", "6000", "--rounds", "1"]) == 0
    _, head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["CPU", "ms", "×", "bare", "ms"]
    assert [row.rsplit(maxsplit=3)[0] for row in rows] == [
        *("bare insert", "store, 50 a transaction", "store, one a transaction", "writer, 32 in flight")
    ]
    assert all(float(number) > 0 for row in rows for number in row.rsplit(maxsplit=3)[1:])


def test_workers_says_what_they_cost_beside_reading_in_one_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workers.main([str(corpus(tmp_path / "tiny", ferry("a"), ferry("b"))), "--rounds", "1"]) == 0
    head, alone, beside, more, speed, halt = capsys.readouterr().out.splitlines()
    assert head == "2 pages, milliseconds of CPU a page"
    figures = [float(line.split()[0]) for line in (alone, beside, more)]
    assert figures[2] == pytest.approx(figures[1] - figures[0], abs=0.02)
    assert all(figure > 0 for figure in figures[:2])
    assert re.fullmatch(r"two workers are [\d.]+ × as fast as one \(\d+ and \d+ pages a second\)", speed)
    assert re.fullmatch(r"the event loop stood still for [\d.]+ ms at the longest", halt)


def test_templates_says_what_their_pages_cost_with_and_without_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = PAGE.replace("<article>", '<article id="article-body">')
    ours, other = {"url": "https://time.com/1/ferry/"}, ferry("b")
    assert templates.main([str(corpus(tmp_path / "tiny", ferry("a", **ours), other, page=page)), "--rounds", "1"]) == 0
    head, parse, bare, checked = capsys.readouterr().out.splitlines()
    assert head == "1 pages that a site file fits, milliseconds of CPU a page, multiples of the bare parse"
    assert float(parse.split()[0]) > 0
    assert all(re.fullmatch(r" +[\d.]+ +[\d.]+ ×  with.*", line) for line in (bare, checked))
    assert templates.main([str(corpus(tmp_path / "other", other))]) == 1
    assert capsys.readouterr().out == "no site file fits a page of these folders\n"


def test_throughput_crawls_the_same_pages_with_and_without_us(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--pages", "12", "--rounds", "1", "-s", "HTTPERROR_ALLOW_ALL=True"]
    assert throughput.main([str(corpus(tmp_path / "tiny", ferry("a"), ferry("b"))), *given]) == 0
    crawled, pages, ratio = capsys.readouterr().out.splitlines()
    assert crawled.endswith("12 stored + 0 failed + 0 excluded + 0 pending = 12 discovered")
    assert re.fullmatch(r"12 pages of \d+ kB: bare Scrapy \d+ pages/s, with extraction and store \d+", pages)
    assert re.match(r"ratio \d+\.\d+ \(median of 1;", ratio)

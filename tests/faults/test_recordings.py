"""Recordings that are cut off, and names that try to leave their folder."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from vcr.request import Request

from spiders.cassettes import SIDE_FILES, Recording
from spiders.errors import CassetteError
from spiders.recordings import tapes
from spiders.surfaces.filenames import MAX_BYTES, file_name
from tests.conftest import ROOT, Crawl, Site
from tests.newsroom import page
from tests.reading import HTML, PAGE, local, read, response

pytestmark = pytest.mark.faults

KILLED_AT = 50


@local
def test_A9_every_answer_before_a_kill_replays(site: Site, crawl: Crawl, tmp_path: Path) -> None:
    children: list[subprocess.Popen[bytes]] = []

    class Deadly(dict[str, Any]):
        def get(self, path: str, default: Any = None) -> Any:
            if len(site.asked) > KILLED_AT:
                children[0].send_signal(signal.SIGKILL)
            return super().get(path, default)

    paths = [f"/{n}" for n in range(60)]
    site.pages = Deadly({path: (200, HTML, page(f"pier {path}", site.url(path)).encode()) for path in paths})
    (tmp_path / "urls.txt").write_text("\n".join(map(site.url, paths)), "utf-8")
    tape = tmp_path / "tape.yaml"
    settings = {
        "CASSETTE": tape,
        "CASSETTE_MODE": "once",
        "COPYDESK_STORE": tmp_path / "store.db",
        "ALLOW_PRIVATE": f"127.0.0.1:{site.port}",
        "DOWNLOAD_DELAY": 0.01,  # without any, Scrapy asks for all that waits at once
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "article", "-a", f"urls={tmp_path / 'urls.txt'}"]
    command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        children.append(child)
        child.wait(timeout=60)

    assert child.returncode == -signal.SIGKILL
    answered = [path for path in site.asked[:KILLED_AT] if path not in SIDE_FILES]
    played = read(crawl, *map(site.url, answered), CASSETTE=str(tape))
    assert [i["body"] for i in played.items] == [site.pages[path][2] for path in answered]
    assert len(answered) == KILLED_AT - 3  # without those
    assert stat.S_IMODE(tape.stat().st_mode) == 0o600


def asked(n: int) -> Request:
    return Request("GET", f"https://news.example/{n}", None, {})


def recorded(tape: Path, count: int) -> Recording:
    recording = Recording.open(tape, "once")
    for n in range(count):
        recording.record(asked(n), response(PAGE + b"# whole\n\n# whole\n%d" % n))
    return recording


def test_A9_a_recording_cut_anywhere_plays_what_is_whole(tmp_path: Path) -> None:
    tape = tmp_path / "tape.yaml"
    recorded(tape, 1)
    first = tape.stat().st_size
    recorded(tmp_path / "three.yaml", 3)
    data = (tmp_path / "three.yaml").read_bytes()
    whole = [first]
    for cut in range(first, len(data) + 1):
        tape.write_bytes(data[:cut])
        played = Recording.open(tape)
        bodies = [(played.play(asked(n)) or {"body": {"string": None}})["body"]["string"] for n in range(3)]
        count = sum(body is not None for body in bodies)
        assert bodies[:count] == [PAGE + b"# whole\n\n# whole\n%d" % n for n in range(count)]
        if count > len(whole):
            whole.append(cut)
    assert len(whole) == 3
    assert whole[-1] == len(data)


def test_A9_an_answer_that_cannot_be_added_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = tmp_path / "tape.yaml"
    recording = recorded(tape, 2)
    before = tape.read_bytes()
    real = os.fdopen

    def full(handle: int, *arguments: Any, **options: Any) -> Any:
        class Full:
            def __enter__(self) -> Any:
                self.file = real(handle, *arguments, **options)
                return self

            def __exit__(self, *_: object) -> None:
                self.file.close()

            def write(self, data: memoryview) -> int:
                if len(data) < 100:
                    raise OSError(28, "No space left on device")
                return int(self.file.write(data[:90]))

        return Full()

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(CassetteError, match=r"tape\.yaml cannot be written: No space left on device"):
        recording.record(asked(2), response(PAGE))
    assert tape.read_bytes() == before


def test_A9_writing_costs_as_much_at_the_end_as_at_the_beginning(tmp_path: Path) -> None:
    def written() -> int:
        counters = Path("/proc/self/io").read_text("ascii")
        return int(re.findall(r"^wchar: (\d+)$", counters, flags=re.MULTILINE)[0])

    costs = []
    for count in (20, 80):
        start = written()
        recorded(tmp_path / f"{count}.yaml", count)
        costs.append(written() - start)
    assert costs[1] < 4.5 * costs[0]


HOSTILE = [
    *("", " ", ".", "..", "...", "/", "\\", "~", "-", "_", "../../x", "..\\..\\x", "/etc/passwd", "C:\\boot.ini"),
    *(
        "a/../../b",
        "%2e%2e%2fx",
        "\u2025/\u2025/x",
        "．．／x",
        "ＣＯＮ",
        "con",
        "CON",
        "Con.yaml",
        "aux.example",
        "nul",
    ),
    *("PRN.txt", "com1", "LPT9.log", "conin$", "a\0b", "\0", "a\nb", "\x1b[2Jx", "\u202eexe.x", ".hidden", "~root"),
    *("x" * 300, "é" * 300, "новини.укр", "a:b|c*d?e<f>", "lone \ud800", "file.", "trailing ", "UPPER", "-rf", "🦀"),
]


def test_F11_forty_hostile_names_stay_in_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    names = [file_name(text) for text in HOSTILE]
    for name in names:
        assert re.fullmatch(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", name)
        assert len(name.encode()) <= MAX_BYTES
        assert ".." not in name
        assert not re.match(r"(con|prn|aux|nul|conin\$|com\d|lpt\d)(\.|$)", name)
        tapes.write_text(root / name, name)
    assert len(HOSTILE) >= 40
    assert {p.name for p in tmp_path.rglob("*") if p.is_file()} == set(names)
    assert [p.name for p in tmp_path.iterdir()] == ["root"]
    assert len(set(names)) == len(names)
    assert {stat.S_IMODE(p.stat().st_mode) for p in root.iterdir()} == {0o600}


def test_F11_a_link_planted_at_the_temporary_name_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, root = tmp_path / "victim", tmp_path / "root"
    victim.write_text("mine", "utf-8")
    root.mkdir()
    (root / ".tape-guessed.part").symlink_to(victim)
    monkeypatch.setattr(tempfile, "_get_candidate_names", lambda: iter(["guessed", "other"]))
    tapes.write_text(root / "tape.yaml", "ours")
    assert (root / "tape.yaml").read_text("utf-8") == "ours"
    assert victim.read_text("utf-8") == "mine"


def test_F11_a_link_put_in_the_place_of_a_recording_is_not_written_through(tmp_path: Path) -> None:
    victim, tape = tmp_path / "victim", tmp_path / "tape.yaml"
    recording = recorded(tape, 1)
    victim.write_text("mine", "utf-8")
    tape.unlink()
    tape.symlink_to(victim)
    with pytest.raises(CassetteError, match=r"tape\.yaml cannot be written"):
        recording.record(asked(1), response(PAGE))
    assert victim.read_text("utf-8") == "mine"

"""A plan as a person writes it: what is read from it, and one sentence for what is wrong with it."""

from __future__ import annotations

import shlex
import subprocess
import sys
import tomllib
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.errors import PlanError
from spiders.plans.crontab import lines
from spiders.plans.hours import Quiet
from spiders.plans.orders import condition, order, turn
from spiders.plans.plan import Entry, entries
from spiders.plans.units import units
from tests.conftest import Command

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
FULL = """
[[crawl]]
name = "harbour"
sites = ["https://harbour.example", "http://river.example:8080/news"]
every = "30m"
jitter = "5m"
quiet = "23:00-06:00"
zone = "Europe/Oslo"
store = "/srv/news/h.db"
settings = { DOWNLOAD_DELAY = 2, COOKIES_ENABLED = false, RESPECT = ["robots", "tdm"], USER_AGENT = "Desk/1 (+https://x.example)" }

[[crawl]]
spider = "time_com"
every = "1d"
"""


def read(text: str, **given_: str) -> list[Entry]:
    tables = tomllib.loads(text)["crawl"]
    return entries(tables, "p.toml", spiders=["time_com", "article"], store=Path("data/x.db"), given=given_)


def one(**keys: Any) -> Entry:
    tables = [{"name": "harbour", "spider": "time_com", "every": "30m", "store": "/srv/h.db"} | keys]
    return entries(tables, "p.toml", spiders=["time_com"], store=Path("x.db"), given={})[0]


def test_all_that_an_entry_may_say_is_read() -> None:
    harbour, daily = read(FULL, DOWNLOAD_DELAY="9", LOG_LEVEL="DEBUG")
    assert (harbour.spider, harbour.every, harbour.jitter) == ("article", timedelta(minutes=30), timedelta(minutes=5))
    assert (harbour.times.zone, harbour.times.quiet) == (ZoneInfo("Europe/Oslo"), Quiet.of("23:00-06:00"))
    assert order(harbour) == [
        *(sys.executable, "-m", "scrapy", "crawl", "article"),
        *("-a", "site=https://harbour.example,http://river.example:8080/news"),
        *("-s", "DOWNLOAD_DELAY=2", "-s", "LOG_LEVEL=DEBUG", "-s", "COOKIES_ENABLED=false", "-s", "RESPECT=robots,tdm"),
        *("-s", "USER_AGENT=Desk/1 (+https://x.example)"),
        *("-s", "COPYDESK_STORE=/srv/news/h.db", "-s", "PLAN_ENTRY=harbour"),
    ]
    (listed,) = read(f'[[crawl]]\nname = "all"\nsites = "{__file__}"\nevery = "1h"')
    assert order(listed)[4:7] == ["article", "-a", f"sites={__file__}"]
    assert (daily.name, daily.times.zone.key, daily.store) == ("time_com", "UTC", Path("data/x.db").absolute())


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"every": "30"}, '(harbour): every = "30": it is no length of time: write 30m, 2h, 1d or 1w'),
        ({"every": "7h"}, '(harbour): every = "7h": it does not divide a day: write 5m, 30m, 1h, 6h, 1d and the like'),
        ({"every": "2d"}, "(harbour): every = "),
        ({"every": None}, "(harbour): every = … is missing"),
        ({"every": 30}, "(harbour): every = 30: it is a text of one line"),
        ({"jitter": "30m"}, '(harbour): jitter = "30m": it must be shorter than every'),
        ({"quiet": "23-6"}, '(harbour): quiet = "23-6": write two different times of the day: 23:00-06:00'),
        ({"quiet": "06:00-05:50", "jitter": "20m"}, "(harbour): quiet = "),
        ({"zone": "Oslo"}, '(harbour): zone = "Oslo": this system knows no zone of that name'),
        ({"zone": "Europe"}, '(harbour): zone = "Europe": '),
        ({"zone": "../../etc/passwd"}, "(harbour): zone = "),
        ({"spider": "tim_com"}, '(harbour): spider = "tim_com": there is none of that name; did you mean time_com?'),
        ({"sites": ["https://a.example"]}, "(harbour): say either spider = … or sites = […]"),
        ({"spider": None}, "(harbour): say either"),
        ({"spider": "article"}, '(harbour): spider = "article": it crawls what it is given: say sites = '),
        (
            {"spider": None, "sites": "none.txt"},
            f'sites = "none.txt": the file {Path("none.txt").absolute()} cannot be',
        ),
        ({"spider": None, "sites": ""}, '(harbour): sites = "": it is a text of one line'),
        ({"spider": None, "sites": []}, "(harbour): sites = []: it is a list of addresses"),
        ({"spider": None, "sites": ["a.example"]}, "'a.example' is not a web address"),
        ({"spider": None, "sites": ["https://a.example/a,b"]}, "is not a web address"),
        ({"spider": None, "sites": ["https://[::1"]}, "is not a web address"),
        ({"spider": None, "sites": ["https://a.example:99999/"]}, "is not a web address"),
        ({"spider": None, "sites": ["https://a.example"], "name": None}, "an entry of sites needs a name"),
        ({"name": "a b"}, '(a b): name = "a b": letters, digits, - and _ make a name'),
        ({"evry": "1h"}, "(harbour): evry is not known; did you mean every?"),
        ({"settings": {"download_delay": 1}}, "(harbour): settings: 'download_delay' is no setting's name"),
        ({"settings": {"COPYDESK_STORE": "x"}}, "settings: COPYDESK_STORE has no place here: store = … says"),
        ({"settings": 3}, "(harbour): settings = 3: it is a table"),
        (
            {"settings": {"DOWNLOAD_DELY": 2}},
            "(harbour): settings: there is no setting DOWNLOAD_DELY; did you mean DOWN",
        ),
        (
            {"settings": {"WORKERS": "two"}},
            "(harbour): settings: the setting WORKERS must be a whole number, not 'two'",
        ),
        ({"store": "a\nb"}, "(harbour): store = "),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence_with_file_entry_and_key(keys: dict[str, Any], said: str) -> None:
    table = {"name": "harbour", "spider": "time_com", "every": "30m"} | keys
    with pytest.raises(PlanError) as raised:
        entries(
            [{k: v for k, v in table.items() if v is not None}],
            "p.toml",
            spiders=["time_com", "article"],
            store=Path(),
            given={},
        )
    assert said in str(raised.value)
    assert str(raised.value).startswith("p.toml: crawl 1")
    assert len(str(raised.value).splitlines()) == 1


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.sampled_from(["1h", "5m"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=3,
)
KEYS = ["name", "spider", "sites", "every", "jitter", "quiet", "zone", "store", "settings"]
SOUND = st.fixed_dictionaries({"name": st.just("x"), "spider": st.just("time_com"), "every": st.just("1h")})


@given(SOUND, st.dictionaries(st.sampled_from(KEYS), values, max_size=3))
def test_nothing_that_a_plan_may_say_is_answered_with_anything_but_a_sentence(
    table: dict[str, Any], more: dict[str, Any]
) -> None:
    with suppress(PlanError):
        (entry,) = entries([table | more], "p.toml", spiders=["time_com"], store=Path("x.db"), given={})
        assert all(isinstance(word, str) for word in order(entry))


def test_two_entries_of_one_name_are_one_too_many() -> None:
    with pytest.raises(PlanError, match=r"crawl 2: name = 'time_com' is taken"):
        read('[[crawl]]\nspider = "time_com"\nevery = "1h"\n' * 2)


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (None, 2, "p.toml cannot be read: No such file or directory"),
        ("[[crawl", 4, "p.toml is not TOML: Expected ']]' at the end of an array declaration (at end of document)"),
        ("every = 1", 4, "p.toml: every is not known: a plan is made of [[crawl]] tables"),
        ("", 4, "p.toml has no [[crawl]]"),
        ("crawl = [1]", 4, "p.toml: crawl 1: it is no table"),
        (
            '[[crawl]]\nspider = "artcle"\nevery = "1h"',
            4,
            'crawl 1: spider = "artcle": there is none of that name; did you mean article?',
        ),
    ],
)
def test_the_command_answers_a_broken_plan_with_one_sentence(
    command: Command, tmp_path: Path, text: str | None, status: int, said: str
) -> None:
    if text is not None:
        (tmp_path / "p.toml").write_text(text, "utf-8")
    ended, out, err = command("schedule", tmp_path / "p.toml", "--cron")
    assert (ended, out) == (status, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_plan_may_be_written_with_a_mark_before_it_and_other_line_ends(command: Command, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())  # as some editors do
    ended, out, err = command("schedule", tmp_path / "p.toml", "--cron")
    assert (ended, err) == (0, "")
    assert "harbour" in out


def test_without_a_plan_the_command_says_how_to_write_one(command: Command) -> None:
    ended, out, err = command("schedule")
    assert (ended, out) == (2, "")
    assert "no crawl is planned: name a plan (scrapy schedule plan.toml), or write SCHEDULE" in err
    ended, out, _ = command("schedule", "--help")
    assert ended == 0
    shown = out[out.index("  [[crawl]]") : out.index("Shows when")]
    (entry,) = (plan_of(shown),)
    assert entry.name == "harbour"


def plan_of(text: str) -> Entry:
    (entry,) = entries(tomllib.loads(text)["crawl"], "help", spiders=[], store=Path("x.db"), given={})
    return entry


def test_a_plan_may_stand_in_the_settings(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    options = "-s", f"COPYDESK_STORE={tmp_path}/none.db", "-s", "DOWNLOAD_DELAY=3", "--cron"
    monkeypatch.setattr("spiders.settings.SCHEDULE", [{"spider": "time_com", "every": "2h"}])
    ended, out, err = command("schedule", *options)
    assert (ended, err) == (0, "")
    assert f"crawl time_com -s DOWNLOAD_DELAY=3 -s COPYDESK_STORE={tmp_path}/none.db" in out
    monkeypatch.setattr("spiders.settings.SCHEDULE", [{"spider": "time_com", "every": "2"}])
    ended, out, err = command("schedule")
    assert (ended, out) == (4, "")
    assert err.startswith("scrapy schedule: SCHEDULE in the settings: crawl 1: every = ")


def test_the_command_shows_what_is_due(command: Command, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(FULL, "utf-8")
    ended, out, err = command("schedule", tmp_path / "p.toml", "-s", f"COPYDESK_STORE={tmp_path}/none.db")
    assert (ended, err) == (0, "")
    head, harbour, daily = out.splitlines()
    assert head.split() == ["entry", "crawls", "every", "quiet", "last", "run", "next"]
    assert harbour.split()[:4] == ["harbour", "harbour.example", "and", "1"]
    assert "30m + 0-5m  23:00-06:00 Europe/Oslo  never" in harbour
    assert "now (new), " in daily
    assert not (tmp_path / "none.db").exists()


def test_the_command_writes_units_that_can_be_started_and_prints_a_crontab(command: Command, tmp_path: Path) -> None:
    plan, units = tmp_path / "p.toml", tmp_path / "units"
    plan.write_text(f'[[crawl]]\nspider = "time_com"\nevery = "1d"\nstore = "{tmp_path}/kept/x.db"\n', "utf-8")
    ended, out, err = command("schedule", plan, "--systemd", "--into", units)
    assert (ended, out) == (0, "")
    assert err.endswith("systemctl enable --now copydesk-time_com.timer\n")
    assert sorted(path.name for path in units.iterdir()) == ["copydesk-time_com.service", "copydesk-time_com.timer"]
    assert (tmp_path / "kept").is_dir()  # which systemd wants to be there, where a unit may write into it
    ended, out, err = command("schedule", plan, "--cron")
    assert (ended, out.splitlines()[1], err) == (0, "# time_com", "")


# --- systemd and cron ---------------------------------------------------------------------------------------------

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
tricky = st.text("a %$\\\"';#\t\n{}`!*é-", max_size=12)


def unquoted(line: str) -> list[str]:
    """Split the command of an Exec line as systemd.syntax(7) and systemd.service(5) say, without variables."""
    found: list[str] = []
    rest = line
    while rest := rest.lstrip(" "):
        word, closed = "", True
        if rest[0] == '"':
            closed, rest = False, rest[1:]
        while rest and not (closed and rest[0] == " "):
            letter, rest = rest[0], rest[1:]
            if letter == '"':
                closed = True
            elif letter == "\\" and rest[0] == "x":
                word, rest = word + chr(int(rest[1:3], 16)), rest[3:]
            elif letter == "\\":
                word, rest = word + rest[0], rest[1:]
                assert word[-1] in '\\"'
            elif letter in "%$":
                assert rest[0] == letter, "a specifier or a variable"
                word, rest = word + letter, rest[1:]
            else:
                assert letter.isprintable() or ord(letter) > 0x7F
                word += letter
        assert closed
        found.append(word)
    return found


@given(words | tricky, words | tricky)
def test_no_setting_can_break_out_of_an_exec_line(value: str, folder: str) -> None:
    entry = one(settings={"USER_AGENT": value}, store=f"/srv/{folder}/h.db" if folder.isprintable() else "/srv/h.db")
    (_, service), _ = units([entry], Path("/srv/copydesk"), "/usr/bin/flock")
    (line,) = [line for line in service.split("\n") if line.startswith("ExecStart=")]
    told = unquoted(line.removeprefix("ExecStart="))
    assert told == [
        "/usr/bin/flock",
        "--no-fork",
        "--wait",
        "1800",
        "--conflict-exit-code",
        "5",
        str(turn(entry)),
        *order(entry),
    ]
    (written,) = [line for line in service.split("\n") if line.startswith("ReadWritePaths=")]
    assert unquoted(written.removeprefix("ReadWritePaths=").replace("$", "$$")) == [str(entry.store.parent)]


@given(words | tricky)
def test_no_setting_can_break_out_of_a_crontab_line(value: str) -> None:
    entry = one(settings={"USER_AGENT": value}, quiet="23:00-06:00", jitter="1m")
    if "\\" in value or any(ord(letter) < 0x20 or letter == "\x7f" for letter in value):
        with pytest.raises(PlanError, match="cannot stand in a crontab"):
            list(lines([entry], Path("/srv/copydesk"), "/usr/bin/flock", NOW))
        return
    _, _, line = lines([entry], Path("/srv/copydesk"), "/usr/bin/flock", NOW)
    command = line.split(" ", 5)[5]
    assert "%" not in command.replace("\\%", "")
    told = shlex.split(command.replace("\\%", "%"))
    assert told[-len(order(entry)) - 3 : -3] == order(entry)
    assert told[-3:] == ["-s", "LOG_LEVEL=WARNING", ">/dev/null"]


def test_a_line_that_cron_would_not_take_is_refused() -> None:
    entry = one(settings={"USER_AGENT": "x" * 800})
    with pytest.raises(PlanError, match=r"harbour: its crontab line has \d+ characters, cron takes 998"):
        list(lines([entry], Path("/srv"), "/usr/bin/flock", NOW))


@pytest.mark.parametrize("folder", ["/srv/a\nb", "/srv/a ", "/srv/a\\"])
def test_a_folder_that_a_unit_cannot_name_is_refused(folder: str) -> None:
    with pytest.raises(PlanError, match="cannot be written into a unit"):
        list(units([one()], Path(folder), "/usr/bin/flock"))


def test_a_word_that_no_unit_can_hold_is_refused() -> None:
    with pytest.raises(PlanError, match="it holds a NUL"):
        list(units([one(settings={"USER_AGENT": "a\0b"})], Path("/srv"), "/usr/bin/flock"))


def test_site_files_of_a_user_s_own_are_told_to_what_runs_the_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    for own in ("/srv/our sites", None):
        if own:
            monkeypatch.setenv("COPYDESK_SITES", own)
        else:
            monkeypatch.delenv("COPYDESK_SITES")
        (_, service), _ = units([one()], Path("/srv"), "/usr/bin/flock")
        assert ('Environment="COPYDESK_SITES=/srv/our sites"\n' in service) is bool(own)
        *_, line = lines([one()], Path("/srv"), "/usr/bin/flock", NOW)
        assert ("env 'COPYDESK_SITES=/srv/our sites' " in line) is bool(own)


@pytest.mark.parametrize("jitter", ["5m", None])
def test_a_crontab_line_waits_for_its_jitter_and_asks_for_no_hour_that_is_like_the_others(jitter: str | None) -> None:
    *_, line = lines([one(**({"jitter": jitter} if jitter else {}))], Path("/srv"), "/usr/bin/flock", NOW)
    assert (' && sleep "$(shuf -n 1 -i 0-300)" && ' in line) is bool(jitter)
    assert "case " not in line


def test_a_timer_has_the_times_of_the_entry_and_a_service_its_quiet_hours() -> None:
    entry = one(quiet="23:00-06:00", jitter="5m", zone="Europe/Oslo")
    (name, service), (_, timer) = units([entry], Path("/srv/copydesk"), "/usr/bin/flock")
    assert name == "copydesk-harbour.service"
    times = [line.partition("=")[2] for line in timer.splitlines() if line.startswith("OnCalendar=")]
    found = set()
    for day, clock, zone in map(str.split, times):
        hours, minutes, _ = clock.split(":")
        assert (day, zone) == ("*-*-*", "Europe/Oslo")
        found |= {int(hour) * 60 + int(minute) for hour in hours.split(",") for minute in minutes.split(",")}
    assert found == set(entry.times.minutes)
    assert "RandomizedDelaySec=300" in timer
    assert "Persistent=yes" in timer
    assert "ExecCondition=/bin/sh -c " in service
    for fence in ("NoNewPrivileges=yes", "ProtectSystem=strict", "ReadWritePaths=/srv", "CapabilityBoundingSet="):
        assert fence in service.splitlines()
    _, (_, weekly) = units([one(every="1w")], Path("/srv"), "/usr/bin/flock")
    at = one(every="1w").times.after(NOW)
    assert f"OnCalendar={at:%a} *-*-* {at:%H:%M}:00 UTC" in weekly.splitlines()


def clock(folder: Path, zone: str, now: str) -> dict[str, str]:
    """Put a `date` in front of the path that says what time it is in one zone."""
    date = folder / "date"
    date.write_text(
        f'#!/bin/sh\ntest "$TZ" = {zone} || exit 1\n'
        f'case "$1" in +%H%M) echo {now.replace(":", "")};; +%H:%M) echo {now};; +%u-%H:%M) echo 1-{now};; esac\n'
    )
    date.chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin"}


@pytest.mark.parametrize("quiet", ["23:00-06:00", "12:00-14:30"])
def test_the_condition_of_a_service_fails_in_quiet_hours_alone(tmp_path: Path, quiet: str) -> None:
    entry = one(quiet=quiet, zone="Europe/Oslo")
    assert entry.times.quiet is not None
    script = condition(entry)
    assert script is not None
    for now in ("00:00", "05:59", "06:00", "08:09", "11:59", "12:00", "14:29", "14:30", "22:59", "23:00"):
        done = subprocess.run(["/bin/sh", "-c", script], env=clock(tmp_path, "Europe/Oslo", now), check=False)
        hour, minute = map(int, now.split(":"))
        assert (done.returncode == 0) == (not entry.times.quiet.covers(hour * 60 + minute)), now


def test_a_crontab_line_names_the_minutes_of_the_machine() -> None:
    entry = one(every="1h")
    (minute,) = {minute % 60 for minute in entry.times.minutes}
    fields = []
    for zone in ("UTC", "Asia/Kathmandu", "America/St_Johns"):  # 5:45 before, 2:30 behind in summer
        _, _, line = lines([entry], Path("/srv"), "/usr/bin/flock", NOW.astimezone(ZoneInfo(zone)))
        fields.append(line.split()[:5])
    assert fields == [[str((minute + shift) % 60), *"****"] for shift in (0, 45, -30)]


def test_a_crontab_line_crawls_at_the_times_of_the_entry_with_the_words_of_its_order(tmp_path: Path) -> None:
    said, flock = tmp_path / "said", tmp_path / "flo ck"
    flock.write_text(f'#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done >> {said}\n')
    flock.chmod(0o755)
    entry = one(
        quiet="23:00-06:00",
        zone="Asia/Kolkata",
        settings={"USER_AGENT": "50% 'of' \"$5\""},
        store=f"{tmp_path}/a b/h.db",
    )
    here = timezone(timedelta(hours=2))
    _, _, line = lines([entry], tmp_path, str(flock), NOW.astimezone(here))
    minutes, *rest, command = line.split(" ", 5)
    assert rest == ["*"] * 4
    shift = 5 * 60 + 30 - 2 * 60
    assert {(int(minute) + shift) % 60 for minute in minutes.split(",")} == {m % 60 for m in entry.times.minutes}
    at = entry.times.minutes[5]
    for minute in (at, at + 1, 23 * 60):
        told = f"{minute // 60:02}:{minute % 60:02}"
        environment = clock(tmp_path, "Asia/Kolkata", told)
        script = command.replace("\\%", "%")
        done = subprocess.run(["/bin/sh", "-c", script], env=environment, capture_output=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), told
    alone = entry.store.with_name("h.db.harbour.turn")
    locks = ["-n", str(alone), str(flock), "-w", "1800", str(turn(entry))]
    assert said.read_text().splitlines() == [*locks, *order(entry), "-s", "LOG_LEVEL=WARNING"]  # once
    assert entry.store.parent.is_dir()


@given(st.sampled_from(["5m", "20m", "45m", "2h", "1d"]), st.none() | st.sampled_from(["23:00-06:10", "08:20-09:00"]))
def test_the_patterns_of_a_crontab_line_match_the_times_and_no_others(every: str, quiet: str | None) -> None:
    entry = one(every=every, **({"quiet": quiet} if quiet else {}))
    _, _, line = lines([entry], Path("/srv"), "/usr/bin/flock", NOW)
    fields, _, command = line.partition(" * * * * ")
    minutes = {int(minute) for minute in fields.split(",")}
    patterns = (
        command.partition(" in ")[2].partition(")")[0].split("|") if " in " in command else ["[0-9][0-9]:[0-9][0-9]"]
    )
    found = {
        hour * 60 + minute
        for hour in range(24)
        for minute in minutes
        if any(fnmatch(f"{hour:02}:{minute:02}", pattern) for pattern in patterns)
    }
    assert found == set(entry.times.minutes)

"""Watches: questions that every run asks again, and that tell what is new, once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser
import pytest

from copydesk.flows.site.watches import check as checking
from copydesk.flows.site.watches.check import Match, check_watches
from copydesk.flows.site.watches.definitions import add_watch, read_watches, watch_of
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from tests.conftest import Ingest, copydesk, rows

FLOOD = (
    "{title}\n\nBy Ida Ferrell\n{day}\n\nDALLAS — At least {dead} people were killed in Dallas when the river rose, the Harbour "
    "Board said on {weekday}. The board had warned of the storm for days.\n\nAnother 40 people were injured in Houston, and the "
    "fire at the mill by the river was put out in the same night, said the mayor of the town, who has held the post for years.\n"
)


def story(folder: Path, name: str, dead: int, day: str = "May 3, 2024", weekday: str = "Friday") -> None:
    folder.mkdir(exist_ok=True)
    text = FLOOD.format(title=f"The river rises again, count {dead}", day=day, weekday=weekday, dead=dead)
    (folder / name).write_text(text, encoding="utf-8")


def watching(home: Path, **watches: Mapping[str, Any]) -> None:
    for name, values in watches.items():
        add_watch(Home(home), watch_of(name, values, "a test"))


def asked(home: Path, only: str | None = None) -> dict[str, Match]:
    """What each watch finds now; none may fail."""
    faults: list[str] = []
    found = {match.watch.name: match for match in check_watches(Home(home), faults.append, only)}
    assert faults == []
    return found


def feed(home: Path, name: str) -> Any:
    read = feedparser.parse((home / "feeds" / f"{name}.xml").read_bytes())
    assert (read.bozo, read.version) == (False, "atom10")
    return read


def test_a_watch_tells_what_is_new_once(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    watching(
        home,
        dead={"measure": "killed", "place": "texas"},
        hurt={"measure": "injured", "place": "Dallas"},
        river={"about": "articles", "words": '"river rises"'},
        board={"entity": "the Harbour Board"},
        pairs={"about": "conflicts", "measure": "killed"},
        event={"about": "articles", "story": "no such story"},
        counted={"sql": "SELECT article_id AS id, title FROM articles"},
    )
    story(tmp_path / "in", "1.txt", 11)
    take(tmp_path / "in")
    first = asked(home)
    assert {name: (match.begun, len(match.new), match.found) for name, match in first.items()} == {
        "dead": (True, 0, 1),
        "hurt": (True, 0, 0),
        "river": (True, 0, 1),
        "board": (True, 0, rows(home, "SELECT count(*) FROM facts WHERE claimant_name ILIKE '%harbour board'")[0][0]),
        "pairs": (True, 0, 0),
        "event": (True, 0, 0),
        "counted": (True, 0, 1),
    }
    assert first["board"].found >= 1
    assert len(feed(home, "dead").entries) == 1, "a feed begins with what stands"
    assert {len(match.new) for match in asked(home).values()} == {0}

    story(tmp_path / "in", "2.txt", 14)
    take(tmp_path / "in")
    second = asked(home)
    assert {name: len(match.new) for name, match in second.items()} == {
        "dead": 1,
        "hurt": 0,
        "river": 1,
        "board": second["board"].found - first["board"].found,
        "pairs": second["pairs"].found,
        "event": 0,
        "counted": 1,
    }
    assert second["board"].new
    (new,) = second["dead"].new
    assert (new.values["text"], new.values["place_name"]) == ("At least 14 people", "Dallas")
    assert "At least 14 people were killed in Dallas" in new.values["sentence"]
    entries = feed(home, "dead").entries
    assert entries[0].title.startswith("At least 14 people"), "the newest stands first"
    assert len({entry.id for entry in entries}) == 2
    assert {len(match.new) for match in asked(home).values()} == {0}, "it is told once"
    event = rows(home, "SELECT story_id FROM articles LIMIT 1")[0][0]
    for about in ("facts", "conflicts", "articles"):
        watching(home, **{f"of-{about}": {"about": about, "story": event}})
    found = {name: match.found for name, match in asked(home).items() if name.startswith("of-")}
    in_story = f"(SELECT article_id FROM articles WHERE story_id = '{event}')"
    assert found["of-articles"] == rows(home, f"SELECT count(*) FROM articles WHERE story_id = '{event}'")[0][0] > 0
    assert (
        found["of-facts"] == rows(home, f"SELECT count(DISTINCT claim_id) FROM facts WHERE article_id IN {in_story}")[0][0] > 0
    )


def test_what_newer_rules_find_again_is_not_new(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    watching(home, dead={"measure": "killed"})
    story(tmp_path / "in", "1.txt", 11)
    take(tmp_path / "in")
    assert asked(home)["dead"].begun
    document = rows(home, "SELECT document_id FROM documents")[0][0]
    for action in ("withdraw", "restore"):
        done = copydesk("document", action, document, "--why", "a test", "--home", home)
        assert done.returncode == 0, done.stderr
    assert (asked(home)["dead"].new, asked(home)["dead"].found) == ([], 1)


def test_a_changed_question_begins_anew_and_a_removed_watch_is_forgotten(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    watching(home, dead={"measure": "killed"})
    story(tmp_path / "in", "1.txt", 11)
    take(tmp_path / "in")
    assert asked(home)["dead"].begun
    for command in (["remove", "dead"], ["add", "dead", "--measure", "injured"]):
        done = copydesk("watch", *command, "--home", home)
        assert done.returncode == 0, done.stderr
    again = asked(home)["dead"]
    assert (again.begun, again.found) == (True, 1)
    assert feed(home, "dead").entries[0].title.startswith("Another 40")


def test_the_command_adds_lists_checks_and_removes(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "No watches" in copydesk("watch", "list", "--home", home).stdout
    added = copydesk("watch", "add", "dead", "--measure", "killed", "--place", "Dallas", "--home", home)
    assert (added.returncode, added.stderr) == (0, "")
    story(tmp_path / "in", "1.txt", 11)
    ingested = copydesk("ingest", tmp_path / "in", "--home", home)
    assert "watch dead: begun, with 1 that are found now" in ingested.stdout, ingested.stdout + ingested.stderr
    story(tmp_path / "in", "2.txt", 14)
    ingested = copydesk("ingest", tmp_path / "in", "--home", home)
    assert "watch dead: 1 new of 2\n  At least 14 people · Dallas · " in ingested.stdout, ingested.stdout + ingested.stderr
    checked = copydesk("watch", "check", "dead", "--home", home)
    assert (checked.returncode, checked.stdout) == (0, "watch dead: 0 new of 2\n")
    listed = copydesk("watch", "list", "--home", home).stdout
    assert listed.startswith("dead: facts, measure killed, place Dallas; feed ")
    assert copydesk("watch", "remove", "dead", "--home", home).returncode == 0
    assert read_watches(Home(home)) == {}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "looks for nothing"),
        ({"measure": "ghosts"}, "'ghosts' is no measure. The measures are: killed"),
        ({"colour": "red"}, "'colour', which is nothing that a watch looks for"),
        ({"sql": "SELECT 1", "place": "Dallas"}, "stands alone"),
        ({"words": "   "}, "words"),
        ({"about": "weather", "words": "rain"}, "about"),
        ({"place": 7}, "place: 7 is no text"),
    ],
)
def test_a_watch_that_cannot_be_asked_is_refused(values: dict[str, Any], told: str) -> None:
    with pytest.raises(PermanentError) as refused:
        watch_of("one", values, "watches.toml")
    assert "watches.toml: watch 'one'" in str(refused.value)
    assert told in str(refused.value)


@pytest.mark.parametrize("name", ["../up", "Two Words", ""])
def test_a_name_that_is_no_file_name_is_refused(name: str) -> None:
    with pytest.raises(PermanentError, match="no name for a watch"):
        watch_of(name, {"measure": "killed"}, "watches.toml")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT nothing FROM articles", "nothing"),
        ("SELEC 1", "SELEC"),
        ("DROP VIEW articles", "nothing is written"),
        ("COPY (SELECT 1) TO 'x.csv'", "nothing is written"),
        ("SELECT 1; SELECT 2", "one question"),
        ("SELECT * FROM read_csv('/etc/passwd')", ""),
    ],
)
def test_a_fault_of_one_watch_is_told_and_the_others_are_asked(own_home: Path, sql: str, told: str) -> None:
    watching(own_home, wrong={"sql": sql}, right={"measure": "killed"})
    faults: list[str] = []
    found = check_watches(Home(own_home), faults.append)
    assert [match.watch.name for match in found] == ["right"]
    (fault,) = faults
    assert "watch wrong cannot be asked" in fault
    assert told in fault
    assert "watches.toml" in fault
    checked = copydesk("watch", "check", "--home", own_home)
    assert checked.returncode == 1
    assert "watch right: 0 new of" in checked.stdout
    assert "Traceback" not in checked.stderr


def test_values_that_are_no_json_are_told_too(own_home: Path) -> None:
    watching(own_home, odd={"sql": "SELECT map {DATE '2024-01-01': 1} AS m, 'nan'::DOUBLE AS n, [NULL, 2] AS l"})
    assert asked(own_home)["odd"].found == 1
    assert asked(own_home)["odd"].new == []


def test_a_watch_that_finds_too_much_is_told(own_home: Path) -> None:
    watching(own_home, much={"sql": "SELECT range FROM range(200000)"}, right={"measure": "killed"})
    faults: list[str] = []
    assert [match.watch.name for match in check_watches(Home(own_home), faults.append)] == ["right"]
    assert "more than 100,000 rows" in faults[0]


def test_a_question_that_takes_for_ever_is_ended_and_the_rest_is_left(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "LONGEST", 0.5)
    endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b"
    watching(own_home, first={"sql": endless}, second={"sql": endless})
    faults: list[str] = []
    assert check_watches(Home(own_home), faults.append) == []
    assert "watch first cannot be asked" in faults[0]
    assert "watch second" in faults[1]


def test_news_is_told_where_its_feed_cannot_be_written(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    watching(home, dead={"measure": "killed"}, hurt={"measure": "injured"})
    story(tmp_path / "in", "1.txt", 11)
    take(tmp_path / "in")
    asked(home)
    for path in (home / "feeds").iterdir():
        path.unlink()
    (home / "feeds").rmdir()
    (home / "feeds").write_text("a file of somebody", encoding="utf-8")
    story(tmp_path / "in", "2.txt", 14)
    take(tmp_path / "in")
    faults: list[str] = []
    found = check_watches(Home(home), faults.append)
    assert [len(match.new) for match in found] == [1, 1]
    assert all("cannot be written" in fault for fault in faults)
    assert len(faults) == 2


def test_two_who_add_watches_at_once_lose_none(tmp_path: Path) -> None:
    names = [f"watch-{number}" for number in range(8)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-P", "-m", "copydesk.flows.cli", "watch", "add", name, "--measure", "killed", "--home", tmp_path],
            stdout=subprocess.DEVNULL,
        )
        for name in names
    ]
    assert [process.wait() for process in processes] == [0] * len(names)
    assert sorted(read_watches(Home(tmp_path))) == names


def test_feeds_that_lie_elsewhere_are_purged_too(take: Ingest, tmp_path: Path) -> None:
    home, web = tmp_path / "home", tmp_path / "web"
    web.mkdir()
    home.mkdir()
    (home / "feeds").symlink_to(web)
    watching(home, dead={"measure": "killed"})
    story(tmp_path / "in", "1.txt", 11)
    take(tmp_path / "in")
    asked(home)
    assert b"river rose" in (web / "dead.xml").read_bytes()
    document = rows(home, "SELECT document_id FROM documents")[0][0]
    assert copydesk("document", "purge", document, "--why", "a test", "--yes", "--home", home).returncode == 0
    assert list(web.iterdir()) == []
    assert copydesk("watch", "remove", "dead", "--home", home).returncode == 0


def test_a_file_of_watches_that_is_damaged_is_told_and_stops_no_run(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    story(tmp_path / "in", "1.txt", 11)
    home.mkdir()
    (home / "watches.toml").write_text("[watches.dead]\nmeasure = \n", encoding="utf-8")
    done = copydesk("ingest", tmp_path / "in", "--home", home)
    assert done.returncode == 0, done.stderr
    assert "watches.toml cannot be read" in done.stderr
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]


def test_nothing_of_a_purged_article_stays_in_feeds_or_in_what_is_remembered(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    watching(home, dead={"measure": "killed"}, listed={"sql": "SELECT title AS id, text FROM articles"})
    story(tmp_path / "in", "1.txt", 11)
    take(tmp_path / "in")
    asked(home)
    document = rows(home, "SELECT document_id FROM documents")[0][0]
    assert copydesk("document", "purge", document, "--why", "a test", "--yes", "--home", home).returncode == 0
    left = [path for path in home.rglob("*") if path.is_file() and b"river rose" in path.read_bytes()]
    left += [path for path in home.glob("cache/watches*") if b"river rises" in path.read_bytes()]
    assert left == []
    assert asked(home)["dead"].found == 0
    assert feed(home, "dead").entries == []


def test_without_its_memory_a_watch_begins_anew(own_home: Path) -> None:
    watching(own_home, dead={"measure": "killed"})
    asked(own_home)
    (own_home / "cache" / "watches.sqlite").write_bytes(b"no database" * 100)
    assert asked(own_home)["dead"].begun


def test_what_is_told_can_be_written_as_json(own_home: Path) -> None:
    watching(own_home, all={"about": "articles", "outlet": rows(own_home, "SELECT outlet FROM articles")[0][0] or "none"})
    for row in asked(own_home)["all"].new:
        assert json.loads(json.dumps(dict(row.values), default=str))

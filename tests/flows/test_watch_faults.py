"""Watches that cannot be asked, are damaged or find too much: each is told, and stops no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.flows.site.watches import check as checking
from copydesk.flows.site.watches.check import check_watches
from copydesk.flows.site.watches.definitions import watch_of
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from tests.conftest import Ingest, copydesk, rows
from tests.flows.watching import asked, story, watching


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


def test_a_file_of_watches_that_is_damaged_is_told_and_stops_no_run(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    story(tmp_path / "in", "1.txt", 11)
    home.mkdir()
    (home / "watches.toml").write_text("[watches.dead]\nmeasure = \n", encoding="utf-8")
    done = copydesk("ingest", tmp_path / "in", "--home", home)
    assert done.returncode == 0, done.stderr
    assert "watches.toml cannot be read" in done.stderr
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]


def test_without_its_memory_a_watch_begins_anew(own_home: Path) -> None:
    watching(own_home, dead={"measure": "killed"})
    asked(own_home)
    (own_home / "cache" / "watches.sqlite").write_bytes(b"no database" * 100)
    assert asked(own_home)["dead"].begun


def test_what_is_told_can_be_written_as_json(own_home: Path) -> None:
    watching(own_home, all={"about": "articles", "outlet": rows(own_home, "SELECT outlet FROM articles")[0][0] or "none"})
    for row in asked(own_home)["all"].new:
        assert json.loads(json.dumps(dict(row.values), default=str))

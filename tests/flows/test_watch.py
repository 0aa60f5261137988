"""Watches: questions that every run asks again, and that tell what is new, once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from copydesk.flows.site.watches.definitions import read_watches
from copydesk.warehouse.home import Home
from tests.conftest import Ingest, copydesk, rows
from tests.flows.watching import asked, feed, story, watching

WATCHES = {
    "dead": {"measure": "killed", "place": "texas"},
    "hurt": {"measure": "injured", "place": "Dallas"},
    "river": {"about": "articles", "words": '"river rises"'},
    "board": {"entity": "the Harbour Board"},
    "pairs": {"about": "conflicts", "measure": "killed"},
    "event": {"about": "articles", "story": "no such story"},
    "counted": {"sql": "SELECT article_id AS id, title FROM articles"},
}
"""A watch of each kind, by name."""


def test_a_watch_tells_what_is_new_once(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    watching(home, **WATCHES)
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


def test_a_watch_of_a_story_finds_what_its_articles_say(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name, dead in (("1.txt", 11), ("2.txt", 14)):
        story(tmp_path / "in", name, dead)
    take(tmp_path / "in")
    event = rows(home, "SELECT story_id FROM articles LIMIT 1")[0][0]
    for about in ("facts", "conflicts", "articles"):
        watching(home, **{f"of-{about}": {"about": about, "story": event}})
    found = {name: match.found for name, match in asked(home).items()}
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

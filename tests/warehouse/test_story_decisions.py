"""What people decide of stories holds for what is there and for what comes, over every fold, until it is undone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.purge import purge
from copydesk.flows.jobs.rebuild import rebuild
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.jobs.stories import merge, split, undo
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.warehouse.errors import PermanentError
from tests.conftest import copydesk, rows
from tests.rule_sets import newer
from tests.told import TOLD, Told, written

STORY_OF = "SELECT title, story_id FROM articles ORDER BY title"
FERRY, STORE = "Ferry with 180 on board sinks off Tarn Head", "Fire guts cold store in Tarn Head"
BOW = "Bow door under scrutiny"
LATER = Told(
    "ferry",
    "Mill Reach News",
    "2024-06-07",
    "Engineer warned of lock",
    "A former engineer of Norlin Lines, Pia Storm, reported a broken lock on the bow door of the Marigold in April.\n"
    "Investigators asked Norlin Lines on Friday why the bow door was open, and the company said it would answer them first.\n"
    "Pia Storm told investigators that the lock on the door of the ferry had been reported twice.",
)
"""An article that is like one of the ferry, `BOW`, more than like any other."""


def take_in(home: Path, folder: Path) -> None:
    ingest(Settings(home=home, jobs=1, max_rejects=1.0), FolderSource("test", [folder]), {}, Progress())


@pytest.fixture(scope="module")
def told_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the invented articles; not to be written to."""
    base = tmp_path_factory.mktemp("decided")
    take_in(base / "home", written(base / "in"))
    return base / "home"


@pytest.fixture
def home(told_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(told_home, tmp_path / "home", symlinks=True)
    assert copydesk("publish", "--home", tmp_path / "home").returncode == 0
    return tmp_path / "home"


def partition(home: Path) -> set[frozenset[str]]:
    """The headlines of each story."""
    return {frozenset(titles) for (titles,) in rows(home, "SELECT list(title) FROM articles GROUP BY story_id")}


def story(home: Path, title: str) -> str:
    return str(rows(home, f"SELECT story_id FROM articles WHERE title = '{title}'")[0][0])


def article(home: Path, title: str) -> str:
    return str(rows(home, f"SELECT article_id FROM articles WHERE title = '{title}'")[0][0])


def titles(event: str) -> frozenset[str]:
    return frozenset(one.title for one in TOLD if one.event == event)


def folded_again(home: Path) -> list[tuple[object, ...]]:
    """The stories of the articles once everything is folded from the first event."""
    shutil.rmtree(home / "cache")
    assert copydesk("publish", "--home", home).returncode == 0
    return rows(home, STORY_OF)


def settings(home: Path) -> Settings:
    return Settings(home=home, jobs=1, max_rejects=1.0)


def test_a_merge_holds_over_folds_and_newer_rules_until_it_is_undone(home: Path) -> None:
    before, ferry, store = partition(home), story(home, FERRY), story(home, STORE)
    merge(settings(home), ferry, store, "one night of accidents", "Ola Marlow")
    joined = titles("ferry") | titles("cold store")
    assert partition(home) == {one for one in before if not one <= joined} | {joined}
    ((articles, outlets),) = rows(home, f"SELECT articles, len(outlets) FROM stories WHERE story_id = '{store}'")
    assert articles == len(joined)
    assert outlets > 1
    assert rows(home, f"SELECT count(*) FROM stories WHERE story_id = '{ferry}'") == [(0,)]
    shown = rows(home, STORY_OF)
    assert folded_again(home) == shown
    reprocess(settings(home), Selection(), Progress(), newer("cleaning"))
    assert rows(home, STORY_OF) == shown
    assert [one.equal for one in rebuild(settings(home), Progress()).differences if one.table == "stories"] == [True]
    undo(settings(home), ferry, "two after all")
    assert partition(home) == before
    said = "SELECT data->>'action', data->>'who', data->>'why' FROM events WHERE type = 'story.ruled' ORDER BY position"
    assert rows(home, said)[0] == ("merge", "Ola Marlow", "one night of accidents")
    assert rows(home, said)[1][::2] == ("undo", "two after all")


def test_what_is_split_off_draws_what_is_like_it_and_gives_it_back(home: Path, tmp_path: Path) -> None:
    ferry = story(home, FERRY)
    split(settings(home), ferry, [article(home, BOW)], "the inquiry is another matter")
    assert story(home, BOW) == article(home, BOW)
    assert story(home, FERRY) == ferry
    take_in(home, written(tmp_path / "more", (LATER,)))
    assert story(home, LATER.title) == story(home, BOW) != ferry
    shown = rows(home, STORY_OF)
    assert folded_again(home) == shown
    undo(settings(home), story(home, BOW), "the same matter")
    assert story(home, BOW) == story(home, LATER.title) == story(home, FERRY) == ferry
    shown = rows(home, STORY_OF)
    assert folded_again(home) == shown


def test_without_a_decision_the_later_article_is_of_the_whole_story(home: Path, tmp_path: Path) -> None:
    take_in(home, written(tmp_path / "more", (LATER,)))
    assert story(home, LATER.title) == story(home, BOW) == story(home, FERRY)


def test_the_first_article_of_a_story_may_be_split_off_and_again(home: Path) -> None:
    ferry = story(home, FERRY)
    assert ferry == article(home, FERRY)
    for number in (2, 3):
        split(settings(home), ferry, [article(home, FERRY)[:12]], "told before it was known")
        assert story(home, FERRY) == f"{ferry}.{number}"
        assert story(home, BOW) == ferry
        undo(settings(home), ferry, "it is the same")
        assert story(home, FERRY) == ferry


def test_joined_stories_draw_what_is_like_either_and_part_again(home: Path, tmp_path: Path) -> None:
    ferry, store = story(home, FERRY), story(home, STORE)
    merge(settings(home), ferry, store, "one night")
    take_in(home, written(tmp_path / "more", (LATER,)))
    assert story(home, LATER.title) == store
    undo(settings(home), ferry, "two")
    assert story(home, LATER.title) == story(home, FERRY) == ferry


def test_a_chain_of_merges_ends_at_its_last_story_and_in_no_ring(home: Path) -> None:
    first, second = story(home, FERRY), story(home, STORE)
    third = next(story(home, one.title) for one in TOLD if story(home, one.title) not in (first, second))
    merge(settings(home), first, second, "one")
    merge(settings(home), second, third, "one")
    assert story(home, FERRY) == story(home, STORE) == third
    with pytest.raises(PermanentError, match=r"There is no story .* now"):
        merge(settings(home), third, first, "a ring")
    undo(settings(home), second, "not one")
    assert story(home, FERRY) == story(home, STORE) == second


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda home: merge(settings(home), "nothing-here", story(home, FERRY), "x"), "There is no story 'nothing-here'"),
        (lambda home: merge(settings(home), story(home, FERRY), story(home, BOW), "x"), "is that story already"),
        (lambda home: merge(settings(home), "", story(home, BOW), "x"), "is no id of a story"),
        (lambda home: merge(settings(home), story(home, FERRY), story(home, STORE), " "), "Say why"),
        (lambda home: split(settings(home), story(home, FERRY), [], "x"), "Say which articles"),
        (lambda home: split(settings(home), story(home, FERRY), [article(home, STORE)], "x"), "is no article of the story"),
        (lambda home: split(settings(home), story(home, FERRY), ["%"], "x"), "is no article of the story"),
        (
            lambda home: split(settings(home), story(home, FERRY), [article(home, t) for t in titles("ferry")], "x"),
            "are all articles of the story",
        ),
        (lambda home: undo(settings(home), story(home, FERRY), "x"), "there is nothing to take back"),
    ],
)
def test_what_cannot_be_decided_is_told_and_changes_nothing(
    told_home: Path, home: Path, ask: Callable[[Path], object], told: str
) -> None:
    with pytest.raises(PermanentError, match=told):
        ask(home)
    assert rows(home, STORY_OF) == rows(told_home, STORY_OF)
    assert rows(home, "SELECT count(*) FROM events WHERE type = 'story.ruled'") == [(0,)]


def test_an_earlier_position_shows_what_was_decided_by_then(home: Path, tmp_path: Path) -> None:
    before = rows(home, STORY_OF)
    ((position,),) = rows(home, "SELECT max(position) FROM events")
    merge(settings(home), story(home, FERRY), story(home, STORE), "one")
    ((joined,),) = rows(home, "SELECT max(position) FROM events")
    after = rows(home, STORY_OF)
    undo(settings(home), str(dict(before)[FERRY]), "two")
    for at, right in ((position, before), (joined, after)):
        earlier = tmp_path / f"{at}.duckdb"
        assert copydesk("publish", "--home", home, "--as-of", str(at), "--to", earlier).returncode == 0
        with closing(duckdb.connect(str(earlier), read_only=True)) as db:
            assert db.execute(STORY_OF).fetchall() == right


def test_a_purge_erases_why_a_purged_article_was_split_off(home: Path) -> None:
    split(settings(home), story(home, FERRY), [article(home, BOW)], "Pia Storm is named there")
    ((document,),) = rows(home, f"SELECT document_id FROM articles WHERE title = '{BOW}'")
    purge(settings(home), document, "court order 12")
    assert rows(home, "SELECT data->>'why' FROM events WHERE type = 'story.ruled'") == [("",)]
    with closing(sqlite3.connect(home / "cache" / "state.sqlite")) as state:
        assert state.execute("SELECT count(*) FROM story_moves").fetchone() == (1,)
    assert story(home, FERRY) == article(home, FERRY)


def test_the_command_lists_shows_decides_and_takes_back(home: Path) -> None:
    ferry, store, bow = story(home, FERRY), story(home, STORE), article(home, BOW)

    def said(*arguments: str, code: int = 0) -> str:
        done = copydesk("story", *arguments, "--home", home)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    assert f"{ferry}  {FERRY} (2024-06-03): 4 articles" in said("list", "ferry with")
    assert bow in said("show", ferry)
    assert "merge --why: say why" in said("merge", ferry, store, code=1)
    assert "give the id of the one story that it is" in said("merge", ferry, "--why", "x", code=1)
    assert f"Merged the story {ferry[:10]} into {store}" in said("merge", ferry[:10], store, "--why", "one night")
    assert f"merge {ferry} into {store}: one night" in said("show", store)
    assert f"merge {ferry} into {store}: one night" in said("show", ferry)
    said("undo", ferry, "--why", "two")
    assert "Split 1 article and" in said("split", ferry, bow, "--why", "another matter")
    assert story(home, BOW) == bow
    said("undo", bow, "--why", "the same")
    assert story(home, BOW) == ferry
    assert "There is no story" in said("show", "nowhere", code=1)

"""Articles about one event are one story, whatever their headlines, and however and in whatever order they came."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from itertools import combinations
from pathlib import Path

import duckdb
import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.purge import purge
from copydesk.flows.jobs.rebuild import Rebuilt, rebuild
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.warehouse.state import State
from copydesk.warehouse.stories.matching import Stories, Telling, term_number
from copydesk.warehouse.stories.terms import is_review, weighted
from tests.conftest import copydesk, rows
from tests.rule_sets import newer
from tests.told import TOLD, Told, written

STORY_OF = "SELECT title, story_id FROM articles ORDER BY title"


def take_in(home: Path, *paths: Path, jobs: int = 1) -> None:
    ingest(Settings(home=home, jobs=jobs, max_rejects=1.0), FolderSource("test", list(paths)), {}, Progress())


def partition(home: Path) -> set[frozenset[str]]:
    """The headlines of each story."""
    return {frozenset(titles) for (titles,) in rows(home, "SELECT list(title) FROM articles GROUP BY story_id")}


def f1(stories: dict[str, str], told: Iterable[Told]) -> float:
    """How well pairs of articles in one story are those that a reader would put together."""
    right = found = wanted = 0
    for one, other in combinations(told, 2):
        together, same = stories[one.title] == stories[other.title], one.event == other.event
        right, found, wanted = right + (together and same), found + together, wanted + same
    return 2 * right / (found + wanted)


@pytest.fixture(scope="module")
def told_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the invented articles; not to be written to."""
    base = tmp_path_factory.mktemp("told")
    take_in(base / "home", written(base / "in"))
    return base / "home"


def test_a_story_has_the_articles_of_one_event_and_no_other(told_home: Path) -> None:
    assert partition(told_home) == {
        frozenset(one.title for one in TOLD if one.event == event) for event in {one.event for one in TOLD}
    }


def test_stories_are_about_as_right_in_any_order_of_receipt() -> None:
    reached = []
    for seed in range(12):
        shuffled = random.Random(seed).sample(TOLD, len(TOLD))
        with closing(State.open()) as state:
            reached.append(f1(placed(state, shuffled), shuffled))
    assert sum(reached) / len(reached) >= 0.93, reached


def placed(state: State, told: Iterable[Told]) -> dict[str, str]:
    """The story of each article by its headline, as it is decided in this order."""
    stories, found = Stories(state.db), {}
    for number, one in enumerate(told, 1):
        found[one.title] = place(state, stories, one, number)
    return found


def place(state: State, stories: Stories, one: Told, number: int) -> str:
    text = one.text.replace("\n", "\n\n")
    found = {} if is_review(one.title, text) else weighted(one.title, text)
    terms = sorted((term_number(term), weight) for term, weight in found.items())
    day = date.fromisoformat(one.day).toordinal()
    name = f"{number}"
    story, vector = stories.place(Telling(name, None, day, terms), number)
    state.db.execute(
        "INSERT INTO tellings (number, output_id, article_id, story_id, day, vector) VALUES (?, ?, ?, ?, ?, ?)",
        (number, name, name, story, day, vector),
    )
    return story


def test_batches_runs_and_jobs_change_no_story(told_home: Path, tmp_path: Path) -> None:
    pages = sorted(written(tmp_path / "in").iterdir())
    for end in (1, 2, 9, len(pages)):
        take_in(tmp_path / "home", *pages[:end])
    take_in(tmp_path / "other", tmp_path / "in", jobs=2)
    assert rows(tmp_path / "home", STORY_OF) == rows(told_home, STORY_OF)
    assert partition(tmp_path / "other") == partition(told_home)


def test_what_is_folded_again_from_the_first_event_is_equal(told_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(told_home, home, symlinks=True)
    before = rows(told_home, "SELECT * FROM stories ORDER BY story_id")
    shutil.rmtree(home / "cache")
    assert copydesk("publish", "--home", home).returncode == 0
    assert rows(home, "SELECT * FROM stories ORDER BY story_id") == before


def test_a_rebuild_decides_the_stories_again_and_tells_what_differs(told_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(told_home, home, symlinks=True)
    assert copydesk("publish", "--home", home).returncode == 0
    settings = Settings(home=home, jobs=1)
    assert stories_of(rebuild(settings, Progress())) == (len(TOLD), 0, 0)
    with closing(sqlite3.connect(home / "cache" / "state.sqlite")) as state, state:
        state.execute("UPDATE tellings SET story_id = 'another' WHERE number = 1")
        state.execute("DELETE FROM segments WHERE tab = 'tellings'")
    (home / "warehouse.duckdb").unlink()
    assert copydesk("publish", "--home", home).returncode == 0
    assert stories_of(rebuild(settings, Progress())) == (len(TOLD), 1, 1)


def stories_of(rebuilt: Rebuilt) -> tuple[int, int, int]:
    """The rows of stories that readers see, and how many of them, and of those made again, the other side lacks."""
    (stories,) = (one for one in rebuilt.differences if one.table == "stories")
    return stories.kept, stories.only_kept, stories.only_made


def test_newer_rules_leave_every_article_in_its_story(told_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(told_home, home, symlinks=True)
    settings = Settings(home=home, jobs=1, max_rejects=1.0)
    assert reprocess(settings, Selection(), Progress(), newer("cleaning")).tally.counts["ingested"] == len(TOLD)
    assert rows(home, STORY_OF) == rows(told_home, STORY_OF)
    shutil.rmtree(home / "cache")
    assert copydesk("publish", "--home", home).returncode == 0
    assert rows(home, STORY_OF) == rows(told_home, STORY_OF)


def test_a_purged_article_is_in_no_story_and_the_others_stay_together(told_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(told_home, home, symlinks=True)
    gone = "Ferry with 180 on board sinks off Tarn Head"
    ((document,),) = rows(home, f"SELECT document_id FROM articles WHERE title = '{gone}'")
    purge(Settings(home=home, jobs=1), document, "court order 12")
    assert partition(home) == {story - {gone} for story in partition(told_home)}
    with closing(sqlite3.connect(home / "cache" / "state.sqlite")) as state:
        assert state.execute("SELECT count(*) FROM tellings").fetchone() == (len(TOLD) - 1,)


def test_an_earlier_position_shows_the_stories_as_they_were(told_home: Path, tmp_path: Path) -> None:
    home, pages = tmp_path / "home", sorted(written(tmp_path / "in").iterdir())
    take_in(home, *pages[:3])
    then = rows(home, STORY_OF)
    ((position,),) = rows(home, "SELECT max(position) FROM events")
    take_in(home, *pages)
    earlier = tmp_path / "then.duckdb"
    assert copydesk("publish", "--home", home, "--as-of", str(position), "--to", earlier).returncode == 0
    with closing(duckdb.connect(str(earlier), read_only=True)) as db:
        assert db.execute(STORY_OF).fetchall() == then


def test_one_more_article_is_compared_with_as_many_beside_many_as_beside_few(tmp_path: Path) -> None:
    """Counted in steps of SQLite, which no busy machine changes."""
    taken = []
    for many in (400, 1600):
        with closing(State.open()) as state:
            stories = Stories(state.db)
            for number in range(1, many + 1):
                place(state, stories, generated(number), number)
            taken.append(steps(state, stories, many + 1))
    few, more = taken
    assert more <= 1.3 * few


def generated(number: int) -> Told:
    """An article of one of many events of one week: five tell of each, and all events have some words in common."""
    event = number // 5
    chosen = random.Random(event)
    names = [f"N{chosen.randrange(10_000):x}ville" for _ in range(8)]
    common = random.Random(number).sample([f"word{one}" for one in range(60)], 30)
    text = f"In {names[0]} a fire began. " + " ".join(
        f"near {name} {word} and" for name, word in zip(names, common, strict=False)
    )
    return Told(str(event), "Arlen Post", f"2024-06-{1 + event % 7:02}", f"Fire in {names[1]}", text + " " + " ".join(common))


def steps(state: State, stories: Stories, first: int) -> int:
    """The steps that SQLite takes to place ten more articles."""
    count = [0]

    def tick() -> int:
        count[0] += 1
        return 0

    state.db.set_progress_handler(tick, 10)
    for number in range(first, first + 10):
        place(state, stories, generated(number), number)
    state.db.set_progress_handler(None, 0)
    return count[0]


ACCIDENTS = (
    Told(
        "tarnvik",
        "Arlen Post",
        "2024-06-03",
        "Norwegian ferry runs aground at Tarnvik",
        "A Norwegian ferry ran aground off Tarnvik on Monday and at least 12 people drowned, the Norwegian coast guard said.\n"
        "Mayor Ilse Ravn of Tarnvik opened the fish hall for survivors of the Marigold.\n"
        "Norway has promised an inquiry. The Norwegian government in Oslo sent divers.",
    ),
    Told(
        "tarnvik",
        "Valley Echo",
        "2024-06-04",
        "Tarnvik mourns the dead of the Marigold",
        "Bells rang in Tarnvik for the 12 who drowned when the Marigold struck a reef, Mayor Ilse Ravn said.\n"
        "The Norwegian captain was heard by the police. The fish hall of Tarnvik is full of candles.",
    ),
    Told(
        "sellin",
        "Kestrel Star",
        "2024-06-07",
        "Fire on Norwegian ferry near Sellinsund",
        "Fire broke out in the car deck of a Norwegian ferry near Sellinsund on Friday, and 31 people suffocated, the Norwegian "
        "coast guard said.\nThe Corvina was on its way to Mill Reach with lorries.\n"
        "Norway will look at the sprinklers of every ferry, the Norwegian government in Oslo said.",
    ),
    Told(
        "sellin",
        "Tarn Times",
        "2024-06-08",
        "Lorry blamed for inferno on the Corvina",
        "A lorry with old batteries set the Corvina on fire, investigators in Sellinsund said; 31 people suffocated.\n"
        "The sprinklers of the Norwegian ship had been shut off since Mill Reach.",
    ),
)


def test_two_accidents_of_one_country_and_week_are_two_stories() -> None:
    with closing(State.open()) as state:
        stories = placed_in_turn(state, ACCIDENTS)
    assert stories[0] == stories[1] != stories[2] == stories[3]


def placed_in_turn(state: State, told: Iterable[Told]) -> list[str]:
    """The story of each article in turn, as it is decided in this order."""
    stories = Stories(state.db)
    return [place(state, stories, one, number) for number, one in enumerate(told, 1)]

"""The index of the desk: whatever happens to a home, it has the rows that the views have, and reads only what is new."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk.flows.jobs import entities, stories
from copydesk.flows.jobs.adding import add_claim, span_of
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.purge import purge
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.jobs.review import review_claim, withdraw
from copydesk.flows.runs.run import Progress, open_run
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk import index_rows
from copydesk.flows.site.desk.index import Index
from copydesk.flows.sources.folder import FolderSource
from copydesk.warehouse.home import Home
from tests.conftest import ARTICLES, article, reader, rows
from tests.rule_sets import newer

COMPARED = {
    "articles": "* EXCLUDE (text)",
    "facts": "*",
    "mentions": "*",
    "places": "*",
    "stories": "*",
    # Of names that occur equally often, each may be the one name of an entity.
    "entities": "entity_id, aliases, facts, mentions, articles, outlets, first_seen, last_seen, spokesmen, wikidata_id",
    "origins": "*",
    "fact_origins": "*",
    "claim_groups": "*",
    "timeline": "*",
    "figure_conflicts": "fact_id_a, fact_id_b, relation",
}
"""The views that the index has too, and the columns that must be equal."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the sample articles; not to be written to."""
    base = tmp_path_factory.mktemp("index")
    ingest(Settings(home=base / "home", jobs=1, max_rejects=1.0), FolderSource("desk", [ARTICLES]), {}, Progress())
    return base / "home"


@pytest.fixture
def home(printed: Path, tmp_path: Path) -> Path:
    """A copy of the home, published anew, to be written to."""
    shutil.copytree(printed, tmp_path / "home", symlinks=True)
    with open_run(Settings(home=tmp_path / "home", jobs=1), "moved", {}, Progress()):
        pass  # its first step publishes what was moved
    return tmp_path / "home"


@pytest.fixture
def index(home: Path) -> Iterator[Index]:
    found = Index(Home(home))
    found.follow()
    yield found
    found.db.close()


def told(value: object) -> str:
    """A value so that rows can be sorted, the same whichever zone a time is told in."""
    return str(value.timestamp()) if isinstance(value, datetime) and value.tzinfo else repr(value)


def of_index(index: Index, sql: str) -> list[tuple[Any, ...]]:
    with index.db.cursor() as db:
        found: list[tuple[Any, ...]] = db.execute(sql).fetchall()
        return found


def check(home: Path, index: Index) -> None:
    """Checks that the index, once it followed, and one that is made anew have the rows of the views."""
    index.follow()
    anew = Index(Home(home))  # this process has the other open: it is one of its own
    anew.follow()
    for view, columns in COMPARED.items():
        sql = f"SELECT {columns} FROM {view}"
        with reader(home) as db:
            names = [column[0] for column in db.execute(sql).description or ()]
            right = sorted(tuple(map(told, row)) for row in db.execute(f"SELECT {', '.join(names)} FROM {view}").fetchall())
        for one in (index, anew):
            found = sorted(tuple(map(told, row)) for row in of_index(one, f"SELECT {', '.join(names)} FROM {view}"))
            assert found == right, view
    anew.db.close()


def first_figures(home: Path) -> list[str]:
    return [row[0] for row in rows(home, "SELECT claim_id FROM facts WHERE kind = 'figure' ORDER BY claim_id LIMIT 4")]


def entity(home: Path, number: int) -> dict[str, Any]:
    found = rows(home, "SELECT entity_id, name, kind, country FROM entities ORDER BY facts + mentions DESC, entity_id LIMIT 5")
    return dict(zip(("entity_id", "name", "kind", "country"), found[number], strict=True))


def corrected_and_taken_back(home: Path) -> Iterator[None]:
    settings, claims = Settings(home=home, jobs=1), first_figures(home)
    review_claim(settings, claims[0], "correct", "read", {"place_name": "North Port", "value_low": 3.0})
    review_claim(settings, claims[1], "reject", "no claim", {})
    yield
    review_claim(settings, claims[0], "undo", "wrong", {})
    review_claim(settings, claims[1], "confirm", "a claim", {})
    yield


def names_merged_split_and_undone(home: Path) -> Iterator[None]:
    settings, one, other = Settings(home=home, jobs=1), entity(home, 0), entity(home, 1)
    entities.merge(settings, one, other, "the same")
    yield
    entities.undo(settings, one["entity_id"], "they are two")
    entities.rename(settings, other, "The Harbour", "its name")
    yield
    ((found,),) = rows(home, f"SELECT article_id FROM mentions WHERE entity_id = '{one['entity_id']}' ORDER BY 1 LIMIT 1")
    entities.split(settings, one, "another", None, found, "Another One")
    yield


def stories_joined_split_and_undone(home: Path) -> Iterator[None]:
    settings = Settings(home=home, jobs=1)
    (one, _), (other, _), *_ = rows(home, "SELECT story_id, articles FROM stories ORDER BY articles DESC, story_id")
    stories.merge(settings, one, other, "one event")
    yield
    ((article_id,),) = rows(home, f"SELECT max(article_id) FROM articles WHERE story_id = '{other}' AND duplicate_of IS NULL")
    stories.split(settings, other, [article_id], "another event")
    next(article_taken_in_and_withdrawn(home))
    yield
    stories.undo(settings, one, "two events")
    stories.undo(settings, other, "one event")
    yield


def claim_added(home: Path) -> Iterator[None]:
    ((article_id, text),) = rows(home, "SELECT article_id, text FROM articles ORDER BY article_id LIMIT 1")
    one = dict(zip(("article_id", "text"), (article_id, text), strict=True))
    with reader(home) as db:
        found = db.execute("SELECT * FROM articles WHERE article_id = $1", [article_id])
        names = [column[0] for column in found.description or ()]
        one = dict(zip(names, found.fetchall()[0], strict=True))
    words = " ".join(text.split()[:4])
    add_claim(Settings(home=home, jobs=1), one, "statement", span_of(text, words), {"attributed_to": "the choir"}, "missed")
    yield


def article_taken_in_and_withdrawn(home: Path) -> Iterator[None]:
    (home.parent / "more").mkdir()
    for number in range(2):
        (home.parent / "more" / f"{number}.txt").write_text(article(number), encoding="utf-8")
    ingest(Settings(home=home, jobs=1, max_rejects=1.0), FolderSource("more", [home.parent / "more"]), {}, Progress())
    yield
    ((document,),) = rows(home, "SELECT document_id FROM articles ORDER BY article_id LIMIT 1")
    withdraw(Settings(home=home, jobs=1), document, "asked")
    yield


def article_purged(home: Path) -> Iterator[None]:
    ((document,),) = rows(home, "SELECT document_id FROM articles ORDER BY article_id LIMIT 1")
    purge(Settings(home=home, jobs=1), document, "asked")
    yield


def all_made_again(home: Path) -> Iterator[None]:
    review_claim(Settings(home=home, jobs=1), first_figures(home)[2], "correct", "read", {"place_name": "North Port"})
    reprocess(Settings(home=home, jobs=1), Selection(), Progress(), newer())
    yield


def own_tables_written(home: Path) -> Iterator[None]:
    one = entity(home, 0)
    outlet = rows(home, "SELECT outlet FROM articles WHERE outlet IS NOT NULL ORDER BY 1 LIMIT 1")[0][0]
    (home / "entities.csv").write_text(f'name,also,kind\nThe One,"{one["name"]}",\n', encoding="utf-8")
    (home / "outlets.csv").write_text(f'name,also\nThe Paper,"{outlet}"\n', encoding="utf-8")
    place = rows(home, "SELECT name FROM places ORDER BY figures DESC, name LIMIT 1")[0][0]
    (home / "places.csv").write_text(f'name,also,pcode\nThe Place,"{place}",XX01\n', encoding="utf-8")
    review_claim(Settings(home=home, jobs=1), first_figures(home)[0], "confirm", "read", {})
    yield
    assert rows(home, "SELECT DISTINCT place_name FROM facts WHERE place_name = 'The Place'")
    article_of = article_taken_in_and_withdrawn(home)
    next(article_of)
    yield


@pytest.mark.parametrize(
    "happens",
    [
        corrected_and_taken_back,
        names_merged_split_and_undone,
        stories_joined_split_and_undone,
        claim_added,
        article_taken_in_and_withdrawn,
        article_purged,
        all_made_again,
        own_tables_written,
    ],
)
def test_whatever_happens_the_index_has_the_rows_of_the_views(
    home: Path, index: Index, happens: Callable[[Path], Iterator[None]]
) -> None:
    for _ in happens(home):
        check(home, index)


def test_only_files_that_are_new_are_read(home: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[index_rows.Files] = []
    follow = index_rows.follow
    monkeypatch.setattr(index_rows, "follow", lambda db, files, last: (read.append(files), follow(db, files, last)))
    next(corrected_and_taken_back(home))
    index.follow()
    next(article_taken_in_and_withdrawn(home))
    index.follow()
    index.follow()
    assert [{name: len(files) for name, files in one.items()} for one in read] == [
        {"articles": 0, "facts": 0, "mentions": 0, "sentences": 0},
        {"articles": 1, "facts": 1, "mentions": 1, "sentences": 1},
    ], "what a review changes is in no file, and what stands is not followed again"

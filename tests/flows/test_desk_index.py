"""The index of the desk: whatever happens to a home, it has the rows that the views have, and reads only what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk.flows.site.desk import index_rows
from copydesk.flows.site.desk.index import Index
from copydesk.warehouse.home import Home
from tests.conftest import reader
from tests.happenings import HAPPENINGS, article_taken_in_and_withdrawn, corrected_and_taken_back

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


@pytest.fixture
def home(own_home: Path) -> Path:
    """A home of the sample articles, to be written to."""
    return own_home


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
    with reader(home) as db:
        for view, columns in COMPARED.items():
            asked = db.execute(f"SELECT {columns} FROM {view}")
            names = ", ".join(column[0] for column in asked.description or ())
            right = sorted(tuple(map(told, row)) for row in asked.fetchall())
            for one in (index, anew):
                found = sorted(tuple(map(told, row)) for row in of_index(one, f"SELECT {names} FROM {view}"))
                assert found == right, view
    anew.db.close()


@pytest.mark.parametrize("happens", HAPPENINGS)
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

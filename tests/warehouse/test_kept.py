"""What a large home keeps of the views that compare figures is what the views make of all its rows, whatever happens."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.warehouse.stories import kept
from copydesk.warehouse.stories.kept_files import FOLDER
from tests.conftest import ARTICLES, reader, rows
from tests.happenings import (
    HAPPENINGS,
    article_purged,
    article_taken_in_and_withdrawn,
    corrected_and_taken_back,
    names_merged_split_and_undone,
)
from tests.homes import put_back
from tests.told import written


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Gives a home of the sample articles and of invented ones, in which rows are kept as in a large one, as it was made."""
    base = tmp_path_factory.mktemp("kept")
    paths = [ARTICLES, written(base / "told")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "LEAST", 1)
        ingest(Settings(home=base / "home", jobs=1, max_rejects=1.0), FolderSource("desk", paths), {}, Progress())
    return put_back(base / "home")


@pytest.fixture
def home(printed: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home, to be written to."""
    monkeypatch.setattr(kept, "LEAST", 1)
    return printed()


def files(home: Path) -> set[str]:
    return {path.name for path in (home / FOLDER).iterdir()}


def check(home: Path) -> int:
    """Checks that each view has the rows that its query makes of all rows; gives how many rows took the place of kept ones."""
    anew = 0
    with reader(home) as db:
        for one in kept.VIEWS:
            names = ", ".join(one.view.columns)
            shown = db.execute(f"SELECT {names} FROM {one.name}").fetchall()
            right = db.execute(f"SELECT {names} FROM ({one.view.sql})").fetchall()
            assert sorted(map(repr, shown)) == sorted(map(repr, right)), one.name
            assert shown
            anew += db.execute(f"SELECT count(*) FROM internal.{one.name}_new").fetchall()[0][0]
    return anew


@pytest.mark.parametrize("happens", HAPPENINGS)
def test_whatever_happens_the_views_have_the_rows_of_their_queries(
    home: Path, happens: Callable[[Path], Iterator[None]]
) -> None:
    assert check(home) == 0
    for _ in happens(home):
        check(home)


@pytest.mark.parametrize(
    "happens", [pytest.param(names_merged_split_and_undone, marks=pytest.mark.slow), article_taken_in_and_withdrawn]
)
def test_a_base_that_is_merged_at_each_step_has_these_rows_too(
    home: Path, happens: Callable[[Path], Iterator[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MERGED_AT", 1)
    for _ in happens(home):
        assert check(home) == 0


def test_what_changed_is_made_anew_beside_the_base_and_merged_once_it_is_much(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = files(home)
    happens = corrected_and_taken_back(home)
    next(happens)
    assert check(home) > 0
    assert files(home) == begun, "the base stands"
    monkeypatch.setattr(kept, "MERGED_AT", 1)
    next(happens)
    assert check(home) == 0
    assert files(home) != begun


def test_a_base_that_is_gone_is_written_again(home: Path) -> None:
    shutil.rmtree(home / FOLDER)
    next(corrected_and_taken_back(home))
    check(home)
    assert len(files(home)) == len(kept.VIEWS) + len(kept.BESIDE)


def test_a_purge_leaves_nothing_of_an_article_in_what_is_kept(home: Path) -> None:
    begun = files(home)
    ((gone,),) = rows(home, "SELECT article_id FROM articles ORDER BY article_id LIMIT 1")
    next(article_purged(home))
    assert not files(home) & begun
    with reader(home) as db:
        for path in (home / FOLDER).iterdir():
            assert gone not in repr(db.execute(f"SELECT * FROM read_parquet('{path}')").fetchall())


def test_a_small_home_keeps_nothing(sample_home: Path) -> None:
    assert not (sample_home / FOLDER).exists()

"""A number that nothing is counted to is no figure: no page, answer or export ends at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.flows.settings import Settings
from copydesk.flows.site.answers.answers import Answers
from tests.conftest import Ingest, copydesk, rows
from tests.flows.desks import AskedDesk

TEXT = (
    "The river rises again\n\nBy Ida Ferrell\nMay 3, 2024\n\n11 people were killed in Dallas when the river rose, the Harbour Board "
    "said on Friday. The board had warned of the storm for days.\n\n{} people were injured in Dallas, said the mayor of the "
    "town, who has held the post for years.\n"
)
GREAT = [
    "9" * 400,
    "9" * 305 + " million",
    "5 " + "million " * 60,
    "1" + ",000" * 105,
    "$5 " + "trillion " * 40,
    "five " + "million " * 60,
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from copydesk.flows.jobs.ingest import ingest
    from copydesk.flows.runs.run import Progress
    from copydesk.flows.sources.folder import FolderSource

    folder = tmp_path_factory.mktemp("great")
    for number, great in enumerate(GREAT):
        (folder / f"{number}.txt").write_text(TEXT.format(great), encoding="utf-8")
    ingest(Settings(home=folder / "home", jobs=1, max_rejects=1.0), FolderSource("great", [folder]), {}, Progress())
    return folder / "home"


def test_they_are_no_figures(home: Path) -> None:
    assert rows(home, "SELECT count(*) FROM articles") == [(len(GREAT),)]
    assert rows(home, "SELECT count(*) FROM figures WHERE text LIKE '%11 people%'") == [(len(GREAT),)]
    assert rows(home, "SELECT max(abs(value_low)) <= 1e18, max(abs(value_high)) <= 1e18 FROM figures") == [(True, True)]


def test_pages_answers_and_exports_are_whole(home: Path, tmp_path: Path) -> None:
    desk = AskedDesk(home).log_in()
    article = rows(home, "SELECT article_id FROM articles ORDER BY source_uri")[0][0]
    story = rows(home, "SELECT story_id FROM stories ORDER BY story_id")[0][0]
    for path in ("", "facts", "series?measure=killed&place=Dallas", f"articles/{article}", f"stories/{story}", "facts.json"):
        desk.get(path)
    answers = Answers(Settings(home=home))
    assert answers.check_number(11, "killed in Dallas")["is_printed"]
    for ending in ("xlsx", "geojson", "csv"):
        done = copydesk("export", "figures", tmp_path / f"figures.{ending}", "--home", home)
        assert done.returncode == 0, done.stderr
    assert copydesk("report", "--out", tmp_path / "report", "--home", home).returncode == 0


def test_a_correction_to_such_a_number_is_refused(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT.format("40"), encoding="utf-8")
    take(tmp_path / "in")
    claim = rows(tmp_path / "home", "SELECT claim_id FROM figures WHERE text LIKE '%11 people%'")[0][0]
    done = copydesk("fact", "correct", claim, "--set", "value_high=1.7e308", "--why", "a test", "--home", tmp_path / "home")
    assert done.returncode == 1
    assert "value_high: '1.7e308' is no" in done.stderr

"""README.md says what is so: its answers, its tables, its files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, rows
from tests.readme import README, answer, open_home, questions


@pytest.mark.parametrize("number", range(10))
def test_a_question_has_the_answer_that_is_printed(sample_home: Path, number: int) -> None:
    query, printed = questions()[number]
    with open_home(sample_home) as db:
        assert answer(db, query) == printed, "run `make readme` if the rules changed on purpose"


def test_there_are_ten_questions() -> None:
    assert len(questions()) == 10


def test_every_view_is_described_with_its_columns(sample_home: Path) -> None:
    text = README.read_text(encoding="utf-8")
    for view, column in rows(
        sample_home, "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
    ):
        assert f"`{view}`" in text, f"README.md says nothing of the view {view}"
        assert re.search(rf"\b{column}\b", text), f"README.md says nothing of {view}.{column}"


def test_the_files_that_are_named_are_there() -> None:
    for name in re.findall(r"\]\(((?!http)[\w./-]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name


def test_the_locks_name_no_address_and_nothing_names_a_path_of_one_machine() -> None:
    for path in ROOT.glob("requirements*.lock"):
        assert "://" not in path.read_text(encoding="utf-8"), path
    for path in (README, ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / "bench" / "results.md"):
        assert not re.search(r"/(?:root|home/\w+)/", path.read_text(encoding="utf-8")), path

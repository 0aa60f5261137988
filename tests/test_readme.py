"""README.md and the page of questions say what is so: their answers, their files; no page names a path of one machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pages import QUESTIONS, README, answer, open_home, questions

MOST_BYTES = 9_000
"""A README that is longer belongs into docs/."""


@pytest.mark.parametrize(
    ("page", "number"),
    [*((QUESTIONS, n) for n in range(10)), *((README, n) for n in range(3))],
    ids=lambda v: getattr(v, "name", v),
)
def test_a_question_has_the_answer_that_is_printed(sample_home: Path, page: Path, number: int) -> None:
    query, printed = questions(page)[number]
    with open_home(sample_home) as db:
        assert answer(db, query) == printed, "run `make readme` if the rules changed on purpose"


def test_there_are_ten_questions_and_three_of_them_in_the_readme() -> None:
    assert len(questions(QUESTIONS)) == 10
    assert {query for query, _ in questions(README)} < {query for query, _ in questions(QUESTIONS)}
    assert len(questions(README)) == 3


def test_the_readme_is_short() -> None:
    assert len(README.read_bytes()) <= MOST_BYTES


def test_the_files_that_the_readme_links_to_are_there() -> None:
    linked = re.findall(r"\]\(((?!http)[\w./-]+)\)", README.read_text(encoding="utf-8"))
    assert len(linked) > 15
    for name in linked:
        assert (ROOT / name).exists(), name


def test_the_locks_name_no_address_and_nothing_names_a_path_of_one_machine() -> None:
    for path in ROOT.glob("requirements*.lock"):
        assert "://" not in path.read_text(encoding="utf-8"), path
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for path in (*pages, ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / "mkdocs.yml"):
        assert not re.search(r"/(?:root|home/\w+|tmp)/", path.read_text(encoding="utf-8")), path

"""A document that spins in the middle of good ones, for tests: the others come out as if it had not been there."""

from __future__ import annotations

from pathlib import Path

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.transforms.cleaning import markup_tree
from tests.adversarial import PAGES
from tests.conftest import rows
from tests.rule_sets import faulty
from tests.texts import distinct_folder

GOOD = 20
GUILTY = "00007-spins.html"
ATTRIBUTES = 100_000
"""So many of one tag hold the parser for over a minute in a single call in C, unless they are pruned before."""

SECONDS = 2
"""Of processor time for a document: far more than a good one takes, and far less than that one."""

TABLES = {
    "articles": "SELECT parse_filename(source_uri), title, text FROM articles ORDER BY ALL",
    "facts": "SELECT claim_id, kind, measure, text FROM facts ORDER BY ALL",
    "sentences": "SELECT article_id, ordinal, text FROM sentences ORDER BY ALL",
}


def unpruned(text: str) -> str:
    return text


def give_up_pruning() -> None:
    """Gives every page to the parser as it is, in the process that reads the page."""
    markup_tree.without_surplus = unpruned


SPINNING = faulty(fault=give_up_pruning)


def with_one_that_spins(folder: Path) -> Path:
    """Good documents, and one that spins in the middle of them; more than are made without a pool."""
    made = distinct_folder(folder, range(GOOD))
    (made / GUILTY).write_text(PAGES["attributes on one tag"](ATTRIBUTES), encoding="utf-8")
    return made


def home_of_the_good(base: Path) -> None:
    """Makes `home` in a folder, of the good documents and nothing else."""
    ingest(
        Settings(home=base / "home", jobs=1),
        FolderSource("test", [distinct_folder(base / "good", range(GOOD))]),
        {},
        Progress(),
    )
    assert rows(base / "home", "SELECT count(*) FROM articles") == [(GOOD,)]


def one_timed_out(home: Path, alone: Path) -> None:
    assert rows(home, "SELECT parse_filename(source_uri), reason FROM rejects") == [(GUILTY, "timed_out")]
    assert "max_seconds" in rows(home, "SELECT detail FROM rejects")[0][0]
    for name, query in TABLES.items():
        assert rows(home, query) == rows(alone, query), name

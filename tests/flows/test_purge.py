"""A purge erases bytes and rows for good, and keeps that it happened."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from copydesk.flows.jobs.rebuild import rebuild
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from tests.conftest import Ingest, article, copydesk, rows
from tests.flows.test_ingest import contents, folder_of
from tests.warehouse.test_verify import found

NAME = "The name that must go is Tobias Quarrel"


def everything(home: Path) -> str:
    """All text of all files of a home, Parquet unpacked."""
    parts = []
    for path in home.rglob("*"):
        if path.suffix == ".parquet":
            parts.append(str(pq.read_table(path).to_pylist()))
        elif path.is_file():
            parts.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(parts)


def test_nothing_of_a_purged_document_is_left_but_that_it_was_there(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 6)
    take(folder, home=tmp_path / "without")
    (folder / "gone.txt").write_text(article(60).replace("The council met", f"{NAME}. The council met"), encoding="utf-8")
    take(folder)
    (folder / "gone.txt").write_text(article(61).replace("The council met", f"{NAME}. The council met"), encoding="utf-8")
    take(folder)
    assert NAME in everything(home)
    (document, digest) = rows(home, "SELECT document_id, sha256 FROM documents WHERE source_uri LIKE '%gone.txt'")[0]
    asked = copydesk("document", "purge", document, "--why", "court order 12", "--home", home)
    assert asked.returncode == 1
    assert "--yes" in asked.stderr
    done = copydesk("document", "purge", document, "--why", "court order 12", "--yes", "--home", home)
    assert done.returncode == 0, done.stderr
    assert NAME not in everything(home)
    assert rows(home, f"SELECT status, reason, sha256 FROM documents WHERE document_id = '{document}'") == [
        ("purged", "court order 12", digest)
    ]
    left, without = contents(home), contents(tmp_path / "without")
    assert {table: left[table] for table in left if table != "documents"} == {
        table: without[table] for table in without if table != "documents"
    }
    assert found(home) == []
    assert rebuild(Settings(home=home, jobs=1), Progress()).equal

    again = take(folder)
    assert (again.counts["received"], again.skipped["purged"]) == (0, 1)
    (folder / "new.txt").write_text(article(62), encoding="utf-8")
    assert take(folder).counts["ingested"] == 1
    assert NAME not in everything(home)
    twice = copydesk("document", "purge", document, "--why", "x", "--yes", "--home", home)
    assert (twice.returncode, twice.stdout.split(":")[0]) == (0, "Purged already")
    refused = copydesk("document", "restore", document, "--why", "x", "--yes", "--home", home)
    assert "not withdrawn" in refused.stderr


def test_bytes_that_another_document_holds_stay_and_are_named(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 2)
    (folder / "z-copy.txt").write_bytes((folder / "000.txt").read_bytes())
    take(folder)
    before = contents(home)["sentences"]
    document = rows(home, "SELECT document_id FROM documents WHERE source_uri LIKE '%/000.txt'")[0][0]
    done = copydesk("document", "purge", document, "--why", "x", "--yes", "--home", home)
    assert "z-copy.txt" in done.stdout
    assert contents(home)["sentences"] == before
    assert rows(home, "SELECT parse_filename(source_uri) FROM articles ORDER BY 1") == [("001.txt",), ("z-copy.txt",)]
    copy = rows(home, "SELECT document_id FROM documents WHERE source_uri LIKE '%z-copy.txt'")[0][0]
    assert copydesk("document", "purge", copy, "--why", "x", "--yes", "--home", home).returncode == 0
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]
    assert found(home) == []

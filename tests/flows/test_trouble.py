"""Documents that cannot be read or rules that fail: each is explained, and stops nothing."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Ingest, article, copydesk, rows
from tests.homes import folder_of
from tests.rule_sets import faulty


@pytest.fixture
def trouble(tmp_path: Path) -> Path:
    """Five articles and six kinds of trouble beside them."""
    folder = folder_of(tmp_path, 5, "trouble")
    (folder / "utf16.txt").write_bytes(article(0).replace("three hours", "four hours").encode("utf-16"))
    (folder / "random.txt").write_bytes(random.Random(3).randbytes(4096))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "large.txt").write_bytes(b"A long line of news. " * 2_000_000)
    (folder / "locked.txt").mkdir()
    (folder / "locked.txt" / ".hidden.txt").write_text("hidden")
    (folder / "link.txt").symlink_to("/etc/hostname")
    return folder


def test_trouble_is_explained_and_stops_nothing(take: Ingest, tmp_path: Path, trouble: Path) -> None:
    run = take(trouble)
    home = tmp_path / "home"
    assert rows(home, "SELECT count(*) FROM articles") == [(6,)]
    reasons = dict(rows(home, "SELECT parse_filename(source_uri), reason FROM rejects"))
    assert reasons == {"random.txt": "not_text", "empty.txt": "empty", "large.txt": "too_large"}
    assert run.tally.skipped == {"link_out": 1, "hidden": 1}
    size, digest = rows(home, "SELECT size, length(sha256) FROM rejects WHERE reason = 'too_large'")[0]
    assert (size, digest) == (42_000_000, 64)
    with duckdb.connect() as db:
        raw = db.execute(f"SELECT max(octet_length(data)) FROM read_parquet('{home}/data/raw/*.parquet')").fetchone()
    assert raw == (32 * 1024 * 1024,)
    assert all(detail for (detail,) in rows(home, "SELECT detail FROM rejects"))


def test_a_run_of_too_many_rejects_fails_and_keeps_what_passed(tmp_path: Path, trouble: Path) -> None:
    (trouble / "second-empty.txt").write_bytes(b" \n")
    home = tmp_path / "home"
    failed = copydesk("ingest", trouble, "--home", home)
    assert failed.returncode == 3, failed.stderr
    assert "4 of 10 documents were rejected" in failed.stderr
    assert rows(home, "SELECT count(*) FROM articles") == [(6,)]
    assert rows(home, "SELECT outcome FROM runs") == [("failed",)]
    assert copydesk("ingest", trouble, "--home", tmp_path / "other", "--max-rejects", "1").returncode == 0


def test_a_file_that_cannot_be_read_is_a_reject(take: Ingest, tmp_path: Path) -> None:
    """Root reads anything, so there the reading itself is made to fail, by the kernel, with a real device."""
    folder = folder_of(tmp_path, 1)
    target = folder / "mem.txt"
    if os.geteuid() == 0:
        target.symlink_to("/proc/self/mem")
        run = take(target, folder / "000.txt")
    else:
        target.write_text("secret")
        target.chmod(0)
        run = take(folder)
    assert run.tally.counts["rejected"] == 1
    assert rows(tmp_path / "home", "SELECT reason FROM rejects") == [("unreadable",)]


def test_what_a_rule_raises_becomes_that_documents_reject(take: Ingest, tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 3), tmp_path / "home"

    def divides_by_nothing() -> None:
        raise ZeroDivisionError("the rule divides by nothing")

    take(folder, rules=faulty("001.txt", divides_by_nothing))
    assert rows(home, "SELECT count(*) FROM articles") == [(2,)]
    reason, detail = rows(home, "SELECT reason, detail FROM rejects")[0]
    assert reason == "failed"
    assert "ZeroDivisionError: the rule divides by nothing" in detail


def test_a_document_that_takes_too_long_is_turned_away(take: Ingest, tmp_path: Path) -> None:
    folder, home = folder_of(tmp_path, 3), tmp_path / "home"

    def never_ends() -> None:
        while True:
            pass

    take(folder, rules=faulty("001.txt", never_ends), max_seconds=1)
    assert rows(home, "SELECT count(*) FROM articles") == [(2,)]
    assert rows(home, "SELECT reason FROM rejects") == [("timed_out",)]


def test_gz_and_other_encodings_are_read(take: Ingest, tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    text = article(1).replace("Castell", "Castéll").replace('"We', "“We").replace('summer,"', "summer,”")
    (folder / "a.txt.gz").write_bytes(gzip.compress(article(2).encode()))
    (folder / "b.txt").write_bytes(b"\xef\xbb\xbf" + article(3).encode())
    (folder / "c.txt").write_bytes(text.encode("cp1252"))
    (folder / "d.txt").write_bytes(article(4).replace("\n", "\r\n").encode())
    (folder / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 50_000_000))
    (folder / "torn.txt.gz").write_bytes(gzip.compress(article(5).encode())[:-20])
    take(folder)
    found = dict(rows(home, "SELECT parse_filename(source_uri), authors[1] FROM articles"))
    assert found == {"a.txt.gz": "Nora Castell", "b.txt": "Nora Castell", "c.txt": "Nora Castéll", "d.txt": "Nora Castell"}
    assert dict(rows(home, "SELECT parse_filename(source_uri), reason FROM rejects")) == {
        "bomb.txt.gz": "too_large",
        "torn.txt.gz": "unreadable",
    }

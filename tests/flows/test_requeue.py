"""Requeue: what could not be fetched or read is fetched or read again, and what is gone is said to be."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from copydesk.flows.jobs.reprocess import Rejects, requeue
from copydesk.flows.runs.news import told_in_a_line
from copydesk.flows.runs.run import Progress, Run
from copydesk.flows.runs.summary import remade, summary
from copydesk.flows.settings import Settings
from copydesk.flows.sources.registry import add_source
from copydesk.flows.sources.source_options import Spec
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from tests.conftest import Ingest, article, rows
from tests.flows.websites import Site, page, polled

REJECTS = "SELECT count(*) FROM rejects"


class Told(Progress):
    """Keeps what is said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, message: str) -> None:
        self.lines.append(message)


def again(home: Path, reason: str | None = None) -> tuple[Run, Told]:
    told = Told()
    return requeue(Settings(home=home, jobs=1, max_rejects=1.0), Rejects(reason), told), told


def test_a_page_that_could_not_be_fetched_is_fetched_again(site: Site, tmp_path: Path) -> None:
    home, listed = tmp_path / "home", tmp_path / "list.txt"
    login = site.root.replace("//", "//desk:pw@")
    listed.write_text(f"{login}/1.html\n{site.root}/2.html\n", encoding="utf-8")
    add_source(Home(home).prepared(), Spec(name="web", kind="urls", location=str(listed), allow=("127.0.0.1",)))
    assert polled(tmp_path, "urls", str(listed)).tally.counts["rejected"] == 2
    site.put("/1.html", page(1))
    run, _ = again(home, "unreachable")
    assert (run.tally.counts["requeued"], run.tally.counts["ingested"], run.tally.skipped["as_before"]) == (2, 1, 1)
    assert "1 as_before" in remade(run)
    assert site.headers["/1.html"]["Authorization"].startswith("Basic ")
    assert rows(home, REJECTS) == [(1,)]
    assert polled(tmp_path, "urls", str(listed)).tally.skipped["not_modified"] == 1


def test_a_page_of_a_source_that_was_removed_is_asked_for_by_what_is_allowed_to_all(site: Site, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"{site.root}/1.html\n", encoding="utf-8")
    polled(tmp_path, "urls", str(listed))
    site.put("/1.html", page(1))
    run, _ = again(tmp_path / "home")
    assert run.tally.counts["ingested"] == 0
    assert rows(tmp_path / "home", REJECTS) == [(1,)]


def test_a_file_that_was_broken_is_read_again_and_one_that_is_gone_is_named(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("a.zip", "gone.zip"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 no zip")
    assert take(tmp_path / "a.zip", tmp_path / "gone.zip").tally.counts["rejected"] == 2
    (tmp_path / "gone.zip").unlink()
    stat = (tmp_path / "a.zip").stat()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("1.txt", article(1))
    os.utime(tmp_path / "a.zip", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    run, told = again(home, "broken_container")
    assert run.tally.counts["ingested"] == 1
    assert run.tally.skipped["source_gone"] == 1
    assert any("gone.zip" in line for line in told.lines)
    assert "1 source_gone" in remade(run)


def test_a_text_that_was_turned_away_is_decided_again_as_before(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("Too short.", encoding="utf-8")
    take(tmp_path / "short.txt")
    (tmp_path / "short.txt").unlink()
    run, _ = again(tmp_path / "home")
    assert (run.tally.counts["requeued"], run.tally.counts["rejected"], run.tally.skipped["source_gone"]) == (1, 1, 0)


def test_a_reason_that_there_is_not_is_refused_with_those_of_the_home(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("Too short.", encoding="utf-8")
    take(tmp_path / "short.txt")
    with pytest.raises(PermanentError, match=r"no reason 'to_short'.*: no_article \(1\)\."):
        again(tmp_path / "home", "to_short")
    run, _ = again(tmp_path / "home", "timed_out")
    assert "no such rejects" in remade(run)


def test_a_page_that_changed_is_told_from_a_new_one(take: Ingest, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(article(1), encoding="utf-8")
    first = take(page)
    page.write_text(article(1) + "\n\nA second bridge was closed on Tuesday, the council said.\n", encoding="utf-8")
    second = take(page)
    assert (first.tally.counts["changed"], second.tally.counts["changed"]) == (0, 1)
    assert told_in_a_line(second.tally) == "1 changed"
    assert "1 ingested (1 of them changed)" in summary(second)

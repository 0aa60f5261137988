"""Races: many processes at one home; nothing is doubled, nothing lost, and a writer that was overtaken commits no more."""

from __future__ import annotations

import random
import signal
import threading
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Ingest, copydesk, rows
from tests.flows.serving import eventually
from tests.homes import contents, found
from tests.processes import Process, started
from tests.texts import distinct, distinct_folder

LONG = [pytest.mark.slow, pytest.mark.timeout(3600)]


def ended(processes: list[Process]) -> list[str]:
    """What each said to stderr, once all have ended well."""
    told = []
    for process in processes:
        _, errors = process.communicate()
        assert process.returncode == 0, errors
        told.append(errors)
    return told


def once_each(home: Path, documents: int) -> None:
    """Every document was received and decided once."""
    for kind in ("document.received", "document.ingested"):
        seen = rows(home, f"SELECT count(*), count(DISTINCT subject) FROM events WHERE type = '{kind}'")
        assert seen == [(documents, documents)], kind
    assert rows(home, "SELECT count(*), count(DISTINCT document_id) FROM articles") == [(documents, documents)]


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
@pytest.mark.parametrize("documents", [32, pytest.param(2000, marks=LONG)])
def test_four_processes_take_in_overlapping_folders(
    store: str, documents: int, take: Ingest, tmp_path: Path, log: str, capsys: pytest.CaptureFixture[str]
) -> None:
    share = documents // 4
    whole, home = distinct_folder(tmp_path / "in", range(documents)), tmp_path / "home"
    take(whole, home=tmp_path / "alone")
    environment = {"COPYDESK_LOG": log} if store == "postgresql" else {}
    paths = sorted(whole.iterdir())
    # Each process is given three quarters of the files.
    given = [paths[number * share :] + paths[: number * share] for number in range(4)]
    racing = [
        started("ingest", *chosen[: 3 * share], "--home", home, "--source", "test", "--jobs", 1, "--wait", 3000, **environment)
        for chosen in given
    ]
    told = ended(racing)
    assert any("waiting for ingest run" in errors for errors in told)
    assert copydesk("publish", "--home", home, env=environment).returncode == 0
    once_each(home, documents)
    assert contents(home) == contents(tmp_path / "alone")
    positions = [row[0] for row in rows(home, "SELECT position FROM events ORDER BY time, position")]
    assert positions == sorted(positions), "positions rise in the order of the commits"
    if documents > 100:
        with capsys.disabled():
            print(f"\n{store}: 4 processes, {documents} documents, no doubles, no losses")


def test_ingest_beside_maintain_beside_publish(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    take(distinct_folder(tmp_path / "first", range(1)))
    racing = []
    for number in range(3):
        distinct_folder(tmp_path / f"in{number}", range(10 * number + 1, 10 * number + 11))
        racing += [
            started("ingest", tmp_path / f"in{number}", "--home", home, "--source", "test", "--jobs", 1),
            started("maintain", "--home", home),
            started("publish", "--home", home),
        ]
    ended(racing)
    once_each(home, 31)
    assert found(home) == []


HOLD = """CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.topic = 'document.ingested' AND EXISTS (
        SELECT FROM copydesk_events WHERE topic = 'document.ingested' AND xmin <> pg_current_xact_id()::xid
    ) THEN
        PERFORM pg_sleep(100000);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hold BEFORE INSERT ON copydesk_events FOR EACH ROW EXECUTE FUNCTION hold();"""
"""Holds up whoever appends a second batch of documents: it is in mid-run for as long as a test needs."""


def test_a_writer_that_was_cut_off_and_overtaken_commits_nothing_more(take: Ingest, tmp_path: Path, log: str) -> None:
    """Stopped in mid-run, its connection cut; another takes over and finishes; then it wakes."""
    import psycopg

    documents = 70  # more than one batch
    folder, home = distinct_folder(tmp_path / "in", range(documents)), tmp_path / "home"
    take(folder, home=tmp_path / "alone")
    assert copydesk("publish", "--home", home, env={"COPYDESK_LOG": log}).returncode == 0, "there is a log"
    arguments = ("ingest", folder, "--home", home, "--source", "test", "--jobs", 1)
    with psycopg.connect(log, autocommit=True) as look:
        look.execute(HOLD)
        first = started(*arguments, COPYDESK_LOG=log)
        asleep = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
        eventually(lambda: look.execute(asleep).fetchall() == [(1,)])
        first.send_signal(signal.SIGSTOP)
        look.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        eventually(lambda: look.execute(asleep).fetchall() == [(0,)])
        look.execute("DROP TRIGGER hold ON copydesk_events")
    before = look_at(log)
    assert 0 < before < documents
    second = copydesk(*arguments, env={"COPYDESK_LOG": log})
    assert second.returncode == 0, second.stderr
    assert "taking over from run" in second.stderr
    after = look_at(log)
    first.send_signal(signal.SIGCONT)
    _, errors = first.communicate()
    assert first.returncode == 5, errors
    assert "another run took over" in errors
    assert look_at(log) == after == documents
    once_each(home, documents)
    assert contents(home) == contents(tmp_path / "alone")


def look_at(log: str) -> int:
    """The documents that the log says were ingested."""
    import psycopg

    with psycopg.connect(log) as connection:
        row = connection.execute("SELECT count(*) FROM copydesk_events WHERE topic = 'document.ingested'").fetchone()
    return int(row[0]) if row else 0


class Reader(threading.Thread):
    """Asks a home in a loop, each time as a new process would, and notes what is not whole."""

    QUESTIONS = (
        "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM documents WHERE article_id IS NOT NULL), "
        "(SELECT count(DISTINCT article_id) FROM sentences), (SELECT max(position) FROM internal.published)",
        "SELECT count(*) FROM sentences s LEFT JOIN articles a USING (article_id) WHERE a.article_id IS NULL "
        "OR substring(a.text, s.span_start + 1, s.span_end - s.span_start) <> s.text",
        "SELECT count(*) FROM facts f LEFT JOIN sentences s USING (sentence_id) WHERE s.sentence_id IS NULL",
    )

    def __init__(self, home: Path, over: threading.Event) -> None:
        super().__init__()
        self.home, self.over = home, over
        self.asked, self.wrong, self.position = 0, [], 0  # type: ignore[var-annotated]

    def run(self) -> None:
        chance = random.Random(id(self))
        while not self.over.is_set():
            try:
                self.ask(chance)
            except Exception as error:  # noqa: BLE001  # whatever a reader meets is wrong
                self.wrong.append(repr(error))

    def ask(self, chance: random.Random) -> None:
        path = str((self.home / "warehouse.duckdb").resolve())
        with duckdb.connect(path, read_only=True) as db:
            for _ in range(chance.randint(1, 4)):
                first = db.execute(self.QUESTIONS[0]).fetchone()
                assert first is not None
                if not first[0] == first[1] == first[2]:
                    self.wrong.append(f"{first}")
                if first[3] < self.position:
                    self.wrong.append(f"position {first[3]} after {self.position}")
                self.position = first[3]
                for question in self.QUESTIONS[1:]:
                    if db.execute(question).fetchall() != [(0,)]:
                        self.wrong.append(question)
                self.asked += len(self.QUESTIONS)


@pytest.mark.parametrize(("batches", "queries"), [(3, 100), pytest.param(60, 5000, marks=LONG)])
def test_readers_see_whole_states_in_order_and_never_an_error(
    take: Ingest, tmp_path: Path, batches: int, queries: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers that never rest, while a home takes in, merges files and sweeps them."""
    folder, home = distinct_folder(tmp_path / "in", range(3)), tmp_path / "home"
    take(folder)
    over = threading.Event()
    readers = [Reader(home, over) for _ in range(8 if queries > 1000 else 3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(batches):
            for new in range(3):
                (folder / f"new{number}-{new}.txt").write_text(distinct(1000 + 3 * number + new), encoding="utf-8")
            (folder / "00000.txt").write_text(distinct(5000 + number), encoding="utf-8")
            for command in (("ingest", folder, "--source", "test", "--jobs", 1), ("maintain",)):
                done = copydesk(*command, "--home", home)
                assert done.returncode == 0, done.stderr
        eventually(lambda: sum(reader.asked for reader in readers) >= queries)
    finally:
        over.set()
        for reader in readers:
            reader.join()
    assert [wrong for reader in readers for wrong in reader.wrong] == []
    asked = sum(reader.asked for reader in readers)
    assert asked >= queries
    if queries > 1000:
        with capsys.disabled():
            print(f"\n8 readers: {asked} queries during {batches} ingests, merges and sweeps, none wrong, none failed")
    assert found(home) == []

"""The contract of the event log, which every store inherits."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.warehouse.errors import Overtaken
from copydesk.warehouse.events import BatchCommitted, FileEntry, RunAbandoned, RunFinished, RunStarted
from copydesk.warehouse.log import PAGE, EventLog, memory_log, postgres_log, sqlite_log, utc_now

Open = Callable[[], EventLog]


def started(run_id: str) -> RunStarted:
    return RunStarted(run_id, "ingest", "rules", "0", "host", 1)


def batch(n: int, run_id: str) -> BatchCommitted:
    return BatchCommitted(f"b{n}", run_id, (FileEntry("facts", f"data/facts/{n}.parquet", n, 2 * n, "ab", 1),), n)


class LogContract:
    """What the rest of the program relies on. `open` gives the same log each time; `fresh` an empty one."""

    @pytest.fixture
    def open(self, tmp_path: Path, request: pytest.FixtureRequest) -> Open:
        raise AssertionError("a store says how it is opened")

    def test_an_empty_log_is_at_0(self, open: Open) -> None:
        log = open()
        assert log.position() == 0
        assert list(log.read()) == []

    def test_events_come_back_in_order_as_they_went_in(self, open: Open) -> None:
        log = open()
        writer = log.writer(str(uuid.uuid4()))
        events = [started(writer.run_id), *(batch(n, writer.run_id) for n in range(5))]
        writer.append(*events)
        recorded = list(log.read())
        assert [r.event for r in recorded] == events
        positions = [r.position for r in recorded]
        assert positions == sorted(set(positions))
        assert log.position() == positions[-1]
        assert {r.run_id for r in recorded} == {writer.run_id}

    def test_reading_goes_on_from_a_position_and_stops_at_one(self, open: Open) -> None:
        log = open()
        writer = log.writer(str(uuid.uuid4()))
        writer.append(started(writer.run_id), *(batch(n, writer.run_id) for n in range(PAGE + 10)))
        positions = [r.position for r in log.read()]
        assert len(positions) == PAGE + 11
        assert [r.position for r in log.read(positions[3], positions[6])] == positions[4:7]

    def test_an_append_is_all_or_nothing(self, open: Open) -> None:
        log = open()
        first, late = log.writer(str(uuid.uuid4())), log.writer(str(uuid.uuid4()))
        first.append(started(first.run_id))
        with pytest.raises(Overtaken):
            late.append(started(late.run_id), batch(1, late.run_id))
        assert [r.event for r in log.read()] == [started(first.run_id)]

    def test_a_run_that_was_overtaken_commits_nothing_more(self, open: Open) -> None:
        log = open()
        old = log.writer(str(uuid.uuid4()))
        old.append(started(old.run_id), batch(1, old.run_id))
        new = log.writer(str(uuid.uuid4()))
        log.abandon(old.run_id, new.run_id)
        with pytest.raises(Overtaken, match="another run took over"):
            old.append(batch(2, old.run_id))
        new.append(started(new.run_id))
        assert [r.event for r in log.read()][-2:] == [RunAbandoned(old.run_id, new.run_id), started(new.run_id)]

    def test_a_run_that_had_not_begun_is_fenced_too(self, open: Open) -> None:
        log = open()
        asleep, awake = log.writer(str(uuid.uuid4())), log.writer(str(uuid.uuid4()))
        awake.append(RunFinished(awake.run_id, "ingest", "completed", utc_now()))
        with pytest.raises(Overtaken):
            asleep.append(started(asleep.run_id))

    def test_a_log_opened_again_holds_what_it_held(self, open: Open) -> None:
        log = open()
        writer = log.writer(str(uuid.uuid4()))
        writer.append(started(writer.run_id))
        again = open()
        assert [r.event for r in again.read()] == [started(writer.run_id)]
        assert again.turns() == 1


class TestMemory(LogContract):
    @pytest.fixture
    def open(self) -> Open:  # type: ignore[override]
        log = memory_log()
        return lambda: log


class TestSqlite(LogContract):
    @pytest.fixture
    def open(self, tmp_path: Path) -> Open:  # type: ignore[override]
        return lambda: sqlite_log(tmp_path / "log.sqlite")


class TestPostgres(LogContract):
    @pytest.fixture
    def open(self, postgres: str) -> Open:  # type: ignore[override]
        import psycopg
        from psycopg.conninfo import make_conninfo

        name = f"log_{uuid.uuid4().hex}"
        with psycopg.connect(postgres, autocommit=True) as db:
            db.execute(f"CREATE DATABASE {name}".encode())
        return lambda: postgres_log(make_conninfo(postgres, dbname=name))


def test_the_contract_itself_is_not_collected_without_a_store() -> None:
    assert not LogContract.__name__.startswith("Test")

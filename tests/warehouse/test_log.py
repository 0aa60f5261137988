"""The contract of the event log, which every store inherits."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.persistence import StoredEvent

from copydesk.transforms.identity import document_id_of
from copydesk.warehouse.chain import GENESIS, digest_of, following, sealed
from copydesk.warehouse.errors import Overtaken
from copydesk.warehouse.events import (
    BatchCommitted,
    DocumentPurged,
    DocumentReceived,
    FileEntry,
    RunAbandoned,
    RunFinished,
    RunStarted,
    encode,
)
from copydesk.warehouse.log import PAGE, EventLog, RunWriter, memory_log, postgres_log, sqlite_log, utc_now
from copydesk.warehouse.redaction import Personal, redactions
from copydesk.warehouse.verify_log import LogCheck

Open = Callable[[], EventLog]


def started(run_id: str) -> RunStarted:
    return RunStarted(run_id, "ingest", "rules", "0", "host", 1)


def batch(n: int, run_id: str) -> BatchCommitted:
    return BatchCommitted(f"b{n}", run_id, (FileEntry("facts", f"data/facts/b{n}-0.parquet", n, 2 * n, "ab", 1),), n)


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

    def test_every_event_is_chained_to_the_one_before_it_whoever_wrote_that(self, open: Open) -> None:
        log = open()
        old = log.writer(str(uuid.uuid4()))
        old.append(started(old.run_id), batch(1, old.run_id))
        new = open().writer(str(uuid.uuid4()))
        new.append(started(new.run_id))
        old.append(batch(2, old.run_id))
        log.abandon(old.run_id, new.run_id)
        new.append(batch(3, new.run_id))
        chain = GENESIS
        for _, link in log.links():
            chain = following(chain, link.computed)
            assert (link.digest, link.chain) == (link.computed, chain)
        assert list(LogCheck(log).faults()) == []

    def test_writers_side_by_side_extend_one_chain(self, open: Open) -> None:
        log = open()
        writers = [log.writer(str(uuid.uuid4())) for _ in range(4)]
        for writer in writers:
            writer._turn = log.turns()
            writer.append(started(writer.run_id))

        def append(writer: RunWriter) -> None:
            for number in range(20):
                writer.append(batch(number, writer.run_id), batch(number + 1, writer.run_id))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(append, writers))
        assert len(list(log.read())) == 4 + 4 * 40
        assert list(LogCheck(log).faults()) == []

    def test_a_log_older_than_the_chain_is_chained_from_the_next_event_on(self, open: Open) -> None:
        log = old_log(open, 7)
        positions = [position for position, _ in log.links()]
        assert list(LogCheck(log).faults()) == []
        writer = log.writer(str(uuid.uuid4()))
        writer.append(started(writer.run_id), batch(1, writer.run_id))
        assert [link.chain is None for _, link in log.links()] == 7 * [True] + 2 * [False]
        assert list(LogCheck(log).faults()) == []
        state = dict(log.links())[positions[2]].body.replace(b'"documents":1', b'"documents":7')
        log._store((), {positions[2]: state})
        ((position, told),) = LogCheck(log).faults()
        assert position > positions[-1]
        assert f"one of them, up to position {positions[-1]}, was changed" in told

    def test_a_redaction_is_one_transaction_with_what_records_it_and_anything_else_is_a_change(self, open: Open) -> None:
        log = open()
        writer = log.writer(str(uuid.uuid4()))
        writer.append(started(writer.run_id), received("file:///in/gone.txt"), received("file:///in/stays.txt"))
        gone = document_id_of("file:///in/gone.txt")
        personal = Personal(document_id=gone, addresses=frozenset({"file:///in/gone.txt"}))
        found = list(redactions(log, personal))
        purge = DocumentPurged(gone, "ab", "x", "desk", ("ab",), {str(one.position): one.digest for one in found})
        late = log.writer(str(uuid.uuid4()))
        late._turn = 0
        with pytest.raises(Overtaken):
            late.append(purge, redacted={one.position: one.state for one in found})
        assert next(r.event for r in log.read() if isinstance(r.event, DocumentReceived)).source_uri == "file:///in/gone.txt"
        writer.append(purge, redacted={one.position: one.state for one in found})
        log.erase_remains()
        assert [r.event.source_uri for r in log.read() if isinstance(r.event, DocumentReceived)] == [
            f"purged:{gone}",
            "file:///in/stays.txt",
        ]
        assert faults(log) == []
        position = found[0].position
        log._store((), {position: found[0].state.replace(b"purged:", b"secret:")})
        assert faults(log) == [(position, "is not as a purge left it")]

    def test_a_changed_event_is_named(self, open: Open) -> None:
        log = open()
        writer = log.writer(str(uuid.uuid4()))
        writer.append(started(writer.run_id), *(batch(n, writer.run_id) for n in range(4)))
        (position, link), (following_position, _) = list(log.links())[2:4]
        kept = sealed(link.body, str(link.digest), link.chain)
        log._store((), {position: kept.replace(b'"documents":1', b'"documents":7')})
        assert faults(log) == [(position, "was changed after it was appended")]
        forged = link.body.replace(b'"documents":1', b'"documents":2')
        digest = digest_of(link.stream, link.version, forged)
        log._store((), {position: sealed(forged, digest, link.chain)})
        ((at, told),) = faults(log)
        assert at == position
        assert "changed together with its digest" in told
        log._store((), {position: forged})
        assert [at for at, _ in faults(log)] == [position, following_position]


def received(uri: str) -> DocumentReceived:
    return DocumentReceived(document_id_of(uri), 1, "s", uri, "text/plain", 3, "ab" * 32, utc_now(), "data/raw/a.parquet")


def faults(log: EventLog) -> list[tuple[int, str]]:
    return list(LogCheck(log).faults())


def old_log(open: Open, count: int) -> EventLog:
    """A log as programs wrote it that knew no chain."""
    log = open()
    writer = log.writer(str(uuid.uuid4()))
    writer.append(started(writer.run_id), *(batch(n, writer.run_id) for n in range(count - 1)))
    log._store((), {position: link.body for position, link in log.links()})
    return log


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
    def open(self, log: str) -> Open:  # type: ignore[override]
        return lambda: postgres_log(log)


Damage = Callable[[list[StoredEvent]], None]


def change_place(events: list[StoredEvent]) -> None:
    events[3], events[4] = events[4], events[3]


def put_in(events: list[StoredEvent]) -> None:
    events.insert(3, StoredEvent(uuid.uuid4(), 1, "batch.committed", encode(batch(1, "r"), "r", utc_now())))


def put_at_the_end(events: list[StoredEvent]) -> None:
    events.append(StoredEvent(uuid.uuid4(), 1, "batch.committed", encode(batch(1, "r"), "r", utc_now())))


@pytest.mark.parametrize(
    ("damage", "positions"),
    [
        (lambda events: events.pop(3) and None, [4]),
        (lambda events: events.pop(0) and None, [1]),
        (change_place, [4, 5, 6]),
        (put_in, [4, 5]),
        (put_at_the_end, [9]),
        (lambda events: events.insert(3, events[5]), [4, 5]),
    ],
    ids=["removed", "first removed", "swapped", "put in", "put at the end", "repeated"],
)
def test_a_removed_inserted_or_moved_event_is_found_where_it_was(damage: Damage, positions: list[int]) -> None:
    log = memory_log()
    writer = log.writer(str(uuid.uuid4()))
    writer.append(started(writer.run_id), *(batch(n, writer.run_id) for n in range(7)))
    damage(log._recorder._stored_events)
    assert [position for position, _ in LogCheck(log).faults()] == positions


def test_a_log_that_was_written_anew_is_found_where_its_chain_was_seen() -> None:
    log, other = memory_log(), memory_log()
    for one in (log, other):
        writer = one.writer(str(uuid.uuid4()))
        writer.append(started(writer.run_id), batch(1, writer.run_id))
    (_, _), (position, link) = log.links()
    assert list(LogCheck(log, (position, str(link.chain))).faults()) == []
    ((at, told),) = LogCheck(other, (position, str(link.chain))).faults()
    assert (at, told.partition(":")[2]) == (position, " the log was written anew")


def test_a_run_that_appends_while_it_is_closed_is_closed_after_that() -> None:
    log = memory_log()
    writer = log.writer(str(uuid.uuid4()))
    writer.append(started(writer.run_id))
    look = log._recorder.select_events

    def appended_meanwhile(*given: Any, **more: Any) -> Any:
        log._recorder.select_events = look
        seen = look(*given, **more)
        writer.append(batch(1, writer.run_id))
        return seen

    log._recorder.select_events = appended_meanwhile
    log.abandon(writer.run_id, "other")
    assert [r.event.type for r in log.read()] == ["run.started", "batch.committed", "run.abandoned"]
    with pytest.raises(Overtaken):
        writer.append(batch(2, writer.run_id))

"""What the hash chain costs: appending and reading a log with it and without it.

    python -m bench.log_chain [EVENTS]

The log without a chain is the recorder of `eventsourcing` itself.
"""

from __future__ import annotations

import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from copydesk.warehouse.events import DocumentIngested, DocumentReceived, Event, RunStarted
from copydesk.warehouse.log import EventLog, sqlite_log, utc_now
from copydesk.warehouse.verify_log import LogCheck

LOT = 50


class Plain(SQLiteApplicationRecorder):  # type: ignore[misc]
    def _insert_events(self, c, stored_events, redacted=None, **more):  # type: ignore[no-untyped-def]
        return super()._insert_events(c, stored_events, **more)


def plain_log(path: Path) -> EventLog:
    recorder = Plain(SQLiteDatastore(str(path), lock_timeout=60))
    recorder.create_table()
    return EventLog(recorder)


def events(count: int) -> list[Event]:
    """Receipts and articles in turn, of the size that they have in a home of news."""
    made: list[Event] = []
    for n in range(count // 2):
        name, sha256 = f"{n:020x}", f"{n:064x}"
        uri = f"https://news.example/2026/05/{n}-road-to-the-harbour"
        receipt = DocumentReceived(
            document_id=name,
            revision=1,
            source="feed",
            source_uri=uri,
            media_type="text/html",
            size=48_000,
            sha256=sha256,
            received_at=utc_now(),
            raw_file=f"data/raw/raw-{n}.parquet",
            url=uri,
        )
        ingested = DocumentIngested(
            document_id=name,
            revision=1,
            sha256=sha256,
            output_id=f"{n:024x}",
            article_id=sha256[:20],
            batch_id=f"b{n}",
            rules="rules" * 12,
            outlet=None,
            signature="A" * 700,
            counts={"sentences": 31, "facts": 7},
        )
        made += [receipt, ingested]
    return made


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def append(log: EventLog, all_events: list[Event], lot: int) -> None:
    writer = log.writer(str(uuid.uuid4()))
    writer.append(RunStarted(run_id=writer.run_id, kind="ingest", rules="rules", program="0", host="host", pid=1))
    for start in range(0, len(all_events), lot):
        writer.append(*all_events[start : start + lot])


def main(count: int) -> None:
    all_events = events(count)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(2):
            logs = {"plain": plain_log(Path(folder) / f"p{number}"), "chained": sqlite_log(Path(folder) / f"c{number}")}
            appended = {name: seconds(lambda log=log: append(log, all_events, LOT)) for name, log in logs.items()}
            singly = {name: seconds(lambda log=log: append(log, all_events[:2000], 1)) for name, log in logs.items()}
            read = {name: seconds(lambda log=log: sum(1 for _ in log.read())) for name, log in logs.items()}
            checked = seconds(lambda: list(LogCheck(logs["chained"]).faults()))  # noqa: B023
            for what, told in (("append", appended), ("append one by one", singly), ("read", read)):
                print(f"{what}: {told['plain']:.2f} s, chained {told['chained']:.2f} s, {told['chained'] / told['plain']:.2f}x")
            print(f"check of the chain and the ids: {checked:.2f} s, {checked / read['plain']:.2f}x of reading the log")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

"""A large home, made of a small one, and what it costs to live with it.

    python -m bench.archive [--documents 100000] [--scratch DIR]

A thousand texts are really taken in; their rows are then written again under other ids, days and places, with the events
that name them, until there are enough. Measured: one more file beside 100 documents and beside all, the ten questions
of the documentation, publishing, a run that finds nothing among as many unchanged files.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.corpora import texts
from bench.measure import Measured, ours
from copydesk.flows.runs.run import Progress, open_run
from copydesk.flows.settings import Settings
from copydesk.transforms.words.signature import PERMUTATIONS, packed
from copydesk.warehouse.events import BatchCommitted, DocumentIngested, DocumentReceived, Event, FileEntry
from copydesk.warehouse.files import new_file
from copydesk.warehouse.home import Home
from copydesk.warehouse.publish import publish
from copydesk.warehouse.schemas import TABLES
from tests.pages import open_home, questions

SEED = 1000
IDS = "document_id article_id output_id sentence_id fact_id claim_id source_uri content_sha256 sha256 batch_id".split()
DAYS = "published_on as_of_start as_of_end said_on".split()
PLACES, SPREAD = 40, 365
ROUNDS = 3


def copied(rows: pa.Table, number: int) -> pa.Table:
    """Rows under other ids, some days later, at other places."""
    given = rows
    for name in rows.column_names:
        column = rows.column(name)
        if name in IDS:
            column = pc.binary_join_element_wise(column, str(number), ".")
        elif name in DAYS:
            column = pc.add(column.cast(pa.int32()), pa.array(_days(given, number), pa.int32())).cast(pa.date32())
        elif name == "place_name":
            column = pc.binary_join_element_wise(column, str(number % PLACES), " ")
        else:
            continue
        rows = rows.set_column(rows.schema.get_field_index(name), name, column)
    return rows


def _days(rows: pa.Table, number: int) -> list[int]:
    """How many days later each row is: articles made of the same text are of different days."""
    return [5 * number + int(article[:4], 16) % SPREAD for article in rows.column("article_id").to_pylist()]


def files_of(home: Home, table: str, number: int) -> FileEntry | None:
    """A file with a table's rows as copy `number`."""
    rows = [pq.read_table(path, schema=TABLES[table].schema) for path in sorted((home.root / "data" / table).glob("b-*"))]
    if not rows:
        return None
    with new_file(home, table, f"copy-{number}") as (writer, made):
        writer.write_table(copied(pa.concat_tables(rows), number).cast(TABLES[table].schema))
    return made[0]


def events_of(number: int, files: Sequence[FileEntry], known: Sequence[Event], run_id: str) -> Iterator[Event]:
    """The events of copy `number`: received, then ingested, each document with a signature of its own."""
    chance = random.Random(number)
    raw = next(file for file in files if file.table == "raw")
    yield BatchCommitted(f"raw.{number}", run_id, (raw,), SEED)
    for event in known:
        if isinstance(event, DocumentReceived):
            later = {"received_at": event.received_at + timedelta(days=5 * number), "raw_file": raw.path}
            yield _renamed(event, number, **later)
    batches = {event.batch_id for event in known if isinstance(event, DocumentIngested)}
    for batch in sorted(batches)[:1]:
        yield BatchCommitted(f"{batch}.{number}", run_id, tuple(file for file in files if file.table != "raw"), SEED)
    for event in known:
        if isinstance(event, DocumentIngested):
            signature = packed([chance.getrandbits(32) for _ in range(PERMUTATIONS)])
            yield _renamed(event, number, signature=signature, batch_id=f"{sorted(batches)[0]}.{number}", duplicate_of=None)


def _renamed(event: Any, number: int, **more: Any) -> Event:
    names = {field.name for field in dataclasses.fields(event)} & set(IDS)
    made: Event = dataclasses.replace(event, **{**{name: f"{getattr(event, name)}.{number}" for name in names}, **more})
    return made


def grow(place: Path, documents: int) -> None:
    """Writes a home's rows again until it holds so many documents, and publishes it."""
    with open_run(Settings(home=place, jobs=1), "ingest", {}, Progress()) as run:
        for table in TABLES:
            for number, path in enumerate(sorted((run.home.root / "data" / table).glob("*.parquet"))):
                path.with_name(f"b-{number}").hardlink_to(path)
        known = [recorded.event for recorded in run.log.read()]
        for number in range(1, documents // SEED):
            files = [entry for table in TABLES if (entry := files_of(run.home, table, number)) is not None]
            run.append_all(events_of(number, files, known, run.run_id))
        for table in TABLES:
            for path in (run.home.root / "data" / table).glob("b-*"):
                path.unlink()
        run.tally.counts["ingested"] = documents
        run.finish("completed")
        began = time.perf_counter()
        publish(run.home, run.log, run.state)
        print(f"| publishing {documents:,} documents for the first time | {time.perf_counter() - began:.2f} s |")


def one_more(home: Path, path: Path) -> Measured:
    """The quickest of some runs that each take in one more file."""
    found = []
    for number in range(ROUNDS):
        more = path.with_name(f"more-{number}-{uuid.uuid4().hex[:6]}.txt")
        more.write_text(path.read_text(encoding="utf-8").replace("the", f"the {number}"), encoding="utf-8")
        found.append(ours("ingest", more, "--home", home, "--source", "more"))
    return min(found, key=lambda one: one.wall)


def asked(home: Path) -> Iterator[tuple[int, float, int]]:
    """Each question of the documentation: its number, the seconds of its second run in a fresh connection, its rows."""
    for number, (query, _) in enumerate(questions(), 1):
        with open_home(home) as db:
            rows = _answer(db, query)[1]
            yield number, min(_answer(db, query)[0] for _ in range(ROUNDS)), rows


def _answer(db: duckdb.DuckDBPyConnection, query: str) -> tuple[float, int]:
    began = time.perf_counter()
    rows = len(db.execute(query).fetchall())
    return time.perf_counter() - began, rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--scratch", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        scratch = Path(folder)
        texts(scratch / "texts", SEED)
        few = scratch / "few"
        few.mkdir()
        for path in sorted((scratch / "texts").iterdir())[:100]:
            (few / path.name).hardlink_to(path)
        print("| what | measured |\n| --- | ---: |")
        ours("ingest", few, "--home", scratch / "small", "--max-rejects", "1")
        ours("ingest", scratch / "texts", "--home", scratch / "large", "--max-rejects", "1")
        grow(scratch / "large", options.documents)
        again = ours("maintain", "--home", scratch / "large")
        print(f"| merging its files and publishing | {again.wall:.1f} s |")
        sample = scratch / "texts" / "000007.txt"
        small, large = one_more(scratch / "small", sample), one_more(scratch / "large", sample)
        print(f"| one more file beside 100 documents | {small.wall:.2f} s, CPU {small.cpu:.2f} s |")
        print(f"| beside {options.documents:,} | {large.wall:.2f} s, CPU {large.cpu:.2f} s, {large.wall / small.wall:.2f} x |")
        for number, seconds, rows in asked(scratch / "large"):
            print(f"| question {number} | {seconds:.3f} s, {rows} rows |")


if __name__ == "__main__":
    main()

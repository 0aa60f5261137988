"""Compares rows that were made again with those of the home, table by table, over the columns of content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from copydesk.warehouse.files import data_files
from copydesk.warehouse.home import Home
from copydesk.warehouse.published import read_store
from copydesk.warehouse.scans import scan
from copydesk.warehouse.schemas import SCHEMA_VERSION, TABLES
from copydesk.warehouse.state import State

LEFT_OUT = {"ingested_at", "rejected_at", "validated_at", "batch_id", "run_id"}
"""Columns of ids and times of runs."""

SHOWN = 5


@dataclass(frozen=True)
class Difference:
    """How a table that was made again compares: rows there and here, those that only one side has, some of their keys."""

    table: str
    kept: int
    made: int
    only_kept: int
    only_made: int
    examples: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        return not (self.only_kept or self.only_made)


class Comparison:
    """Outputs made again into another home, held against those of this one."""

    def __init__(self, home: Home, made: Home, scratch: Path) -> None:
        self._home, self._made = home, made
        self._db = duckdb.connect(str(scratch / "compare.duckdb"))
        read_store(self._db, home)
        self._db.execute("CREATE TABLE remade (output_id VARCHAR, batch_id VARCHAR)")

    def close(self) -> None:
        self._db.close()

    def remade(self, outputs: Iterable[tuple[str, str]]) -> None:
        """Says which outputs were made again, each with its batch."""
        rows = list(outputs)
        if rows:
            self._db.executemany("INSERT INTO remade VALUES (?, ?)", rows)

    def differences(self, state: State, whole_batches: bool) -> Iterator[Difference]:
        """Each table's comparison. What was validated is compared where batches were made again whole."""
        for table in TABLES:
            if table != "raw" and (table != "validations" or whole_batches):
                yield self._compared(table, state)

    def _compared(self, table: str, state: State) -> Difference:
        stands = [
            (self._home.store.address(row["path"]), row["schema"], False)
            for row in state.rows("SELECT path, schema FROM files WHERE tab = ? ORDER BY path", table)
        ]
        again = [
            (self._made.store.address(path), SCHEMA_VERSION, False)
            for path in data_files(self._made)
            if path.startswith(f"data/{table}/")
        ]
        key = "batch_id" if table == "validations" else "output_id"
        columns = [column.name for column in TABLES[table].columns if column.name not in LEFT_OUT]
        named = ", ".join(columns)
        self._view(
            "kept", f"SELECT {named} FROM ({scan(TABLES[table], stands, False)}) WHERE {key} IN (SELECT {key} FROM remade)"
        )
        self._view("made", f"SELECT {named} FROM ({scan(TABLES[table], again, False)})")
        only_kept, only_made = self._count(_MINUS.format("kept", "made")), self._count(_MINUS.format("made", "kept"))
        examples = self._examples(columns) if only_kept or only_made else ()
        return Difference(table, self._count("FROM kept"), self._count("FROM made"), only_kept, only_made, examples)

    def _view(self, name: str, sql: str) -> None:
        self._db.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")

    def _count(self, sql: str) -> int:
        row = self._db.execute(f"SELECT count(*) FROM ({sql})").fetchone()
        return int(row[0]) if row else 0

    def _examples(self, columns: Sequence[str]) -> tuple[str, ...]:
        key = next(name for name in ("fact_id", "sentence_id", "output_id", "expectation") if name in columns)
        sql = f"SELECT DISTINCT {key} FROM ({_MINUS.format('kept', 'made')} UNION ALL {_MINUS.format('made', 'kept')})"
        return tuple(str(row[0]) for row in self._db.execute(f"{sql} ORDER BY 1 LIMIT {SHOWN}").fetchall())


_MINUS = "(SELECT * FROM {} EXCEPT ALL SELECT * FROM {})"

"""What events about data files do to the folded state."""

from __future__ import annotations

import sqlite3

from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.events import BatchCommitted, FileEntry, FilesCompacted, FilesSwept
from copydesk.warehouse.projections.registry import on, replace_statement, time_of


@on(BatchCommitted)
def batch_committed(db: sqlite3.Connection, event: BatchCommitted, recorded: Recorded) -> None:
    for file in event.files:
        _add_file(db, recorded, file)
        db.execute("INSERT OR REPLACE INTO batch_files (batch_id, path) VALUES (?, ?)", (event.batch_id, file.path))


def _add_file(db: sqlite3.Connection, recorded: Recorded, file: FileEntry) -> None:
    values = {**vars(file), "tab": file.table, "position": recorded.position}
    db.execute(replace_statement("files", "path tab rows bytes sha256 schema position"), values)


@on(FilesCompacted)
def files_compacted(db: sqlite3.Connection, event: FilesCompacted, recorded: Recorded) -> None:
    """Rows moved: every new file holds the batches of the files of its table that it replaces.

    An event of the raw table replaces files by one.
    """
    marks = ",".join("?" * len(event.replaced))
    for file in event.files:
        _add_file(db, recorded, file)
        db.execute(
            f"INSERT OR IGNORE INTO batch_files SELECT DISTINCT b.batch_id, ? FROM batch_files b JOIN files f USING (path) "
            f"WHERE f.tab = ? AND b.path IN ({marks})",
            (file.path, file.table, *event.replaced),
        )
    now = next((file.path for file in event.files if file.table == "raw"), None)
    for path in event.replaced:
        if db.execute("SELECT 1 FROM files WHERE path = ? AND tab = 'raw'", (path,)).fetchone():
            db.execute("INSERT OR REPLACE INTO moved (path, now) VALUES (?, ?)", (path, now))
            db.execute("UPDATE documents SET raw_file = ? WHERE raw_file = ?", (now, path))
        db.execute("DELETE FROM files WHERE path = ?", (path,))
        db.execute("DELETE FROM batch_files WHERE path = ?", (path,))
        db.execute("INSERT OR REPLACE INTO retired (path, retired_at) VALUES (?, ?)", (path, time_of(recorded)))


@on(FilesSwept)
def files_swept(db: sqlite3.Connection, event: FilesSwept, recorded: Recorded) -> None:
    db.executemany("DELETE FROM retired WHERE path = ?", [(path,) for path in event.paths])

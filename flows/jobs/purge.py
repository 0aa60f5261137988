"""Erases a document for good: its raw bytes and what was made of them. That it was there, its hash and why it went stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.flows.jobs.review import document_of, who
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude
from copydesk.flows.settings import Settings
from copydesk.warehouse.cache import forget_cache
from copydesk.warehouse.events import DocumentPurged, DocumentReceived, FileEntry, FilesCompacted, FilesSwept
from copydesk.warehouse.files import new_file
from copydesk.warehouse.publish import expire


def purge(settings: Settings, document_id: str, why: str) -> tuple[Run, list[str]]:
    """Erases a document and all its revisions; gives the run, and the addresses that still print the same bytes.

    Files that held rows of it are written anew without them, the old ones deleted at once; so are earlier published
    warehouses. For a document that is purged already it does what a run that was killed may have left to do, and the run
    counts none. Raises PermanentError where there is no such document.
    """
    with open_run(settings, "purge", {"document": document_id}, Progress()) as run:
        document = document_of(run, document_id)
        if document["status"] == "purged":
            _let_go(run)
            return run, _elsewhere(run, document)
        outputs = _outputs(run, document_id)
        rewritten = [*_without_raw(run, document_id), *_without_outputs(run, outputs)]
        gone = tuple(path for event in rewritten for path in event.replaced)
        run.append(DocumentPurged(document_id, document["sha256"], why, who()), *rewritten, FilesSwept(run.run_id, gone))
        for path in gone:
            run.home.store.delete(path)
        run.tally.counts["purged"] += 1
        conclude(run)
        _let_go(run)
        return run, _elsewhere(run, document)


def _elsewhere(run: Run, document: Mapping[str, Any]) -> list[str]:
    """The addresses of other documents that hold the same bytes."""
    rows = run.state.rows(
        "SELECT source_uri FROM documents WHERE sha256 = ? AND document_id <> ? AND status <> 'purged' ORDER BY 1",
        document["sha256"],
        document["document_id"],
    )
    return [row[0] for row in rows]


def _let_go(run: Run) -> None:
    """Removes what else may hold words of it: counted lines, which are counted again, and earlier published warehouses."""
    forget_cache(run.home.cache / "lines.sqlite")
    expire(run.home, run.state, float("inf"))


OUTPUTS = """
SELECT o.output_id FROM outputs o WHERE (o.document_id = :document OR o.output_id IN (
  SELECT c.output_id FROM documents d JOIN contents c ON c.sha256 = d.article_sha256 WHERE d.document_id = :document))
AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.article_sha256 = o.sha256 AND d.document_id <> :document)
"""


def _outputs(run: Run, document_id: str) -> set[str]:
    """What was made of the document's contents, but for those that other documents print too."""
    return {row[0] for row in run.state.db.execute(OUTPUTS, {"document": document_id})}


def _without_raw(run: Run, document_id: str) -> Iterator[FilesCompacted]:
    """The raw files that hold the document's bytes, written anew without them."""
    paths = {
        run.state.whereabouts(recorded.event.raw_file)
        for recorded in run.log.read()
        if isinstance(recorded.event, DocumentReceived) and recorded.event.document_id == document_id
    }
    for path in sorted(filter(None, paths)):
        yield _without(run, path, "document_id", {document_id})


def _without_outputs(run: Run, outputs: set[str]) -> Iterator[FilesCompacted]:
    marks = ",".join("?" * len(outputs))
    paths = run.state.rows(
        f"SELECT DISTINCT f.path FROM outputs o JOIN batch_files b USING (batch_id) JOIN files f USING (path) "
        f"WHERE o.output_id IN ({marks}) AND f.tab NOT IN ('raw', 'validations') ORDER BY f.path",
        *sorted(outputs),
    )
    for row in paths:
        yield _without(run, row["path"], "output_id", outputs)


def _without(run: Run, path: str, key: str, gone: set[str]) -> FilesCompacted:
    """A file written anew without some rows; none where no row is left."""
    table = path.split("/")[1]
    values: Any = pa.array(sorted(gone), pa.string())
    kept = 0
    files: tuple[FileEntry, ...] = ()
    with (
        run.home.store.open(path) as opened,
        pq.ParquetFile(opened) as file,
        new_file(run.home, table, "kept") as (writer, made),
    ):
        for number in range(file.num_row_groups):
            rows = file.read_row_group(number)
            rows = rows.filter(pc.invert(pc.is_in(rows.column(key), value_set=values)))
            kept += rows.num_rows
            writer.write_table(rows.cast(writer.schema))
    if kept:
        files = (made[0],)
    else:
        run.home.store.delete(made[0].path)
    return FilesCompacted(run.run_id, (path,), files)

"""Erases a document for good: its bytes, what was made of them, its title and its addresses. That it was there stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from copydesk.flows.jobs.erasing import Texts, erase_beside
from copydesk.flows.jobs.person import person_name
from copydesk.flows.jobs.review import document_of
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.site_lines import lines_of_one
from copydesk.flows.runs.steps import conclude
from copydesk.flows.settings import Settings
from copydesk.transforms.identity import article_id_of
from copydesk.warehouse.cache import forget_cache, forget_index
from copydesk.warehouse.events import DocumentPurged, DocumentReceived, FileEntry, FilesCompacted, FilesSwept
from copydesk.warehouse.files import new_file, of_schema
from copydesk.warehouse.publish import expire
from copydesk.warehouse.redaction import Personal, Redaction, addresses_of, mark_of, redactions


@dataclass(frozen=True, kw_only=True)
class Purged:
    """What came of a purge."""

    run: Run
    """The run; it counts none as purged where all was done before."""

    elsewhere: tuple[str, ...]
    """Addresses of other documents that hold the same bytes: they stay."""

    remains: tuple[str, ...]
    """What of the document is outside the home, and how a person can delete it: one sentence each."""


def purge(settings: Settings, document_id: str, why: str) -> Purged:
    """Erases a document and all its revisions.

    Files that held rows of it are written anew without them, and the old ones deleted at once; so are earlier published
    warehouses. Events that held its texts are redacted in the transaction that records the purge. What lies beside the log
    and the data is erased before, while the log still tells what to look for: whenever a purge is killed, the same command
    completes it. A document that an earlier version of this program purged is purged again: that left texts in the log.

    Raises PermanentError where there is no such document.
    """
    with open_run(settings, "purge", {"document": document_id}, Progress()) as run:
        document = document_of(run, document_id)
        receipts = _receipts(run, document_id)
        contents = tuple(sorted({receipt.sha256 for receipt in receipts if receipt.size}))
        removed = _Removed()
        lines: frozenset[str] = frozenset()
        rewritten: list[FilesCompacted] = []
        if document["status"] != "purged":
            lines = lines_of_one(run, receipts)
            rewritten = [*_without_raw(run, receipts), *_without_outputs(run, document_id, removed)]
        addresses = addresses_of(receipts)
        articles = _own_articles(run, document_id, contents)
        claims = frozenset(removed.texts["claim_id"]) | _added_claims(run, articles)
        personal = Personal(document_id=document_id, addresses=addresses, claims=claims, articles=articles, lines=lines)
        redacted = list(redactions(run.log, personal))
        titles = removed.texts["title"] | {receipt.title for receipt in receipts if receipt.title}
        texts = Texts(addresses=addresses, titles=frozenset(titles), sentences=frozenset(removed.texts["text"]))
        remains = erase_beside(run.home, texts, contents)
        if redacted or rewritten or document["status"] != "purged":
            purged = DocumentPurged(
                document_id=document_id,
                sha256=document["sha256"],
                why=why,
                who=person_name(),
                contents=contents,
                redacted={str(redaction.position): redaction.digest for redaction in redacted},
            )
            _commit(run, purged, rewritten, redacted)
            conclude(run)
        _let_go(run)
        return Purged(run=run, elsewhere=_elsewhere(run, document), remains=tuple(remains))


def _receipts(run: Run, document_id: str) -> list[DocumentReceived]:
    """Every receipt of a document, in the order of the log."""
    events = (recorded.event for recorded in run.log.read())
    return [event for event in events if isinstance(event, DocumentReceived) and event.document_id == document_id]


def _own_articles(run: Run, document_id: str, contents: Sequence[str]) -> frozenset[str]:
    """The articles of these contents that no other document prints."""
    elsewhere = "SELECT 1 FROM documents WHERE sha256 = ? AND document_id <> ? AND status <> 'purged' LIMIT 1"
    return frozenset(article_id_of(sha256) for sha256 in contents if not run.state.rows(elsewhere, sha256, document_id))


def _added_claims(run: Run, articles: Collection[str]) -> frozenset[str]:
    """The claims that people added to these articles."""
    added = run.state.rows("SELECT claim_id, article_id FROM added_claims")
    return frozenset(row["claim_id"] for row in added if row["article_id"] in articles)


def _commit(run: Run, purged: DocumentPurged, rewritten: Sequence[FilesCompacted], redacted: Sequence[Redaction]) -> None:
    """Appends the purge with the files that it wrote and the events that it redacted, all or nothing; deletes the old files."""
    gone = tuple(path for event in rewritten for path in event.replaced)
    states = {redaction.position: redaction.state for redaction in redacted}
    run.append(purged, *rewritten, FilesSwept(run.run_id, gone), redacted=states)
    for path in gone:
        run.home.store.delete(path)
    run.tally.counts["purged"] += 1


def _elsewhere(run: Run, document: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses of other documents that hold the same bytes."""
    rows = run.state.rows(
        "SELECT source_uri FROM documents WHERE sha256 = ? AND document_id <> ? AND status <> 'purged' ORDER BY 1",
        document["sha256"],
        document["document_id"],
    )
    return tuple(row[0] for row in rows)


def _let_go(run: Run) -> None:
    """Removes what else may hold words of it: remains in the log's store, counted lines, earlier published warehouses."""
    run.log.erase_remains()
    forget_cache(run.home.cache / "lines.sqlite")
    forget_index(run.home.desk)
    expire(run.home, run.state, float("inf"))


@dataclass
class _Removed:
    """Texts of rows that were left out, by column: the claims, titles and sentences of the document."""

    texts: dict[str, set[str]] = field(default_factory=lambda: {"claim_id": set(), "title": set(), "text": set()})

    COLUMNS: ClassVar[Mapping[str, Sequence[str]]] = {"facts": ("claim_id",), "articles": ("title",), "sentences": ("text",)}

    def take(self, table: str, rows: pa.Table) -> None:
        for column in self.COLUMNS.get(table, ()):
            self.texts[column] |= set(filter(None, rows.column(column).to_pylist()))


OUTPUTS = """
SELECT o.output_id FROM outputs o WHERE (o.document_id = :document OR o.output_id IN (
  SELECT c.output_id FROM documents d JOIN contents c ON c.sha256 = d.article_sha256 WHERE d.document_id = :document))
AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.article_sha256 = o.sha256 AND d.document_id <> :document)
"""


def _without_raw(run: Run, receipts: list[DocumentReceived]) -> Iterator[FilesCompacted]:
    """The raw files that hold the document's bytes, written anew without them."""
    document_ids = {receipt.document_id for receipt in receipts}
    paths = {run.state.whereabouts(receipt.raw_file) for receipt in receipts}
    for path in sorted(filter(None, paths)):
        yield _written_anew(run, path, lambda rows: _left(rows, "document_id", document_ids))


def _without_outputs(run: Run, document_id: str, removed: _Removed) -> Iterator[FilesCompacted]:
    """The files of what was made of the document, written anew.

    Rows of contents that other documents print too stay, without the address of this one. So do the outcomes of its
    batches' expectations, without their examples: those may be texts of it.
    """
    outputs = {row[0] for row in run.state.db.execute(OUTPUTS, {"document": document_id})}
    own = {row[0] for row in run.state.rows("SELECT output_id FROM outputs WHERE document_id = ?", document_id)}
    shared = own - outputs
    batches = {
        row[0] for output in outputs | own for row in run.state.rows("SELECT batch_id FROM outputs WHERE output_id = ?", output)
    }
    paths = {
        (row["path"], row["tab"])
        for batch in batches
        for row in run.state.rows(
            "SELECT f.path, f.tab FROM batch_files b JOIN files f USING (path) WHERE b.batch_id = ?", batch
        )
    }
    for path, table in sorted(paths):
        if table == "validations":
            yield _written_anew(run, path, lambda rows: _without_examples(rows, batches))
        elif table != "raw" and (outputs or table in ADDRESSED):

            def change(rows: pa.Table, table: str = table) -> pa.Table:
                removed.take(table, rows.filter(_is_in(rows, "output_id", outputs)))
                return _without_address(_left(rows, "output_id", outputs), table, shared, mark_of(document_id))

            yield _written_anew(run, path, change)


ADDRESSED: Mapping[str, Mapping[str, bool]] = {
    "articles": {"source_uri": True, "url": False},
    "rejects": {"source_uri": True, "row": False},
}
"""The columns of each table that name an address, and whether a mark replaces the address; where not, None does."""


def _is_in(rows: pa.Table, key: str, values: Any) -> Any:
    return pc.is_in(rows.column(key), value_set=pa.array(sorted(values), pa.string()))


def _left(rows: pa.Table, key: str, gone: Any) -> pa.Table:
    return rows.filter(pc.invert(_is_in(rows, key, gone)))


def _without_address(rows: pa.Table, table: str, outputs: Any, mark: str) -> pa.Table:
    concerned = _is_in(rows, "output_id", outputs)
    for name, marked in ADDRESSED.get(table, {}).items():
        value = pa.scalar(mark if marked else None, pa.string())
        number = rows.schema.get_field_index(name)
        rows = rows.set_column(number, rows.schema.field(number), pc.if_else(concerned, value, rows.column(name)))
    return rows


def _without_examples(rows: pa.Table, batches: Any) -> pa.Table:
    number = rows.schema.get_field_index("examples")
    kind = rows.schema.field(number)
    examples = pc.if_else(_is_in(rows, "batch_id", batches), pa.scalar([], kind.type), rows.column("examples"))
    return rows.set_column(number, kind, examples)


def _written_anew(run: Run, path: str, change: Any) -> FilesCompacted:
    """A file written anew with its row groups changed; none where no row is left."""
    table = path.split("/")[1]
    rows_left = 0
    files: tuple[FileEntry, ...] = ()
    with (
        run.home.store.open(path) as opened,
        pq.ParquetFile(opened) as file,
        new_file(run.home, table, "kept") as (writer, entries),
    ):
        for number in range(file.num_row_groups):
            rows = change(file.read_row_group(number))
            rows_left += rows.num_rows
            writer.write_table(of_schema(rows, writer.schema))
    if rows_left:
        files = (entries[0],)
    else:
        run.home.store.delete(entries[0].path)
    return FilesCompacted(run.run_id, (path,), files)

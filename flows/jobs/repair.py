"""Mends what `verify` found: makes derived files again from raw bytes, and reads raw bytes again from their source."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.flows.jobs.rebuild import exactly_again, task_of
from copydesk.flows.runs.dispatch import dispatch
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude, learn, process
from copydesk.flows.runs.storage import existing
from copydesk.flows.settings import Settings
from copydesk.flows.workers.executors import in_process
from copydesk.transforms.rule_set import RuleSet
from copydesk.warehouse.events import DocumentReceived, DocumentRequeued, FileEntry, FilesCompacted
from copydesk.warehouse.files import new_file, sweep
from copydesk.warehouse.home import Home
from copydesk.warehouse.origins import Batch, Origin, batches
from copydesk.warehouse.schemas import TABLES
from copydesk.warehouse.verify import Finding, verify

BROKEN = ("missing_file", "changed_file", "changed_raw")


@dataclass
class Repair:
    """What was mended, what cannot be, and what waits for a word."""

    mended: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """What would be deleted, were it allowed."""


def repair(settings: Settings, progress: Progress, delete: bool, rules: RuleSet | None = None) -> Repair:
    """Mends a home as far as its raw bytes and its log allow, in a run of its own. Deletes nothing unless `delete`.

    What took damage stays on the disk until maintenance sweeps it. Raises HomeLocked, Overtaken, PermanentError.
    """
    existing(settings)
    done = Repair()
    with open_run(settings, "repair", {}, progress, sweeping=False, cut=delete, rules=rules) as run:
        findings = list(verify(run.home, run.log))
        broken = sorted({finding.what for finding in findings if finding.kind in BROKEN})
        _mend_raw(run, [path for path in broken if path.startswith("data/raw/")], done)
        _mend_derived(run, [path for path in broken if not path.startswith("data/raw/")], done)
        _report_rest(findings, delete, done)
        if delete:
            sweep(run.home, run.state.named_files())
        conclude(run)
    if any(finding.kind == "stale_publish" for finding in findings):
        _publish(settings, progress, done)
    if any(finding.kind == "search_index" for finding in findings):
        _index(settings, progress, done)
    return done


def _index(settings: Settings, progress: Progress, done: Repair) -> None:
    from copydesk.warehouse.cache import forget_cache
    from copydesk.warehouse.search_index import follow

    with open_run(settings, "search", {}, progress, sweeping=False) as run:
        forget_cache(run.home.search)
        follow(run.home, run.log, run.state)
    done.mended.append("the search index was made anew")


def _publish(settings: Settings, progress: Progress, done: Repair) -> None:
    from copydesk.warehouse.publish import publish

    with open_run(settings, "publish", {}, progress, sweeping=False) as run:
        publish(run.home, run.log, run.state)
    done.mended.append("the warehouse was published anew")


def _report_rest(findings: Sequence[Finding], delete: bool, done: Repair) -> None:
    for finding in findings:
        if finding.kind == "orphan":
            (done.deleted if delete else done.waiting).append(f"{finding.what}, which no event names")
        elif finding.kind == "log":
            done.lost.append(f"the log: {finding.what} {finding.detail}. Restore it from a backup")
        elif finding.kind == "wrong_span":
            done.lost.append(f"{finding.what}: its rules made it so. Newer ones mend it: copydesk reprocess")


def _mend_raw(run: Run, paths: Sequence[str], done: Repair) -> None:
    """Writes each raw file anew with the rows that are still sound, and with those whose source still has the same bytes."""
    wanted: dict[str, list[DocumentReceived]] = {path: [] for path in paths}
    for recorded in run.log.read() if paths else ():
        event = recorded.event
        if isinstance(event, DocumentReceived) and (current := run.state.whereabouts(event.raw_file)) in wanted:
            wanted[str(current)].append(event)
    for path, receipts in wanted.items():
        sound = dict(_sound(run.home, path))
        rows = []
        for receipt in receipts:
            data = sound.get((receipt.document_id, receipt.revision)) or _from_source(receipt)
            if data is None and receipt.size:
                done.lost.append(f"the bytes of {receipt.source_uri}, revision {receipt.revision}: its source has others now")
                continue
            names = ("document_id", "revision", "sha256", "size", "media_type")
            rows.append({**{name: getattr(receipt, name) for name in names}, "data": data or b""})
        files: tuple[FileEntry, ...] = ()
        if rows:
            with new_file(run.home, "raw", "repaired") as (writer, entries):
                writer.write_table(pa.Table.from_pylist(rows, schema=TABLES["raw"].schema))
            files = (entries[0],)
        run.append(FilesCompacted(run.run_id, (path,), files))
        done.mended.append(f"{path}: {len(rows)} of {len(receipts)} documents' bytes")


def _sound(home: Home, path: str) -> Iterator[tuple[tuple[str, int], bytes]]:
    """The contents of a raw file that can still be read and are what their hash says; none after the first that cannot."""
    try:
        with home.store.open(path) as opened, pq.ParquetFile(opened) as file:
            for batch in file.iter_batches(batch_size=64):
                for row in batch.to_pylist():
                    if hashlib.sha256(row["data"]).hexdigest() == row["sha256"] or len(row["data"]) < row["size"]:
                        yield (row["document_id"], row["revision"]), row["data"]
    except Exception:  # noqa: BLE001  # whatever stands in its place cannot be read as a raw file: other columns, other types
        return


def _from_source(receipt: DocumentReceived) -> bytes | None:
    """The bytes as a file of this machine still holds them; none where it is gone or has others."""
    if not receipt.source_uri.startswith("file:"):
        return None
    parts = urlsplit(receipt.source_uri)
    if parts.fragment:
        return None
    try:
        data = Path(unquote(parts.path)).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == receipt.sha256 else None


def _mend_derived(run: Run, paths: Sequence[str], done: Repair) -> None:
    """Makes the batches of each file again, and writes the file's table anew from them."""
    held = {path: {row[0] for row in run.state.rows("SELECT batch_id FROM batch_files WHERE path = ?", path)} for path in paths}
    if not held:
        return
    with tempfile.TemporaryDirectory(prefix="copydesk-") as scratch:
        scratch_home = Home(Path(scratch)).prepared()
        not_repeatable: list[Origin] = []
        for batch in batches(run.log, run.state, set().union(*held.values())):
            repeatable = tuple(origin for origin in batch.origins if exactly_again(origin, run.rules.name))
            not_repeatable += [origin for origin in batch.origins if not exactly_again(origin, run.rules.name)]
            if repeatable:
                part = Batch(batch.batch_id, batch.run_id, batch.time, repeatable)
                list(in_process([task_of(run.settings, run.home, part, scratch_home, run.rules)]))
        for path, names in held.items():
            _replace(run, path, names, scratch_home, done)
    _by_todays_rules(run, not_repeatable, done)


def _replace(run: Run, path: str, names: set[str], scratch_home: Home, done: Repair) -> None:
    table = path.split("/")[1]
    parts = [part for part in scratch_home.store.names(f"data/{table}") if part.rpartition("/")[2].rpartition("-")[0] in names]
    files: tuple[FileEntry, ...] = ()
    if parts:
        with new_file(run.home, table, "repaired") as (writer, entries):
            for part in parts:
                with scratch_home.store.open(part) as file:
                    writer.write_table(pq.read_table(file, schema=TABLES[table].schema))
        files = (entries[0],)
    run.append(FilesCompacted(run.run_id, (path,), files))
    done.mended.append(f"{path}: {files[0].rows if files else 0} rows made again from raw bytes")


def _by_todays_rules(run: Run, left: Sequence[Origin], done: Repair) -> None:
    """What older rules made of a file cannot be made again as it was: what stands of it is made by today's rules instead."""
    current = [origin for origin in left if _stands(run, origin.output_id)]
    remade = {origin.document["document_id"]: origin for origin in current if origin.document["raw_file"] is not None}
    for origin in left:
        uri = origin.document["source_uri"]
        if origin.document["raw_file"] is None:
            done.lost.append(f"{uri}: its bytes are gone, so nothing can be made of them again")
        elif origin.document["document_id"] not in remade:
            done.lost.append(f"history of {uri}: what the rules {origin.rules} made of it")
    if remade:
        documents = [document for document in map(run.state.document, remade) if document is not None]
        turned_away = [document for document in documents if document["status"] == "rejected"]
        run.append(*(DocumentRequeued(document["document_id"], "its file was damaged") for document in turned_away))
        learn(run)
        standing = [document for document in documents if document not in turned_away]
        dispatch(run, standing, len(standing))
        process(run)
        done.mended += [f"{origin.document['source_uri']}: made anew by today's rules" for origin in remade.values()]


def _stands(run: Run, output_id: str) -> bool:
    return not run.state.rows("SELECT 1 FROM dead WHERE output_id = ?", output_id)

"""Kills a command at every step it takes on the disk, one process a step, and looks at what the next run makes of it.

    python -m tests.crashing SCENARIO FOLDER EVERY FIRST

The steps are counted by the interpreter's audit events and SQLite's trace: every file opened to write, renamed, linked,
removed, and every transaction's begin and end below the home. Prints a JSON object for each step that was tried.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import copydesk.warehouse.compaction
import copydesk.warehouse.publish
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.maintain import maintain
from copydesk.flows.jobs.purge import purge
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.jobs.verify import check
from copydesk.flows.runs.run import Progress, open_run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.wiring import INSTALLED
from copydesk.flows.workers.worker import ready
from copydesk.transforms.cleaning.language import detect_language
from copydesk.transforms.identity import document_id_of
from tests.conftest import article
from tests.homes import contents, folder_of, left_of
from tests.rule_sets import newer

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {"os.rename", "os.remove", "os.symlink", "os.mkdir", "os.truncate"}
FEW = 4
"""Small files of a table that stay unmerged here: fewer than in a home of somebody, so that fewer runs make one to be merged."""

Action = Callable[[Path, Path], None]


def settings(home: Path) -> Settings:
    return Settings(home=home, jobs=1, max_rejects=1.0)


def take(home: Path, folder: Path) -> None:
    ingest(settings(home), FolderSource("test", [folder]), {}, Progress())


def nothing(home: Path, folder: Path) -> None:
    """An empty home."""


def some(home: Path, folder: Path) -> None:
    """A home with four documents, of which one then changes, one is new and one is a copy."""
    take(home, folder)
    (folder / "001.txt").write_text(article(31), encoding="utf-8")
    (folder / "new.txt").write_text(article(32), encoding="utf-8")
    (folder / "same.txt").write_bytes((folder / "002.txt").read_bytes())


def many(home: Path, folder: Path) -> None:
    """A home of so many small runs that files are merged, and swept at once."""
    copydesk.warehouse.compaction.MOST_SMALL = FEW
    for number in range(FEW + 2):
        (folder / f"more{number}.txt").write_text(article(100 + number), encoding="utf-8")
        take(home, folder)


def again(home: Path, folder: Path) -> None:
    reprocess(settings(home), Selection(), Progress(), newer())


def tidied(home: Path, folder: Path) -> None:
    copydesk.warehouse.compaction.MOST_SMALL = FEW
    copydesk.warehouse.compaction.KEPT_SECONDS = copydesk.warehouse.publish.KEPT_SECONDS = -1
    maintain(settings(home), Progress())
    maintain(settings(home), Progress())


def published(home: Path, folder: Path) -> None:
    with open_run(settings(home), "publish", {}, Progress()) as run:
        copydesk.warehouse.publish.publish(run.home, run.log, run.state)


def purged(home: Path, folder: Path) -> None:
    purge(settings(home), document_id_of((folder / "000.txt").resolve().as_uri()), "a test")
    assert left_of(home, "000.txt", "Letter 0 has reached") == []


SCENARIOS: dict[str, tuple[Action, Action]] = {
    "ingest": (nothing, take),
    "revise": (some, take),
    "reprocess": (take, again),
    "maintain": (many, tidied),
    "publish": (take, published),
    "purge": (take, purged),
}


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """What work gives in a process of its own, and how that ended."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        code = 1
        try:
            told = json.dumps(work(), default=str).encode()
            with os.fdopen(writing, "wb") as out:
                out.write(told)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = answer.read()
    status = os.waitpid(pid, 0)[1]
    return status, json.loads(told) if told else None


def watched(home: Path, act: Callable[[], None], kill_at: int | None) -> list[str]:
    """The steps that an action takes below a home; killed before step `kill_at`."""
    seen: list[str] = []
    root = str(home)

    def step(name: str) -> None:
        seen.append(name)
        if len(seen) - 1 == kill_at:
            os.kill(os.getpid(), 9)

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
        if (writes or event in CHANGES) and str(arguments[1 if event == "os.symlink" else 0]).startswith(root):
            step(f"{event} {Path(str(arguments[0])).name}")

    connect = sqlite3.connect

    def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **named)
        name = Path(str(arguments[0] if arguments else named["database"])).name

        def statement(sql: str) -> None:
            word = sql.split(None, 1)[0].upper() if sql.strip() else ""
            if word in ("BEGIN", "COMMIT"):
                step(f"{word} {name}")

        connection.set_trace_callback(statement)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]
    sys.addaudithook(audit)
    act()
    return seen


def main(name: str, base: Path, every: int, first: int) -> None:
    prepare, act = SCENARIOS[name]
    # What every child needs is loaded once, before the first fork.
    ready(INSTALLED)
    detect_language("It is loaded with its first text.")
    home, folder, kept = base / "home", folder_of(base, 4), base / "kept"
    (folder / "bad.txt").write_bytes(b"")
    home.mkdir()
    in_child(lambda: prepare(home, folder))
    shutil.copytree(home, kept, symlinks=True)
    _, before = in_child(lambda: contents(home) if (home / "warehouse.duckdb").exists() else None)
    status, points = in_child(lambda: watched(home, lambda: act(home, folder), None))
    assert status == 0, name
    _, after = in_child(lambda: contents(home))
    for number in range(first, len(points), every):
        shutil.rmtree(home)
        shutil.copytree(kept, home, symlinks=True)
        # The copy is the same home: what is published names the same paths.
        status, _ = in_child(lambda at=number: watched(home, lambda: act(home, folder), at))  # type: ignore[misc]
        killed = os.WIFSIGNALED(status)
        _, seen = in_child(lambda: contents(home) if (home / "warehouse.duckdb").exists() else None)
        ended, _ = in_child(lambda: act(home, folder))
        _, then = in_child(lambda: contents(home))
        _, wrong = in_child(lambda: [f"{one.kind} {one.what} {one.detail}" for one in check(settings(home), lambda _: None)])
        told = {
            "point": number,
            "of": len(points),
            "step": points[number],
            "killed": killed,
            "whole": seen in (before, after) or seen is None,
            "ended": ended,
            "equal": then == after,
            "wrong": wrong,
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))

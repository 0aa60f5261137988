"""What tests ask of a home, and how they damage one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from copydesk.flows.jobs.verify import check
from copydesk.flows.settings import Settings
from copydesk.warehouse.verify import Finding
from tests.conftest import article, reader

CONTENT = {
    "articles": "article_id, title, subtitle, authors, agency, published_on, dateline, language, text, duplicate_of, similarity",
    "blocks": "ordinal, paragraph, role, reason, text, raw_start, raw_end, document_id",
    "sentences": "article_id, ordinal, paragraph, text, span_start, span_end, raw_start, raw_end",
    "facts": "* EXCLUDE (sentence_id)",
    "numbers": "article_id, ordinal, text, value_low, value_high, reason",
    "documents": "document_id, revision, sha256, status, reason, article_id",
}


def contents(home: Path, store: Any = None) -> dict[str, list[tuple[object, ...]]]:
    """The content of every table, as one reader sees it: ids of runs and times left out."""
    with reader(home, store) as db:
        return {
            table: sorted(db.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
            for table, columns in CONTENT.items()
        }


def folder_of(tmp_path: Path, count: int, name: str = "in") -> Path:
    """A new folder of so many articles, each told from the others by its number."""
    folder = tmp_path / name
    folder.mkdir()
    for n in range(count):
        (folder / f"{n:03}.txt").write_text(article(n), encoding="utf-8")
    return folder


def put_back(home: Path) -> Callable[[], Path]:
    """Keeps a copy of a home; what is given makes the home what it was, whatever tests did to it, and gives its path.

    The home stays at its path: what is published names the paths of its files.
    """
    kept = home.with_name(f"{home.name} kept")
    shutil.copytree(home, kept, symlinks=True)

    def whole() -> Path:
        shutil.rmtree(home)
        shutil.copytree(kept, home, symlinks=True)
        return home

    return whole


def found(home: Path) -> list[Finding]:
    """What verification finds wrong with a home."""
    return check(Settings(home=home), lambda _: None)


def first(home: Path, table: str) -> Path:
    """The first file of a table."""
    return sorted((home / "data" / table).glob("*.parquet"))[0]


def flip(home: Path, table: str) -> None:
    """Changes one bit of the first file of a table."""
    path = first(home, table)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


ODD_FILES = ("pipe", "device", "folder", "loop", "bytes")
"""What may stand where a file of text belongs."""


def odd_file(path: Path, kind: str) -> Path:
    """Puts something in a file's place that cannot be read as text: one of `ODD_FILES`."""
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "bytes":
        path.write_bytes(b"# \xff")
    else:
        path.symlink_to("/dev/zero" if kind == "device" else path)
    return path


def left_of(home: Path, *texts: str) -> list[tuple[str, str]]:
    """The texts that any file of a home still holds, plain or escaped, each with the file."""
    found = []
    for path in sorted(path for path in home.rglob("*") if path.is_file()):
        told = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else ""
        data = path.read_bytes() + told.encode()
        found += [(str(path.relative_to(home)), text) for text in texts if text.encode() in data]
    return found

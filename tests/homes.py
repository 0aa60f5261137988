"""What tests ask of a home's files."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq


def left_of(home: Path, *texts: str) -> list[tuple[str, str]]:
    """The texts that any file of a home still holds, plain or escaped, each with the file."""
    found = []
    for path in sorted(path for path in home.rglob("*") if path.is_file()):
        told = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else ""
        data = path.read_bytes() + told.encode()
        found += [(str(path.relative_to(home)), text) for text in texts if text.encode() in data]
    return found

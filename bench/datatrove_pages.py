"""datatrove's local pipeline over the same files: read, its trafilatura extractor, its Parquet writer.

    PYTHON bench/datatrove_pages.py FOLDER OUT JOBS

Run by the Python of an environment of its own, which `bench.speed` makes: datatrove is no dependency of this project.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.extractors import Trafilatura
from datatrove.pipeline.writers.parquet import ParquetWriter

FOLDER, OUT, JOBS = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])


def read(data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
    """Every WORLD_SIZE-th page."""
    for path in sorted(FOLDER.glob("*.html"))[rank::world_size]:
        yield Document(text=path.read_text(encoding="utf-8", errors="replace"), id=path.name)


if __name__ == "__main__":
    steps = [read, Trafilatura(favour_precision=False, timeout=10), ParquetWriter(str(OUT))]
    LocalPipelineExecutor(steps, tasks=JOBS, workers=JOBS, logging_dir=str(OUT / "logs")).run()

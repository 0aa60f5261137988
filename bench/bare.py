"""What one would otherwise run: read, trafilatura.extract, split sentences, write Parquet, over a process pool.

    python -m bench.bare FOLDER OUT [JOBS]

Plain texts are taken as they are, since trafilatura returns nothing for them.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import sentencex
import trafilatura

BATCH = 100


def batch(paths: list[Path], target: Path) -> int:
    """Writes the articles and sentences of some files; returns how many had any."""
    rows = []
    for path in paths:
        data = path.read_bytes()
        text = trafilatura.extract(data) if path.suffix == ".html" else data.decode("utf-8", "replace")
        if text:
            rows.append({"path": str(path), "text": text, "sentences": list(sentencex.segment("en", text))})
    pq.write_table(pa.Table.from_pylist(rows), target, compression="zstd")
    return len(rows)


def main(folder: Path, out: Path, jobs: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    cuts = [paths[n : n + BATCH] for n in range(0, len(paths), BATCH)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        done = sum(pool.map(batch, cuts, [out / f"{n:05}.parquet" for n in range(len(cuts))]))
    print(f"{done} of {len(paths)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2)

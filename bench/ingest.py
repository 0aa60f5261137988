"""Times whole ingests, each in a process of its own: wall, CPU and peak memory of the process tree.

    python -m bench.ingest [--documents N] [--shared DIR]

Makes N distinct plain-text documents out of seeds/articles, and takes the corpora beside the checkout
where they are. Prints Markdown rows for bench/results.md.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def timed(arguments: list[str]) -> tuple[float, float, float]:
    """Seconds of wall and CPU, and peak megabytes of the largest process, of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "flows.cli", *arguments], cwd=ROOT, check=True, capture_output=True)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, after.ru_maxrss / 1024


def corpus(folder: Path, documents: int) -> int:
    """Writes distinct documents made of the sample articles' paragraphs; returns their bytes."""
    texts = [
        p.read_text(encoding="utf-8")
        for p in sorted((ROOT / "seeds/articles").glob("*"))
        if p.suffix in (".md", ".txt") and p.name not in ("broken.txt", "kurier-ernte.txt")
    ]
    size = 0
    for n in range(documents):
        parts = [texts[(n + k) % len(texts)] for k in range(6)]
        text = f"Report number {n} from the valley\n\n" + "\n\n".join(parts).replace("Friday", f"day {n}")
        (folder / f"{n:06}.txt").write_text(text, encoding="utf-8")
        size += len(text.encode())
    return size


def row(name: str, documents: int, home: Path, *paths: Path) -> None:
    wall, cpu, memory = timed(["ingest", *map(str, paths), "--home", str(home), "--max-rejects", "1"])
    print(f"| {name} | {documents} | {wall:.2f} | {cpu:.2f} | {1000 * cpu / documents:.1f} | {memory:.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    print("| what | documents | wall s | CPU s | CPU ms a document | peak MB of one process |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "made"
        folder.mkdir()
        size = corpus(folder, options.documents)
        row("sample articles", 17, Path(scratch) / "samples", ROOT / "seeds/articles")
        row("sample articles, again", 17, Path(scratch) / "samples", ROOT / "seeds/articles")
        row("made plain text", options.documents, Path(scratch) / "home", folder)
        row("made plain text, again", options.documents, Path(scratch) / "home", folder)
        (folder / "new.txt").write_text(
            (folder / "000000.txt").read_text(encoding="utf-8").replace("valley", "coast"), encoding="utf-8"
        )
        row("one more file", 1, Path(scratch) / "home", folder)
        kept = sum(p.stat().st_size for p in (Path(scratch) / "home").rglob("*") if p.is_file() and "cache" not in p.parts)
        print(f"\nBytes of Parquet, log and published files against raw: {kept / size:.2f}\n")
        for ending in ("txt", "html"):
            pages = Path(scratch) / ending
            pages.mkdir()
            for path in (options.shared / "corpora/pages").glob(f"*.{ending}"):
                shutil.copy(path, pages)
            count = len(list(pages.iterdir()))
            if count:
                row(f"real pages, {ending}", count, Path(scratch) / f"home-{ending}", pages)


if __name__ == "__main__":
    main()

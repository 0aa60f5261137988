"""How fast an ingest is, beside what one would otherwise run: whole processes, imports included.

    python -m bench.speed [--documents 5000] [--many 20000] [--rounds 2] [--scratch DIR]

Makes its corpora, runs ours, the bare loop and datatrove (in an environment of its own, made on the way) by turns, and
prints Markdown for docs/results.md. Peak memory is the sum over all processes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.corpora import pages, texts
from bench.measure import ROOT, Measured, measured, ours

FIVE = ("coastalwire-flood.txt", "courier-flood.md", "courier-ferry.html", "lantern-mine.txt", "lantern-ridge.txt")
PEERS = ("datatrove[io]", "trafilatura", "lxml_html_clean")


def row(name: str, documents: int, found: Measured, beside: Measured | None = None) -> None:
    ratio = f"{found.cpu / beside.cpu:.2f}" if beside else ""
    each = 1000 * found.cpu / documents
    print(
        f"| {name} | {documents:,} | {found.wall:.1f} | {found.cpu:.1f} | {each:.1f} | {found.peak:.0f} | {ratio} |", flush=True
    )


def ingest(folder: Path, home: Path, jobs: int = 2) -> Measured:
    return ours("ingest", folder, "--home", home, "--jobs", str(jobs), "--max-rejects", "1")


def transforms(folder: Path, documents: int) -> float:
    """CPU milliseconds a document of the rules alone, in this process."""
    from copydesk.flows.wiring import transformer
    from copydesk.transforms.types import RawDocument

    now, rules = datetime.now(UTC), transformer()
    spent = 0.0
    for number, path in enumerate(sorted(folder.iterdir())[: documents + 20]):
        data = path.read_bytes()
        media = "text/html" if path.suffix == ".html" else "text/plain"
        raw = RawDocument(
            document_id="d",
            revision=1,
            source="bench",
            source_uri=path.as_uri(),
            media_type=media,
            data=data,
            size=len(data),
            sha256="h",
            received_at=now,
        )
        began = time.process_time()
        rules.transform(raw, 1 << 25)
        spent += time.process_time() - began if number >= 20 else 0.0  # the first fill caches
    return 1000 * spent / documents


def peers(scratch: Path) -> Path | None:
    """A Python that has datatrove; none where it cannot be had."""
    python = scratch / "peers" / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", scratch / "peers"], check=True)
            subprocess.run(
                [python, "-m", "pip", "install", "--quiet", *PEERS], check=True, timeout=600, stderr=subprocess.DEVNULL
            )
        subprocess.run([python, "-c", "import datatrove, trafilatura"], check=True, timeout=60)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"datatrove is left out: {error}", file=sys.stderr)
        return None
    return python


def beside_peers(scratch: Path, documents: int, rounds: int) -> None:
    """HTML: ours, the bare loop and datatrove, by turns."""
    folder, python = scratch / "pages", peers(scratch)
    size = pages(folder, documents)
    print(f"\nHTML: {documents:,} distinct pages of {size / documents / 1000:.0f} kB.\n")
    header()
    for number in range(rounds):
        bare = measured([sys.executable, "-m", "bench.bare", folder, scratch / "bare", "2"])
        row("bare loop: trafilatura, sentences, Parquet", documents, bare)
        row("copydesk", documents, ingest(folder, scratch / f"home-pages-{number}"), bare)
        shutil.rmtree(scratch / f"home-pages-{number}")
        if python:
            command = [python, ROOT / "bench" / "datatrove_pages.py", folder, scratch / f"datatrove-{number}", "2"]
            row("datatrove, its trafilatura, Parquet", documents, measured(command), bare)
    print(f"\nRules alone: {transforms(folder, min(documents, 400)):.1f} ms a page.")
    shutil.rmtree(folder)


def header() -> None:
    print("| what | documents | wall s | CPU s | CPU ms each | peak MB | CPU against the bare loop |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)


def plain(scratch: Path, documents: int, many: int) -> None:
    """Plain text: one job against two, memory as the archive grows, ingested again."""
    folder = scratch / "texts"
    size = texts(folder, many)
    paths = sorted(folder.iterdir())
    print(f"\nPlain text of {size / many / 1000:.1f} kB.\n")
    header()
    for count in (1000, documents, many):
        part = scratch / f"texts-{count}"
        part.mkdir()
        for path in paths[:count]:
            (part / path.name).hardlink_to(path)
        home = scratch / f"home-{count}"
        bare = measured([sys.executable, "-m", "bench.bare", part, scratch / f"bare-{count}", "2"])
        found = ingest(part, home)
        row("copydesk, two jobs", count, found, bare)
        if count == documents:
            one = ingest(part, scratch / "home-one", 1)
            row("copydesk, one job", count, one, bare)
            print(f"| two jobs are {one.wall / found.wall:.2f} times as fast as one | | | | | | |")
            kept = sum(p.stat().st_size for p in home.rglob("*") if p.is_file() and "cache" not in p.parts)
            raw = sum(p.stat().st_size for p in paths[:count])
            print(f"| Parquet, log and published files are {kept / raw:.2f} of the raw bytes | | | | | | |")
            rules = transforms(part, min(count, 1000))
            other = 1 - rules * count / (1000 * one.cpu)
            print(f"| rules alone {rules:.1f} ms each: {other:.0%} is not transforms | | | | | | |")
    row("the same again, nothing new", many, ingest(folder.with_name(f"texts-{many}"), scratch / f"home-{many}"))


def small(scratch: Path) -> None:
    """A handful of files: whole processes."""
    print("\nA handful of files.\n")
    header()
    samples = [ROOT / "seeds" / "articles" / name for name in FIVE]
    for number in range(3):
        home = scratch / f"five-{number}"
        row("five files", 5, ours("ingest", *samples, "--home", home))
        ours("ingest", *samples[:2], "--home", scratch / f"two-{number}")
        row("two files, again", 2, ours("ingest", *samples[:2], "--home", scratch / f"two-{number}"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--many", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--scratch", type=Path, help="where corpora and homes are made; some 10 GB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        small(Path(scratch))
        plain(Path(scratch), options.documents, options.many)
        beside_peers(Path(scratch), options.documents, options.rounds)


if __name__ == "__main__":
    main()

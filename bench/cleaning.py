"""How fast cleaning is, and whether its memory stays flat.

    python -m bench.cleaning PAGES [--documents 20000]

PAGES holds .txt and .html files. Prints documents a CPU second for plain text and for HTML, for
trafilatura's default on the same HTML, and the peak memory after every fifth of DOCUMENTS plain texts.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.decode import decode
from copydesk.transforms.cleaning.html import clean_markup
from copydesk.transforms.cleaning.plain_text import Cleaned, clean_plain
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.types import RawDocument

ROUNDS = 5


def read(folder: Path, ending: str) -> list[RawDocument]:
    now = datetime.now(UTC)
    return [
        RawDocument(
            document_id="d",
            revision=1,
            source="bench",
            source_uri=path.as_uri(),
            media_type=None,
            data=data,
            size=len(data),
            sha256="h",
            received_at=now,
        )
        for path in sorted(folder.glob(f"*{ending}"))
        if (data := path.read_bytes())
    ]


def cleaned(raw: RawDocument, dates: DateReader, how: Callable[..., Cleaned]) -> None:
    text = decode(raw.data)
    if isinstance(text, str):
        how(text, raw, lexicon(), dates)


def rates(documents: Sequence[RawDocument], *ways: Callable[[RawDocument], object]) -> list[float]:
    """Documents a CPU second for each way, the best of some rounds that take turns."""
    best = [float("inf")] * len(ways)
    for _ in range(ROUNDS):
        for number, do in enumerate(ways):
            start = time.process_time()
            for raw in documents:
                do(raw)
            best[number] = min(best[number], time.process_time() - start)
    return [len(documents) / seconds for seconds in best]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--documents", type=int, default=20_000)
    options = parser.parse_args()
    dates = DateReader(lexicon())
    plain, html = read(options.pages, ".txt"), read(options.pages, ".html")
    (speed,) = rates(plain, lambda raw: cleaned(raw, dates, clean_plain))
    print(f"plain text: {speed:.0f} documents a CPU second")
    ours, theirs = rates(html, lambda raw: cleaned(raw, dates, clean_markup), lambda raw: trafilatura.extract(raw.data))
    print(f"HTML: {ours:.0f}; trafilatura's default: {theirs:.0f}; ratio {ours / theirs:.2f}")
    for number in range(options.documents):
        cleaned(plain[number % len(plain)], dates, clean_plain)
        if (number + 1) % max(1, options.documents // 5) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number + 1} documents: peak {peak:.0f} MB")


if __name__ == "__main__":
    main()

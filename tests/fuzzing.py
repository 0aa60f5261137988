"""Feeds mutated documents to the rules, guided by what of the code they reach.

    python -m tests.fuzzing INPUTS [SEED]

Each input is whole: decoding, blocks, cleaning, sentences, numbers, dates, facts. It fails with the input kept where one
raises, takes over 30 seconds, or gives spans that do not point at their text, or where memory passes 2 GB.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["transforms"]):
    from copydesk.flows.wiring import transformer
    from tests.extractions import raw_of, well_made

from tests.conftest import ARTICLES

MEDIA = ("text/plain", "text/html", "text/markdown", "text/plain+gzip", "text/html+gzip")
LIMIT = 1 << 20


def one(data: bytes) -> None:
    """Reads one input; its first byte says which kind of document it is."""
    media = MEDIA[data[0] % len(MEDIA)] if data else MEDIA[0]
    body = data[1:]
    if media.endswith("+gzip") and data[0] & 64:
        body = gzip.compress(body, 1)
    well_made(transformer().transform(raw_of(body, media), LIMIT))


def main(inputs: int, seed: int) -> None:
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        for number, path in enumerate(sorted(p for p in ARTICLES.rglob("*") if p.is_file())):
            kind = b"\x01" if path.suffix == ".html" else b"\x00"
            Path(folder, f"{number:03}").write_bytes(kind + path.read_bytes())
        flags = [
            f"-runs={inputs}",
            f"-seed={seed}",
            "-timeout=30",
            "-rss_limit_mb=2048",
            "-max_len=6000",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], folder, *flags], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)

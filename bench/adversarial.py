"""What each adversarial shape costs as it doubles: processor seconds of the rules, and how they grow.

    python -m bench.adversarial [SIZE]

A size is a number of repeated parts; it is tried once and doubled. Growth of over 2.5 is marked.
"""

from __future__ import annotations

import sys
import time

from copydesk.flows.wiring import INSTALLED, transformer
from copydesk.flows.workers.guard import load_rules
from tests.adversarial import SHAPES
from tests.extractions import raw_of

LIMIT = 1 << 30


def seconds(media: str, content: str) -> tuple[float, str]:
    """Processor seconds of one document, and what became of it."""
    raw = raw_of(content.encode(), media)
    before = time.process_time()
    made = transformer().transform(raw, LIMIT)
    return time.process_time() - before, made.verdict.reason if made.verdict else "article"


def main(size: int) -> None:
    load_rules(INSTALLED)
    print(f"{'shape':44} {size:>9} {2 * size:>9} {'growth':>7}  outcome")
    for (media, name), make in SHAPES.items():
        (first, _), (second, outcome) = (seconds(media, make(n)) for n in (size, 2 * size))
        mark = " slow" if second > 0.2 and second > 2.5 * first else ""
        shape = f"{media.removeprefix('text/')}: {name}"
        print(f"{shape:44} {first:9.2f} {second:9.2f} {second / first:7.1f}  {outcome}{mark}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

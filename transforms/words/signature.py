"""Near copies: a MinHash signature of an article, its band keys, and the similarity of two."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Sequence
from itertools import starmap
from operator import eq

from rensa import RMinHash

from copydesk.transforms.words import folded

PERMUTATIONS = 64
SEED = 1
BANDS = 16
SHINGLE = 4
SIMILAR = 0.6
"""Articles whose signatures agree in at least this share are near copies."""


def signature(text: str) -> tuple[int, ...]:
    """64 minimal hashes of the text's runs of four words; empty for a text of fewer.

    >>> similarity(signature("a b c d e f g h"), signature("a b c d e f g h"))
    1.0
    """
    words = folded(text).split()
    runs = list(map(" ".join, zip(*(words[n:] for n in range(SHINGLE)), strict=False)))
    if not runs:
        return ()
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update(runs)
    return tuple(sketch.digest())


def similarity(left: Sequence[int], right: Sequence[int]) -> float:
    """The estimated share of runs that two texts have in common (Jaccard), 0..1."""
    if not left or not right:
        return 0.0
    return float(sum(starmap(eq, zip(left, right, strict=True))) / len(left))


def band_keys(hashes: Sequence[int]) -> list[int]:
    """One key (63 bits) a band of four hashes: near copies share at least one with high probability."""
    rows = PERMUTATIONS // BANDS
    return [_key(n, hashes[n * rows : (n + 1) * rows]) for n in range(BANDS)] if hashes else []


def _key(band: int, hashes: Sequence[int]) -> int:
    digest = hashlib.blake2b(struct.pack(f"<B{len(hashes)}I", band, *hashes), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def packed(hashes: Sequence[int]) -> str:
    """A signature as text, for an event; `unpacked` is its inverse.

    >>> unpacked(packed((1, 2, 3)))
    (1, 2, 3)
    """
    return base64.b64encode(struct.pack(f"<{len(hashes)}I", *hashes)).decode()


def unpacked(text: str) -> tuple[int, ...]:
    data = base64.b64decode(text)
    return struct.unpack(f"<{len(data) // 4}I", data)

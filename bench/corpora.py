"""Corpora for benchmarks: distinct pages and texts, made out of seeds/ and, where they are, of the shared corpora.

    python -m bench.corpora pages|texts FOLDER COUNT

The same count gives the same files on every machine. A page made of another keeps its markup, a text its layout; three
words in ten of its prose are others of the same text, so that no two are near copies, and none says what the other does.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "seeds" / "articles"

TEXT_SIZE = 10_000
"""Characters of a made text: its own words, those of others, its furniture."""

HIDDEN = re.compile(r"<(script|style|template|svg|noscript)\b.*?</\1>|<!--.*?-->|<[^>]+>", re.DOTALL | re.IGNORECASE)
WORD = re.compile(r"\b[^\W\d_]{5,}\b")
CHANGED = 0.3


def pages(folder: Path, count: int) -> int:
    """Writes distinct HTML pages; returns their bytes."""
    originals = [*sorted(SAMPLES.glob("*.html")), *sorted((SHARED / "corpora/pages").glob("*.html"))]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in originals]
    return _write(folder, "html", count, lambda number: _page(texts[number % len(texts)], number))


def texts(folder: Path, count: int) -> int:
    """Writes distinct plain texts of about `TEXT_SIZE` characters; returns their bytes."""
    shared = sorted((SHARED / "corpora/pages").glob("us-*.txt"))
    originals = [*sorted(p for p in SAMPLES.glob("*.txt") if p.name not in ("broken.txt", "kurier-ernte.txt")), *shared]
    known = [path.read_text(encoding="utf-8") for path in originals]
    return _write(folder, "txt", count, lambda number: _text(known, number))


def _write(folder: Path, ending: str, count: int, made: object) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for number in range(count):
        data = made(number).encode()  # type: ignore[operator]
        (folder / f"{number:06}.{ending}").write_bytes(data)
        size += len(data)
    return size


def _page(text: str, number: int) -> str:
    chance = random.Random(number)
    out, at = [], 0
    words = WORD.findall(HIDDEN.sub(" ", text))
    for found in HIDDEN.finditer(text):
        out += [_changed(text[at : found.start()], words, chance), found.group()]
        at = found.end()
    return "".join([*out, _changed(text[at:], words, chance)])


def _text(known: Sequence[str], number: int) -> str:
    """One text's head, then its lines and those of others up to the size, then its foot."""
    chance = random.Random(number)
    own = known[number % len(known)].split("\n")
    half = len(own) // 2
    head, foot = own[:half], own[half:]
    size = sum(map(len, own))
    while size < TEXT_SIZE:
        lines = known[chance.randrange(len(known))].split("\n")
        start = chance.randrange(len(lines))
        more = [line for line in lines[start : start + 12] if len(line) > 80]
        head += [line for one in more for line in (one, "")]
        size += sum(map(len, more))
    while size > TEXT_SIZE and len(head) > 1:
        size -= len(head.pop())
    text = "\n".join([*head, *foot])
    return _changed(text, WORD.findall(text), chance)


def _changed(text: str, words: Sequence[str], chance: random.Random) -> str:
    """A text with some of its lower-case words exchanged for others; names and capitals stay where they are."""

    def other(found: re.Match[str]) -> str:
        word = found.group()
        if not word.islower() or chance.random() > CHANGED:
            return word
        return chance.choice(words).lower()

    return WORD.sub(other, text) if words else text


def main(kind: str, folder: Path, count: int) -> None:
    size = {"pages": pages, "texts": texts}[kind](folder, count)
    print(f"{count} {kind}, {size / 1e6:.1f} MB, {size / count / 1000:.1f} kB each")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))

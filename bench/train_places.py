"""Trains the model of places of `transforms/models/place_model.py` and writes seeds/tables/place_trees.csv.

    python -m bench.train_places PAGES [PAGES ...] [--known FOLDER ...] [--cases FILE ...] [--rotate]

PAGES are folders of annotated pages (bench/place_pages.py) on which the rules are as good as on any other page. FOLDER are
such folders that the rules were written on: what the rules say is more right there than elsewhere, so that half of the trees,
which see it, are not fitted to them; the other half see nothing of the rules and are fitted to all, with less weight.
FILE are cases of the rules (tests/cases/rules): made sentences that both halves are fitted to, so that they still hold.

With --rotate the pages are parted in six, each judged by trees of the other five, and nothing is written: how often the
place was right, by the rules and by the model, and what its shares were worth. The trees are fitted by CatBoost, which has to
be installed beside.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.body_trees import fit_trees
from bench.place_pages import Example, Pages
from copydesk.transforms.models.place_model import NAMES, PlaceModel

OF_RULES = frozenset({"ruled", "rule_code", "rule_none", "rule_sentence", "rule_article"})
"""The traits that tell what the rules say."""

KNOWN = 0.5
"""What a figure weighs of a page that the rules were written on."""

SHARE = 0.5
"""What the answers of both halves are multiplied by: their mean."""

WHY = "learnt from annotated pages"

ROTATIONS = 6
TABLE = Path(__file__).resolve().parent.parent / "seeds" / "tables" / "place_trees.csv"


def train(fresh: Sequence[Example], known: Sequence[Example], cases: Sequence[Example]) -> list[dict[str, str]]:
    """The rows of the table: trees that see what the rules say, fitted to fresh pages, and trees that do not, to all."""
    blind = [name for name in NAMES if name not in OF_RULES]
    ours = [(one, 1.0) for one in [*fresh, *cases]]
    return [*_half(ours, NAMES), *_half([*ours, *((one, KNOWN) for one in known)], blind)]


def _half(weighed: Sequence[tuple[Example, float]], names: Sequence[str]) -> list[dict[str, str]]:
    """Trees over some of the traits; pages weigh like the root of their figures, as those of one page are much alike."""
    chosen = [(one, weight) for one, weight in weighed if one.right.any()]
    of_page = Counter(one.page for one, _ in chosen)
    columns = [NAMES.index(name) for name in names]
    x = np.vstack([one.rows[:, columns] for one, _ in chosen])
    y = np.concatenate([one.right for one, _ in chosen])
    w = np.concatenate([np.full(len(one.right), weight / np.sqrt(of_page[one.page])) for one, weight in chosen])
    return fit_trees(x, y, w, names, SHARE)


def rotation(page: str) -> int:
    """Which of the parts a page is in."""
    return int(hashlib.sha256(page.encode()).hexdigest(), 16) % ROTATIONS


def rotate(fresh: Sequence[Example], known: Sequence[Example], cases: Sequence[Example]) -> list[tuple[Example, np.ndarray]]:
    """Each figure with the shares that trees of the other parts give to its candidates."""
    out = []
    for part in range(ROTATIONS):
        own = [one for one in fresh if rotation(one.page) == part]
        model = PlaceModel.parse(train([one for one in fresh if rotation(one.page) != part], known, cases)) if own else None
        out += [(one, model.shares(one.rows)) for one in own if model is not None]
    return out


def report(judged: Sequence[tuple[Example, np.ndarray]]) -> None:
    """Prints how often the rules and the model were right, and how right shares were."""
    size = max(1, len(judged))
    rules = sum(one.right[one.ruled] for one, _ in judged)
    model = sum(one.right[shares.argmax()] for one, shares in judged)
    reach = sum(one.right.any() for one, _ in judged)
    print(f"{size} figures; right by the rules {rules / size:.3f}, by the model {model / size:.3f}, at best {reach / size:.3f}")
    for low in range(10):
        told = [one.right[shares.argmax()] for one, shares in judged if low <= shares.max() * 10 < low + 1 + (low == 9)]
        if told:
            print(f"  share from .{low}: {sum(told):.0f} of {len(told)} right")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("pages", nargs="+", type=Path)
    asked.add_argument("--known", nargs="*", type=Path, default=[])
    asked.add_argument("--cases", nargs="*", type=Path, default=[])
    asked.add_argument("--rotate", action="store_true")
    options = asked.parse_args()
    pages = Pages()
    fresh = [one for folder in options.pages for one in pages.read(folder)]
    known = [one for folder in options.known for one in pages.read(folder)]
    cases = [one for path in options.cases for one in pages.cases(path)]
    if options.rotate:
        report(rotate(fresh, known, cases))
        return
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ("columns", "borders", "leaves", "why"), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"why": WHY} for row in train(fresh, known, cases))


if __name__ == "__main__":
    main()

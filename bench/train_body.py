"""Trains the body model of `transforms/models/body_model.py` for plain text and writes seeds/tables/weights.csv,
or with --markup the one of `transforms/cleaning/markup_selection.py` and seeds/tables/markup.csv.

    python -m bench.train_body PAGES TEXTS [--segments FOLDER] [--hold-out]
    python -m bench.train_body PAGES --markup [--segments FOLDER] [--hold-out]

PAGES holds NAME.txt (a page flattened to text) and NAME.article.json (its gold `paragraphs`); TEXTS
holds .txt files that are articles and nothing else. FOLDER holds pages with NAME.segments.json: what stands in its `wanted`
and `unwanted` is all that is known of such a page, and its other lines teach nothing. With --hold-out a
third of the outlets (the part of NAME before `_`) is left out of training and scored. Two logistic regressions: the first on
`features`, the second on `context` of the first's answers and the same features again.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from copydesk.flows.wiring import lexicon, tables
from copydesk.transforms.cleaning.features import features
from copydesk.transforms.cleaning.html import read_markup
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import split_pieces
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.roles import furniture
from copydesk.transforms.cleaning.selection import core
from copydesk.transforms.decode import decode
from copydesk.transforms.models.body_model import CONTEXT, MARKUP_NAMES, NAMES, context

WORDS = re.compile(r"\w+")
RUN = 4
ALONE = 0.1
"""What an article alone weighs against a page: it has no furniture to learn from."""
SEGMENTS = 0.3
"""What a page of which a few lines are known weighs against one that is known whole."""
PENALTY = 1e-4
"""How much great weights cost."""
Document = tuple[str, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Name, features, labels, weights, words: a row or a number for every piece."""


def read(path: Path) -> Document | None:
    """A document with a label for each piece: whether over half of its runs of four words are the gold's."""
    text = decode(path.read_bytes())
    if not isinstance(text, str):
        return None
    if path.suffix == ".html":
        marked = read_markup(text, None, date(2100, 1, 1), lexicon(), DateReader(lexicon()))
        pieces, rows = marked.pieces, marked.rows(lexicon().terms)
    else:
        page = Page(split_pieces(text), lexicon(), DateReader(lexicon()), date(2100, 1, 1))
        furniture(page)
        pieces = page.pieces
        rows = features(pieces, {at: role for at, (role, _) in page.roles.items()}, core(page), lexicon().terms)
    words = np.array([piece.words for piece in pieces], float)
    known = path.with_suffix(".segments.json")
    if known.exists():
        return path.name, np.array(rows), *_of_segments([piece.text for piece in pieces], known), words
    gold = path.with_suffix(".article.json")
    alone = not gold.exists()
    if alone:
        labels = [1.0] * len(pieces)
    else:
        paragraphs = json.loads(gold.read_text(encoding="utf-8"))["paragraphs"]
        runs, whole = set(_runs("\n\n".join(paragraphs))), {paragraph.strip() for paragraph in paragraphs}
        labels = [_label(piece.text, runs, whole) for piece in pieces]
    weights = np.sqrt(np.maximum(1, words))
    weights[:1] *= not alone  # the first line of a text alone is its headline
    return path.name, np.array(rows), np.array(labels), weights / max(1e-9, weights.sum()) * (ALONE if alone else 1.0), words


def _of_segments(texts: Sequence[str], known: Path) -> tuple[np.ndarray, np.ndarray]:
    """The labels and weights of lines of which only those with a wanted or unwanted segment are known."""
    told = json.loads(known.read_text(encoding="utf-8"))
    lines = [" ".join(text.split()) for text in texts]
    wanted, unwanted = (
        np.array([any(" ".join(segment.split()) in line for segment in told[name]) for line in lines], float)
        for name in ("wanted", "unwanted")
    )
    weights = np.maximum(wanted, unwanted)
    return wanted, weights / max(1.0, weights.sum()) * SEGMENTS


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORDS.findall(text)
    return (tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1))


def _label(text: str, runs: set[tuple[str, ...]], whole: set[str]) -> float:
    own = list(_runs(text))
    return float(sum(run in runs for run in own) > len(own) / 2) if own else float(text in whole)


def fit(documents: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]], penalty: float) -> np.ndarray:
    """The weights of a logistic regression in which every document counts alike."""
    x, y, w = (np.concatenate([document[n] for document in documents]) for n in range(3))
    w = w / len(documents)

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        p = 1 / (1 + np.exp(-(x @ b)))
        value = -(w * (y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9))).sum() + penalty * (b[1:] ** 2).sum()
        slope = x.T @ (w * (p - y))
        slope[1:] += 2 * penalty * b[1:]
        return float(value), slope

    return np.asarray(minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 800}).x)


def train(documents: Sequence[Document]) -> tuple[np.ndarray, np.ndarray]:
    first = fit([(x, y, w) for _, x, y, w, _ in documents], PENALTY)
    return first, fit([(_second(x, n, first), y, w) for _, x, y, w, n in documents], PENALTY)


def _second(x: np.ndarray, words: np.ndarray, first: np.ndarray) -> np.ndarray:
    return np.hstack([context(x @ first, words), x[:, 1:]])


def score(documents: Sequence[Document], first: np.ndarray, second: np.ndarray) -> str:
    """F1 of the mean precision and recall over documents, by words."""
    precision, recall = [], []
    for _, x, y, _, words in documents:
        kept = _second(x, words, first) @ second > 0
        right = (words * kept * y).sum()
        precision.append(right / max(1, (words * kept).sum()))
        recall.append(right / max(1, (words * y).sum()))
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return f"F1 {2 * p * r / (p + r):.3f} P {p:.3f} R {r:.3f} over {len(documents)}"


def held_out(name: str) -> bool:
    outlet = name.split("_", maxsplit=1)[0]
    return int(hashlib.sha256(outlet.encode()).hexdigest(), 16) % 3 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("pages", type=Path)
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--segments", type=Path)
    parser.add_argument("--markup", action="store_true")
    parser.add_argument("--hold-out", action="store_true")
    options = parser.parse_args()
    ending = ".html" if options.markup else ".txt"
    paths = [p.with_name(p.name.replace(".article.json", ending)) for p in sorted(options.pages.glob("*.article.json"))]
    with ProcessPoolExecutor() as pool:
        pages = [d for d in pool.map(read, paths, chunksize=8) if d]
        texts = [d for d in pool.map(read, sorted(options.texts.glob("*.txt")) if options.texts else (), chunksize=8) if d]
        told = sorted(options.segments.glob(f"*{ending}")) if options.segments else ()
        segments = [d for d in pool.map(read, told, chunksize=8) if d]
    held = [d for d in pages if held_out(d[0])] if options.hold_out else []
    kept = [d for d in pages if not (options.hold_out and held_out(d[0]))]
    first, second = train([*kept, *segments, *texts[::2]])
    for what, documents in (("trained on", kept), ("held out", held), ("articles alone", texts[1::2])):
        if documents:
            print(f"{what}: {score(documents, first, second)}")
    _write("markup" if options.markup else "weights", MARKUP_NAMES if options.markup else NAMES, first, second)


def _write(table: str, names: Sequence[str], first: np.ndarray, second: np.ndarray) -> None:
    why = {row["feature"]: row["why"] for row in csv.DictReader(tables().get(table, "feature,why\n").splitlines())}
    path = Path(f"seeds/tables/{table}.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "first", "second", "why"])
        for n, name in enumerate([*CONTEXT, *names[1:]]):
            one = first[0] if n == 0 else first[n - len(CONTEXT) + 1] if n >= len(CONTEXT) else None
            cells = [
                "" if one is None else f"{one:.3f}",
                f"{second[n]:.3f}",
                why.get(name, "learnt from pages with gold bodies"),
            ]
            writer.writerow([name, *cells])


if __name__ == "__main__":
    main()

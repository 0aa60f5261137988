"""Trains the body model of `transforms/models/body_model.py` for plain text and writes wording.csv, weights.csv and trees.csv,
or with --markup the one of `transforms/cleaning/markup_selection.py`: markup.csv and markup_trees.csv.

    python -m bench.train_body PAGES [--segments FOLDER] [--markup] [--rotate]

PAGES holds NAME.html or NAME.txt (a page flattened to text) and NAME.article.json (its gold `paragraphs`). FOLDER holds pages
with NAME.segments.json: what stands in its `wanted` and `unwanted` is known of such a page; its other lines are taught by how
its markup is cleaned, at less weight. Plain text also learns from texts made of the gold paragraphs (bench/made_texts.py).
What its words weigh (wording.csv, bench/word_weights.py) is counted for each page over those of other outlets.

With --rotate the outlets (the part of NAME before `_`, or the host of `url`) are parted in six, each scored by a model of the
other five, and nothing is written. First comes a logistic regression on `features`; then boosted trees (CatBoost, which has to
be installed beside), for markup beside another regression, on `context` of its answers and the same features again. The trees
of markup also see the elements around a line (transforms/cleaning/markup_boxes.py).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.body_documents import ROTATIONS, Document, documents_of, made_of
from bench.body_trees import fit_trees
from bench.word_weights import WordCount
from copydesk.flows.wiring import tables
from copydesk.transforms.models.body_model import BOX_NAMES, CONTEXT, MARKUP_NAMES, PLAIN_NAMES, BodyModel, context
from copydesk.transforms.models.wording import Wording

PENALTY = 1e-4
"""How much great weights cost."""
SHARE_OF_TREES = 0.7
"""What the trees weigh in the score of a line of markup; the rest is the second regression's."""


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray, penalty: float) -> np.ndarray:
    """The weights of a logistic regression, by Newton's steps; the bias, the first column, costs nothing."""
    b = np.zeros(x.shape[1])
    cost = np.full(len(b), 2 * penalty)
    cost[0] = 1e-9
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        slope = x.T @ (w * (p - y)) + cost * b
        bend = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(cost + 1e-9)
        step = np.linalg.solve(bend, slope)
        b -= step * min(1.0, 2.0 / np.abs(step).max())
        if np.abs(step).max() < 1e-3:
            break
    return b


def train(documents: Sequence[Document], names: Sequence[str], count: WordCount | None) -> list[list[dict[str, str]]]:
    """The table of weights and the one of trees, as `BodyModel.parse` reads them.

    What the words of a page weigh is learnt from the other outlets among the documents; `None` for markup, without words.
    """
    documents = _worded(documents, names, count) if count else documents
    size = len(names) - len(BOX_NAMES) if names is MARKUP_NAMES else len(names)
    chosen = [(document, document.near()) for document in documents]
    x = np.vstack([document.rows[at] for document, at in chosen])
    y = np.concatenate([document.labels[at] for document, at in chosen])
    w = np.concatenate([one.weights[at] * one.weights.sum() / max(1e-9, one.weights[at].sum()) for one, at in chosen])
    first = np.round(fit(x[:, :size], y, w / len(documents), PENALTY), 3)
    seen = np.vstack([context(document.rows[:, :size] @ first, document.words)[at] for document, at in chosen])
    z, columns = np.hstack([seen, x[:, 1:]]), [*CONTEXT, *names[1:]]
    weights = dict(zip(names[:size], first, strict=True))
    if names is PLAIN_NAMES:
        return [[{"feature": name, "first": f"{weight:.3f}"} for name, weight in weights.items()], fit_trees(z, y, w, columns)]
    seen_first = columns[: len(CONTEXT) + size - 1]
    second = (1 - SHARE_OF_TREES) * fit(z[:, : len(seen_first)], y, w / len(documents), PENALTY)
    return [
        [_weights(name, weights.get(name), weight) for name, weight in zip(seen_first, second, strict=True)],
        fit_trees(z, y, w, columns, SHARE_OF_TREES),
    ]


def _worded(documents: Sequence[Document], names: Sequence[str], count: WordCount) -> list[Document]:
    """The documents, the words of each weighed by the other outlets among them."""
    told = count.of(document.outlet for document in documents)
    outlets = {document.outlet for document in documents}
    known = {outlet: Wording.parse(count.rows(count.weights(told - count.of([outlet])))) for outlet in outlets}
    return [document.worded(known[document.outlet], names) for document in documents]


def _weights(name: str, first: float | None, second: float) -> dict[str, str]:
    return {"feature": name, "first": "" if first is None else f"{first:.3f}", "second": f"{second:.3f}"}


def model(tables_: Sequence[Sequence[dict[str, str]]], names: Sequence[str]) -> BodyModel:
    return BodyModel.parse(tables_[0], names, *tables_[1:])


def score(documents: Sequence[tuple[Document, BodyModel]]) -> str:
    """F1 of the mean precision and recall over documents, by words."""
    precision, recall = [], []
    for document, of in documents:
        kept = of.keeps(document.rows, document.words) > 0
        right = (document.words * kept * document.labels).sum()
        precision.append(right / max(1, (document.words * kept).sum()))
        recall.append(right / max(1, (document.words * document.labels).sum()))
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return f"F1 {2 * p * r / (p + r):.3f} P {p:.3f} R {r:.3f} over {len(documents)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--segments", type=Path)
    parser.add_argument("--markup", action="store_true")
    parser.add_argument("--rotate", action="store_true")
    options = parser.parse_args()
    names = MARKUP_NAMES if options.markup else PLAIN_NAMES
    documents = documents_of(options.pages, options.segments, ".html" if options.markup else ".txt")
    count = None if options.markup else WordCount(documents)
    documents += [] if options.markup else made_of(options.pages)
    if not options.rotate:
        written = ["markup", "markup_trees"] if options.markup else ["wording", "weights", "trees"]
        found = [count.rows(count.weights(count.of(one.outlet for one in documents)))] if count else []
        for name, rows in zip(written, [*found, *train(documents, names, count)], strict=True):
            _write(name, rows)
        return
    scored: list[tuple[Document, BodyModel]] = []
    for part in range(ROTATIONS):
        learnt = [one for one in documents if one.rotation != part]
        of = model(train(learnt, names, count), names)
        held = [one for one in documents if one.rotation == part and one.whole]
        if count:
            wording = Wording.parse(count.rows(count.weights(count.of(one.outlet for one in learnt))))
            held = [one.worded(wording, names) for one in held]
        told = [(one, of) for one in held]
        print(f"rotation {part}: {score(told)}")
        scored += told
    print(f"all: {score(scored)}")


def _write(table: str, rows: Sequence[dict[str, str]]) -> None:
    """Writes a table; a feature that had a row keeps its reason."""
    known = csv.DictReader(tables().get(table, "").splitlines())
    why = {row["feature"]: row["why"] for row in known if "feature" in row}
    with Path(f"seeds/tables/{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "why"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"why": why.get(row.get("feature", ""), "learnt from pages of all kinds")} for row in rows)


if __name__ == "__main__":
    main()

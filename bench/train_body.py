"""Trains the body model of `transforms/models/body_model.py` for plain text and writes seeds/tables/weights.csv and trees.csv,
or with --markup the one of `transforms/cleaning/markup_selection.py`: markup.csv and markup_trees.csv.

    python -m bench.train_body PAGES [--segments FOLDER] [--markup] [--rotate]

PAGES holds NAME.html or NAME.txt (a page flattened to text) and NAME.article.json (its gold `paragraphs`). FOLDER holds pages
with NAME.segments.json: what stands in its `wanted` and `unwanted` is known of such a page; its other lines are taught by how
its markup is cleaned, at less weight. Plain text also learns from texts made of the gold paragraphs (bench/made_texts.py).

With --rotate the outlets (the part of NAME before `_`, or the host of `url`) are parted in six, each scored by a model of the
other five, and nothing is written. First comes a logistic regression on `features`; then boosted trees (CatBoost, which has to
be installed beside), for markup beside another regression, on `context` of its answers and the same features again. The trees
of markup also see the elements around a line (transforms/cleaning/markup_boxes.py).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np

from bench.body_trees import fit_trees
from bench.made_texts import Told, made_texts
from copydesk.flows.wiring import lexicon, tables
from copydesk.transforms.cleaning.decode import decode
from copydesk.transforms.cleaning.features import features
from copydesk.transforms.cleaning.html import clean_markup, read_markup
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import Piece, split_pieces
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.roles import furniture
from copydesk.transforms.cleaning.selection import core
from copydesk.transforms.models.body_model import BOX_NAMES, CONTEXT, MARKUP_NAMES, PLAIN_NAMES, BodyModel, context
from copydesk.transforms.types import RawDocument

WORDS = re.compile(r"\w+")
RUN = 4
LATEST = date(2100, 1, 1)
MADE = 0.3
"""What a made text weighs against a page that is known whole."""
SEGMENTS, TAUGHT = 0.3, 0.5
"""What the known lines of a page of segments weigh, and all its others, against a page that is known whole."""
PENALTY = 1e-4
"""How much great weights cost."""
FAR, ONE_IN = 30, 4
"""Of lines so far from the article and from every known one, one in so many is learnt from, at as many times the weight."""
SHARE_OF_TREES = 0.7
"""What the trees weigh in the score of a line of markup; the rest is the second regression's."""
ROTATIONS = 6


class Document(NamedTuple):
    """A page's outlet; features, labels, weights and words, a row or a number for every line; whether it is known whole."""

    outlet: str
    rows: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    words: np.ndarray
    whole: bool = False

    @property
    def rotation(self) -> int:
        """Which of the parts its outlet is in."""
        return int(hashlib.sha256(self.outlet.encode()).hexdigest(), 16) % ROTATIONS

    def near(self) -> np.ndarray:
        """The numbers of the lines that are learnt from."""
        told = np.convolve(self.labels > 0, np.ones(2 * FAR + 1), "same")[: len(self.labels)] > 0
        every = np.arange(len(self.labels)) % ONE_IN == 0
        return np.flatnonzero((self.weights > 0) & (told | every))


def look(text: str, ending: str) -> tuple[Sequence[Piece], np.ndarray]:
    """The lines of a document and their features."""
    dates = DateReader(lexicon())
    if ending == ".html":
        marked = read_markup(text, None, LATEST, lexicon(), dates)
        return marked.pieces, marked.rows(lexicon().terms)
    page = Page(split_pieces(text), lexicon(), dates, LATEST)
    furniture(page)
    roles = {at: role for at, (role, _) in page.roles.items()}
    return page.pieces, features(page.pieces, roles, core(page), lexicon().terms)


def read(path: Path) -> Document | None:
    """A page that is known whole: a line is the article's where over half of its runs of four words are the gold's."""
    text = decode(path.read_bytes())
    if not isinstance(text, str):
        return None
    pieces, rows = look(text, path.suffix)
    words = np.array([piece.words for piece in pieces], float)
    return Document(outlet_of(path), rows, labelled(pieces, gold(path)[1]), evenly(words), words, whole=True)


def outlet_of(path: Path) -> str:
    """The part of a page's name before `_`."""
    return path.name.split("_", maxsplit=1)[0]


def gold(path: Path) -> tuple[str, list[str]]:
    """The title and the paragraphs of a page."""
    told = json.loads(path.with_suffix(".article.json").read_text(encoding="utf-8"))
    return told.get("title") or "", told["paragraphs"]


def read_segments(path: Path) -> Document | None:
    """A page of which some lines are known; the others are taught by how its markup is cleaned."""
    text, markup = decode(path.read_bytes()), path.with_suffix(".html").read_bytes()
    if not isinstance(text, str):
        return None
    pieces, rows = look(text, path.suffix)
    words = np.array([piece.words for piece in pieces], float)
    told = json.loads(path.with_suffix(".segments.json").read_text(encoding="utf-8"))
    lines = [" ".join(piece.text.split()) for piece in pieces]
    wanted, unwanted = (
        np.array([any(" ".join(segment.split()) in line for segment in told[name]) for line in lines], float)
        for name in ("wanted", "unwanted")
    )
    known = np.maximum(wanted, unwanted)
    taught = labelled(pieces, cleaned(markup).split("\n\n"))
    labels = np.where(known > 0, wanted, taught)
    weights = known / max(1.0, known.sum()) * SEGMENTS + np.where(known > 0, 0.0, evenly(words) * TAUGHT)
    return Document(urlsplit(told["url"]).netloc.removeprefix("www."), rows, labels, weights, words)


def cleaned(markup: bytes) -> str:
    """The article of a page of markup as it is cleaned now."""
    raw = RawDocument(
        document_id="d",
        revision=1,
        source="bench",
        source_uri="file:///page.html",
        media_type="text/html",
        data=markup,
        size=len(markup),
        sha256="h",
        received_at=datetime.now(UTC),
    )
    text = decode(markup)
    article = clean_markup(text, raw, lexicon(), DateReader(lexicon())).article if isinstance(text, str) else None
    return article.text if article else ""


def made(path: Path, number: int) -> Iterator[Document]:
    """The texts made of a page's gold paragraphs; blank lines part their lines, so each is a piece."""
    title, paragraphs = gold(path)
    for told in made_texts(title, paragraphs, number):
        pieces, rows = look("\n\n".join(line for line, _ in told), ".txt")
        words = np.array([piece.words for piece in pieces], float)
        labels, silent = _told(pieces, told)
        weights = evenly(np.where(silent, 0.0, np.maximum(1.0, words)))
        yield Document(outlet_of(path), rows, labels, np.where(silent, 0.0, weights) * MADE, words)


def _told(pieces: Sequence[Piece], told: Told) -> tuple[np.ndarray, np.ndarray]:
    """The label of each piece, and whether nothing is said of it."""
    by_text = {" ".join(line.split()): label for line, label in told}
    found = [by_text.get(" ".join(piece.text.split())) for piece in pieces]
    return np.array([label or 0.0 for label in found]), np.array([label is None for label in found])


def evenly(words: np.ndarray) -> np.ndarray:
    """Weights of lines that add up to 1: long ones weigh more."""
    weights = np.sqrt(np.maximum(1.0, words))
    return np.asarray(weights / max(1e-9, weights.sum()))


def labelled(pieces: Sequence[Piece], paragraphs: Sequence[str]) -> np.ndarray:
    """For each line whether it is the article's."""
    runs, whole = set(_runs("\n\n".join(paragraphs))), {paragraph.strip() for paragraph in paragraphs}
    return np.array([_label(piece.text, runs, whole) for piece in pieces])


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORDS.findall(text)
    return (tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1))


def _label(text: str, runs: set[tuple[str, ...]], whole: set[str]) -> float:
    own = list(_runs(text))
    return float(sum(run in runs for run in own) > len(own) / 2) if own else float(text in whole)


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


def train(documents: Sequence[Document], names: Sequence[str]) -> list[list[dict[str, str]]]:
    """The table of weights and the one of trees, as `BodyModel.parse` reads them."""
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


def documents_of(pages: Path, segments: Path | None, ending: str) -> list[Document]:
    """All that is learnt from."""
    paths = [p.with_name(p.name.replace(".article.json", ending)) for p in sorted(pages.glob("*.article.json"))]
    told = [p.with_name(p.name.replace(".segments.json", ending)) for p in sorted(segments.glob("*.json"))] if segments else []
    found = [*map(read, paths), *map(read_segments, told)]
    texts = [one for n in range(8) for at, path in enumerate(paths) for one in made(path, n * len(paths) + at)]
    return [document for document in found if document is not None and len(document.words)] + (
        texts if ending == ".txt" else []
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--segments", type=Path)
    parser.add_argument("--markup", action="store_true")
    parser.add_argument("--rotate", action="store_true")
    options = parser.parse_args()
    names = MARKUP_NAMES if options.markup else PLAIN_NAMES
    documents = documents_of(options.pages, options.segments, ".html" if options.markup else ".txt")
    if not options.rotate:
        written = ["markup", "markup_trees"] if options.markup else ["weights", "trees"]
        for name, rows in zip(written, train(documents, names), strict=True):
            _write(name, rows)
        return
    scored: list[tuple[Document, BodyModel]] = []
    for part in range(ROTATIONS):
        of = model(train([one for one in documents if one.rotation != part], names), names)
        held = [(one, of) for one in documents if one.rotation == part and one.whole]
        print(f"rotation {part}: {score(held)}")
        scored += held
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

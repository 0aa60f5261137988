"""Trains the headline rankings: seeds/tables/headline.csv for plain text, with --markup markup_headline.csv for HTML.

    python -m bench.train_headline PAGES [--segments FOLDER] [--hold-out] [--markup]

PAGES and FOLDER as in `bench.train_body`. A page teaches by which of its candidates is the gold title; a page
without a printed title teaches that none reaches the least score. A page of markup always has a headline.
"""

from __future__ import annotations

import argparse
import csv
import json
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from trafilatura.metadata import examine_meta

from bench.train_body import held_out
from copydesk.flows.wiring import lexicon, tables
from copydesk.transforms.cleaning import headline_features as headline
from copydesk.transforms.cleaning.decode import decode
from copydesk.transforms.cleaning.headlines import HEAD_REACH
from copydesk.transforms.cleaning.linked_data import linked_article
from copydesk.transforms.cleaning.markup_headline_features import features as markup_features
from copydesk.transforms.cleaning.markup_tree import parsed
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import split_pieces
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.roles import find_core, furniture, head, readers_comments
from copydesk.transforms.cleaning.selection import body
from copydesk.transforms.models.headline_model import MARKUP_NAMES, NAMES
from copydesk.transforms.words import folded

Choice = tuple[str, np.ndarray, list[int]]
"""Name of the page, a row for each candidate, and which of them print the headline."""


def read(path: Path) -> Choice | None:
    text = decode(path.read_bytes())
    known = path.with_suffix(".segments.json")
    told = known if known.exists() else path.with_suffix(".article.json")
    gold = json.loads(told.read_text(encoding="utf-8")).get("title")
    if not isinstance(text, str) or not gold:
        return None
    page = Page(split_pieces(text), lexicon(), DateReader(lexicon()), date(2100, 1, 1))
    for step in (furniture, find_core, readers_comments, body):
        step(page)
    first, kept = page.first, page.kept
    furnished = set(page.roles)
    head(page)
    signed = {at for at, (role, _) in page.roles.items() if role in ("byline", "dateline")}
    places = [at for at in headline.candidates(page.pieces, first, kept, HEAD_REACH) if at not in signed | furnished]
    rows = headline.features(headline.Setting(page.pieces, first, kept, signed, furnished, lexicon().terms), places)
    right = [n for n, at in enumerate(places) if _same(gold, page.text(at))]
    return path.name, np.array(rows).reshape(len(places), len(NAMES)), right


def read_markup(path: Path) -> Choice | None:
    """The same of a page of markup."""
    text = decode(path.read_bytes())
    known = path.with_suffix(".segments.json")
    gold = json.loads((known if known.exists() else path.with_suffix(".article.json")).read_text(encoding="utf-8")).get("title")
    tree = parsed(text) if isinstance(text, str) and gold else None
    if tree is None:
        return None
    tags = examine_meta(tree)
    headings = [one.text_content() for one in tree.iter("h1", "h2")]
    linked = linked_article(tree, None, [*headings, *([tags.title] if tags.title else [])])
    found, rows = markup_features(tree, linked.headline if linked else None, tags.sitename)
    right = [number for number, one in enumerate(found) if _same(gold, one.text)]
    return (path.name, np.array(rows).reshape(len(found), len(MARKUP_NAMES)), right) if right else None


LENIENCE = 2.5
"""What the least score is lowered by: a page has a headline more often than the rules can see one."""


def _same(gold: str, text: str) -> bool:
    a, b = folded(gold).split(), folded(text).split()
    return len(set(a) & set(b)) >= 0.8 * max(len(set(a)), len(set(b)), 1)


MARKUP_PENALTY = 3e-3
"""The penalty on the weights of the model of markup: chosen by five rotations over hosts."""

NEWS_WEIGHT = 2
"""How often a page of news counts beside one of segments, which has pages of all kinds."""


def train(choices: list[Choice], penalty: float = 1e-3) -> np.ndarray:
    """Weights by feature, then the least score: a softmax over the candidates and `none`; each printed headline is right."""
    width = choices[0][1].shape[1]
    none = np.append(np.zeros(width), 1.0)
    x = np.vstack([np.vstack([np.hstack([rows, np.zeros((len(rows), 1))]), none]) for _, rows, _ in choices])
    ends = np.cumsum([len(rows) + 1 for _, rows, _ in choices])
    starts = np.concatenate([[0], ends[:-1]])
    of = np.repeat(np.arange(len(choices)), ends - starts)
    right = np.zeros(len(x))
    for number, (_, _, places) in enumerate(choices):
        right[[starts[number] + place for place in places] or [ends[number] - 1]] = 1.0

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ b
        p = np.exp(z - np.maximum.reduceat(z, starts)[of])
        p /= np.add.reduceat(p, starts)[of]
        hit = np.add.reduceat(p * right, starts) + 1e-12
        slope = x.T @ (p - p * right / hit[of]) / len(choices) + 2 * penalty * b
        return float(-np.log(hit).mean() + penalty * (b**2).sum()), slope

    return np.asarray(minimize(loss, np.zeros(width + 1), jac=True, method="L-BFGS-B").x)


def right_share(choices: list[Choice], b: np.ndarray) -> float:
    hits = []
    for _, rows, right in choices:
        z = np.append(rows @ b[:-1], b[-1] - LENIENCE)
        hits.append(int(np.argmax(z)) in (right or [len(rows)]))
    return float(np.mean(hits))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--segments", type=Path)
    parser.add_argument("--hold-out", action="store_true")
    parser.add_argument("--markup", action="store_true")
    options = parser.parse_args()
    ending, table = (".html", "markup_headline") if options.markup else (".txt", "headline")
    paths = [p.with_name(p.name.replace(".article.json", ending)) for p in sorted(options.pages.glob("*.article.json"))]
    paths += sorted(options.segments.glob(f"*{ending}")) if options.segments else []
    with ProcessPoolExecutor() as pool:
        choices = [choice for choice in pool.map(read_markup if options.markup else read, paths, chunksize=8) if choice]
    held = [c for c in choices if options.hold_out and held_out(c[0])]
    kept = [c for c in choices if not (options.hold_out and held_out(c[0]))]
    news = [c for c in kept if (options.pages / c[0]).exists()]
    weights = train(kept + news * (NEWS_WEIGHT - 1), MARKUP_PENALTY) if options.markup else train(kept)
    print(f"trained on {len(kept)}: {right_share(kept, weights):.3f}")
    if held:
        print(f"held out {len(held)}: {right_share(held, weights):.3f}")
    weights[-1] = 0.0 if options.markup else weights[-1] - LENIENCE
    names = MARKUP_NAMES if options.markup else NAMES
    why = {row["feature"]: row["why"] for row in csv.DictReader(tables().get(table, "feature,why\n").splitlines())}
    with Path(f"seeds/tables/{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight", "why"])
        for name, weight in zip([*names, "least"], weights, strict=True):
            writer.writerow([name, f"{weight:.3f}", why.get(name, "learnt from pages with gold titles")])


if __name__ == "__main__":
    main()

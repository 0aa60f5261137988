"""The boosted trees of the body model: fitted by CatBoost, whose oblivious trees ask one question a level, and as a table."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier

TREES, DEPTH, RATE, PENALTY, BORDERS = 160, 5, 0.1, 10, 64
SHARE_OF_LINES, SHARE_OF_COLUMNS, SEED = 0.7, 0.4, 0
"""Each tree is fitted to so many of the lines, and each of its levels chooses among so many of the columns, by chance."""
NEVER = 1e9
"""The border of a question that a shallow tree leaves open: no value is over it."""


def fit_trees(x: np.ndarray, y: np.ndarray, w: np.ndarray, names: Sequence[str], share: float = 1.0) -> list[dict[str, str]]:
    """The rows of a table of trees, as `transforms/models/trees.py` reads it; the same for the same input on one core.

    `share` is what the answers of the trees are multiplied by.
    """
    boosted = CatBoostClassifier(
        iterations=TREES,
        depth=DEPTH,
        learning_rate=RATE,
        l2_leaf_reg=PENALTY,
        border_count=BORDERS,
        random_seed=SEED,
        thread_count=1,
        verbose=0,
        allow_writing_files=False,
        bootstrap_type="Bernoulli",
        subsample=SHARE_OF_LINES,
        rsm=SHARE_OF_COLUMNS,
        random_strength=0,
    )
    boosted.fit(x.astype(np.float32), y.astype(int), sample_weight=w * len(w) / w.sum())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        boosted.save_model(str(path), format="json")
        told = json.loads(path.read_text(encoding="utf-8"))
    scale, bias = told["scale_and_bias"]
    bias = bias[0] if isinstance(bias, list) else bias
    return [
        _row(tree, names, scale * share, 0.0 if number else bias * share) for number, tree in enumerate(told["oblivious_trees"])
    ]


def _row(tree: dict, names: Sequence[str], scale: float, bias: float) -> dict[str, str]:  # type: ignore[type-arg]
    """A tree as a row: the columns it asks for, their borders, what each leaf adds."""
    columns = [names[split["float_feature_index"]] for split in tree["splits"]]
    borders = [split["border"] for split in tree["splits"]]
    leaves = [value * scale + bias for value in tree["leaf_values"]]
    while len(columns) < DEPTH:
        columns, borders, leaves = [*columns, columns[-1]], [*borders, NEVER], [*leaves, *[0.0] * len(leaves)]
    return {
        "columns": " ".join(columns),
        "borders": " ".join(f"{border:.9g}" for border in borders),
        "leaves": " ".join(f"{leaf:.4f}" for leaf in leaves),
    }

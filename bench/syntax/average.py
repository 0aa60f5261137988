"""Averages the weights of two pipelines, of which one learnt on from the other.

Usage: python -m bench.syntax.average ONE OTHER OUTPUT.

The average of two points of one way reads better than either: what each learnt last by chance cancels out.
"""

from __future__ import annotations

import sys

import spacy
from spacy.language import Language


def main(one: str, other: str, output: str) -> None:
    """Writes the pipeline whose weights lie halfway between two of one shape; `ValueError` where they are of two shapes."""
    nlp = averaged(spacy.load(one), spacy.load(other))
    nlp.meta["performance"] = {}
    nlp.to_disk(output)


def averaged(one: Language, other: Language) -> Language:
    """Returns the first pipeline with the mean of its weights and those of the second."""
    for name, part in one.pipeline:
        if not hasattr(part, "model"):
            continue
        for mine, theirs in zip(part.model.walk(), other.get_pipe(name).model.walk(), strict=True):
            for parameter in mine.param_names:
                if mine.has_param(parameter):
                    mine.set_param(parameter, (mine.get_param(parameter) + theirs.get_param(parameter)) / 2)
    return one


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Makes what is shipped of a trained pipeline. Usage: python -m bench.syntax.ship TREEBANKS TRAINED VERSION DATE.

The words of the treebanks that training left in the vocabulary are dropped: no result needs them. Beside the pipeline go the
lemmas that the dictionary reads otherwise, and the card: sources, licences, scores, the command.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from string import Template

import spacy

from bench.syntax.conllu import read_sentences
from bench.syntax.lemma_table import write_lemmas
from bench.syntax.score import TEST, scores
from bench.syntax.train import TRAIN
from copydesk.flows.parsing.pipelines import pipeline
from copydesk.flows.parsing.spacy_parser import load_parser

SHIPPED = Path(__file__).parents[2] / "seeds" / "pipeline"
FIRST = "training.max_steps=7000 training.invented=1500 training.eval_frequency=250"
SECOND = (
    "training.max_steps=800 training.learn_rate=0.001 training.warm=20 training.invented=3000 training.enriched=4000 "
    "training.eval_frequency=160 system.seed=18"
)
"""What the rounds of training were told; the card says it."""

CARD = Path(__file__).with_name("card.md")


def main(treebanks: str, trained: str, version: str, date: str) -> None:
    """Writes the folder that is shipped, and its card with its scores."""
    shutil.rmtree(SHIPPED, ignore_errors=True)
    shutil.copytree(trained, SHIPPED)
    nlp = spacy.load(trained)
    labels = {label for name in nlp.pipe_names for label in getattr(nlp.get_pipe(name), "labels", ())}
    strings = sorted({*labels, *spacy.blank("en").vocab.strings, "ROOT"} & set(nlp.vocab.strings))
    (SHIPPED / "vocab" / "strings.json").write_text(json.dumps(strings, ensure_ascii=False), encoding="utf-8")
    meta = json.loads((SHIPPED / "meta.json").read_text(encoding="utf-8"))
    meta.update(
        name="copydesk_news",
        version=version,
        spacy_version=">=3.8.0,<3.9.0",
        description="Tags, Universal Dependencies and names of English sentences.",
        license="CC BY-SA 4.0",
    )
    meta.pop("spacy_git_version", None)
    (SHIPPED / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    folder = Path(treebanks)
    lemmas = write_lemmas((one for name in TRAIN for one in read_sentences(folder / name)), SHIPPED)
    parser = load_parser(pipeline(str(SHIPPED)))
    table = "\n".join(row(name, scores(parser, list(read_sentences(folder / name)))) for name in TEST)
    (SHIPPED / "README.md").write_text(
        Template(CARD.read_text(encoding="utf-8")).substitute(
            version=version,
            date=date,
            first=FIRST,
            second=SECOND,
            spacy=spacy.__version__,
            lemmas=lemmas,
            table=table,
        ),
        encoding="utf-8",
    )


COLUMNS = ("tokens", "tags", "pos", "UAS", "LAS", "lemmas", "names")


def row(name: str, found: dict[str, float]) -> str:
    """Returns a line of the table of scores."""
    return f"| {name.removesuffix('.conllu')} | {' | '.join(str(found.get(column, '')) for column in COLUMNS)} |"


if __name__ == "__main__":
    main(*sys.argv[1:])

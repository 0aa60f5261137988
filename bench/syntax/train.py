"""Trains the pipeline that reads sentences. Usage: python -m bench.syntax.train TREEBANKS OUTPUT [START] [key=value ...].

TREEBANKS is a folder with the CoNLL-U files that TRAIN and DEV list; a `key=value` replaces a value of pipeline.cfg, as
`training.max_steps=4000`. With START, the folder of a trained pipeline, that one learns on, instead of a new one. Every
`eval_frequency` steps the pipeline is scored on the development files; the best so far lies in OUTPUT. One process, one thread
and a seed: the same files and the same machine give the same pipeline.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", BLIS_NUM_THREADS="1")

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.training import Example
from spacy.util import fix_random_seed, load_config, load_model, load_model_from_config, registry

from bench.syntax.conllu import read_sentences
from bench.syntax.examples import KeptExample, example, examples
from bench.syntax.invented import enriched, invented
from bench.syntax.tokenizer import set_tokenizer

TRAIN = ("en-ewt-train.conllu", "en-gum-free-train.conllu")
DEV = ("en-ewt-dev.conllu", "en-gum-free-dev.conllu")


def main(treebanks: str, output: str, *others: str) -> None:
    """Trains and writes the best pipeline."""
    start, changes = [one for one in others if "=" not in one], [one for one in others if "=" in one]
    config = load_config(Path(__file__).with_name("pipeline.cfg"), overrides=dict(map(override, changes)), interpolate=True)
    settings = config["training"]
    fix_random_seed(settings["seed"])
    nlp = load_model(start[0]) if start else load_model_from_config(config, auto_fill=True)
    set_tokenizer(nlp)
    folder = Path(treebanks)
    train = list(examples(nlp, [folder / name for name in TRAIN], settings["seed"]))
    train += [example(nlp, sentence) for sentence in invented(settings["invented"], settings["seed"])]
    written = [sentence for name in TRAIN for sentence in read_sentences(folder / name)]
    train += [example(nlp, sentence) for sentence in enriched(written, settings["enriched"], settings["seed"])]
    dev = list(examples(nlp, [folder / name for name in DEV]))[:: settings["dev_every"]]
    print(f"{len(train)} sentences to learn, {len(dev)} to choose by", flush=True)
    optimizer = registry.resolve({"it": settings["optimizer"]})["it"]
    if not start:
        nlp.initialize(lambda: train, sgd=optimizer)
    print({name: len(getattr(part, "labels", ())) for name, part in nlp.pipeline}, flush=True)
    best, began, losses = -1.0, time.time(), {}
    for step, batch in enumerate(batches(train, settings["words"], settings["seed"]), 1):
        optimizer.learn_rate = settings["learn_rate"] * rate(step, settings["warm"], settings["max_steps"])
        update(nlp, batch, optimizer, settings["dropout"], losses)
        if step % settings["eval_frequency"] == 0 or step == settings["max_steps"]:
            with nlp.use_params(optimizer.averages):
                scores = nlp.evaluate(dev)
                total = sum(scores[name] * weight for name, weight in settings["score_weights"].items())
                shown = {name: round(100 * scores[name], 1) for name in SHOWN}
                print(step, f"{time.time() - began:.0f} s {time.process_time():.0f} CPU", shown, flush=True)
                if total > best:
                    best = total
                    nlp.meta["performance"] = {**shown, "step": step}
                    nlp.to_disk(output)
            losses = {}
        if step == settings["max_steps"]:
            return


SHOWN = ("tag_acc", "pos_acc", "dep_uas", "dep_las", "ents_p", "ents_r", "ents_f")


def override(change: str) -> tuple[str, Any]:
    """Returns the key and the value of `key=value`."""
    key, _, value = change.partition("=")
    return key, json.loads(value)


def rate(step: int, warm: int, steps: int) -> float:
    """Returns the share of the learning rate at a step: rises over the first `warm` steps, and falls to a tenth at the end."""
    return min(1.0, step / warm) * (1 - 0.9 * step / steps)


def batches(train: list[KeptExample], words: int, seed: int) -> Iterator[list[KeptExample]]:
    """Yields batches of about so many words, epoch after epoch, each in its own order."""
    chance = random.Random(seed)
    while True:
        chance.shuffle(train)
        batch: list[KeptExample] = []
        size = 0
        for one in train:
            batch.append(one)
            size += len(one.predicted)
            if size >= words:
                yield batch
                batch, size = [], 0


def update(nlp: Language, batch: list[Example], optimizer: Any, dropout: float, losses: dict[str, float]) -> None:
    """Learns a batch. Unlike `Language.update` it copies no examples, so that what they have worked out is kept."""
    for _, part in nlp.pipeline:
        part.update(batch, sgd=None, losses=losses, drop=dropout)
    for _, part in nlp.pipeline:
        part.finish_update(optimizer)


if __name__ == "__main__":
    main(*sys.argv[1:])

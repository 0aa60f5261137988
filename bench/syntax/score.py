"""Scores a pipeline on treebanks it has not learnt from. Usage: python -m bench.syntax.score TREEBANKS PIPELINE [FILE ...].

Texts are cut into tokens by the pipeline itself. Attachment without punctuation, as spaCy scores it; lemmas as the program
gives them. Words a second are those of the whole parser, from texts to records, on one thread.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", BLIS_NUM_THREADS="1")

import sys
import time
from pathlib import Path

import psutil

from bench.syntax.conllu import Sentence, read_sentences
from bench.syntax.examples import example
from copydesk.flows.parsing.pipelines import pipeline
from copydesk.flows.parsing.spacy_parser import SpacyParser, load_parser

TEST = ("en-pud-test.conllu", "en-ewt-test.conllu", "en-gum-free-test.conllu")
SHOWN = {"token_f": "tokens", "tag_acc": "tags", "pos_acc": "pos", "dep_uas": "UAS", "dep_las": "LAS", "ents_f": "names"}
TOGETHER = 30
"""Sentences that are timed as one document."""


def main(treebanks: str, folder: str, *names: str) -> None:
    """Prints the scores of a pipeline, a file a line, then its speed and its memory."""
    process = psutil.Process()
    before, began = process.memory_info().rss, time.process_time()
    parser = load_parser(pipeline(folder))
    print(f"load {time.process_time() - began:.1f} s CPU, {(process.memory_info().rss - before) / 1e6:.0f} MB")
    for name in names or TEST:
        sentences = list(read_sentences(Path(treebanks) / name))
        print(name, scores(parser, sentences), flush=True)


def scores(parser: SpacyParser, sentences: list[Sentence]) -> dict[str, float]:
    """Returns the scores of a file's sentences in percent, and words a second."""
    nlp = parser._nlp
    found = nlp.evaluate([example(nlp, sentence) for sentence in sentences])
    right = {shown: round(100 * float(found[key]), 1) for key, shown in SHOWN.items() if found.get(key) is not None}
    if sentences[0].mentions is None:
        right.pop("names", None)
    began, words, same, matched = time.process_time(), 0, 0, 0
    for start in range(0, len(sentences), TOGETHER):
        part = sentences[start : start + TOGETHER]
        for sentence, parse in zip(part, parser.parse([one.text for one in part]), strict=True):
            words += len(parse)
            lemmas = {(token.start, token.end): token.lemma for token in parse}
            known = [word for word in sentence.words if (word.start, word.end) in lemmas]
            matched += len(known)
            same += sum(lemmas[word.start, word.end] == word.lemma for word in known)
    return {**right, "lemmas": round(100 * same / matched, 1), "words a second": round(words / (time.process_time() - began))}


if __name__ == "__main__":
    main(*sys.argv[1:])

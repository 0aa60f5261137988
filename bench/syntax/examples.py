"""Examples to train on: a treebank's sentences beside their text as the tokenizer cuts it, and copies as news prints them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.training import Example

from bench.syntax.conllu import Sentence, Word, read_sentences
from bench.syntax.docs import document

COPIED = 0.12
"""The share of sentences that are learnt a second time, printed in another way."""


class KeptExample(Example):
    """An example that works out how its two sides match once, and not anew each time it is learnt."""

    def get_aligned(self, field: str, as_string: bool = False) -> Any:
        return self._kept((field, as_string), super().get_aligned, field, as_string)

    def get_aligned_parse(self, projectivize: bool = True) -> Any:
        return self._kept(("parse", projectivize), super().get_aligned_parse, projectivize)

    def get_aligned_ner(self) -> Any:
        return self._kept("ner", super().get_aligned_ner)

    def _kept(self, key: object, make: Any, *arguments: Any) -> Any:
        kept = self.__dict__.setdefault("kept", {})
        if key not in kept:
            kept[key] = make(*arguments)
        return kept[key]


def examples(nlp: Language, paths: list[Path], seed: int | None = None) -> Iterator[KeptExample]:
    """Yields an example for each sentence of the files, and with a seed copies of some of them."""
    chance = random.Random(seed)
    for path in paths:
        for sentence in read_sentences(path):
            yield example(nlp, sentence)
            if seed is not None and chance.random() < COPIED:
                yield example(nlp, chance.choice(COPIES)(sentence))


def example(nlp: Language, sentence: Sentence) -> KeptExample:
    """Returns a sentence's text as the tokenizer cuts it, with the sentence as it should be read."""
    gold = document(sentence, nlp.vocab)
    return KeptExample(nlp.make_doc(gold.text), gold)


def in_capitals(sentence: Sentence) -> Sentence:
    """Returns the sentence as a headline in capitals."""
    return changed(sentence, str.upper)


def in_small_letters(sentence: Sentence) -> Sentence:
    """Returns the sentence in small letters."""
    return changed(sentence, str.lower)


def with_dashes(sentence: Sentence) -> Sentence:
    """Returns the sentence with the other kind of dash: `--` for `—`, and the reverse."""
    dashes = {"--": "—", "—": "--", "–": "--"}
    return changed(sentence, lambda text: dashes.get(text, text))


def without_stop(sentence: Sentence) -> Sentence:
    """Returns the sentence without the stop at its end, as captions and headings have none."""
    words, last = sentence.words, len(sentence.words) - 1
    if last < 1 or words[last].text != "." or any(word.head == last for word in words[:last]):
        return sentence
    return replace(sentence, text=sentence.text[: words[last].start].rstrip(), words=words[:last])


COPIES = (in_capitals, in_small_letters, with_dashes, without_stop)


def changed(sentence: Sentence, change: Any) -> Sentence:
    """Returns a sentence whose words are changed one by one, with new spans."""
    words: list[Word] = []
    text = ""
    for word, before in zip(sentence.words, (None, *sentence.words), strict=False):
        gap = sentence.text[before.end : word.start] if before is not None else ""
        start = len(text) + len(gap)
        form = change(word.text)
        words.append(replace(word, text=form, start=start, end=start + len(form)))
        text += gap + form
    return replace(sentence, text=text, words=tuple(words))

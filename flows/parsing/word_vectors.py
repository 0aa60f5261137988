"""Remembers what the first layer of a pipeline makes of a word: it looks at the word alone, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Key = tuple[int, int]
"""A word and its norm, as spaCy's numbers."""

WORDS_OWN = frozenset({"NORM", "PREFIX", "SUFFIX", "SHAPE", "LOWER", "ORTH"})
"""Features of a word and its norm alone."""


def remember_words(nlp: Language, most: int) -> None:
    """Lets a pipeline remember the vectors of words, `most` at once; one whose first layer looks at more is left as it is."""
    from spacy.attrs import intify_attr
    from thinc.api import Model

    if "tok2vec" not in nlp.pipe_names:
        return
    component: Any = nlp.get_pipe("tok2vec")
    layers = component.model.layers
    features = layers[0].layers[0] if layers and layers[0].layers else None
    if features is None or features.name != "extract_features":
        return
    if set(map(intify_attr, features.attrs["columns"])) <= set(map(intify_attr, WORDS_OWN)):
        vectors = WordVectors(layers[0], most)
        layers[0] = Model("remembered", lambda _, docs, is_train: (vectors.of(docs), lambda gradient: gradient))


class WordVectors:
    """The vectors of words that a layer has made, in a table that is emptied when it is full."""

    def __init__(self, layer: Any, most: int) -> None:
        self._layer = layer
        self._rows: dict[Key, int] = {}
        self._table = numpy.empty((most, layer.get_dim("nO")), dtype=numpy.float32)

    def of(self, docs: Sequence[Doc]) -> list[Any]:
        """The vectors of the tokens of each sentence."""
        keys = [[(word, norm) for word, norm in doc.to_array(["ORTH", "NORM"]).tolist()] for doc in docs]
        words = dict.fromkeys(key for sentence in keys for key in sentence)
        if len(words) > len(self._table):
            return list(self._layer.predict(docs))
        if len(self._rows) + len(words) > len(self._table):
            self._rows.clear()
        if new := [key for key in words if key not in self._rows]:
            self._add(new, docs[0])
        return [self._table[numpy.array([self._rows[key] for key in sentence], dtype=numpy.intp)] for sentence in keys]

    def _add(self, new: Sequence[Key], beside: Doc) -> None:
        """Makes the vectors of words that are not in the table."""
        from spacy.tokens import Doc

        doc = Doc(beside.vocab, words=[beside.vocab.strings[word] for word, _ in new])
        norms: Any = numpy.array([[norm] for _, norm in new], dtype=numpy.uint64)
        doc.from_array(["NORM"], norms)
        first = len(self._rows)
        self._table[first : first + len(new)] = self._layer.predict([doc])[0]
        self._rows.update((key, first + number) for number, key in enumerate(new))

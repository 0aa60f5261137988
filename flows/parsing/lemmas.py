"""Lemmas by simplemma's dictionary, with the words that it reads otherwise than the treebanks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

INFLECTED = frozenset("NNS NNPS VBD VBN VBZ VBG VBP JJR JJS RBR RBS".split())
"""The tags of forms that are not their own lemma; any other word is its lemma, in small letters unless it is a name."""

FILE = "lemmas.json"
"""The file of a pipeline that holds its words: `{"tag": {"form": "lemma"}}`."""


class Lemmas:
    """Gives the dictionary form of words; built once from the words that the dictionary reads otherwise."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self._words = words

    @classmethod
    def beside(cls, pipeline: Path) -> Lemmas | None:
        """The lemmas that lie in a pipeline's folder; `None` where it has none, because the pipeline gives its own."""
        file = pipeline / FILE
        return cls(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None

    def lemma(self, form: str, pos: str, tag: str) -> str:
        """The lemma of a form with its part of speech (Universal Dependencies) and its tag (Penn).

        >>> Lemmas({"VBD": {"found": "find"}}).lemma("found", "VERB", "VBD"), Lemmas({}).lemma("Injured", "VERB", "VBN")
        ('find', 'injure')
        """
        plain = form if pos == "PROPN" else form.lower()
        listed = self._words.get(tag, {}).get(plain)
        if listed is not None or tag not in INFLECTED:
            return listed or plain
        from simplemma import lemmatize

        return str(lemmatize(plain, lang="en"))

"""Cuts sentences into tokens as the tokenizer of a spaCy pipeline does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MARKS = str.maketrans("“”„«»‘’‚–―\u00a0\u202f\u2009\t\n", '"""""\'\'\'——' + " " * 5)
"""Marks that are read as one: one character for another, so that no span moves."""

RUN = re.compile(r"\S+")
"""What stands between blanks: spaCy cuts each of them for itself."""

LONGEST = 40
"""Characters of the longest run that is remembered."""

BEGINS, GOES_ON = 1, 2**64 - 1
"""What spaCy's columns say of a token that begins a sentence, and of one that does not."""

Cut = tuple[tuple[str, str | None], ...]
"""The tokens of a run, each with its norm where that is not its word's own: `n't` is `not`."""


class Cutter:
    """Remembers how each run between blanks is cut.

    spaCy's own memory of cut runs is off while it gives memory back: cutting took a tenth of the time of all facts.
    """

    def __init__(self, nlp: Language, remembered: int) -> None:
        self._nlp = nlp
        self._remembered = remembered
        self._runs: dict[str, Cut] = {}

    def cut(self, text: str) -> tuple[Doc, list[int]]:
        """The tokens of a sentence, blanks left out, as a document of one sentence; and where each begins in the text."""
        from spacy.tokens import Doc

        plain = text.translate(MARKS)
        words: list[str] = []
        spaces: list[bool] = []
        starts: list[int] = []
        norms: list[tuple[int, str]] = []
        for run in RUN.finditer(plain):
            at, end = run.span()
            for word, norm in self._cut(run.group()):
                if norm is not None:
                    norms.append((len(words), norm))
                words.append(word)
                starts.append(at)
                at += len(word)
            spaces += [False] * (len(words) - len(spaces) - 1)
            spaces.append(plain.startswith(" ", end))
        doc = Doc(self._nlp.vocab, words=words, spaces=spaces)
        for number, norm in norms:
            doc[number].norm_ = norm
        if words:
            begins: Any = numpy.full((len(words), 1), GOES_ON, dtype=numpy.uint64)
            begins[0] = BEGINS
            doc.from_array(["SENT_START"], begins)
        return doc, starts

    def _cut(self, run: str) -> Cut:
        found = self._runs.get(run)
        if found is None:
            found = tuple(
                (token.text, token.norm_ if token.norm_ != token.lex.norm_ else None) for token in self._nlp.tokenizer(run)
            )
            if len(run) <= LONGEST:
                if len(self._runs) >= self._remembered:
                    self._runs.clear()
                self._runs[run] = found
        return found

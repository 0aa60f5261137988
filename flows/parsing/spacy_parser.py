"""The port `Parser` over a spaCy pipeline: a document at a time, on one thread, so that no parse depends on what else runs."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from copydesk.flows.parsing.cutting import Cutter
from copydesk.flows.parsing.greedy import annotated
from copydesk.flows.parsing.lemmas import Lemmas
from copydesk.flows.parsing.pipelines import Pipeline
from copydesk.flows.parsing.relations import Node, clear_style, universal
from copydesk.flows.parsing.repairs import repair
from copydesk.flows.parsing.word_vectors import remember_words
from copydesk.transforms.facts.syntax import Parse, Token
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NAMES = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "event",
}
"""Kinds of names by the labels of pipelines; what other labels mark (dates, amounts) is no name."""

NEEDED = ("parser",)
"""Components without which a pipeline is of no use here."""

REMEMBERED = 20_000
"""Words that are remembered over documents, about 10 MB: to cut a word that is known costs a tenth of cutting a new one."""

ATTRIBUTES = ("POS", "TAG", "DEP", "ENT_TYPE", "HEAD")
"""What is read of all tokens of a sentence at once; one by one costs three times as much."""


class SpacyParser:
    """Reads sentences with a loaded pipeline; `load_parser` makes one. Only one thread of a process may use it."""

    def __init__(self, nlp: Language, name: str, lemmas: Lemmas | None) -> None:
        self.name = name
        self._nlp = nlp
        self._lemmas = lemmas
        self._cutter = Cutter(nlp, REMEMBERED)
        parser: Any = nlp.get_pipe("parser")
        self._universal = not clear_style(parser.labels)
        self._words: dict[int, str] = {}
        self._zone, self._most = ExitStack(), 0

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """The parse of each sentence of one document, in their order; spans are characters of the sentence's text.

        What spaCy remembers of words it has met is given back once they are many: a long run needs no more memory than a
        short one.
        """
        if not texts:
            return []
        self._forget()
        cut = [self._cutter.cut(text) for text in texts]
        docs = annotated(self._nlp, [doc for doc, _ in cut])
        return [tuple(self._tokens(doc, starts, text)) for doc, (_, starts), text in zip(docs, cut, texts, strict=True)]

    def _forget(self) -> None:
        """Gives back the memory of the words met so far where they are over `REMEMBERED`."""
        if len(self._nlp.vocab) >= self._most:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._most = len(self._nlp.vocab) + REMEMBERED

    def _tokens(self, doc: Doc, starts: Sequence[int], text: str) -> Iterator[Token]:
        columns = doc.to_array(list(ATTRIBUTES)).T.tolist() if len(doc) else [[]] * len(ATTRIBUTES)
        poses, tags, relations, names = ([self._word(number) for number in column] for column in columns[:4])
        heads = [at + _signed(step) for at, step in enumerate(columns[4])]
        words = [token.text for token in doc]
        if not self._universal:
            heads, relations = self._as_universal(doc, poses, heads, relations)
        repair(words, poses, tags, heads, relations)
        root = next((number for number, head in enumerate(heads) if head == number), 0)
        for number, (word, start) in enumerate(zip(words, starts, strict=True)):
            head, relation = heads[number], relations[number]
            if head == number:  # a second root hangs on the first
                head, relation = root, "root" if number == root else "parataxis"
            yield Token(
                text=text[start : start + len(word)],
                start=start,
                end=start + len(word),
                lemma=self._lemmas.lemma(word, poses[number], tags[number]) if self._lemmas else doc[number].lemma_,
                pos=poses[number],
                tag=tags[number],
                head=head,
                relation=relation,
                name=NAMES.get(names[number], ""),
            )

    def _word(self, number: int) -> str:
        """The word of a number of spaCy's: a part of speech, a tag, a relation, a kind of name."""
        found = self._words.get(number)
        if found is None:
            found = self._words[number] = self._nlp.vocab.strings[number] if number else ""
        return found

    @staticmethod
    def _as_universal(
        doc: Doc, poses: Sequence[str], heads: Sequence[int], relations: Sequence[str]
    ) -> tuple[list[int], list[str]]:
        """Heads and relations of spaCy's own style as Universal Dependencies have them."""
        nodes = [
            Node(pos=pos, lemma=token.lemma_, head=head, relation=relation)
            for token, pos, head, relation in zip(doc, poses, heads, relations, strict=True)
        ]
        universal(nodes)
        return [node.head for node in nodes], [node.relation for node in nodes]


def _signed(step: int) -> int:
    """A distance to a head, which spaCy gives as an unsigned number of 64 bits."""
    return step - 2**64 if step >= 2**63 else step


def load_parser(pipeline: Pipeline) -> SpacyParser:
    """A parser over a pipeline, loaded: half a second to several seconds and about 100 MB of memory or more.

    Raises PermanentError that names the pipeline and the remedy where it cannot be loaded.
    """
    remedy = (
        "Install what it needs into this environment, or take pipeline out of the settings to use the shipped one. "
        "Where there is too little memory its libraries say such things as well."
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import spacy

            nlp = spacy.load(pipeline.folder)
        except (ImportError, OSError, ValueError, KeyError) as error:
            reason = str(error).partition("\n")[0]
            raise PermanentError(f"The pipeline {pipeline.folder} cannot be loaded: {reason} {remedy}") from error
    missing = [name for name in NEEDED if name not in nlp.pipe_names]
    if missing:
        raise PermanentError(f"The pipeline {pipeline.folder} has no {' and no '.join(missing)}: it gives no syntax. {remedy}")
    _keep_to_one_thread()
    remember_words(nlp, REMEMBERED)
    return SpacyParser(nlp, pipeline.name, Lemmas.beside(pipeline.folder))


def _keep_to_one_thread() -> None:
    """Lets PyTorch, where a pipeline has loaded it, use one thread: results vary by their number, and forks hang."""
    torch: Any = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)

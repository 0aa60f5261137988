"""From a treebank's sentences to spaCy's documents."""

from __future__ import annotations

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bench.syntax.conllu import Sentence
from bench.syntax.names import name_spans
from copydesk.flows.parsing.cutting import MARKS


def document(sentence: Sentence, vocab: Vocab) -> Doc:
    """Returns a document of one sentence with its tags, tree, lemmas and, where the treebank has mentions, names."""
    words = sentence.words
    ends = [word.start for word in words[1:]] + [len(sentence.text)]
    doc = Doc(
        vocab,
        words=[word.text.translate(MARKS) for word in words],
        spaces=[word.end < end for word, end in zip(words, ends, strict=True)],
        tags=[word.tag for word in words],
        pos=[word.pos for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head for word in words],
        deps=["ROOT" if word.head == index else word.relation for index, word in enumerate(words)],
    )
    if sentence.mentions is not None:
        doc.set_ents([Span(doc, first, end, label=kind) for first, end, kind in name_spans(sentence)])
    return doc

"""Runs the components of a spaCy pipeline over the sentences of a document.

The components that read a sentence from left to right (the parser, the names) are driven a step at a time from here. Their own
loop lets go of the interpreter's lock and takes it again several times for every word, for the sake of other threads; there
are none, and that took half of their time. The steps and what is chosen at each are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 256
"""Sentences that go through a component together, at most."""

TOGETHER = BATCH // 4
"""Sentences, of about one length, that are read from left to right together, at most; spaCy takes as many."""


def annotated(nlp: Language, docs: Sequence[Doc]) -> list[Doc]:
    """The same sentences with all that the components of a pipeline say of them."""
    docs = list(docs)
    for _, component in nlp.pipeline:
        if _is_greedy(component):
            ordered = sorted(docs, key=len)
            for first in range(0, len(ordered), TOGETHER):
                _read(component, ordered[first : first + TOGETHER])
        elif hasattr(component, "pipe"):
            docs = list(component.pipe(docs, batch_size=BATCH))
        else:
            docs = [component(doc) for doc in docs]
    return docs


def _is_greedy(component: Any) -> bool:
    """Whether a component reads from left to right and goes back on nothing: not one that keeps several readings (a beam)."""
    from spacy.pipeline.transition_parser import Parser

    return isinstance(component, Parser) and component.cfg["beam_width"] == 1


def _read(component: Any, docs: Sequence[Doc]) -> None:
    """Reads some sentences, each from left to right, all a step at a time."""
    states = component.moves.init_batch(docs)
    waiting = [state for state in states if not state.is_final()]
    if waiting:
        reader = component.model.predict(docs)
        scores = _scores(component.model, reader)
        while waiting:
            waiting = component.transition_states(waiting, scores(waiting))
        reader.clear_memory()
    component.set_annotations(docs, states)


def _scores(model: Any, reader: Any) -> Callable[[Sequence[Any]], Any]:
    """What gives the scores of all steps that may come next, a row for each sentence.

    The plain case is put together here: the reader's own call looks at every score for steps that were never learnt.
    """
    if model.attrs["unseen_classes"] or not model.attrs["has_upper"]:
        return cast("Callable[[Sequence[Any]], Any]", reader.predict)
    tokens, hidden, upper = reader.get_token_ids, reader.state2vec.predict, reader.vec2scores
    multiplied, weights, bias = upper.ops.gemm, upper.get_param("W"), upper.get_param("b")
    return lambda waiting: multiplied(hidden(tokens(waiting)), weights, trans2=True) + bias

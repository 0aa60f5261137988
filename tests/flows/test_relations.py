"""Trees of spaCy's own English pipelines, brought to Universal Dependencies."""

from __future__ import annotations

import pytest

from copydesk.flows.parsing.pipelines import pipeline
from copydesk.flows.parsing.relations import Node, clear_style, universal
from copydesk.flows.parsing.spacy_parser import SpacyParser, load_parser

CASES = {
    "a phrase of a verb and one of a noun": (
        "Six/NUM/2/nummod men/NOUN/3/nsubj died/VERB/3/ROOT in/ADP/3/prep a/DET/6/det town/NOUN/4/pobj of/ADP/6/prep Marn/PROPN/7/pobj",
        "Six/2/nummod men/3/nsubj died/3/root in/6/case a/6/det town/3/obl of/8/case Marn/6/nmod",
    ),
    "passive with its agent": (
        "They/PRON/3/nsubjpass were/AUX/3/auxpass hurt/VERB/3/ROOT by/ADP/3/agent shells/NOUN/4/pobj",
        "They/3/nsubj:pass were/3/aux:pass hurt/3/root by/5/case shells/3/obl:agent",
    ),
    "what somebody is": (
        "Lund/PROPN/2/nsubj is/AUX/2/ROOT not/PART/2/neg mayor/NOUN/2/attr ././2/punct".replace("././", "./PUNCT/"),
        "Lund/4/nsubj is/4/cop not/4/advmod mayor/4/root ./4/punct",
    ),
    "how somebody is, in a clause": (
        "He/PRON/2/nsubj said/VERB/2/ROOT it/PRON/4/nsubj was/AUX/2/ccomp safe/ADJ/4/acomp",
        "He/2/nsubj said/2/root it/5/nsubj was/5/cop safe/2/ccomp",
    ),
    "members of a coordination": (
        "boats/NOUN/4/nsubj and/CCONJ/1/cc cars/NOUN/1/conj burnt/VERB/4/ROOT in/ADP/4/prep Marn/PROPN/5/pobj and/CCONJ/5/cc in/ADP/5/conj Torvik/PROPN/8/pobj",
        "boats/4/nsubj and/3/cc cars/1/conj burnt/4/root in/6/case Marn/4/obl and/9/cc in/9/case Torvik/6/conj",
    ),
    "a clause after a preposition": (
        "They/PRON/2/nsubj left/VERB/2/ROOT after/ADP/2/prep seeing/VERB/3/pcomp fire/NOUN/4/dobj",
        "They/2/nsubj left/2/root after/4/mark seeing/2/advcl fire/4/obj",
    ),
    "a preposition alone": ("They/PRON/2/nsubj went/VERB/2/ROOT in/ADP/2/prep", "They/2/nsubj went/2/root in/2/advmod"),
}


@pytest.mark.parametrize("name", CASES)
def test_trees(name: str) -> None:
    given, wanted = CASES[name]
    rows = [word.split("/") for word in given.split()]
    nodes = [
        Node(pos=pos, lemma={"is": "be", "was": "be", "were": "be"}.get(text, text), head=int(head) - 1, relation=relation)
        for text, pos, head, relation in rows
    ]
    universal(nodes)
    made = " ".join(f"{row[0]}/{node.head + 1}/{node.relation}" for row, node in zip(rows, nodes, strict=True))
    assert made == wanted


def test_our_own_pipeline_speaks_universal_dependencies_already() -> None:
    assert not clear_style(load_parser(pipeline())._nlp.get_pipe("parser").labels)


def test_a_pipeline_with_the_other_relations_is_brought_over() -> None:
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc

    @Language.component("told_tree")
    def told_tree(doc: Doc) -> Doc:
        heads, relations = [1, 1, 1, 2], ["nsubj", "ROOT", "prep", "pobj"]
        for token, head, relation, pos in zip(doc, heads, relations, ["NOUN", "VERB", "ADP", "PROPN"], strict=True):
            token.head, token.dep_, token.pos_ = doc[head], relation, pos
        return doc

    nlp = spacy.blank("en")
    labelled = nlp.add_pipe("parser")
    for label in ("dobj", "pobj", "prep", "nsubj"):
        labelled.add_label(label)  # type: ignore[attr-defined]
    nlp.disable_pipes("parser")
    nlp.add_pipe("told_tree")
    (parse,) = SpacyParser(nlp, "told", None).parse(["Boats burnt in Torvik"])
    assert [(token.text, token.head, token.relation) for token in parse] == [
        ("Boats", 1, "nsubj"),
        ("burnt", 1, "root"),
        ("in", 3, "case"),
        ("Torvik", 1, "obl"),
    ]

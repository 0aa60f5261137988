"""From the relations of spaCy's own English pipelines (ClearNLP) to Universal Dependencies, which the rules speak.

The two trees differ where a word of grammar is the head. In ClearNLP a preposition governs its noun and `be` governs what
somebody is; in Universal Dependencies both hang on the word that means something:

    killed -prep-> in -pobj-> town      killed -obl-> town -case-> in
    was -attr-> mayor                   mayor -cop-> was
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

RENAMED = {
    "ROOT": "root",
    "acl": "acl",
    "agent": "obl:agent",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
    "acomp": "xcomp",
    "attr": "xcomp",
    "pcomp": "advcl",
    "pobj": "obl",
    "prep": "case",
}
"""Relations that only have another name; those that are not here have the same one."""

OF_CLAUSE = frozenset(
    "nsubj nsubj:pass csubj aux aux:pass advmod mark punct obl advcl cc conj parataxis ccomp discourse".split()
)
"""What a copula hands over to the word that says what somebody is."""

NOUNS = frozenset("NOUN PROPN PRON NUM".split())


@dataclass(slots=True)
class Node:
    """A token on its way: part of speech, head (an index, its own for the root) and relation."""

    pos: str
    lemma: str
    head: int
    relation: str
    origin: str = field(default="")


def clear_style(relations: Sequence[str]) -> bool:
    """Whether the labels of a parser are ClearNLP's."""
    return bool({"dobj", "pobj"} & set(relations))


def universal(nodes: list[Node]) -> list[Node]:
    """The same sentence in Universal Dependencies; the nodes are changed in place.

    >>> was = [Node("PRON", "he", 1, "nsubj"), Node("AUX", "be", 1, "ROOT"), Node("NOUN", "mayor", 1, "attr")]
    >>> [(node.head, node.relation) for node in universal(was)]
    [(2, 'nsubj'), (2, 'cop'), (2, 'root')]
    """
    for node in nodes:
        node.origin = node.relation
        node.relation = RENAMED.get(node.relation, node.relation)
    for number in range(len(nodes)):
        _raise_object(nodes, number)
    for number in range(len(nodes)):
        _raise_predicate(nodes, number)
    _hang_conjunctions(nodes)
    return nodes


def _raise_object(nodes: list[Node], number: int) -> None:
    """Puts the object of a preposition in the preposition's place, and the preposition under it."""
    preposition = nodes[number]
    joined = preposition.origin == "conj" and preposition.pos == "ADP"  # in Torvik and in Marn
    if preposition.origin not in ("prep", "agent", "dative") and not joined:
        return
    objects = [at for at, node in enumerate(nodes) if node.head == number and at != number and node.origin in ("pobj", "pcomp")]
    if not objects:
        preposition.relation = "advmod" if preposition.origin == "prep" else preposition.relation
        return
    raised = objects[0]
    outer = preposition.head
    if joined and nodes[outer].relation == "case":
        outer = nodes[outer].head
    nodes[raised].head = outer if outer != number else raised
    nodes[raised].relation = "conj" if joined else _of_phrase(nodes, raised, preposition, outer)
    preposition.head, preposition.relation = raised, "mark" if nodes[raised].origin == "pcomp" else "case"
    for at, node in enumerate(nodes):
        if node.head == number and at not in (raised, number) and node.origin not in ("cc", "conj"):
            node.head = raised


def _of_phrase(nodes: list[Node], raised: int, preposition: Node, outer: int) -> str:
    """The relation of a phrase with a preposition: of a noun, of a verb, by somebody, to somebody."""
    noun = nodes[outer].pos in NOUNS
    if nodes[raised].origin == "pcomp":
        return "acl" if noun else "advcl"
    if preposition.origin == "agent":
        return "obl:agent"
    return "nmod" if noun else "obl"


def _raise_predicate(nodes: list[Node], number: int) -> None:
    """Puts what somebody is in the place of `be`, and `be` under it with all that hangs on the clause."""
    copula = nodes[number]
    if copula.lemma != "be" or copula.origin in ("aux", "auxpass"):
        return
    told = [at for at, node in enumerate(nodes) if node.head == number and at != number and node.origin in ("attr", "acomp")]
    if not told:
        return
    raised = told[0]
    nodes[raised].head = copula.head if copula.head != number else raised
    nodes[raised].relation = copula.relation
    for at, node in enumerate(nodes):
        if (
            node.head == number
            and at not in (raised, number)
            and (node.relation in OF_CLAUSE or node.relation.startswith("obl"))
        ):
            node.head = raised
    copula.head, copula.relation = raised, "cop"


def _hang_conjunctions(nodes: list[Node]) -> None:
    """Hangs `and` on the member that follows it, and every member on the first."""
    for number, node in enumerate(nodes):
        while node.relation == "conj" and nodes[node.head].relation == "conj" and nodes[node.head].head != node.head:
            node.head = nodes[node.head].head
        if node.relation == "cc":
            first = nodes[node.head].head if nodes[node.head].relation == "case" else node.head
            later = range(number + 1, len(nodes))
            node.head = next((at for at in later if nodes[at].relation == "conj" and _first(nodes, at) == first), first)


def _first(nodes: list[Node], member: int) -> int:
    """The first member of a coordination."""
    for _ in nodes:
        if nodes[member].relation != "conj":
            break
        member = nodes[member].head
    return member

"""How real a figure is: what the auxiliaries, negations and governing verbs of its clause say."""

from __future__ import annotations

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.syntax import Token
from copydesk.transforms.vocabulary import Modality

AUXILIARIES = {
    "will": Modality.PLANNED,
    "'ll": Modality.PLANNED,
    "’ll": Modality.PLANNED,
    "shall": Modality.PLANNED,
    "must": Modality.NEEDED,
    "may": Modality.POSSIBLE,
    "might": Modality.POSSIBLE,
    "could": Modality.POSSIBLE,
    "can": Modality.POSSIBLE,
    "would": Modality.POSSIBLE,
}
GOVERNING = {
    Modality.NEEDED: frozenset("need require demand call urge seek appeal want ask".split()),
    Modality.PLANNED: frozenset(
        "plan intend aim propose pledge promise vow hope set schedule commit prepare due target expect project agree".split()
    ),
    Modality.POSSIBLE: frozenset("fear threaten risk predict forecast anticipate project warn suppose".split()),
    Modality.DENIED: frozenset("deny refute".split()),
}
GROWS = frozenset(
    "reach rise grow be hit exceed fall top climb drop increase decline cost total double triple swell last take remain become "
    "surpass shrink lose die".split()
)
"""Verbs of what comes of itself: what is expected to reach a height is possible, what is expected to be deployed is planned."""

GIVING = frozenset("send mail give distribute deliver offer provide pay hand ship issue".split())
"""Verbs whose receivers are counted: `will mail it to 12 homes`."""

DEFINITE = frozenset({"the", "these", "those", "its", "their", "his", "her", "all"})
"""Words that make what is counted known to be: `the 12 boats will be sold`."""

NEGATORS = frozenset({"not", "never", "n't", "n’t", "nobody", "none"})


def modality_of(clauses: Clauses, counted: int, saying: frozenset[int] = frozenset()) -> str:
    """`actual`, or what the clause of a counted word says; `saying` are verbs of saying, whose own clause is another's."""
    if any(clauses.token(child).text.casefold() in DEFINITE for child in clauses.children(counted, "det", "nmod:poss")):
        return Modality.ACTUAL
    below: int | None = None
    for number in clauses.up(counted):
        token = clauses.token(number)
        lemma = token.lemma.casefold()
        if number in saying:
            promised = below is not None and clauses.token(below).relation == "xcomp" and lemma in GOVERNING[Modality.PLANNED]
            return Modality.PLANNED if promised else Modality.ACTUAL
        if token.pos in ("VERB", "AUX", "ADJ", "NOUN") and (number != counted or token.relation == "root"):
            found = _own(clauses, number) if token.pos != "NOUN" or clauses.children(number, "cop") else None
            if found is not None:
                return found
            found = _governs(clauses, lemma, number, below)
            if found is not None:
                return found
        purpose = token.relation == "advcl" and any(
            clauses.token(child).text == "to" for child in clauses.children(number, "mark")
        )
        if token.relation in ("acl:relcl", "parataxis", "root", "advcl") and not purpose:
            break
        if _in_passing(clauses, token) and not (clauses.token(token.head).lemma in GIVING and clauses.cased(number, "to")):
            break
        below = number
    return Modality.ACTUAL


def _in_passing(clauses: Clauses, token: Token) -> bool:
    """Whether a word only says where or when its verb holds: `will be sold in 12 states`, not `will rise to 12`."""
    head = clauses.token(token.head)
    adjunct = token.relation.startswith(("obl", "nmod")) and head.pos in ("VERB", "ADJ", "AUX")
    return adjunct and head.lemma.casefold() not in GROWS | {"call", "appeal", "ask"}


def _own(clauses: Clauses, number: int) -> str | None:
    """Of the auxiliaries, negators and `if` of one predicate."""
    found = None
    for child in clauses.children(number):
        token = clauses.token(child)
        lemma = token.lemma.casefold()
        word = token.text.casefold()
        if token.relation == "advmod" and (lemma in NEGATORS or word in NEGATORS) and not _only(clauses, child):
            return Modality.DENIED
        if token.relation in ("aux", "aux:pass") and (kind := AUXILIARIES.get(word) or AUXILIARIES.get(lemma)) is not None:
            found = found or kind
        if token.relation == "mark" and word == "if":
            found = found or Modality.POSSIBLE
        if token.relation == "advmod" and lemma in ("possibly", "potentially", "perhaps"):
            found = found or Modality.POSSIBLE
    return found


def _only(clauses: Clauses, number: int) -> bool:
    """Whether `only` follows: `not only 12 boats` denies nothing."""
    return number + 1 < len(clauses.tokens) and clauses.token(number + 1).text.casefold() in ("only", "just", "merely")


def _governs(clauses: Clauses, lemma: str, number: int, below: int | None) -> str | None:
    """Of a verb that governs the clause below: `plans to send 12`, `needs 12`; `expected to reach 12` is possible."""
    if below is None:
        return None
    relation = clauses.token(below).relation
    if relation not in ("xcomp", "ccomp", "obj", "obl", "nsubj:pass", "conj", "advcl", "nmod", "acl"):
        return None
    for kind, lemmas in GOVERNING.items():
        if lemma not in lemmas:
            continue
        if kind == Modality.PLANNED and relation not in ("xcomp", "ccomp", "obj", "acl"):
            continue
        if kind == Modality.PLANNED and lemma in ("expect", "project") and clauses.token(below).lemma.casefold() in GROWS:
            return Modality.POSSIBLE
        if lemma in ("set", "due", "commit", "prepare", "agree") and relation != "xcomp":
            continue
        if lemma in ("ask", "want", "seek", "urge", "call", "appeal") and relation not in ("obj", "obl", "xcomp", "ccomp"):
            continue
        if lemma == "warn" or (kind == Modality.DENIED and relation not in ("ccomp", "obj", "xcomp")):
            continue
        return kind
    return None

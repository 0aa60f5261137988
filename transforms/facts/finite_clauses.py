"""Whether some words are a clause: a finite verb with its subject."""

from __future__ import annotations

import re

from copydesk.transforms.facts.clauses import SUBJECT, Clauses
from copydesk.transforms.facts.context import Reading

FINITE = re.compile(
    r"""
    \b(?: is|are|was|were|has|have|had|will|would|could|can|can[’']t|may|might|must|should|did|does|do
      | \w+n[’']t | \w+[’'](?:s|re|ve|ll|d)                                       # wouldn’t, they’ve
      | \w{3,}ed                                                                 # rained
      | went|came|took|made|left|began|fell|rose|hit|fled|struck|died|lost|got|gave|saw|knew
      | needs?|wants?|means?|remains?|continues?|happens?|believe|think|goes|comes|takes|makes
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A word that makes a clause of what follows a verb of saying."""

OPEN_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should)(?:\s+(?:not|also|\w+ly))?$"
)
"""A verb that an aside parts from the rest of it: `The board has, according to Moss, lost 12 boats.`"""

CIRCUMSTANCE = frozenset("after before when while since because until as".split())
"""What opens a clause that tells when or why: `declared an emergency after two dams broke`."""

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Penn tags of verbs that make a clause of their own."""


def finite_clause(clauses: Clauses, start: int, end: int) -> bool:
    """Whether the parse has a clause of its own at text[start:end]: a verb that is no infinitive, with its subject there.

    `announced a payment that falls due in May` has none: its verb only tells of the noun.
    """
    first, last = clauses.from_to(start, end)
    return any(_is_told(clauses, number, first, last) for number in range(first, last))


def _is_told(clauses: Clauses, number: int, first: int, last: int) -> bool:
    """Whether a token between two others is the head of a clause that depends on nothing between them."""
    token = clauses.token(number)
    if first <= token.head < last and token.head != number and token.relation not in ("ccomp", "parataxis", "conj"):
        return False
    if not any(first <= child < number for child in clauses.children(number, *SUBJECT, "expl")):
        return False
    if any(clauses.token(child).text in CIRCUMSTANCE for child in clauses.children(number, "mark") if child > first):
        return False
    return token.tag in FINITE_TAGS or any(
        clauses.token(child).tag in FINITE_TAGS for child in clauses.children(number, "aux", "aux:pass", "cop")
    )


def has_verb(clauses: Clauses, start: int, end: int) -> bool:
    """Whether the parse has any verb there that is not hung on a noun: `a payment of 12 million` has none."""
    first, last = clauses.from_to(start, end)
    return any(_is_verb(clauses, number, first, last) for number in range(first, last))


def _is_verb(clauses: Clauses, number: int, first: int, last: int) -> bool:
    """Whether a token between two others is a verb that is neither hung on a noun nor joined to the verb before them."""
    token = clauses.token(number)
    if token.relation == "conj" and token.head < first and clauses.children(number, "cc"):
        return False
    if token.pos in ("VERB", "AUX") and not first <= token.head < last and not token.relation.startswith("advcl"):
        return True
    if token.relation in ("aux", "aux:pass", "cop"):
        return token.tag in FINITE_TAGS and clauses.token(token.head).relation != "acl:relcl"
    return token.tag in FINITE_TAGS and not token.relation.startswith(("acl", "advcl"))


def is_open(reading: Reading, number: int, start: int, end: int) -> bool:
    """Whether what stands before an aside goes on behind it: it has no finite verb yet, or only the first word of one.

    `The town, says Moss, lost 40 shops`; `The board has, according to Moss, lost 12 boats`.
    """
    before, clauses = reading.text[start:end].strip(" ,—-"), reading.clauses.get(number)
    if clauses is None or OPEN_VERB.search(before):
        return FINITE.search(before) is None or OPEN_VERB.search(before) is not None
    first, last = clauses.from_to(start, end)
    return not any(
        any(first <= child < one for child in clauses.children(one, *SUBJECT, "nsubj:pass", "expl"))
        and not _tells_of_noun(clauses, one)
        for one in range(first, last)
    )


def _tells_of_noun(clauses: Clauses, number: int) -> bool:
    """Whether a verb stands in a relative clause."""
    return any(clauses.token(above).relation == "acl:relcl" for above in clauses.up(number))

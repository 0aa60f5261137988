"""The noun that a verb leads to its number: `the deaths have climbed to 12`, `put the votes cast at 867,994`."""

from __future__ import annotations

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.noun_phrases import Noun
from copydesk.transforms.facts.nouns import noun_of
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number

LED = frozenset({"obl", "obj", "xcomp", "advmod", "nummod", "obl:npmod", "obl:unmarked"})
LEADS_TO = frozenset(
    "climb rise reach stand number total place put estimate peg hit fall drop increase swell exceed jump soar surge grow"
    " decline pass top surpass dwindle shrink remain tally".split()
)
"""Verbs that lead from what is counted to its number."""

PUTTING = frozenset({"put", "place", "estimate", "peg"})
"""Verbs that put their object at a number: `put the votes cast at 867,994`."""

RATES = frozenset({"rate", "pace", "average"})

COUNTS = frozenset({"number", "count", "tally", "toll", "figure", "total"})
"""Nouns whose number is that of what they are of: `the number of the dead in the south of the land rose to 74`."""


def governed_noun(text: str, number: Number, clauses: Clauses | None, lexicon: Lexicon) -> Noun | None:
    """The plural subject of the verb that leads to a number, or the object that it puts at it; `None` where none is."""
    token = clauses.counted(number.at, number.end) if clauses is not None else None
    if clauses is None or token is None or not number.start <= clauses.span([token])[0] < number.end:
        return None
    readers = (_put, _at_rate, _subject)
    found = next((one for read in readers if (one := read(clauses, token)) is not None), None)
    if found is None or clauses.token(found).pos != "NOUN" or clauses.token(found).tag != "NNS":
        return None
    start, end = clauses.span([found])
    return noun_of(text, start, end, lexicon) if end <= number.start else None


def _put(clauses: Clauses, token: int) -> int | None:
    """The object of a verb that puts it at a number, which a parser may hang on a participle behind: `the votes cast at`."""
    if not clauses.cased(token, "at"):
        return None
    verb = clauses.token(token).head
    if clauses.token(verb).relation == "acl":
        verb = clauses.token(clauses.token(verb).head).head
    things = clauses.children(verb, "obj") if clauses.token(verb).lemma.casefold() in PUTTING else []
    return things[0] if things else None


def _at_rate(clauses: Clauses, token: int) -> int | None:
    """The subject of what goes on at a rate: `people arrive at a rate of 1,000 a day`."""
    rate = clauses.token(token).head
    if clauses.token(rate).lemma.casefold() not in RATES or not clauses.cased(token, "of"):
        return None
    return next(iter(clauses.children(clauses.token(rate).head, "nsubj", "nsubj:pass")), None)


def _subject(clauses: Clauses, token: int) -> int | None:
    """The subject of the verb that leads to a number, or what that is a count of."""
    head = clauses.token(token).head
    verb = token if clauses.children(token, "cop") else head
    if verb == head and (clauses.token(token).relation not in LED or clauses.token(verb).lemma.casefold() not in LEADS_TO):
        return None
    subject = next(iter(clauses.children(verb, "nsubj", "nsubj:pass")), None)
    if subject is not None and clauses.token(subject).lemma.casefold() in COUNTS:
        of = [child for child in clauses.children(subject, "nmod") if clauses.cased(child, "of")]
        return of[0] if of else subject
    return subject

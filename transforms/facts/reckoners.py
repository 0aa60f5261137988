"""Who measured what a number tells: `The survey office gave a magnitude of 5.6`, `Forecasters measured winds of 90 mph`."""

from __future__ import annotations

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.governing import noun_phrase
from copydesk.transforms.numbers import Number

MEASURING = frozenset("measure record register log detect calculate reckon rate tally monitor gauge estimate".split())
"""Verbs whose subject tells a measured quantity; `measure` of a coach with a rope is no report, so the subject counts too."""

GIVING = frozenset("give put set report have list show".split())
"""Verbs whose subject tells one where their object is the quantity itself: `gave a toll of 14`."""

MEASURERS = frozenset(
    "office service agency centre center institute observatory survey bureau department ministry authority board academy "
    "laboratory network university sensor seismologist geologist scientist forecaster meteorologist expert official "
    "researcher analyst economist hydrologist monitor instrument seismograph council committee commission administration "
    "organisation organization statistician inspector".split()
)
"""What measures, and says so: of a river or a storm that records a depth nobody does."""

QUANTITIES = frozenset(
    "magnitude depth height gust wind speed temperature rainfall intensity level reading aftershock tremor quake earthquake "
    "eruption toll tally count total figure number estimate share rate loss growth area".split()
)
"""Nouns of what is measured."""

WITHIN = frozenset("nummod compound nmod obj obl appos conj amod obl:unmarked dep".split())
"""Relations by which a number belongs to what a verb has for its object."""


def reckoned_by(reading: Reading, number: Number) -> tuple[str, str] | None:
    """Who measured what a number tells and by which verb; `None` where it is not measured by anybody."""
    clauses = reading.clauses.get(reading.sentence_at(number.at))
    counted = clauses.counted(number.at, number.end) if clauses is not None else None
    if clauses is None or counted is None:
        return None
    quantity = _unit(reading, clauses, counted)
    for token in clauses.up(counted):
        one = clauses.token(token)
        lemma = one.lemma.casefold()
        if one.pos == "VERB":
            tells = (lemma in MEASURING and quantity) or (lemma in GIVING and _quantity(clauses, token))
            return _subject(reading, clauses, token) if tells else None
        quantity = quantity or lemma in QUANTITIES
        if one.relation not in WITHIN:
            return None
    return None


def _unit(reading: Reading, clauses: Clauses, counted: int) -> bool:
    """Whether a word is the unit of a measure: kilometres, degrees; money and goods are none."""
    known = reading.lexicon.units.get(clauses.token(counted).text.casefold())
    return known is not None and known[1] == "measurement"


def _quantity(clauses: Clauses, verb: int) -> bool:
    return any(clauses.token(child).lemma.casefold() in QUANTITIES for child in clauses.children(verb, "obj"))


def _subject(reading: Reading, clauses: Clauses, verb: int) -> tuple[str, str] | None:
    """The subject of a verb as printed and the verb's form, where the subject is one that measures."""
    for subject in clauses.children(verb, "nsubj"):
        one = clauses.token(subject)
        if one.lemma.casefold() in MEASURERS:
            start, end = noun_phrase(clauses, subject)
            return reading.text[start:end], clauses.token(verb).text.casefold()
    return None

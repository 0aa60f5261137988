"""What a number counts, and what befell it: the noun beside it, the toll before it, its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from copydesk.transforms.facts.measures import MeasureReader, Toll
from copydesk.transforms.facts.noun_phrases import Noun
from copydesk.transforms.facts.told_behind import told_around, told_behind
from copydesk.transforms.facts.victims import as_living
from copydesk.transforms.numbers import Number
from copydesk.transforms.types import Sentence
from copydesk.transforms.vocabulary import PERSON_MEASURES, Measure

LIMIT = 140
"""Characters behind a number in which what it counts is looked for."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a number counts.

    `own` is the noun beside it, `noun` that or the neighbour's noun that it stands for: in `604 sailors were killed,
    another 12 injured` the 12 has no `own` and the `noun` sailors. `toll` is a noun before it that names a measure
    (`the death toll reached 12`), `elliptical` the measure of a participle right after it (`12 injured`).
    """

    own: Noun | None
    noun: Noun | None
    toll: Toll | None
    elliptical: str | None
    befell: str | None
    """What befell the counted as the parse has it."""
    parsed: bool
    """Whether the sentence has a parse."""
    acts: bool
    """Whether the counted do what their verb says."""
    owned: bool = False
    """Whether somebody only has what is counted: schools of a town are no buildings that were hit."""
    whole: bool = False
    """Whether a part of it is counted right before: the 40 of `twelve of the 40 guests died` are not dead."""


WEIGHS = re.compile(r"\bweigh(?:s|ed|ing)?(?:\s+in\s+at)?\s+(?:only\s+|just\s+)?$")
"""What stands before tonnes that are no goods: how heavy something is."""

REACH = 30
"""Characters before a number in which its verb of weighing stands."""

DOCKET = frozenset({"cases", "case"})
LEGAL = re.compile(
    r"\b(?:investigat|court|police|prosecut|filed|fraud|theft|thefts|robber|murder|homicide|abuse|violence|corruption|lawsuit|legal"
    r"|criminal|crime|rape|assault|trial|docket|judge|judicial|tribunal|arbitration|complaint)\w*\b",
    re.IGNORECASE,
)
"""Words that say that cases are those of a court or of police and not of an illness."""


WRECKED = re.compile(
    r"""
    \s+(?:(?:were|are|was|is|have|had|has|been|being|also|still|\w+ly)\s+)*                             # were badly
    (?: damaged | destroyed | burnt | burned | gutted | razed | flattened | demolished | wrecked | inundated  # damaged
      | levelled | leveled | flooded | submerged | (?:washed|swept|blown|carried)\s+away | torched | ruined   # swept away
      | collapsed | torn\s+down | set\s+(?:on\s+fire|ablaze|alight)                                       # set ablaze
    )\b
    """,
    re.VERBOSE,
)
"""What befalls buildings: households that it befell are houses."""

WRECKING = re.compile(
    r"""
    \b(?: damag(?:ed|es|ing) | destroy(?:ed|s|ing) | burn(?:ed|t|ing) | gutted | razed | flattened | demolished  # damaged
      | wrecked | inundated | levelled | leveled | flood(?:ed|ing) | submerg(?:ed|ing)                     # flooded
      | (?:washing|washed|sweeping|swept)\s+away | torch(?:ed|ing) | ruin(?:ed|ing) | buried | burying      # sweeping away
    )
    (?:\s+(?:or|and)\s+\w+(?:ed|t))?(?:\s+beyond\s+repair)?                                            # or destroyed
    (?:\s+(?:the|another|a|further|additional|total|of|some|more|about|around|nearly|at|least))*\s+$      # about
    """,
    re.VERBOSE,
)
"""What stands before buildings that it befell: `damaged or destroyed some 700 shelters`."""

BUILT = frozenset(
    "shelters facilities premises properties stalls classrooms workshops sheds cabins kiosks establishments outbuildings "
    "greenhouses businesses dwellings warehouses garages barns centres centers stores factories mills hotels restaurants "
    "offices stations huts cottages flats temples shrines farms kindergartens posts shanties shacks bungalows chalets "
    "structures latrines barracks outhouses".split()
)
"""What is a building where it was wrecked."""

HOMES_OF = re.compile(
    r"\b(?:homes|houses|dwellings|shelters|huts|houses\s+and\s+belongings)\s+of\s+(?:(?:some|about|over|at|least|more|than|nearly|around)\s+)*$"
)
"""What families are counted for where their homes are meant: `the homes of 230 families were washed away`."""

SUPPLY_LOST = re.compile(
    r"\s+(?:(?:have|has|had|also|\w+ly)\s+)*(?:lost|(?:were|are|was|is|remained|remain|been)\s+(?:still\s+|left\s+)?without)\s+(?:power|electricity)\b"
)
"""What befalls homes that are not hit themselves: `1,200 homes lost power`."""

STATES = {
    "dead": Measure.KILLED,
    "deceased": Measure.KILLED,
    "wounded": Measure.INJURED,
    "injured": Measure.INJURED,
    "missing": Measure.MISSING,
    "killed": Measure.KILLED,
    "arrested": Measure.DETAINED,
    "detained": Measure.DETAINED,
    "kidnapped": Measure.HELD,
    "abducted": Measure.HELD,
}
"""States that stand for the persons in them: `three of the dead`, `three of the nine killed`."""


BODIES = re.compile(r"\b(?:bod(?:y|ies)|remains|corpses)\s+of\s+(?:the\s+|all\s+)?$")
INNER = re.compile(rf"\b(?P<state>{'|'.join(STATES)})\s+[a-z]+$")
STATE_BEHIND = re.compile(rf"\s+(?P<state>{'|'.join(STATES)})\b")
AMONG = re.compile(
    rf"\s+(?:(?:were|was|are|is|have\s+been|has\s+been)\s+)?(?:also\s+)?among\s+(?:the|those)\s+(?P<state>{'|'.join(STATES)})\b"
)
"""What stands behind persons that are a part of those whom something befell: `Two soldiers were among those dead`."""


class Measured(NamedTuple):
    """Measure, unit and counted phrase, and the slug of the rule that told the measure."""

    measure: str
    unit: str
    item: str | None
    rule: str


def measured(text: str, number: Number, counted: Counted, measures: MeasureReader, sentence: Sentence) -> Measured:
    """Measure, unit, item and the rule that told them.

    They are of the participle, of the toll before the number, of its noun or of its neighbour's.
    """
    if (participle := _by_state(text, counted, sentence)) is not None:
        return participle
    if counted.own is None and counted.toll is not None:
        return Measured(counted.toll.measure, "people", text[counted.toll.start : counted.toll.end], "toll")
    noun, start = counted.noun, sentence.span_start
    if noun is None or (noun.table is None and noun.word in STATES):
        state = STATES[noun.word] if noun is not None else Measure.OTHER
        return Measured(state, "people", noun.item if noun is not None else None, "guess" if noun is None else "noun")
    limit = min(sentence.span_end, number.end + LIMIT)
    noun = _weighed(text, number, _building(text, number, noun, counted, start, limit), start)
    noun = as_living(text, noun, number.end)
    if noun.word in DOCKET and (LEGAL.search(text, start, sentence.span_end) or FAULTS.search(text, start, sentence.span_end)):
        noun = replace(noun, measure=None, table=None, unit=noun.word)
    if counted.whole and (behind := STATE_BEHIND.match(text, noun.end)) is not None and noun.unit == "people":
        noun = replace(noun, measure=STATES[behind["state"]])
    if counted.whole or (noun.word in DOCKET and noun.measure is None):
        return Measured(noun.measure or Measure.OTHER, noun.unit, noun.item, "whole" if counted.whole else "noun")
    if counted.own is None and noun.start > number.end:
        measure = measures.measure(text, number.start, noun.start, noun, start, limit, parsed=counted.parsed)
        return Measured(measure, noun.unit, noun.item, "elsewhere")
    beside = _beside(text, number, noun.end if counted.own else number.end, counted, measures, (start, limit))
    befell = beside if beside is not None and noun.table != "unit" else counted.befell
    befell = _inner_state(text, number, noun) or befell if befell == Measure.KILLED else befell
    if befell is not None and _may_befall(noun, befell):
        unit = "people" if noun.table is None else noun.unit
        return Measured(befell, unit, noun.item, "beside" if beside is not None else "clause")
    if counted.acts:
        return Measured(noun.measure or Measure.OTHER, noun.unit, noun.item, noun.table or "guess")
    if counted.own is None:
        measure = measures.measure(text, number.start, number.end, None, start, limit, parsed=counted.parsed)
        told = measure if measure != Measure.OTHER else noun.measure or Measure.OTHER
        told = Measure.OTHER if noun.unit == "people" and told in NO_PERSONS else told
        return Measured(told, noun.unit, noun.item, "neighbour")
    measure = measures.measure(text, number.start, number.at, noun, start, limit, parsed=counted.parsed)
    return Measured(measure, noun.unit, noun.item, noun.table or "guess")


def _weighed(text: str, number: Number, noun: Noun, start: int) -> Noun:
    """The noun of a number; tonnes are no goods where they say how heavy something is."""
    heavy = noun.measure == Measure.AID and WEIGHS.search(text, max(start, number.start - REACH), number.start)
    return replace(noun, measure=Measure.MEASUREMENT) if heavy else noun


def _beside(
    text: str, number: Number, end: int, counted: Counted, measures: MeasureReader, bounds: tuple[int, int]
) -> str | None:
    """What the words that touch the counted, who end at text[:end], say of them; `bounds` are those of the sentence.

    Of those who act only phrases that tell it whole: `crossed the border`, not the verb of `two gunmen killed a guard`.
    """
    if not counted.acts:
        return measures.beside(text, number.start, end, *bounds)
    return told_behind(text, end, bounds[1]) or told_around(text, number.start, end, *bounds)


def _inner_state(text: str, number: Number, noun: Noun) -> str | None:
    """What a participle before the noun says of the persons: `five deaths and eight missing people`."""
    found = INNER.search(text, number.end, noun.end) if noun.unit == "people" else None
    found = None if BODIES.search(text, max(0, number.start - 30), number.start) else found
    return STATES[found["state"]] if found is not None else None


def _by_state(text: str, counted: Counted, sentence: Sentence) -> Measured | None:
    """What a participle tells of persons: `another 12 injured`, `two soldiers were among those dead`."""
    if counted.elliptical is not None:
        households = counted.noun is not None and counted.noun.table == "families"
        return Measured(counted.elliptical, counted.noun.unit if counted.noun and households else "people", None, "participle")
    own = counted.own if counted.own is not None and counted.own.unit == "people" else None
    among = AMONG.match(text, own.end, sentence.span_end) if own is not None else None
    return Measured(STATES[among["state"]], "people", own.item, "participle") if own and among else None


NO_PERSONS = frozenset({Measure.SHARE, Measure.MONEY})
"""Measures that persons never have, whatever the number before them told: `a quarter, or 3 million`."""

HARM = frozenset({Measure.KILLED, Measure.INJURED, Measure.DETAINED, Measure.HELD})
"""What befalls persons alone: a noun that no table has is one for persons where its clause says so."""


ANIMALS = frozenset(
    "cattle sheep goats cows calves horses donkeys camels pigs dogs cats chickens hens ducks birds buffaloes elephants rhinos "
    "lions whales dolphins fish livestock animals poultry heads".split()
)
"""What may be killed and stolen as well, and is nobody."""

MACHINES = frozenset(
    "tractors motors reactors detectors sensors monitors radiators generators excavators trailers containers computers "
    "printers servers boilers scooters papers drawers tankers freighters trawlers letters posters folders lighters loaders "
    "bulldozers speakers routers transformers escalators elevators projectors processors tokens cylinders carriers".split()
)
"""What ends like a noun for persons and is seized as things are."""

FAULTS = re.compile(
    r"\b(?:fault|faulty|defect|recall|recalled|recalling|malfunction|brakes?|software|airbags?|complaints?|bullying|harassment|doping)\b",
    re.IGNORECASE,
)
"""Words of an article whose cases are those of a thing or a workplace and no illness."""

PERSONISH = re.compile(r"(?:ers|ors|ists|ees|[ai]ans|men|women|people|folk|[ae]nts|eers|nauts|s[’']?\s+others)$", re.IGNORECASE)
"""Endings of nouns for persons: tokens that are seized are not held."""


def _wrecked(text: str, number: Number, noun: Noun, start: int, limit: int) -> bool:
    """Whether what is counted was damaged or destroyed, by the words that touch it."""
    return bool(WRECKED.match(text, noun.end, limit) or WRECKING.search(text, start, number.start))


def _building(text: str, number: Number, noun: Noun, counted: Counted, start: int, limit: int) -> Noun:
    """The noun with what its clause says of buildings: whether they were hit, lack power, or somebody only has them."""
    if noun.measure == Measure.BUILDINGS and counted.owned:
        noun = replace(noun, measure=Measure.OTHER)
    if noun.table == "families" and counted.own is not None and WRECKED.match(text, noun.end, limit):
        noun = replace(noun, measure=Measure.BUILDINGS, table="noun")
    if noun.table == "families" and HOMES_OF.search(text, start, number.start):
        noun = replace(noun, measure=Measure.BUILDINGS, table="noun")
    if noun.table is None and noun.word in BUILT and _wrecked(text, number, noun, start, limit):
        noun = replace(noun, measure=Measure.BUILDINGS, table="noun")
    if noun.measure == Measure.BUILDINGS and SUPPLY_LOST.match(text, noun.end, limit):
        noun = replace(noun, measure=Measure.AFFECTED)
    return noun


def _may_befall(noun: Noun, befell: str) -> bool:
    """Whether it may have befallen what is counted: persons, families, or a noun that no table has; not the dead."""
    if noun.word in ANIMALS or noun.word in MACHINES or (noun.word in DOCKET and befell == Measure.KILLED):
        return False
    if noun.measure == Measure.KILLED:
        return noun.word == "victims" and befell == Measure.INJURED
    if noun.table is None:
        return befell in HARM and (befell != Measure.HELD or PERSONISH.search(noun.word) is not None)
    return noun.table in ("person", "families") or noun.measure in PERSON_MEASURES

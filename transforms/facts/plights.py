"""What befell persons where a verb tells it only with its noun: `sustained injuries`, `lost power`, `are in shelters`."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.event_words import DISASTERS, STRIKING
from copydesk.transforms.vocabulary import Measure

SUFFERING = frozenset("sustain suffer have receive incur get".split())
"""Verbs by which somebody has an injury."""

INJURIES = frozenset("injury wound burn fracture bruise concussion laceration cut".split())

SENTENCES = frozenset({"sentence", "term"})
"""What somebody receives who goes to prison."""

FATAL = frozenset({"fatal", "deadly", "lethal"})

SUPPLIES = frozenset("power electricity".split())
"""What somebody loses who is affected."""

MEETING = frozenset("face endure weather brave experience".split())
CROSSFIRE = frozenset(
    "crossfire shelling clash fighting stampede crush fire blaze wildfire blizzard avalanche landslide tornado explosion "
    "blast".split()
)
"""Verbs by which somebody meets a disaster, and what somebody is caught in beside one."""

SHELTER = frozenset("shelter".split())

CENTRES = frozenset("centre center camp site".split())

REFUGES = frozenset("evacuation relief displacement reception emergency temporary collective transit".split())
"""Words that make a centre a shelter: `evacuation centre`."""

GRAVE = frozenset("critical serious severe stable grave".split())
"""Conditions of somebody in a hospital."""

BEING = frozenset("be remain stay live sleep lie crowd".split())

DISMISSING = frozenset("sack dismiss fire furlough retrench".split())
"""Verbs by which somebody loses his work: he is no longer in his role."""

SEEKING = frozenset("search hunt look".split())

FUGITIVES = frozenset(
    "suspect gunman attacker robber killer thief assailant fugitive inmate prisoner escapee bomber shooter perpetrator "
    "culprit raider bandit militant rebel insurgent fighter recruit candidate volunteer donor employee staff buyer".split()
)
"""Persons who are sought and are not missing."""

HUNTERS = frozenset("police detective company firm club".split())
"""Who seeks persons that are not missing."""

NAMING = frozenset({"identify", "name"})

DEAD = frozenset("dead deceased body fatality".split())


def plight(clauses: Clauses, verb: int, relation: str) -> str | None:
    """What a verb tells with its noun of the persons that have a relation to it; `None` where it tells nothing."""
    lemma = _lemma(clauses, verb)
    if relation in ("obj", "nsubj:pass"):
        if lemma in STRIKING and relation == "nsubj:pass":
            doers = {_lemma(clauses, child) for child in clauses.children(verb, "obl", "obl:agent")}
            return None if doers.isdisjoint(DISASTERS) else Measure.AFFECTED
        off = any(_lemma(clauses, child) == "off" for child in clauses.children(verb))
        return Measure.OTHER if lemma in DISMISSING or (lemma == "lay" and off) else None
    if relation != "nsubj" or clauses.negated(verb):
        return None
    things = [child for child in clauses.children(verb, "obj") if not _denied(clauses, child)]
    if lemma in ("receive", "get", "serve", "face") and any(_lemma(clauses, child) in SENTENCES for child in things):
        return Measure.DETAINED if lemma != "face" else None
    if lemma in SUFFERING and (hurt := _hurt(clauses, things)) is not None:
        return hurt
    if lemma == "escape":
        return _hurt(clauses, [child for child in clauses.children(verb, "obl", "nmod") if clauses.cased(child, "with")])
    if lemma in INJURIES and any(_lemma(clauses, child) == "sustained" for child in clauses.children(verb, "amod")):
        return _hurt(clauses, [verb])  # a parser takes the verb for an adjective: `four people sustained injuries`
    if lemma == "lose" and any(_lemma(clauses, child) in SUPPLIES for child in things):
        return Measure.AFFECTED
    within = clauses.children(verb, "obl", "nmod") if lemma in BEING else [verb]
    return next((found for child in within if (found := whereabouts(clauses, child)) is not None), None)


def met(clauses: Clauses, verb: int, relation: str) -> str | None:
    """What befell who faced a disaster, was caught in one, or had nowhere to stay."""
    if not relation.startswith("nsubj") or clauses.negated(verb):
        return None
    lemma, below = _lemma(clauses, verb), clauses.children(verb)
    if lemma == "have" and any(_lemma(clauses, child) == "nowhere" for child in below):
        return Measure.DISPLACED
    things = [_lemma(clauses, child) for child in clauses.children(verb, "obj")]
    caught = lemma == "catch" and not things and any(_struck_in(clauses, child) for child in below)
    return Measure.AFFECTED if caught or (lemma in MEETING and not DISASTERS.isdisjoint(things)) else None


def whereabouts(clauses: Clauses, number: int) -> str | None:
    """What befell who is in what a noun names: a shelter, a severe condition; `None` where it is neither."""
    if not clauses.cased(number, "in", "at"):
        return None
    lemma = _lemma(clauses, number)
    beside = {_lemma(clauses, child) for child in clauses.children(number, "amod", "compound")}
    if lemma in SHELTER or (lemma in CENTRES and not beside.isdisjoint(REFUGES)):
        return Measure.SHELTERING
    return Measure.INJURED if lemma == "condition" and not beside.isdisjoint(GRAVE) else None


def sought(clauses: Clauses, number: int) -> str | None:
    """What befell who is searched for, with whom contact was lost, whom the dead were identified as; `None` of others."""
    head = clauses.token(number).head
    if clauses.cased(number, "with") and _out_of_contact(clauses, head):
        return Measure.MISSING
    verb = _lemma(clauses, head)
    before = {_lemma(clauses, child) for child in clauses.children(head, "nsubj", "nsubj:pass", "obj", "compound")}
    if clauses.cased(number, "as") and verb in NAMING and not before.isdisjoint(DEAD):
        return Measure.KILLED
    hunted = clauses.cased(number, "for") and verb in SEEKING and _lemma(clauses, number) not in FUGITIVES
    return Measure.MISSING if hunted and before.isdisjoint(HUNTERS) else None


def _struck_in(clauses: Clauses, number: int) -> bool:
    """Whether somebody is caught in a disaster or in fighting, and not in a lie or a raid: `caught in the blizzard`."""
    return clauses.cased(number, "in") and _lemma(clauses, number) in DISASTERS | CROSSFIRE


def _hurt(clauses: Clauses, things: Sequence[int]) -> str | None:
    """What injuries make of who has them."""
    for child in things:
        if _lemma(clauses, child) in INJURIES:
            fatal = any(_lemma(clauses, one) in FATAL for one in clauses.children(child, "amod"))
            return Measure.KILLED if fatal else Measure.INJURED
    return None


def _out_of_contact(clauses: Clauses, head: int) -> bool:
    """Whether a word tells that contact was lost: `lost contact with 24 soldiers`, `contact with 24 soldiers was lost`."""
    above = clauses.token(head).head
    near = {head, above, *clauses.children(head), *clauses.children(above)}
    return {"contact", "lose"} <= {_lemma(clauses, number) for number in near}


def _denied(clauses: Clauses, number: int) -> bool:
    return any(_lemma(clauses, child) == "no" for child in clauses.children(number))


def _lemma(clauses: Clauses, number: int) -> str:
    return clauses.token(number).lemma.casefold()

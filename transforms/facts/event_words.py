"""Words of what befalls persons: verbs, goals and nouns beside the events table; which verbs are asked of whom."""

from __future__ import annotations

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.vocabulary import Measure

TRANSPARENT = frozenset(
    "number total group crowd handful batch lot part rest half majority third quarter percent per cent proportion score dozen "
    "hundred thousand million billion two three four five six seven eight nine ten eleven twelve twenty "
    "thirty forty fifty toll series string estimate figure count tally family crew team gang party squad "
    "delegation contingent".split()
)
"""Nouns that stand for what is counted: `a group of 12 miners`."""

COMPRISING = frozenset({"include", "comprise"})
"""Verbs whose object is part of their subject."""

TAKEN = {
    Measure.HELD: frozenset("prisoner hostage captive captivity".split()),
    Measure.INJURED: frozenset("hospital clinic infirmary".split()),
    Measure.DETAINED: frozenset("custody jail prison".split()),
    Measure.DISPLACED: frozenset("shelter safety".split()),
}
"""Where persons are taken, and what that makes of them."""

CARRIED = frozenset({"shift", "move", "rush", "airlift", "ferry", "transfer", "admit"})
"""Verbs by which persons are brought somewhere."""

STRIKING = frozenset({"hit", "strike", "batter", "ravage"})

DISASTERS = frozenset(
    "flood flooding deluge storm cyclone typhoon hurricane drought earthquake quake rain heatwave famine crisis disaster "
    "monsoon".split()
)
"""Verbs and nouns of what strikes many: `86,000 people were hit by the deluge`."""

ORDERING = frozenset({"order", "tell", "force", "compel"})

LEAVING = frozenset({"leave", "evacuate", "flee", "move", "abandon"})
"""Verbs by which persons are made to go, and those of going: `were ordered to leave`."""

URGING = frozenset({"lead", "prompt", "cause", "push", "send", "allow", "drive"})
"""Verbs by which something makes persons go: `led 4,000 residents to evacuate`."""

UNTRACED = frozenset({"trace", "locate", "find", "account", "recover"})
"""What has yet to be done with persons who are missing."""

SAFE_FROM = frozenset(
    "injury injuries death harm damage punishment prosecution justice arrest unhurt unharmed uninjured unscathed".split()
)
"""What somebody escapes who was no captive."""

NEEDING = frozenset({"need", "require"})
"""Verbs by which nobody does anything to what is their object."""

HUNGER = frozenset("insecurity hunger starvation famine poverty malnutrition".split())
"""What persons fall into."""

REFUGE = frozenset({"shelter", "refuge"})

GOALS = ("obl", "nmod", "advmod", "compound:prt", "advcl", "xcomp")
"""Relations of what says where somebody was taken."""

GOING = ("to", "into", "off", "on", "for", "through", "in", "aboard")

AWAY = frozenset("away captive alive there then monday tuesday wednesday thursday friday saturday sunday night".split())
"""Words that leave it open where somebody was taken."""

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ"})

STEPS = 8


def asked_to(clauses: Clauses, verb: int) -> set[str]:
    """The verbs below one that its own object or subject does: `told to leave`, not `told that two others left`."""
    below = clauses.children(verb, "xcomp", "ccomp", "advcl")
    subjects = {child: clauses.children(child, "nsubj", "nsubj:pass") for child in below}
    return {
        clauses.token(child).lemma.casefold()
        for child, found in subjects.items()
        if all(clauses.token(one).pos == "PRON" for one in found)
    }


def out_of(clauses: Clauses, verb: int) -> bool:
    """Whether a verb tells that somebody was brought out of where he was: `moved 1,650 residents out of the valley`."""
    below = clauses.children(verb, *GOALS)
    below = [*below, *(child for one in clauses.children(verb, "obj") for child in clauses.children(one, *GOALS))]
    return any(clauses.cased(goal, "out") or clauses.token(goal).lemma.casefold() == "out" for goal in below)

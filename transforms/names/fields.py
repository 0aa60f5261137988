"""Words that tell whose an office or a body is which alone is nobody's: `health` of an official, `rebel` of a spokesman."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copydesk.transforms.vocabulary import ClaimantKind

LONGEST = 4
"""Words of the longest phrase of a field."""

OFFICES = frozenset(
    "inspector inspectors operator operators engineer engineers commander commanders officer officers worker workers employee "
    "employees volunteer volunteers official officials administrator executive chief chiefs staffer commissioner commissioners "
    "captain superintendent investigator investigators secretary fighter fighters president warden planner crew".split()
) | {"senior official", "senior officials"}
"""Offices that many sorts of bodies have, beside all that speak for a body."""

BODIES = frozenset(
    "agency agencies department departments office bureau authority authorities service services commission council cell "
    "directorate division section unit squad branch secretariat administration board force forces committee taskforce team "
    "centre center command".split()
)
"""Nouns of bodies of many sorts."""

TRADES = frozenset(
    "worker workers employee employees owner owners driver drivers teacher teachers staffer farmer farmers seller sellers "
    "vendor vendors rider riders picker pickers maker makers keeper keepers cleaner cleaners attendant attendants guard "
    "guards".split()
)
"""Nouns of people who tell what they saw, whatever employs them, where no body is named: `a hotel worker`."""

SAVING = frozenset((ClaimantKind.HEALTH_AUTHORITY, ClaimantKind.AID_GROUP, ClaimantKind.UN_BODY))
"""Kinds whose workers speak of what they are sent for."""

EXPERTS = re.compile(r"[a-z]{3,}(?:olog|ograph|onom|ophysic|opath|obiolog)(?:ists?|ers?)$")
WITNESSES = re.compile(
    r"[a-z]{3,}(?:goers?|keepers?|sellers?|workers?|dwellers?|herders?|growers?|farmers?|riders?|smiths?|mongers?)$"
)
"""Endings of nouns of persons that no table lists."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Phrases in lower case with the kind of an office or body that they stand before."""

    kinds: Mapping[str, str] = field(default_factory=dict)

    def before(self, words: Sequence[str]) -> str | None:
        """The kind that the last words before an office or body tell; `None` where they tell none."""
        for first in range(max(0, len(words) - LONGEST), len(words)):
            kind = self.kinds.get(" ".join(words[first:]))
            if kind is not None:
                return kind
        return None

    def within(self, words: Sequence[str]) -> str | None:
        """The kind that a word of what an office is for tells, the last one: `director of public health`."""
        return next((kind for end in range(len(words), 0, -1) if (kind := self.before(words[:end])) is not None), None)


def kind_of_ending(words: Sequence[str]) -> str | None:
    """The kind of somebody by the ending of a noun that no table lists: `a limnologist`, `a kelp farmer`.

    >>> kind_of_ending(["limnologist"]), kind_of_ending(["old", "eelmonger"]), kind_of_ending(["river"])
    (<ClaimantKind.EXPERT: 'expert'>, <ClaimantKind.WITNESS: 'witness'>, None)
    """
    last = words[-1] if words else ""
    if EXPERTS.fullmatch(last):
        return ClaimantKind.EXPERT
    return ClaimantKind.WITNESS if WITNESSES.fullmatch(last) else None

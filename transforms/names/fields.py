"""Words that tell whose an office or a body is which alone is nobody's: `health` of an official, `rebel` of a spokesman."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from copydesk.transforms.vocabulary import ClaimantKind

LONGEST = 4
"""Words of the longest phrase of a field."""

OFFICES = frozenset(
    "inspector inspectors operator operators engineer engineers commander commanders officer officers worker workers employee "
    "employees volunteer volunteers official officials administrator executive chief chiefs staffer commissioner commissioners "
    "captain superintendent superintendents "
    "investigator investigators secretary fighter fighters president warden planner crew envoy envoys".split()
) | {"senior official", "senior officials"}
"""Offices that many sorts of bodies have, beside all that speak for a body."""

BODIES = frozenset(
    "agency agencies department departments office bureau authority authorities service services commission council cell "
    "directorate division section unit squad branch secretariat administration board force forces committee taskforce team "
    "centre center command tribunal court panel mission body".split()
)
"""Nouns of bodies of many sorts."""

SOCIETIES = frozenset(
    "network networks association associations alliance coalition coordination group groups organisation organisations "
    "organization organizations society societies foundation foundations movement forum federation union".split()
)
"""Nouns of bodies that people form: what they are for makes them relief bodies, armed ones, press or study, and no state’s."""

AREAS = frozenset("region district province zone sector state area".split())
ARMED = frozenset((ClaimantKind.MILITARY, ClaimantKind.POLICE))
"""Nouns of areas that an army or police have as parts: `the Third Army Region`."""

WORLDWIDE = frozenset(("organisation", "organization"))
"""Nouns of bodies of the United Nations, behind `World`."""

FORMED = frozenset((ClaimantKind.AID_GROUP, ClaimantKind.ARMED_GROUP, ClaimantKind.MEDIA, ClaimantKind.EXPERT))
STUDYING = frozenset("institute institutes institution academy".split())
"""Nouns of bodies that study, but for those with a duty of the state: `the Institute for Civil Defence`."""

DUTIES = frozenset(
    "civil defence,civil defense,civil protection,statistics,statistical,census,electoral,elections,customs,disaster "
    "management,emergency management,disaster risk management,disaster risk reduction,emergencies".split(",")
)
"""Fields that only a state’s bodies have."""

GRADES = frozenset("chief senior deputy assistant additional sub joint acting junior principal field desk duty".split())
"""Words before an office that tell its grade, and not whose it is."""

LEVELS = frozenset("district divisional city county state national regional provincial municipal federal".split())
"""Words before a superintendent that tell how much he has, and not what."""

ADJECTIVAL = frozenset("general major private chief principal representative head".split())
"""Nouns of persons that are adjectives too: `the General Coordination of Camps` is no general."""

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


@dataclass(frozen=True)
class Fields:
    """Phrases in lower case with the kind of an office or body that they stand before."""

    kinds: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _singular(self) -> Mapping[str, str]:
        """The phrases without the endings of plurals: `narcotic crime` stands for `narcotics crimes` too."""
        return {_without_plurals(phrase): kind for phrase, kind in self.kinds.items() if " " in phrase}

    def before(self, words: Sequence[str]) -> str | None:
        """The kind that the last words before an office or body tell; `None` where they tell none."""
        for first in range(max(0, len(words) - LONGEST), len(words)):
            phrase = " ".join(words[first:])
            kind = self.kinds.get(phrase) or (self._singular.get(_without_plurals(phrase)) if " " in phrase else None)
            if kind is not None:
                return kind
        return None

    def of_body(self, noun: str, before: Sequence[str], behind: Sequence[str]) -> str | None:
        """The kind of a body of a noun that many have, by the words before it, else by what it is for.

        >>> fields = Fields({"flood relief": "aid_group", "civil defence": "government", "army": "military"})
        >>> fields.of_body("network", ["flood", "relief"], []), fields.of_body("institute", [], ["civil", "defence"])
        ('aid_group', 'government')
        >>> fields.of_body("institute", ["army"], []), fields.of_body("panel", ["army"], [])
        (None, 'military')
        """
        if noun in BODIES:
            return self.before(before) or self.before(behind)
        if noun in AREAS:
            told = self.before(before)
            return told if told in ARMED else None
        if noun in WORLDWIDE and before[:1] == ["world"]:
            return ClaimantKind.UN_BODY
        if noun in SOCIETIES:
            told = self.before(before)
            told = told if told is not None else self.within(behind)
            return told if told in FORMED else None
        if noun in STUDYING:
            return next((kind for words in (before, behind) if (kind := self._duty(words)) is not None), None)
        return None

    def _duty(self, words: Sequence[str]) -> str | None:
        """The kind of a state’s body by a field at the end of some words that only such bodies have."""
        fitting = (" ".join(words[first:]) for first in range(max(0, len(words) - LONGEST), len(words)))
        return next((self.kinds.get(phrase) for phrase in fitting if phrase in DUTIES), None)

    def within(self, words: Sequence[str]) -> str | None:
        """The kind that a word of what an office is for tells, the last one: `director of public health`."""
        return next((kind for end in range(len(words), 0, -1) if (kind := self.before(words[:end])) is not None), None)


def _without_plurals(phrase: str) -> str:
    """A phrase with every word in the singular, as far as its last letter tells."""
    return " ".join(word.removesuffix("s") for word in phrase.split())


def kind_of_ending(words: Sequence[str]) -> str | None:
    """The kind of somebody by the ending of a noun that no table lists: `a limnologist`, `a kelp farmer`.

    >>> kind_of_ending(["limnologist"]), kind_of_ending(["old", "eelmonger"]), kind_of_ending(["river"])
    (<ClaimantKind.EXPERT: 'expert'>, <ClaimantKind.WITNESS: 'witness'>, None)
    """
    last = words[-1] if words else ""
    if EXPERTS.fullmatch(last):
        return ClaimantKind.EXPERT
    return ClaimantKind.WITNESS if WITNESSES.fullmatch(last) else None

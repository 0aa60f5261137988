"""Whom a pronoun as source stands for where the sentences leave that open: the last source that agrees with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from copydesk.transforms.types import Fact
from copydesk.transforms.vocabulary import ClaimantKind

PERSONS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
SEVERAL = frozenset("they them their".split())
PRONOUNS = frozenset("he she it they who i we you his her their this that these those him them".split())
NEAR = 600
"""Characters before a pronoun in which what it stands for says something."""


def is_pronoun(source: str | None) -> bool:
    """Whether a source is a pronoun alone."""
    return source is not None and source.casefold() in PRONOUNS


class Told:
    """The sources of one article that are named, in order: each fact with the place of its source."""

    def __init__(self, told: Sequence[tuple[int, Fact]], given_names: Mapping[str, str]) -> None:
        self._told = sorted(told, key=lambda one: one[0])
        self._given = given_names

    def with_claimant(self, fact: Fact, at: int) -> Fact:
        """A fact of a pronoun with the claimant of the last source before it that agrees; as it is where none does.

        `The board said 12 boats sank. They said 3 were lost` is the board’s; the source stays the pronoun.
        """
        pronoun = (fact.attributed_to or "").casefold()
        first = bisect_left(self._told, at - NEAR, key=lambda one: one[0])
        last = bisect_left(self._told, at, key=lambda one: one[0])
        for _, other in reversed(self._told[first:last]):
            if self._agrees(other, pronoun):
                return replace(
                    fact,
                    claimant_kind=other.claimant_kind,
                    claimant_name=other.claimant_name,
                    claimant_id=other.claimant_id,
                    claimant_country=other.claimant_country,
                    speaker_id=other.speaker_id,
                    body_id=other.body_id,
                )
        return fact

    def _agrees(self, other: Fact, pronoun: str) -> bool:
        """Whether a pronoun may stand for a source: a person of its gender, a body or several for the others."""
        name = other.claimant_name or ""
        if pronoun in PERSONS:
            gender = self._given.get(name.split()[0].casefold()) if name else None
            return other.speaker_id is not None and gender in (PERSONS[pronoun], None)
        if pronoun in SEVERAL:
            return other.speaker_id is None and bool(name)
        return pronoun == "it" and other.speaker_id is None and other.claimant_kind != ClaimantKind.WITNESS and bool(name)

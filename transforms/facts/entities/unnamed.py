"""Sources that nobody names: `the official` is of the kind of the military official who was quoted before."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copydesk.transforms.names.heads import BODY, PERSON, SPEAKS
from copydesk.transforms.names.kinds import ClaimantWords, Described
from copydesk.transforms.names.phrases import bare_phrase
from copydesk.transforms.vocabulary import ClaimantKind

BARE = re.compile(r"^(?:the|this|that|another|an?|one|the\s+(?:same|unnamed|anonymous))\s+(?P<noun>[a-z]+)$", re.IGNORECASE)
"""A definite noun with nothing beside it that tells whose it is."""

ANYBODY = frozenset("source sources official officials".split())
"""Nouns that stand for any unnamed source before them."""

SEVERAL = frozenset("agencies organisations organizations groups ministries charities ngos companies firms networks".split())
"""Nouns of several bodies."""

OFFICER = "officer"
RANKED = frozenset((ClaimantKind.MILITARY, ClaimantKind.POLICE))
"""Kinds of those whom `the officer` stands for, whatever their rank."""


class Unnamed:
    """The unnamed sources of one article, in order."""

    def __init__(self, words: ClaimantWords) -> None:
        self._words = words
        self._told: list[tuple[int, str, str, str]] = []

    def take_up(self, sources: Iterable[tuple[str, int]]) -> None:
        """Takes up sources as written and where they stand; those that tell whose they are."""
        each = {(one, at) for written, at in sources for one in each_of(written)}
        for written, at in sorted(each, key=lambda one: (one[1], one[0])):
            described = self._words.describe(written)
            lower = written[1:].islower() or written.startswith(("A ", "An ", "a ", "an "))
            several = described is not None and self._bodies(described)
            if (
                described is None
                or (described.part not in (PERSON, SPEAKS) and not several)
                or not lower
                or BARE.match(written)
            ):
                continue
            local = described.kind == ClaimantKind.WITNESS and not described.head.endswith(("source", "sources"))
            if not local and described.kind not in (ClaimantKind.OTHER, ClaimantKind.MEDIA):
                self._told.append((at, described.head.removesuffix("s"), described.kind, bare_phrase(written)))

    def stands_for(self, written: str, described: Described, at: int) -> tuple[str, str] | None:
        """The kind and name of the last source before an offset that a bare noun stands for; `None` for none."""
        found = BARE.match(written)
        if found is None or not written.casefold().startswith("th"):
            return None
        noun = found.group("noun").casefold()
        if described.part != SPEAKS and noun != OFFICER and not self._bodies(described):
            return None
        head = noun.removesuffix("s")
        fitting = [
            (kind, name)
            for place, said, kind, name in self._told
            if place < at and (said.endswith(head) or noun in ANYBODY or (noun == OFFICER and kind in RANKED))
        ]
        return fitting[-1] if fitting else None

    def _bodies(self, described: Described) -> bool:
        """Whether a source is several bodies: `the agencies`."""
        return described.part == BODY and described.head.rpartition(" ")[2] in SEVERAL


def each_of(written: str) -> tuple[str, ...]:
    """The sources that `and` joins, where each has a noun of its own: `fishermen and a hospital source`."""
    return tuple(re.split(r"\s+and\s+(?=an?\s|the\s)", written))

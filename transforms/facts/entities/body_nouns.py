"""The bodies that a noun, a people or an office stands for: `the institute`, `an Israeli official`."""

from __future__ import annotations

import re

from copydesk.transforms.facts.entities.organisations import Entity, Organisations
from copydesk.transforms.facts.entities.small_bodies import NOUNS
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.kinds import BODY, ClaimantWords, Described
from copydesk.transforms.vocabulary import ClaimantKind

DEFINITE = re.compile(r"^(?:the|this|that|his|her|their|its|another|these|those)\s+(?P<noun>[^,(]+)", re.IGNORECASE)
NOUNS_OF_MANY = frozenset(NOUNS.split("|"))
"""Nouns that alone stand for a body which was named before."""


class BodyNouns:
    """Finds the bodies of one article by what stands for them."""

    def __init__(self, words: ClaimantWords, bodies: Organisations) -> None:
        self._words, self._bodies = words, bodies

    def of_office(self, text: str, at: int) -> Entity | None:
        """The body of an office: by its name, its people, or the noun that stands for one named before: `at the institute`."""
        small = self._bodies.definite(text, at) if text in NOUNS_OF_MANY else None
        return small or self._bodies.entity(text) or self._state(text)

    def _state(self, people: str) -> Entity | None:
        """The government of a people: `an Israeli official`."""
        bodies = self._words.bodies
        state = bodies.peoples.get(folded_name(people))
        body = bodies.government(state)
        return Entity(body.entity_id, body.name, body.kind, body.country) if body is not None else None

    def definite(self, written: str, described: Described, at: int) -> Entity | None:
        """The body that a definite noun without a name stands for."""
        definite = DEFINITE.match(written)
        noun = definite.group("noun").strip() if definite is not None else ""
        noun = noun.casefold() if " " not in noun and noun.istitle() else noun
        if described.part != BODY or not noun or not noun.islower():
            return None
        stands = self._bodies.definite(noun, at)
        told = len(noun.split()) > 1 and described.kind != ClaimantKind.OTHER
        return None if told and stands is not None and stands.kind != described.kind else stands

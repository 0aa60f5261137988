"""Sources that hold more than one name or noun: `the ferry’s owner, Marlow Lines`, `A guard, who gave his name as Oto`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from copydesk.transforms.facts.entities.organisations import Organisations
from copydesk.transforms.facts.entities.owned import is_owner
from copydesk.transforms.facts.entities.person import Person
from copydesk.transforms.facts.entities.pronouns import is_pronoun
from copydesk.transforms.facts.entities.things import Entity
from copydesk.transforms.facts.entities.written import group_name, with_owner
from copydesk.transforms.names.folding import entity_id_of, person_id_of
from copydesk.transforms.names.heads import PERSON, SPEAKS
from copydesk.transforms.names.kinds import ClaimantWords, Described
from copydesk.transforms.vocabulary import ClaimantKind

HOLDING = frozenset("owner owners operator operators publisher organiser organizer manager managers".split())
"""Nouns of what a firm is to something."""

NAMED_REACH = 80
"""Characters behind a source in which it is given its name."""

IDENTIFIED = re.compile(
    r"""
    (?P<who>(?:[Aa]n?|[Tt]he|[Oo]ne)\s[a-z][a-z\s’'-]+?),?\s                          # A boatman
    (?: (?:who\s(?:was\s|is\s)?|which\s(?:was\s|is\s)?)?
        (?: (?:only\s|simply\s)?(?:identified|named|known|introduced)
            (?:\s(?:him|her|it|them)sel(?:f|ves))?                                 # identified himself
            (?:\sonly|\ssimply|\slocally)?\s(?:only\s)?(?:as|by)(?:\s(?:his|her|the)\s(?:\w+\s)?(?:name|nickname|surname))?
          | (?:gave|gives|giving)\s(?:his|her|its|their)\s(?:\w+\s)?name\s(?:only\s|simply\s)?as         # gave his name only as
          | (?:calls?|called|calling|styles|styling)\s(?:him|her|it|them)sel(?:f|ves)                     # calling itself
        )
    )
    ,?\s(?:the\s)?[“"‘']?(?P<name>[^\W\d_a-zß-öø-ÿ][\w’'.-]*\w(?:\s(?:of\s|for\s|the\s)*[^\W\d_a-zß-öø-ÿ][\w’'-]*\w)*)
    """,
    re.VERBOSE,
)
"""A noun and the name that somebody or a body goes by."""


class Forms:
    """Reads the sources of one article that hold more than one name or noun."""

    def __init__(self, text: str, words: ClaimantWords, persons: Mapping[str, Person], bodies: Organisations) -> None:
        self._text, self._words, self._persons, self._bodies = text, words, persons, bodies

    def first_of_two(self, written: str) -> str:
        """The first of two sources that `and` joins, where one is a body and the other people: `the UN and local officials`."""
        first, joint, second = written.partition(" and ")
        if not joint or "," in written or first[1:].islower() == second[:1].islower():
            return written
        people = self._words.describe(second if second[:1].islower() else first)
        body = self._words.body_kind(first if second[:1].islower() else second)
        each = people is not None and people.part in (PERSON, SPEAKS) and people.head.endswith("s")
        return first if each and body is not None and " of " not in written and " for " not in written else written

    def identified(self, written: str, at: int) -> Entity | None:
        """Who gives or is given a name behind a noun: `A boatman, who gave his name as Oto`, `a group calling itself Dawn`."""
        behind = self._text[at + len(written) : at + len(written) + NAMED_REACH] if self._text.startswith(written, at) else ""
        found = IDENTIFIED.match(written + behind)
        if found is None or (told := self._words.describe(found["who"])) is None:
            return None
        name = found["name"]
        if told.part in (PERSON, SPEAKS):
            one = self._persons.get(name)
            if one is not None and one.kind == ClaimantKind.OTHER:
                one.add(found["who"], self._words)
            return Entity(person_id_of(name, self._text), name, told.kind, None, True)
        known = self._bodies.entity(name)
        kind = known.kind if known is not None else told.kind
        return known or Entity(entity_id_of(name, kind, None, self._text), name, kind)

    def apposed(self, written: str) -> Entity | None:
        """The body named behind a noun that says what it is to something: `the ferry’s owner, Marlow Lines`."""
        noun, comma, name = written.partition(", ")
        if not comma or not name[:1].isupper() or not noun[1:].islower() or name in self._persons:
            return None
        office = self._words.describe(noun)
        if office is None or office.part != SPEAKS or office.head not in HOLDING:
            return None
        return self._bodies.entity(name)

    def beside(self, written: str, described: Described | None, at: int) -> Person | None:
        """The person whom a comma parts from the office that is the source: `Ida Fisk, Orlan Aid director in Kesh said`."""
        if described is None or described.part not in (PERSON, SPEAKS) or not written[:1].isupper():
            return None
        if self._words.is_plural(described.head) or not self._text.endswith(", ", 0, at):
            return None
        return next((one for name, one in self._persons.items() if self._text.endswith(f"{name}, ", 0, at)), None)

    def name_of_group(self, written: str, speaker: str | None, kind: str) -> str | None:
        """What a source that is no one thing is called, with whose it is where that is named: `officials of Kesh Power`."""
        if is_pronoun(written):
            return None
        if (alone := self.first_of_two(written)) != written:
            return group_name(alone)
        described = self._words.describe(written) if kind != ClaimantKind.WITNESS else None
        whose = described.body if described is not None and described.part in (PERSON, SPEAKS) else None
        owner = next((name for name in self._persons if name in written and is_owner(written, name, self._words)), None)
        if owner is not None or (whose is not None and whose != whose.lower() and f" {whose}" in written):
            return with_owner(written)
        return group_name(speaker or written)

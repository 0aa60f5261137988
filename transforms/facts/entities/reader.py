"""Gives every fact of an article its source as a thing, and lists every name that the article prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from copydesk.transforms.facts.entities.body_nouns import DEFINITE, NOUNS_OF_MANY, BodyNouns
from copydesk.transforms.facts.entities.organisations import Entity, Organisations
from copydesk.transforms.facts.entities.persons import Person, Persons
from copydesk.transforms.facts.entities.quoted_persons import QuotedPersons
from copydesk.transforms.facts.entities.unnamed import Unnamed
from copydesk.transforms.facts.entities.works import Works
from copydesk.transforms.facts.entities.written import (
    group_name,
    initials,
    is_company,
    small_force,
    was_there,
)
from copydesk.transforms.facts.names import person
from copydesk.transforms.names.folding import entity_id_of, folded_name
from copydesk.transforms.names.kinds import BODY, PERSON, SPEAKS, WORK, ClaimantWords
from copydesk.transforms.names.phrases import ARTICLE, STRONG
from copydesk.transforms.types import Article, Fact, Mention, Sentence
from copydesk.transforms.vocabulary import ClaimantKind

PRONOUNS = frozenset("he she it they who i we you his her their this that these those".split())
SHORT = re.compile(r"(?<=\w)\s+\((?P<short>[A-Z][\w.&-]{1,10})\)$")
"""The short name in brackets behind a full one."""

NAME_WORD = re.compile(r"[^\W\d_]+(?:[-’'](?!s\b)[^\W\d_]+)*")
SPOKESMEN = frozenset("spokesman spokeswoman spokesperson".split())
NEAR = 400
"""Characters before a spokesman in which his body is named, where his office does not name it."""

SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?!(?:ai|io|app|co|dev)$)[a-z]{2,6}")
"""A name that is an address of a site, but for endings that firms have."""

AGE = re.compile(r"^the\s+(?P<age>\d\d)-year-old$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Named:
    """The facts of an article with their sources as things, and its mentions."""

    facts: list[Fact]
    mentions: list[Mention]


class NameReader:
    """Reads the names of articles; built once from the tables."""

    def __init__(self, words: ClaimantWords, given_names: Mapping[str, str]) -> None:
        self._words, self._given = words, given_names

    def read(self, article: Article, sentences: Sequence[Sentence], facts: Iterable[Fact]) -> Named:
        """The facts with claimant, kind and country, and every name in the body."""
        facts = list(facts)
        table = NameTable(article, self._words, self._given)
        table.quoted.take_up((fact.attributed_to, fact.speaker) for fact in facts if fact.attributed_to)
        table.unnamed.take_up((fact.attributed_to, _place_of(fact, sentences)) for fact in facts if fact.attributed_to)
        return Named(
            facts=[table.told(fact, _place_of(fact, sentences)) for fact in facts],
            mentions=table.mentions(),
        )


def _place_of(fact: Fact, sentences: Sequence[Sentence]) -> int:
    """Where the source of a fact is written: in its sentence, else at the beginning of it."""
    sentence = sentences[fact.sentence]
    at = sentence.text.find(fact.attributed_to) if fact.attributed_to else -1
    return sentence.span_start + max(0, at)


class NameTable:
    """The names of one article: its persons, its bodies, and what is written for them."""

    def __init__(self, article: Article, words: ClaimantWords, given_names: Mapping[str, str]) -> None:
        text = self._text = article.text
        self._words = words
        self.persons = Persons(text, words, given_names).by_name
        self.bodies = Organisations(text, words, self.persons)
        self._outlet = article.outlet_printed
        self._nouns = BodyNouns(words, self.bodies)
        self._works = Works(words, self.bodies, self._nouns)
        self.quoted = QuotedPersons(text, words, given_names, self.persons, self.bodies)
        self.unnamed = Unnamed(words)

    def told(self, fact: Fact, at: int) -> Fact:
        """A fact with its source as a thing."""
        written = fact.attributed_to
        if not written:
            return fact
        entity, kind = self.source(written, fact.speaker, at)
        if entity is None:
            name = None if written.casefold() in PRONOUNS else group_name(fact.speaker or written)
            return replace(fact, claimant_kind=kind, claimant_name=name)
        body = entity.body if entity.person else entity
        return replace(
            fact,
            claimant_kind=kind,
            claimant_name=entity.name,
            claimant_id=entity.entity_id or None,
            claimant_country=entity.country,
            speaker_id=entity.entity_id if entity.person else None,
            body_id=(body.entity_id or None) if body is not None else None,
        )

    def source(self, written: str, speaker: str | None, at: int) -> tuple[Entity | None, str]:
        """Who a source written at an offset is, and of what kind; `None` for sources that are no one thing: `residents`."""
        written = self._spelt_out(written)
        capital = self._words.bodies.capital(written)
        if capital is not None:
            return Entity(capital.entity_id, capital.name, capital.kind, capital.country), capital.kind
        someone = self.quoted.person_of(written, speaker, at)
        if someone is not None:
            entity = self._as_entity(someone, written)
            return entity, entity.kind
        whole = self.bodies.entity(written)
        described = self._words.describe(written)
        if whole is not None and (described is None or described.part == BODY or self._words.find(written) is not None):
            return whole, whole.kind
        if described is None:
            return self._undescribed(written, speaker, at)
        if described.part == WORK:
            return self._works.maker_of(written, described, at)
        if (known := self.unnamed.stands_for(written, described, at)) is not None:
            kind, name = known
            return Entity("", name, kind), kind
        if (stands := self._nouns.definite(written, described, at)) is not None:
            return stands, stands.kind
        body = self._nouns.of_office(described.body, at) if described.body else None
        kind = body.kind if body is not None and described.body in NOUNS_OF_MANY else described.kind
        if body is not None and described.part == SPEAKS and kind == ClaimantKind.OTHER:
            kind = body.kind
        if body is not None and kind == body.kind:
            return body, kind
        return None, kind

    def _spelt_out(self, written: str) -> str:
        """A source without the short name behind it, or as that where it has no other; an office that initials stand for."""
        short = SHORT.search(written)
        if short is not None:
            return short.group("short") if written[1 : short.start()].islower() else written[: short.start()]
        bare = re.sub(r"^the\s+", "", written, flags=re.IGNORECASE)
        full = self.bodies.acronyms.get(bare) if bare.isupper() else None
        home = self.bodies.home if bare.isupper() and full is None else None
        if home is not None and (force := small_force(self._text, bare, home.people)) is not None:
            return f"the {force}"
        office = self._words.describe(full) if full else None
        return f"the {full}" if office is not None and office.part in (PERSON, SPEAKS) else written

    def _undescribed(self, written: str, speaker: str | None, at: int) -> tuple[Entity | None, str]:
        """A name without a noun of the table: a body named elsewhere, a capitalised name, else nobody."""
        bare = ARTICLE.sub("", written)
        if self._outlet and folded_name(bare) in (folded_name(self._outlet), initials(self._outlet)):
            entity = Entity(entity_id_of(self._outlet, "media"), self._outlet, ClaimantKind.MEDIA)
            return entity, entity.kind
        age = AGE.match(written)
        if age is not None:
            one = next((one for one in self.persons.values() if age.group("age") in one.ages), None)
            if one is not None:
                entity = self._as_entity(one, written)
                return entity, entity.kind
        if DEFINITE.match(written) and bare.islower() and len(bare.split()) < 3:
            stands = self.bodies.definite(bare, at)
            if stands is not None:
                return stands, stands.kind
        kind = self._words.body_kind(bare) or ClaimantKind.OTHER
        if kind == ClaimantKind.OTHER and SITE.fullmatch(bare) and not is_company(self._text, bare, True):
            kind = ClaimantKind.MEDIA
        if speaker and person(speaker) is not None and len(speaker.split()) > 1:
            return Entity(entity_id_of(speaker, kind), speaker, kind, None, True), kind
        if bare[:1].isupper() and len(bare.split()) < 6:
            if kind == ClaimantKind.OTHER and len(bare.split()) < 3 and is_company(self._text, bare, self._has_company):
                kind = ClaimantKind.COMPANY
            return Entity(entity_id_of(bare, kind, None, self._text), bare, kind), kind
        return None, kind

    @cached_property
    def _has_company(self) -> bool:
        """Whether the article names a company that a table or a noun beside it makes one."""
        return any(one.entity.kind == ClaimantKind.COMPANY for one in self.bodies.mentions)

    def _as_entity(self, one: Person, written: str) -> Entity:
        """A person as a thing: of the kind of the office, or of the body spoken for."""
        office, kind = one.office, one.kind
        body = self._nouns.of_office(one.body, one.starts[0] if one.starts else 0) if one.body else self._spoken_for(one)
        if body is not None and one.body in NOUNS_OF_MANY and kind not in STRONG:
            kind = body.kind
        if body is not None and kind == ClaimantKind.OTHER and office is not None and office.part == SPEAKS:
            kind = body.kind
        if kind == ClaimantKind.OTHER and office is None and body is None and was_there(self._text, one.name):
            kind = ClaimantKind.WITNESS
        return Entity(
            entity_id_of(one.name, kind, None, self._text), one.name, kind, body.country if body else None, True, body
        )

    def _spoken_for(self, one: Person) -> Entity | None:
        """The body named last before somebody who speaks for a body that is not said: `…, spokesman Oto Radek said`."""
        office = one.office
        if office is None or office.head not in SPOKESMEN or one.kind != ClaimantKind.OTHER or not one.starts:
            return None
        first = one.starts[0]
        near = [found.entity for found in self.bodies.mentions if first - NEAR < found.start < first]
        return next((body for body in reversed(near) if body.kind not in (ClaimantKind.MEDIA, ClaimantKind.OTHER)), None)

    def mentions(self) -> list[Mention]:
        """Every name of the body, in order: persons by full name and surname, bodies."""
        found: list[Mention] = []
        for one in self.persons.values():
            entity = self._as_entity(one, one.name)
            for start in one.starts:
                whole = self._text.startswith(one.name, start)
                word = NAME_WORD.match(self._text, start)
                end = start + len(one.name) if whole or word is None else word.end()
                found.append(_mention(self._text, start, end, entity))
        found += [_mention(self._text, one.start, one.end, one.entity) for one in self.bodies.mentions]
        return _apart(sorted(found, key=lambda one: (one.span_start, -one.span_end)))


def _mention(text: str, start: int, end: int, entity: Entity) -> Mention:
    return Mention(
        text=text[start:end],
        span_start=start,
        span_end=end,
        entity_id=entity.entity_id,
        name=entity.name,
        form="person" if entity.person else "body",
        kind=entity.kind,
        country=entity.country,
        body_id=entity.body.entity_id if entity.body is not None else None,
    )


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Mentions without those that begin inside another."""
    kept: list[Mention] = []
    for one in mentions:
        if not kept or one.span_start >= kept[-1].span_end:
            kept.append(one)
    return kept

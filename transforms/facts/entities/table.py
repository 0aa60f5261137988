"""The names of one article, and who a source as written stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from copydesk.transforms.facts.entities.chiefs import Chiefs, is_leader
from copydesk.transforms.facts.entities.definite import is_class, is_firm
from copydesk.transforms.facts.entities.employers import Employers
from copydesk.transforms.facts.entities.forms import Forms
from copydesk.transforms.facts.entities.heard import Heard
from copydesk.transforms.facts.entities.holders import Holders
from copydesk.transforms.facts.entities.mentions import apart, mention_of
from copydesk.transforms.facts.entities.organisations import Organisations
from copydesk.transforms.facts.entities.owned import is_owner
from copydesk.transforms.facts.entities.person import RANKS, Person, SamePersons, named
from copydesk.transforms.facts.entities.persons import Persons
from copydesk.transforms.facts.entities.pronouns import is_pronoun
from copydesk.transforms.facts.entities.things import Entity
from copydesk.transforms.facts.entities.unnamed import ANYBODY, Unnamed, each_of
from copydesk.transforms.facts.entities.works import Works
from copydesk.transforms.facts.entities.written import (
    DEFINITE,
    group_name,
    initials,
    is_company,
    small_force,
    was_there,
)
from copydesk.transforms.facts.names import person
from copydesk.transforms.facts.titles import ORG_WORDS, PART_WORDS
from copydesk.transforms.names.folding import entity_id_of, folded_name, person_id_of
from copydesk.transforms.names.heads import BODY, PERSON, SPEAKS, WORK
from copydesk.transforms.names.kinds import ClaimantWords, Described
from copydesk.transforms.names.phrases import ARTICLE
from copydesk.transforms.types import Article, Fact, Mention
from copydesk.transforms.vocabulary import ClaimantKind

SHORT = re.compile(r"(?<=\w)\s+\((?P<short>[A-Z][\w.&-]{1,10})\)$")
"""The short name in brackets behind a full one."""

NAME_WORD = re.compile(r"[^\W\d_]+(?:[-’'](?!s\b)[^\W\d_]+)*")
SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?!(?:ai|io|app|co|dev)$)[a-z]{2,6}")
"""A name that is an address of a site, but for endings that firms have."""

TOLD_BEHIND = re.compile(r"\s--\s.*$|,\s(?:on|since|late|early)\s[^,]*$")
"""What a sentence tells behind a source, and no part of it: `the Harbour Board -- a body of the state`."""

AGE = re.compile(r"^the\s+(?P<age>\d\d)-year-old$", re.IGNORECASE)


class NameTable:
    """The names of one article: its persons, its bodies, and what is written for them."""

    def __init__(self, article: Article, words: ClaimantWords, given_names: Mapping[str, str]) -> None:
        text = self._text = article.text
        self._words, self._given = words, given_names
        self.persons = Persons(text, words, given_names).by_name
        self._same = SamePersons(self.persons)
        self.bodies = Organisations(text, words, self.persons)
        self._outlet = article.outlet_printed
        self.heard = Heard(text, words, self.persons, self.bodies)
        self.unnamed = Unnamed(words)
        self.forms = Forms(text, words, self.persons, self.bodies)
        self.employers = Employers(words, self.bodies)
        self.chiefs = Chiefs(self.bodies, self.persons)
        self._works = Works(words, self.bodies)
        self.holders = Holders(text, words, given_names, self.persons)

    def told(self, fact: Fact, at: int, speaker: str | None) -> Fact:
        """A fact with its source as a thing; `speaker` is the source alone, as this fact or one beside it has it."""
        written = fact.attributed_to
        if not written:
            return fact
        entity, kind = self.source(written, speaker, at)
        if entity is None:
            name = self.forms.name_of_group(written, speaker, kind)
            return replace(fact, claimant_kind=kind, claimant_name=name)
        body = entity.body if entity.person else entity
        return replace(
            fact,
            claimant_kind=kind,
            claimant_name=entity.name,
            claimant_id=entity.entity_id or None,
            claimant_country=entity.country,
            speaker_id=(entity.entity_id or None) if entity.person else None,
            body_id=(body.entity_id or None) if body is not None else None,
        )

    def source(self, written: str, speaker: str | None, at: int) -> tuple[Entity | None, str]:
        """Who a source written at an offset is, and of what kind; `None` for sources that are no one thing: `residents`."""
        written = self._spelt_out(self._opening_body(TOLD_BEHIND.sub("", written)))
        written = self.forms.first_of_two(written)
        if (identified := self.forms.identified(written, at)) is not None:
            return identified, identified.kind
        first, *others = each_of(written)
        if others and first.islower() and self._words.describe(first) is not None:
            written = first
        described = self._words.describe(written)
        entity = self._named(written, speaker, described, at)
        if entity is not None:
            return entity, entity.kind
        if described is None:
            return self._undescribed(written, speaker, at)
        if described.part == WORK:
            return self._works.of(written, described, at)
        return self._nameless(written, described, at)

    def _named(self, written: str, speaker: str | None, described: Described | None, at: int) -> Entity | None:
        """The government of a capital, the person or the body that a source names."""
        capital = self._words.bodies.capital(written)
        if capital is not None:
            return Entity(capital.entity_id, capital.name, capital.kind, capital.country)
        someone = self._person(written, speaker, at)
        if someone is not None and not self._is_firm(someone):
            return self._as_entity(someone, written)
        if (firm := self._firm_of_people(written, at)) is not None:
            return firm
        if (apposed := self.forms.apposed(written)) is not None:
            return apposed
        told = described is None or described.part == BODY or self.bodies.explained.is_explained(written)
        return self.bodies.entity(written) if told or self._words.find(written) is not None else None

    def _nameless(self, written: str, described: Described, at: int) -> tuple[Entity | None, str]:
        """Who a source without a name is: the one or the body that its noun stands for, else the body that it speaks for."""
        if (known := self.unnamed.stands_for(written, described, at)) is not None:
            kind, name = known
            return Entity("", name, kind), kind
        if (stands := self._definite(written, described, at)) is not None:
            return stands, stands.kind
        seat = described.body is not None and f" in {described.body}" in written.replace(" in the ", " in ")
        seat = seat and self._words.is_seat(described.body or "")
        body = self.employers.of_unnamed(written, described, at) if not seat else None
        kind = self.employers.kind_of(described.kind, described, body)
        voice = described.part == SPEAKS and described.head.rpartition(" ")[2] not in ANYBODY
        if body is not None and voice and is_leader(described.head):
            return Entity("", group_name(written), kind, body.country, True, body), kind
        if body is not None and kind == body.kind and (voice or kind == ClaimantKind.EXPERT):
            return body, kind
        return None, kind

    def _firm_of_people(self, written: str, at: int) -> Entity | None:
        """The firm that a noun with a people’s adjective stands for: `the Chilean company`."""
        definite = DEFINITE.match(written)
        people, _, noun = definite.group("noun").strip().partition(" ") if definite is not None else ("", "", "")
        known = folded_name(people) in self._words.bodies.peoples and is_firm(noun)
        whose = self._words.find(people) if not known and is_class(noun.casefold()) else None
        part = self.bodies.last_of_kind(whose, at) if whose is not None else None
        return self.bodies.definite(noun, at) if known else part

    def _opening_body(self, written: str) -> str:
        """The body of a table that opens a source which tells of it behind a comma: `Oxfam, the charity of Ida Fisk`."""
        name, comma, rest = written.partition(", ")
        listed = comma and rest[:1].islower() and self._words.find(name) is not None
        return name if listed else written

    def _is_firm(self, one: Person) -> bool:
        """Whether a name of two words of whom the article tells nothing else is a company’s."""
        told = one.offices or one.ages or one.befell or one.name.split()[0].casefold() in self._given
        return not told and is_company(self._text, one.name, self._has_company)

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
        if is_pronoun(written) and (not speaker or is_pronoun(speaker)):
            return None, ClaimantKind.OTHER
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
        if kind == ClaimantKind.OTHER and " " not in bare and bare[:1].isupper() and was_there(self._text, bare):
            kind = ClaimantKind.WITNESS
            return Entity(person_id_of(bare, self._text), bare, kind, None, True), kind
        if speaker and person(speaker) is not None and len(speaker.split()) > 1:
            return Entity(person_id_of(speaker), speaker, kind, None, True), kind
        if bare[:1].isupper() and len(bare.split()) < 6:
            if kind == ClaimantKind.OTHER and len(bare.split()) < 3 and is_company(self._text, bare, self._has_company):
                kind = ClaimantKind.COMPANY
            return Entity(entity_id_of(bare, kind, None, self._text), bare, kind), kind
        return None, kind

    @cached_property
    def _has_company(self) -> bool:
        """Whether the article names a company that a table or a noun beside it makes one."""
        return any(one.entity.kind == ClaimantKind.COMPANY for one in self.bodies.mentions)

    def _person(self, written: str, speaker: str | None, at: int) -> Person | None:
        """The person whom a source names: by name, else by the office or the noun that stands for one named before."""
        if self._words.find(written) is not None:
            return self.chiefs.of(written)
        alone = person(written)
        alone = None if alone is not None and is_owner(written, alone, self._words) else alone
        speaker = None if speaker is not None and is_owner(written, speaker, self._words) else speaker
        for name in (self.heard.listed_in(written), alone, speaker):
            if name and self._words.find(name) is None and (one := named(self.persons, name, at + len(written))) is not None:
                return one
        if alone is not None and (len(alone.split()) > 1 or self._behind_office(alone, written)):
            return self._unlisted(alone, written)
        definite = DEFINITE.match(written)
        described = self._words.describe(written)
        noun = definite.group("noun").strip() if definite is not None else ""
        if noun.isupper():
            return (
                self.holders.by_initials(noun) if noun not in self.bodies.shorts and self.bodies.entity(noun) is None else None
            )
        if described is not None and described.part == BODY:
            return None
        beside = self.forms.beside(written, described, at)
        return beside or (self.holders.by_office(noun, at, self.heard.speakers) if noun else None) or self.chiefs.of(written)

    def _behind_office(self, name: str, written: str) -> bool:
        """Whether a name of one word stands behind an office of a body: `Head of the Alert Section, Fisk`."""
        office, comma, behind = written.rpartition(", ")
        of_body = ORG_WORDS.search(office) or PART_WORDS.search(office)
        described = self._words.describe(office) if comma and behind == name and of_body else None
        return described is not None and described.part in (PERSON, SPEAKS)

    def _unlisted(self, name: str, written: str) -> Person | None:
        """A person whom the text names in a way that the reading of names missed."""
        if self.bodies.entity(name) is not None or self.bodies.explained.is_explained(written):
            return None
        office = self._words.describe(written.replace(name, " ").strip(" ,")) if written != name else None
        return Person(name, [office] if office is not None and office.part in (PERSON, SPEAKS) else [])

    def _as_entity(self, one: Person, written: str) -> Entity:
        """A person as a thing: of the kind of the office, or of the body spoken for."""
        office, kind = one.office, one.kind
        body = self.employers.behind(one)
        if office is not None and office.head in RANKS and (post := self.employers.beside_rank(one)) is not None:
            body, kind = post, post.kind
        elif office is not None:
            kind = self.employers.kind_of(kind, office, body)
        if kind == ClaimantKind.OTHER and office is None and body is None and was_there(self._text, one.name):
            kind = ClaimantKind.WITNESS
        return Entity(
            person_id_of(self._same.shortest(self._same.fullest(one.name)), self._text),
            one.name,
            kind,
            body.country if body else None,
            True,
            body,
        )

    def _definite(self, written: str, described: Described, at: int) -> Entity | None:
        """The body that a definite noun without a name stands for."""
        definite = DEFINITE.match(written)
        noun = definite.group("noun").strip() if definite is not None else ""
        noun = noun.casefold() if " " not in noun and noun.istitle() else noun
        if (described.part != BODY and not is_class(noun)) or not noun or not noun.islower():
            return None
        stands = self.bodies.definite(noun, at)
        told = len(noun.split()) > 1 and described.kind != ClaimantKind.OTHER
        return None if told and stands is not None and stands.kind != described.kind else stands

    def mentions(self) -> list[Mention]:
        """Every name of the body, in order: persons by full name and surname, bodies."""
        found: list[Mention] = []
        for one in self.persons.values():
            entity = self._as_entity(one, one.name)
            for start in one.starts:
                whole = self._text.startswith(one.name, start)
                word = NAME_WORD.match(self._text, start)
                end = start + len(one.name) if whole or word is None else word.end()
                found.append(mention_of(self._text, start, end, entity))
        found += [mention_of(self._text, one.start, one.end, one.entity) for one in self.bodies.mentions]
        return apart(sorted(found, key=lambda one: (one.span_start, -one.span_end)))

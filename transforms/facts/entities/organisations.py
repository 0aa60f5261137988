"""The bodies that an article names: their fullest names, acronyms, short forms, and the definite nouns that stand for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from copydesk.transforms.facts.entities.acronyms import acronyms
from copydesk.transforms.facts.entities.body_names import BodyNames
from copydesk.transforms.facts.entities.definite import named_by
from copydesk.transforms.facts.entities.explained import Explained
from copydesk.transforms.facts.entities.person import Person
from copydesk.transforms.facts.entities.runs import without_starters
from copydesk.transforms.facts.entities.small_bodies import SmallBody, small_bodies
from copydesk.transforms.facts.entities.small_nouns import KIND_BEFORE, before_short_names, beside_names
from copydesk.transforms.facts.entities.things import BodyMention, Entity
from copydesk.transforms.names.bodies import Body, State
from copydesk.transforms.names.folding import entity_id_of, folded_name, folded_whole
from copydesk.transforms.names.heads import BODY
from copydesk.transforms.names.kinds import ClaimantWords
from copydesk.transforms.names.phrases import ARTICLE
from copydesk.transforms.places import POSSESSIVE
from copydesk.transforms.vocabulary import ClaimantKind

SEAT = re.compile(r"\s+in\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*$")
OWNED_BY_PLACE = re.compile(
    r"^(?:the\s)?(?:[a-z]+\s)?(?:country|nation|territory|enclave|republic|kingdom|state|province|region|island|city)[’']s\s+(?=[A-Z])"
)
"""Whose a body is, by a noun alone: `the country’s Flood Relief Authority`."""

ACRONYM_BEHIND = re.compile(r"\s[a-z]+\s(?P<short>[A-Z]{3,8})$")
GENERAL = frozenset("congress senate parliament treasury".split())
"""Names of one state’s bodies in the table that other states’ have as well."""

LEAST_NAMED, LEAD = 2, 2
"""A state is that of an article’s bodies if it is named so often, and so many times as often as the next."""


class Organisations:
    """The bodies of one article, found once."""

    def __init__(self, text: str, words: ClaimantWords, persons: Mapping[str, Person]) -> None:
        self._text, self._words, self._persons = text, words, persons
        self._entities: dict[str, Entity | None] = {}
        self.explained = Explained(text, words, persons)

    @cached_property
    def told(self) -> dict[str, str]:
        """The kinds of names beside which a small noun says what they are: `the charity Oxfam`, `the Swedish daily Nyheter`."""
        found: dict[str, str] = {}
        for printed, noun in beside_names(self._text):
            name = without_starters(POSSESSIVE.sub("", printed))
            kind = self.explained.kind_of_noun(noun)
            if name and kind is not None and name not in self._persons:
                found.setdefault(name, kind)
        for short, noun in before_short_names(self._text):
            if (kind := self.explained.kind_of_body(noun)) is not None:
                found.setdefault(short, kind)
        return found

    @cached_property
    def _names(self) -> BodyNames:
        """The names that may be bodies."""
        return BodyNames(self._text, self._words, self._persons, self.acronyms.values())

    @cached_property
    def shorts(self) -> frozenset[str]:
        """Names in capitals that stand for bodies here."""
        return frozenset(self.acronyms) | {name for name in self.told if name.isupper()}

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """The full name of each acronym."""
        return acronyms(self._text, self._is_listed)

    def entity(self, name: str) -> Entity | None:
        """The body of a printed name, in its fullest form here; `None` for what no table and no noun makes a body."""
        if name not in self._entities:
            self._entities[name] = self._entity(name)
        return self._entities[name]

    def _entity(self, name: str) -> Entity | None:
        bare, noun = self.explained.alone(ARTICLE.sub("", POSSESSIVE.sub("", name.strip(" ,."))))
        if not bare:
            return None
        full = self.acronyms.get(bare.replace(".", ""), bare)
        full = re.sub(r"\s*\([^)]*\)$", "", full)
        full = OWNED_BY_PLACE.sub("", self._without_seat(full))
        if (named := self.explained.named_later(bare)) is not None:
            return self.entity(named)
        told = KIND_BEFORE.match(bare)
        body = self._words.find(full) or self._short(bare, full) or (self._words.find(bare[told.end() :]) if told else None)
        body = body or self._by_acronym(full) or self._beside_noun(full) or self._owned_by_body(full)
        if body is not None and not self._is_of_another_state(body, full):
            longer = self._ending_with(bare) if folded_name(bare) != folded_name(body.name) else None
            return self.entity(longer) if longer else Entity(body.entity_id, body.name, body.kind, body.country)
        if not any(letter.isupper() for letter in full):
            return None
        if (parted := self.explained.noun_before(bare)) is not None:
            kind = self.explained.kind_of_body(parted[0]) or self.explained.kind_of_noun(parted[1])
            return self._own(parted[0], kind or ClaimantKind.OTHER)
        general = self._words.bodies.of_states.get(folded_name(full))
        if self.home is not None and general is not None:
            part = self._words.find(f"{self._home_name} {general.name}") if self._home_name else None
            found = part or self._words.bodies.body_of_state(general, self.home)
            return Entity(found.entity_id, found.name, found.kind, found.country)
        described = self._words.describe(full)
        kind = described.kind if described is not None and described.part == BODY else None
        if kind in (None, ClaimantKind.OTHER):
            branch = self._words.branch_of(full) if described is None and full not in self._persons else None
            kind = self.told.get(full, branch.kind if branch is not None else kind)
        if noun is not None and (told_by := self.explained.kind_of_noun(noun)) not in (None, ClaimantKind.OTHER):
            kind = told_by
        if kind is None and full == bare and not self._is_named_body(bare):
            opened = [one for one in self.told if one.startswith(f"{bare} ") and not one[len(bare) + 1].islower()]
            return self.entity(opened[0]) if len(opened) == 1 else None
        kind = kind or self.told.get(bare) or ClaimantKind.OTHER
        return self._own(full, kind)

    def _short(self, short: str, full: str) -> Body | None:
        """The body of a table with a short name; `None` where the article spells the name out as another body’s."""
        body = self._words.find(short)
        if body is None or full == short or not short.isupper():
            return body
        shared = set(folded_name(body.name).split()) & set(folded_name(full).split()) - {"of", "for", "and", "the", "national"}
        country = self._words.bodies.country_in(full)
        return body if shared or (country is not None and country == body.country) else None

    def _by_acronym(self, full: str) -> Body | None:
        """The body of a table whose acronym stands beside a longer name: `Kesh Flood Relief Authority (KFRA)`."""
        short = next((short for short, name in self.acronyms.items() if name == full), None)
        return self._short(short, full) if short is not None else None

    def _beside_noun(self, name: str) -> Body | None:
        """The body of a table whose acronym ends a name, behind a small noun: `U.N. refugee agency UNHCR`."""
        behind = ACRONYM_BEHIND.search(name)
        return self._words.find(behind["short"]) if behind is not None else None

    def _owned_by_body(self, name: str) -> Body | None:
        """The body of a table behind one that it belongs to: `the UN’s World Food Programme`."""
        owner, mark, owned = name.replace("'", "’").partition("’s ")
        whose = self._words.find(owner) if mark and owned[:1].isupper() else None
        return self._words.find(owned) if whose is not None and whose.country is None else None

    def _is_of_another_state(self, body: Body, name: str) -> bool:
        """Whether a name that many states’ bodies have is another state’s here: `the Senate` in an article about Kesh."""
        if body.country is None or any(state.country == body.country for state, _ in self._named_states):
            return False
        key, bodies = folded_whole(name), self._words.bodies
        return (key in bodies.of_states or key in GENERAL) and (self.home is not None or key not in bodies.single)

    @cached_property
    def _small(self) -> list[SmallBody]:
        """The bodies called by small nouns alone, in order."""
        return list(small_bodies(self._text, self._words))

    @cached_property
    def _named_states(self) -> Counter[tuple[State, str]]:
        """How often the article names each state, by which of its names, or its people (an empty name)."""
        bodies = self._words.bodies
        counts: Counter[tuple[State, str]] = Counter()
        for match in re.finditer(r"[A-Z][\w’'-]*\w(?:\s[A-Z][\w’'-]*\w)*", self._text):
            words = POSSESSIVE.sub("", without_starters(match.group())).split()
            keys = [folded_name(" ".join(words[: size + 1])) for size in range(min(2, len(words)))]
            key = next((key for key in reversed(keys) if key in bodies.states or key in bodies.peoples), None)
            if key is not None:
                counts[(bodies.states.get(key) or bodies.peoples[key], key if key in bodies.states else "")] += 1
        return counts

    @cached_property
    def home(self) -> State | None:
        """The state that the article names most, by itself or its people; `None` where no one stands out."""
        counts: Counter[State] = Counter()
        for (state, _), times in self._named_states.items():
            counts[state] += times
        if not counts:
            return None
        (first, times), *rest = counts.most_common(2)
        return first if times >= LEAST_NAMED and (not rest or times >= LEAD * rest[0][1]) else None

    @cached_property
    def _home_name(self) -> str | None:
        """The name of that state, or of its part, that the article prints most, of those that it prints twice: `Gaza`."""
        names = [(times, name) for (state, name), times in self._named_states.items() if state == self.home and name]
        times, name = max(names, default=(0, ""))
        return name if times >= LEAST_NAMED else None

    def _ending_with(self, name: str) -> str | None:
        """The one longer name here that ends with another: `the Red Cross` beside the Kesh National Red Cross."""
        if " " not in name:
            return None
        found = re.findall(rf"(?:[A-Z][\w’'-]*\w\s)+{re.escape(name)}\b", self._text)
        longer = {full for one in found if len(full := without_starters(one)) > len(name)}
        return longer.pop() if len(longer) == 1 else None

    def _without_seat(self, name: str) -> str:
        """A body's name without the place that it is in: `Storm Council in Marlow`."""
        seat = SEAT.search(name)
        if seat is None or self._words.find(name) is not None:
            return name
        described = self._words.describe(name[: seat.start()])
        several = len(name[: seat.start()].split()) > 1
        return name[: seat.start()] if several and described is not None and described.part == BODY else name

    def _own(self, name: str, kind: str) -> Entity:
        """A body that no table lists, as the fullest of its names here."""
        mine = set(folded_name(name).split())
        longer = [one for one in self._full_names if mine < set(folded_name(one).split())]
        full = longer[0] if len(longer) == 1 else name
        if full != name:
            known = self._words.find(full)
            if known is not None:
                return Entity(known.entity_id, known.name, known.kind, known.country)
        country = self._words.bodies.country_in(full)
        text = self._text if folded_name(full) in self._words.bodies.of_states else ""
        return Entity(entity_id_of(full, kind, country, text), re.sub(r"^[Tt]he\s+", "", full), kind, country)

    def _is_named_body(self, name: str) -> bool:
        return name in self.acronyms.values()

    @cached_property
    def _full_names(self) -> list[str]:
        """The names of bodies of two words or more, as printed, in order."""
        found: dict[str, None] = {}
        for _, _, name in self._names.runs:
            if len(name.split()) > 1 and (name in self.told or self._is_body(name)) and not self.explained.is_explained(name):
                found.setdefault(name)
        return list(found)

    def _is_listed(self, name: str) -> bool:
        """Whether a table has a name, or a noun of it, as a body’s."""
        described = self._words.describe(name)
        return self._words.find(name) is not None or (described is not None and described.part == BODY)

    def _is_body(self, name: str) -> bool:
        if self._words.find(name) is not None or self._is_named_body(name):
            return True
        described = self._words.describe(name)
        return described is not None and described.part == BODY and len(name.split()) > 1

    @cached_property
    def mentions(self) -> list[BodyMention]:
        """Every mention of a body, in order."""
        found: list[BodyMention] = []
        for start, end, name in self._names.runs:
            single = len(name.split()) == 1
            if single and name not in self.acronyms and name not in self.told and self._words.find(name) is None:
                continue
            folded = folded_name(name)
            if folded in self._words.bodies.states or folded in self._words.bodies.peoples:
                continue
            entity = self.entity(name)
            if entity is not None:
                found.append(BodyMention(start, end, entity))
        return found

    def opened_by(self, text: str, before: int) -> Entity | None:
        """The last body named before an offset in whose longer name a word or two stand: `SSE` of SSE Networks."""
        words = folded_name(text).split()
        if not words or not text[:1].isupper() or self._words.phrases.get(" ".join(words), (BODY,))[0] != BODY:
            return None
        for mention in reversed([one for one in self.mentions if one.start < before]):
            printed = folded_name(self._text[mention.start : mention.end])
            if any(
                f" {' '.join(words)} " in f" {name} " for name in (printed, folded_name(mention.entity.name)) if " " in name
            ):
                return mention.entity
        return None

    def _owned(self, small: SmallBody) -> Entity | None:
        """The body of a table that small nouns name with the state before them: `Kenya’s election commission`."""
        start = self._text.rfind(ARTICLE.sub("", small.name), 0, small.end)
        owner = re.search(r"(?:[A-Z][\w’'-]+\s){1,2}$", self._text[max(0, start - 40) : start])
        found = self._words.find(self._text[start - len(owner.group()) : small.end]) if owner is not None else None
        return Entity(found.entity_id, found.name, found.kind, found.country) if found is not None else None

    def last_of_kind(self, whose: Body, before: int) -> Entity | None:
        """The last body before an offset of the kind of another: `the UN agency`, of the one named last."""
        fitting = (one.entity for one in reversed(self.mentions) if one.start < before)
        return next((one for one in fitting if one.kind == whose.kind and one.entity_id != whose.entity_id), None)

    def definite(self, noun: str, before: int) -> Entity | None:
        """The body that `the ministry`, `the agency` stands for: the last one before an offset that the noun fits."""
        named = named_by(self._text, self.mentions, noun, before)
        small = next((one for one in reversed(self._small) if one.end < before and one.noun == noun.casefold()), None)
        if small is not None and (named is None or named.start < small.end):
            whole = self._owned(small)
            if whole is not None:
                return whole
            return Entity("", small.name, small.kind)
        return named.entity if named is not None else None

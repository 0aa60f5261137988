"""The bodies that an article names: their fullest names, acronyms, short forms, and the definite nouns that stand for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from copydesk.transforms.facts.entities.acronyms import acronyms
from copydesk.transforms.facts.entities.persons import Person
from copydesk.transforms.facts.entities.runs import RUN, without_starters
from copydesk.transforms.facts.entities.small_bodies import SmallBody, small_bodies
from copydesk.transforms.facts.entities.small_nouns import KIND_BEFORE, before_short_names, beside_names
from copydesk.transforms.names.bodies import Body, State
from copydesk.transforms.names.folding import entity_id_of, folded_name
from copydesk.transforms.names.heads import BODY
from copydesk.transforms.names.kinds import ClaimantWords
from copydesk.transforms.names.phrases import ARTICLE, BOUNDARY
from copydesk.transforms.places import POSSESSIVE
from copydesk.transforms.vocabulary import ClaimantKind

NAMED = re.compile(
    r"""
    (?:[^\W\d_a-zß-öø-ÿ][\w’'.-]*\s)                                               # Kenyan
    (?:(?:health|foreign|interior|defen[cs]e|finance|justice|education|environment|transport|agriculture|civil|media|press
        |police|fire)\s)?                                                         # health
    (?:government|military|army|navy|police|ministry|parliament|authorities|media\soffice|health\sministry|air\sforce|embassy
      |civil\sdefen[cs]e|state\stelevision|campaign)\b                           # ministry
    """,
    re.VERBOSE,
)
"""A state’s or a town’s body whose noun is small: `the Gaza health ministry`, `the Israeli military`."""

EXPLAINS = re.compile(r"(?:an?\s+\S|(?:the|one\sof|which|who|whose|based|run|led|founded|owned|backed)\s+[\w’'-]*[a-z])")
OPENS_NAME = re.compile(r"(?:[a-z]+ly\s+)?(?:known\s+as\s+)?(?:the\s+)?[^\W\d_a-zß-öø-ÿ]")
"""What stands behind the comma after a name, and after a noun that says what the name is."""

LED = re.compile(
    r"(?P<noun>[A-Z]?[a-z][a-z-]*(?:[’']s?)?(?:\s[a-z-]+(?:[’']s?)?){0,3})"
    r"\s(?P<name>[^\W\d_a-zß-öø-ÿ][\w’'&.-]*(?:\s[^\W\d_a-zß-öø-ÿ][\w’'&.-]*){0,3})"
)
"""A noun at the head of a sentence before a name: `Container line Marlow`, `Airline Avianca`."""

OF_BODY = re.compile(r"\s(?:of|from|for|at|with)\s(?:the\s)?")
OTHER_NAME = re.compile(r",\s(?:or|also\sknown\sas|known\sas)\s(?:the\s)?[A-Z]{2,8}$")
"""The short name behind a full one."""

NAME_NOUN = re.compile(
    r"(?P<name>[^\W\d_a-zß-öø-ÿ][\w’'-]*(?:\s[^\W\d_a-zß-öø-ÿ][\w’'-]*)*)\s(?P<noun>party|gang|militia|newspaper|website|portal|daily|weekly"
    r"|newswire|cartel|charity|company|movement|group|coalition|faction)"
)
"""A name before the small noun that says what it is: `the Kesh party`."""

SEAT = re.compile(r"\s+in\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*$")
SPLIT = re.compile(r"\s+and\s+|,\s+|\s+in\s+(?:the\s+)?|\s+on\s+|\s+to\s+(?:the\s+)?|\s+for\s+(?:the\s+)?|\s+without\s+")
CLASSES = {
    "agency": "government un_body aid_group health_authority expert",
    "organisation": "aid_group un_body other expert",
    "organization": "aid_group un_body other expert",
    "group": "aid_group armed_group other",
    "movement": "armed_group other",
    "militia": "armed_group",
    "militants": "armed_group",
    "rebels": "armed_group",
    "company": "company",
    "firm": "company",
    "airline": "company",
    "carrier": "company",
    "manufacturer": "company",
    "operator": "company",
    "bank": "company",
    "paper": "media",
    "newspaper": "media",
    "magazine": "media",
    "outlet": "media",
    "broadcaster": "media",
    "channel": "media",
    "network": "media",
    "website": "media",
    "army": "military",
    "military": "military",
    "forces": "military",
    "charity": "aid_group",
    "ngo": "aid_group",
    "watchdog": "aid_group government other",
    "think tank": "expert",
    "lender": "company un_body",
    **dict.fromkeys(
        "carmaker automaker retailer miner producer insurer refiner utility supplier developer brewer chain conglomerate giant maker "
        "startup start-up shipper builder exporter grower".split(),
        "company",
    ),
    "monitor": "aid_group expert other",
    "regulator": "government",
    "institute": "expert government",
    "university": "expert",
    "hospital": "health_authority",
    "government": "government",
    "police": "police",
    "force": "police military",
}
"""Nouns that stand for a body of those kinds which was named before, also where its name lacks the noun."""

TRADERS = frozenset(
    "miner producer manufacturer developer supplier brewer refiner insurer lender retailer operator automaker carmaker".split()
)
"""Nouns of firms that are trades of persons too."""

LEAST_NAMED, LEAD = 2, 2
"""A state is that of an article’s bodies if it is named so often, and so many times as often as the next."""

NEAR = 800
"""Characters before a noun in which a body of that noun comes before nearer ones of its kind: `the agency`."""

STATES = frozenset(("government", "military", "army", "forces", "police"))
"""Nouns for which the name of a body of the state must hold the noun, or the table must list it as that."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Who a name stands for: its id, its one name, its kind, its country, whether it is a person, and whose word it gives."""

    entity_id: str
    name: str
    kind: str
    country: str | None = None
    person: bool = False
    body: Entity | None = None


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body named at text[start:end]."""

    start: int
    end: int
    entity: Entity


class Organisations:
    """The bodies of one article, found once."""

    def __init__(self, text: str, words: ClaimantWords, persons: Mapping[str, Person]) -> None:
        self._text, self._words, self._persons = text, words, persons
        self._entities: dict[str, Entity | None] = {}

    @cached_property
    def told(self) -> dict[str, str]:
        """The kinds of names beside which a small noun says what they are: `the charity Oxfam`, `the Swedish daily Nyheter`."""
        found: dict[str, str] = {}
        for printed, noun in beside_names(self._text):
            name = without_starters(POSSESSIVE.sub("", printed))
            kind = self._kind_of_noun(noun)
            if name and kind is not None and name not in self._persons:
                found.setdefault(name, kind)
        for short, noun in before_short_names(self._text):
            if (kind := self._kind_of_body(noun)) is not None:
                found.setdefault(short, kind)
        return found

    def _kind_of_body(self, noun: str) -> str | None:
        """The kind of the bodies that a noun names; `None` where it names none."""
        described = self._words.describe(noun)
        return described.kind if described is not None and described.part == BODY else None

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
        bare, noun = self._alone(ARTICLE.sub("", POSSESSIVE.sub("", name.strip(" ,."))))
        if not bare:
            return None
        full = self.acronyms.get(bare.replace(".", ""), bare)
        full = re.sub(r"\s*\([^)]*\)$", "", full)
        full = self._without_seat(full)
        if (named := self._named_later(bare)) is not None:
            return self.entity(named)
        told = KIND_BEFORE.match(bare)
        body = self._words.find(full) or self._short(bare, full) or (self._words.find(bare[told.end() :]) if told else None)
        if body is not None:
            longer = self._ending_with(bare) if folded_name(bare) != folded_name(body.name) else None
            return self.entity(longer) if longer else Entity(body.entity_id, body.name, body.kind, body.country)
        if not any(letter.isupper() for letter in full):
            return None
        if (named := self._noun_before(bare)) is not None:
            return self._own(named[0], self._kind_of_body(named[0]) or self._kind_of_noun(named[1]) or ClaimantKind.OTHER)
        if self.home is not None and (general := self._words.bodies.of_states.get(folded_name(full))) is not None:
            found = self._words.bodies.body_of_state(general, self.home)
            return Entity(found.entity_id, found.name, found.kind, found.country)
        described = self._words.describe(full)
        kind = described.kind if described is not None and described.part == BODY else None
        if kind in (None, ClaimantKind.OTHER):
            branch = self._words.branch_of(full) if described is None and full not in self._persons else None
            kind = self.told.get(full, branch.kind if branch is not None else kind)
        if noun is not None and (told_by := self._kind_of_noun(noun)) not in (None, ClaimantKind.OTHER):
            kind = told_by
        if kind is None and full == bare and not self._is_named_body(bare):
            return None
        kind = kind or self.told.get(bare) or ClaimantKind.OTHER
        return self._own(full, kind)

    def _alone(self, name: str) -> tuple[str, str | None]:
        """A name without the noun that says what bears it, nor whose it is; and that noun, `None` where none does.

        `Orlan Hands, a charity in Kesh` and `a relief group, the Orlan Hands` are Orlan Hands; `Radek’s Kesh party` is Kesh.
        """
        noun = None
        first, comma, rest = OTHER_NAME.sub("", name).partition(", ")
        name = first + comma + rest
        if comma and EXPLAINS.match(rest) and first[:1].isupper() and not self._is_noun(first):
            name = first
            noun = rest if rest.startswith(("a ", "an ")) else None
        elif comma and OPENS_NAME.match(rest) and self._is_noun(first):
            name, noun = OPENS_NAME.sub(lambda found: found.group()[-1], rest, count=1), first
        owner, mark, owned = name.replace("'", "’").partition("’s ")
        if mark and owned[:1].isupper() and owner.split()[-1] in self._surnames:
            name = owned
        named = NAME_NOUN.fullmatch(name)
        return (named["name"], named["noun"]) if named is not None else (name, noun)

    def _named_later(self, phrase: str) -> str | None:
        """The one name that the article prints right behind a phrase that ends with a small noun: `Kesh’s broadcaster Orlan TV`."""
        if not phrase.rsplit(maxsplit=1)[-1].islower() or phrase.islower() or self._kind_of_body(phrase) is None:
            return None
        names = {without_starters(found) for found in re.findall(rf"{re.escape(phrase)}\s({RUN.pattern})", self._text)}
        return names.pop() if len(names) == 1 and names.isdisjoint(self._persons) else None

    def is_explained(self, name: str) -> bool:
        """Whether a noun before a name says what bears it: `the Chilean miner Codelco`, `Airline Avianca`."""
        told = self._noun_before(ARTICLE.sub("", name))
        return told is not None

    def _noun_before(self, name: str) -> tuple[str, str] | None:
        """The name behind the small noun that says what bears it, and the noun; `None` where there is none."""
        told = KIND_BEFORE.match(name)
        if told is not None and self._kind_of_noun(told.group()) is not None:
            return name[told.end() :], told.group()
        opens = LED.match(name)
        noun = opens["noun"].casefold() if opens is not None else ""
        if (
            opens is None
            or opens["name"] in self._persons
            or self._words.describe(opens["name"]) is not None
            or not BOUNDARY.isdisjoint(noun.split())
        ):
            return None
        return (opens["name"], noun) if self._kind_of_noun(noun) not in (None, ClaimantKind.EXPERT) else None

    def _kind_of_noun(self, noun: str) -> str | None:
        """The kind that a noun beside a name tells; that of a trade is a firm’s, for it is beside no person."""
        plain = re.sub(r"\s(?:the\s)?$", "", noun)
        return self._kind_of_body(plain) or (
            ClaimantKind.COMPANY if plain.split()[-1:] and plain.split()[-1] in TRADERS else None
        )

    @cached_property
    def _surnames(self) -> frozenset[str]:
        """The last words of the persons of the article."""
        return frozenset(name.split()[-1] for name in self._persons)

    def _is_noun(self, phrase: str) -> bool:
        """Whether a phrase says what a body is, and names none: `US-based monitoring group`."""
        last = phrase.rsplit(maxsplit=1)[-1]
        return last.islower() and self._kind_of_body(phrase) is not None

    def _short(self, short: str, full: str) -> Body | None:
        """The body of a table with a short name; `None` where the article spells the name out as another body’s."""
        body = self._words.find(short)
        if body is None or full == short or not short.isupper():
            return body
        shared = set(folded_name(body.name).split()) & set(folded_name(full).split()) - {"of", "for", "and", "the", "national"}
        country = self._words.bodies.country_in(full)
        return body if shared or (country is not None and country == body.country) else None

    @cached_property
    def _small(self) -> list[SmallBody]:
        """The bodies called by small nouns alone, in order."""
        return list(small_bodies(self._text, self._words))

    @cached_property
    def home(self) -> State | None:
        """The state that the article names most, by itself or its people; `None` where no one stands out."""
        bodies = self._words.bodies
        counts: Counter[State] = Counter()
        for match in re.finditer(r"[A-Z][\w’'-]*\w(?:\s[A-Z][\w’'-]*\w)*", self._text):
            words = POSSESSIVE.sub("", match.group()).split()
            keys = [folded_name(" ".join(words[: size + 1])) for size in range(min(2, len(words)))]
            state = next((one for key in reversed(keys) if (one := bodies.states.get(key) or bodies.peoples.get(key))), None)
            if state is not None:
                counts[state] += 1
        if not counts:
            return None
        (first, times), *rest = counts.most_common(2)
        return first if times >= LEAST_NAMED and (not rest or times >= LEAD * rest[0][1]) else None

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
        return Entity(entity_id_of(full, kind, country), re.sub(r"^[Tt]he\s+", "", full), kind, country)

    def _is_named_body(self, name: str) -> bool:
        return name in self.acronyms.values()

    @cached_property
    def _full_names(self) -> list[str]:
        """The names of bodies of two words or more, as printed, in order."""
        found: dict[str, None] = {}
        for _, _, name in self._runs:
            if len(name.split()) > 1 and self._is_body(name) and not self.is_explained(name):
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
        for start, end, name in self._runs:
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

    @cached_property
    def _runs(self) -> list[tuple[int, int, str]]:
        """Runs of capitals and names with small nouns, each cut to a body where the whole is none: (start, end, name)."""
        found: list[tuple[int, int, str]] = []
        taken = 0
        spans = [(match.start(), match.end()) for match in NAMED.finditer(self._text)]
        small = dict(spans)
        for match in RUN.finditer(self._text):
            start, text = match.start(), match.group()
            shorter = without_starters(text)
            start += len(text) - len(shorter)
            if start < taken or not shorter:
                continue
            end = small.get(start) or small.get(start + shorter.rfind(" ") + 1) or 0
            name = self._text[start:end] if end > match.end() else shorter
            for at, part in self._behind_person(name) or self._parts(name):
                named = POSSESSIVE.sub("", part)
                if named and named not in self._persons:
                    found.append((start + at, start + at + len(named), named))
            taken = max(match.end(), end)
        return found

    def _behind_person(self, name: str) -> list[tuple[int, str]]:
        """The body behind somebody’s name in a run of capitals: `Statistics Kesh` of `Ida Fisk of Statistics Kesh`."""
        joint = OF_BODY.search(name)
        if joint is None or not any(name[: joint.start()].endswith(one) for one in self._persons):
            return []
        return [(joint.end() + at, part) for at, part in self._parts(name[joint.end() :])]

    def _parts(self, name: str) -> Iterator[tuple[int, str]]:
        """The whole where it is a body, else the names that small words join."""
        whole = POSSESSIVE.sub("", name)
        if self._words.find(whole) is not None or whole in self.acronyms.values() or not SPLIT.search(name):
            yield 0, name
            return
        described = self._words.describe(whole)
        joint = SPLIT.search(name)
        opens = joint is not None and re.search(r"\bof\b|\bfor\b", name[: joint.end()]) is not None
        if described is not None and described.part == BODY and opens and not name.count(" and ") > 1:
            yield 0, name
            return
        at = 0
        for found in [*SPLIT.finditer(name), None]:
            end = found.start() if found is not None else len(name)
            if name[at:end]:
                yield at, name[at:end]
            at = found.end() if found is not None else end

    def opened_by(self, text: str, before: int) -> Entity | None:
        """The last body named before an offset whose name a word or two open or end: `SSE` of SSE Networks."""
        words = folded_name(text).split()
        if not words or not text[:1].isupper() or self._words.phrases.get(" ".join(words), (BODY,))[0] != BODY:
            return None
        for mention in reversed([one for one in self.mentions if one.start < before]):
            name = folded_name(self._text[mention.start : mention.end]).split()
            if len(name) > len(words) and words in (name[: len(words)], name[-len(words) :]):
                return mention.entity
        return None

    def is_class(self, noun: str) -> bool:
        """Whether a noun stands for bodies that were named before: `lender`."""
        return noun in CLASSES

    def definite(self, noun: str, before: int) -> Entity | None:
        """The body that `the ministry`, `the agency` stands for: the last one before an offset that the noun fits."""
        named = self._named_by(noun, before)
        small = next((one for one in reversed(self._small) if one.end < before and one.noun == noun.casefold()), None)
        if small is not None and (named is None or named.start < small.end):
            return Entity("", small.name, small.kind)
        return named.entity if named is not None else None

    def _named_by(self, noun: str, before: int) -> BodyMention | None:
        """The last body with a name before an offset that a noun fits."""
        head = noun.casefold().split()[-1]
        head = "think tank" if noun.casefold().endswith("think tank") else head
        kinds = CLASSES.get(head, "company" if head.endswith("maker") else "").split()
        wanted = set(noun.casefold().split())
        fitting: BodyMention | None = None
        for mention in reversed([one for one in self.mentions if one.start < before]):
            words = set(folded_name(mention.entity.name).split()) | set(
                folded_name(self._text[mention.start : mention.end]).split()
            )
            far = fitting is not None and mention.start < before - NEAR
            if not far and (head in words or wanted <= words):
                return mention
            if fitting is None and self._is_of_class(mention.entity, head, kinds):
                fitting = mention
        return fitting

    def _is_of_class(self, body: Entity, head: str, kinds: Sequence[str]) -> bool:
        """Whether a noun stands for bodies of the kind, where their names lack it."""
        if body.kind not in kinds:
            return False
        return (
            head != "government" and body.country is not None if head in STATES else not body.entity_id.endswith("-government")
        )

"""The bodies that an article names: their fullest names, acronyms, short forms, and the definite nouns that stand for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from copydesk.transforms.facts.entities.persons import Person
from copydesk.transforms.facts.referents import STARTERS
from copydesk.transforms.names.bodies import State
from copydesk.transforms.names.folding import entity_id_of, folded_name
from copydesk.transforms.names.kinds import BODY, ClaimantWords
from copydesk.transforms.names.phrases import ARTICLE
from copydesk.transforms.places import POSSESSIVE
from copydesk.transforms.vocabulary import ClaimantKind

CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿ][\w’'&.-]*[\w’']|[A-Z])"
RUN = re.compile(
    rf"{CAPITAL}(?:(?:,?\s(?:of|for|and|the|de|du|des|la|without|on|in|to)){{0,2}}\s{CAPITAL}|\s&\s{CAPITAL}|\s\d+\b)*"
)
"""A run of capitalised words, with the small words that stand inside names of bodies."""

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

BRACKETED = re.compile(
    rf"""
    (?P<full>{RUN.pattern})                                                       # Brell Risk Council
    \s\((?:the\s|or\s|known\sas\s)?[“\"‘']?(?P<short>[A-Z][A-Za-z&.-]{{1,11}})[”\"’']?\)   # (BRC)
    """,
    re.VERBOSE,
)
NOUNS = (
    "firm company airline carrier bank charity group agency organisation organization newspaper daily paper magazine "
    "broadcaster channel website network watchdog militia party union university institute hospital regulator retailer "
    "manufacturer operator automaker carmaker startup start-up consultancy outlet journal tabloid nonprofit ngo giant "
    "producer miner brand chain platform developer insurer lender utility supplier brewer refiner conglomerate "
    "foundation federation association coalition school college museum laboratory ministry department"
).replace(" ", "|")
NOUNS_END = tuple(NOUNS.split("|"))
NAME_BEGINS = re.compile(r"(?<=[a-z])\s(?=[^\W\d_a-zß-öø-ÿ])")
NOUN_BEFORE = re.compile(rf"\b(?:[a-z][a-z-]+\s){{0,2}}(?:{NOUNS})$  # the relief charity", re.VERBOSE)
"""A small noun before a name, and where a name stands behind a small word: `the relief charity Orlan Hands`."""

NOUN_BEHIND = re.compile(rf",\s(?:an?|the)\s(?P<noun>(?:[\w’-]+\s){{0,4}}(?:{NOUNS}))\b  # , a relief charity", re.VERBOSE)
NAME_ENDS = re.compile(rf"{RUN.pattern}$")
"""A small noun behind a name, and the name: `Orlan Hands, a relief charity`."""

SHORTENED = re.compile(
    r"""
    (?:,\s(?:known\sas|called)(?:\sthe)?\s|\s\((?:known\sas\s)?)(?P<short>[A-Z]{3,8})\b  # (UNGRD)
    """,
    re.VERBOSE,
)
NOUN_ENDS = re.compile(r"(?:[\w’'-]+\s){0,4}[a-z][a-z-]+$  # the country’s disaster relief agency", re.VERBOSE)
"""A name in capitals behind a small noun, and the noun."""

NAME_LEAD = 400
"""Characters before a place in which a name or a noun that ends there begins."""

KIND_BEFORE = re.compile(
    rf"""
    (?:[A-Z]?[a-z-]+\s)?                                                           # Rights
    (?:{NOUNS})\s(?=[A-Z])                                                        # group
    """,
    re.VERBOSE,
)
"""What a name is, before it, at the beginning of a sentence too: `Rights group`."""

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
    "regulator": "government",
    "institute": "expert government",
    "university": "expert",
    "hospital": "health_authority",
    "government": "government",
    "police": "police",
    "force": "police military",
}
"""Nouns that stand for a body of those kinds which was named before, also where its name lacks the noun."""

LEAST_NAMED, LEAD = 2, 2
"""A state is that of an article’s bodies if it is named so often, and so many times as often as the next."""

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
        for printed, noun in self._beside_nouns():
            name = _without_starters(POSSESSIVE.sub("", printed))
            kind = self._kind_of_body(noun)
            if name and kind is not None and name not in self._persons:
                found.setdefault(name, kind)
        for short, noun in _ending_before(SHORTENED, NOUN_ENDS, self._text, "short"):
            if (kind := self._kind_of_body(noun)) is not None:
                found.setdefault(short, kind)
        return found

    def _beside_nouns(self) -> Iterator[tuple[str, str]]:
        """Names with the small noun beside them: first those behind their nouns, then those before."""
        taken = 0
        for blank in NAME_BEGINS.finditer(self._text):
            at = blank.start()
            if at < taken or not self._text.endswith(NOUNS_END, 0, at):
                continue
            noun = NOUN_BEFORE.search(self._text, max(taken, at - NAME_LEAD), at)
            name = RUN.match(self._text, blank.end())
            if noun is not None and name is not None:
                yield name.group(), noun.group()
                taken = name.end()
        yield from ((name, noun) for noun, name in _ending_before(NOUN_BEHIND, NAME_ENDS, self._text, "noun"))

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
        """The full name of each acronym: printed in brackets beside it, else the only name with these initials."""
        found: dict[str, str] = {}
        for match in BRACKETED.finditer(self._text):
            full, short = _without_starters(match.group("full")), match.group("short").replace(".", "")
            if full and _stands_for(short, full):
                found.setdefault(short, _tail_of(short, full))
        shorts = {run for run in re.findall(r"\b[A-Z]{2,8}\b", self._text) if run not in found}
        for match in RUN.finditer(self._text):
            full = _without_starters(match.group())
            initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", full) if word[0].isupper())
            opening = "".join(word[0] for word in full.split(" of ")[0].split() if word[0].isupper())
            if initials in shorts and len(full.split()) > 1:
                found.setdefault(initials, full)
            elif opening in shorts and len(opening) > 1 and self._is_listed(full):
                found.setdefault(opening, full)
        return found

    def entity(self, name: str) -> Entity | None:
        """The body of a printed name, in its fullest form here; `None` for what no table and no noun makes a body."""
        if name not in self._entities:
            self._entities[name] = self._entity(name)
        return self._entities[name]

    def _entity(self, name: str) -> Entity | None:
        bare = ARTICLE.sub("", POSSESSIVE.sub("", name.strip(" ,.")))
        if not bare:
            return None
        full = self.acronyms.get(bare.replace(".", ""), bare)
        full = re.sub(r"\s*\([^)]*\)$", "", full)
        full = self._without_seat(full)
        told = KIND_BEFORE.match(bare)
        body = self._words.find(full) or self._words.find(bare) or (self._words.find(bare[told.end() :]) if told else None)
        if body is not None:
            longer = self._ending_with(bare) if folded_name(bare) != folded_name(body.name) else None
            return self.entity(longer) if longer else Entity(body.entity_id, body.name, body.kind, body.country)
        if not any(letter.isupper() for letter in full):
            return None
        if self.home is not None and (general := self._words.bodies.of_states.get(folded_name(full))) is not None:
            found = self._words.bodies.body_of_state(general, self.home)
            return Entity(found.entity_id, found.name, found.kind, found.country)
        described = self._words.describe(full)
        kind = described.kind if described is not None and described.part == BODY else self.told.get(full)
        if kind is None and full == bare and not self._is_named_body(bare):
            return None
        kind = kind or self.told.get(bare) or ClaimantKind.OTHER
        return self._own(full, kind)

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
        longer = {full for one in found if len(full := _without_starters(one)) > len(name)}
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
            if len(name.split()) > 1 and self._is_body(name):
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
            shorter = _without_starters(text)
            start += len(text) - len(shorter)
            if start < taken or not shorter:
                continue
            end = small.get(start) or small.get(start + shorter.rfind(" ") + 1) or 0
            name = self._text[start:end] if end > match.end() else shorter
            for at, part in self._parts(name):
                named = POSSESSIVE.sub("", part)
                if named and named not in self._persons:
                    found.append((start + at, start + at + len(named), named))
            taken = max(match.end(), end)
        return found

    def _parts(self, name: str) -> Iterator[tuple[int, str]]:
        """The whole where it is a body, else the names that small words join."""
        whole = POSSESSIVE.sub("", name)
        if self._words.find(whole) is not None or whole in self.acronyms.values() or not SPLIT.search(name):
            yield 0, name
            return
        described = self._words.describe(whole)
        joint = SPLIT.search(name)
        opens = joint is not None and re.search(r"\bof\b|\bfor\b", name[: joint.start()]) is not None
        if described is not None and described.part == BODY and opens and not name.count(" and ") > 1:
            yield 0, name
            return
        at = 0
        for found in [*SPLIT.finditer(name), None]:
            end = found.start() if found is not None else len(name)
            if name[at:end]:
                yield at, name[at:end]
            at = found.end() if found is not None else end

    def definite(self, noun: str, before: int) -> Entity | None:
        """The body that `the ministry`, `the agency` stands for: the last one before an offset that the noun fits."""
        head = noun.casefold().split()[-1]
        head = "think tank" if noun.casefold().endswith("think tank") else head
        kinds = CLASSES.get(head, "").split()
        wanted = set(noun.casefold().split())
        for mention in reversed([one for one in self.mentions if one.start < before]):
            words = set(folded_name(mention.entity.name).split()) | set(
                folded_name(self._text[mention.start : mention.end]).split()
            )
            if head in words or wanted <= words:
                return mention.entity
            if head in STATES:
                if mention.entity.kind in kinds and head != "government" and mention.entity.country:
                    return mention.entity
            elif mention.entity.kind in kinds and not mention.entity.entity_id.endswith("-government"):
                return mention.entity
        return None


def _ending_before(joint: re.Pattern[str], ending: re.Pattern[str], text: str, group: str) -> Iterator[tuple[str, str]]:
    """A group of each match of `joint`, with what ends where the match begins."""
    taken = 0
    for found in joint.finditer(text):
        before = ending.search(text, max(taken, found.start() - NAME_LEAD), found.start())
        if before is not None:
            yield found[group], before.group()
            taken = found.end()


def _without_starters(run: str) -> str:
    """A run without the capitalised words that open a sentence and no name."""
    words = run.split(" ")
    while words and words[0].casefold().strip(",") in STARTERS:
        words = words[1:]
    while words and words[0].islower():
        words = words[1:]
    return " ".join(words)


def _stands_for(short: str, full: str) -> bool:
    """Whether an acronym in brackets may stand for the name before it: its first letter opens one of the name’s words."""
    initials = [word[0].upper() for word in re.findall(r"[^\W\d_]+", full)]
    capitals = [letter for letter in short if letter.isupper()]
    shared = sum(letter in initials for letter in capitals)
    return bool(initials) and bool(capitals) and shared * 2 >= len(capitals)


def _tail_of(short: str, full: str) -> str:
    """The part of a name that its acronym stands for: from the last word but so many that begins with its first letter."""
    words = full.split()
    fitting = [at for at, word in enumerate(words) if word[:1].upper() == short[0]]
    if fitting and fitting[0] and len(words) - fitting[0] >= max(2, len([c for c in short if c.isupper()]) - 1):
        return " ".join(words[fitting[0] :])
    return full

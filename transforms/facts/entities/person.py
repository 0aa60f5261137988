"""A person of an article: the name, the offices that the article gives, and whose word the person gives by them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.heads import PERSON, SPEAKS
from copydesk.transforms.names.kinds import ClaimantWords, Described
from copydesk.transforms.vocabulary import ClaimantKind

RANKS = frozenset(
    "general gen major maj colonel col lieutenant lt captain capt brigadier brig sergeant sgt corporal major-general commander "
    "lieutenant-general brigadier-general lieutenant-colonel".split()
) | {
    f"{one} {two}"
    for one in ("major", "maj", "brigadier", "brig", "lieutenant", "lt")
    for two in ("general", "gen", "colonel", "col")
}
"""Ranks that officers of an army share with those of police, prisons and coastguards."""


CLINICAL = frozenset("consultant consultants specialist specialists".split())
"""Nouns of those who know by study, and of those who treat."""


def without_rank(text: str) -> str:
    """An office before a name without the rank behind it.

    >>> without_rank("Interior Ministry spokesman Lt. Gen."), without_rank("General")
    ('Interior Ministry spokesman', 'General')
    """
    words = text.split()
    end = len(words)
    while end > 1 and words[end - 1].casefold().strip(".") in RANKS:
        end -= 1
    return " ".join(words[:end])


@dataclass
class Person:
    """A person of an article: the fullest name, and what the article says of the office, in order."""

    name: str
    offices: list[Described] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ages: set[str] = field(default_factory=set)
    befell: bool = False
    """Whether the article tells that the person went through what it is about."""

    treats: bool = False
    """Whether the person has the title of a doctor, with a hospital or patients near by."""

    schools: bool = False
    """Whether schools stand near by and no police: whose superintendent the person is, of the two that have one."""

    def add(self, text: str, words: ClaimantWords, before_name: bool = False) -> None:
        """Takes up what the article says of the office, where it says one; of two that `and` joins, both.

        Several people are no office of one: `quoting the witnesses, Oto Radek said`.
        """
        told = words.describe(text, before_name)
        if told is not None and words.is_plural(told.head) and " of " not in text:
            return
        if before_name and (post := without_rank(text)) != text and words.ends_with_office(post):
            self._take(post, words.describe(post, True))
        first, joint, last = text.rpartition(", ")
        if joint and words.ends_with_office(last):
            office = words.describe(first)
            if words.ends_with_office(first) or (office is not None and office.part == SPEAKS and office.body is not None):
                self._take(first, office)
        first, joint, _ = text.partition(" and ")
        if joint and (office := words.describe(first, True)) is not None and words.ends_with_office(first):
            self._take(first, office)
        self._take(text, told)

    def _take(self, text: str, office: Described | None) -> None:
        if office is not None and office.part in (PERSON, SPEAKS):
            self.offices.append(office)
            self.texts.append(text)

    @property
    def office(self) -> Described | None:
        """The office that tells the kind: the first that tells one, where a study or press comes before the employer.

        A rank says least: officers of police have those of an army.
        """
        told = [office for office in self.offices if office.kind != ClaimantKind.OTHER]
        posts = [office for office in told if office.kind != ClaimantKind.MILITARY or office.head not in RANKS]
        return next((office for office in told if office.kind == ClaimantKind.EXPERT), None) or next(
            iter([*posts, *told, *self.offices]), None
        )

    @property
    def kind(self) -> str:
        """The kind of the office; who is named with an age and no office was there, or is touched by it."""
        office = self.office
        if office is not None and office.head in CLINICAL and self.treats:
            return ClaimantKind.HEALTH_AUTHORITY
        if office is not None and office.head == "superintendent" and self.schools:
            return ClaimantKind.GOVERNMENT
        if office is not None and office.kind != ClaimantKind.OTHER:
            return office.kind
        if self.treats:
            return ClaimantKind.HEALTH_AUTHORITY
        told = self.befell or (office is None and bool(self.ages))
        return ClaimantKind.WITNESS if told else ClaimantKind.OTHER

    @property
    def body(self) -> str | None:
        """The text of the body whose word the person gives, as an office of the same kind names it."""
        office = self.office
        named = [one.body for one in self.offices if one.body and office is not None and one.kind == office.kind]
        return named[0] if named else None


def named(persons: Mapping[str, Person], name: str, before: int) -> Person | None:
    """The person of a printed name, the fullest that holds all its words: the last one before an offset, else the first behind.

    A single word is a surname or a given name; where two persons bear it, the one named last before counts.
    """
    exact = persons.get(name)
    words = set(folded_name(name).split())
    if not words:
        return None
    single = len(words) == 1
    fitting = []
    for one in persons.values():
        theirs = folded_name(one.name).split()
        if words <= set(theirs) and (not single or theirs[-1] in words or theirs[0] in words or _surname_of(theirs) & words):
            fitting.append(one)
    if exact is not None:
        longer = [one for one in fitting if len(one.name) > len(exact.name)]
        return longer[0] if len(longer) == 1 and not single else exact
    if not fitting:
        return None
    at = [(one.starts[at - 1], one) for one in fitting if (at := bisect_left(one.starts, before))]
    return max(at, key=lambda pair: pair[0])[1] if at else fitting[0]


class SamePersons:
    """The names of one article that are forms of each other: `Oto Radek`, `Oto Juma Radek`."""

    def __init__(self, persons: Mapping[str, Person]) -> None:
        self._by_last: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        for name in persons:
            words = folded_name(name).split()
            if len(words) > 1:
                self._by_last[words[-1]].append((name, words))

    def shortest(self, name: str) -> str:
        """The shortest form of two words or more that begins and ends as a name does."""
        words = folded_name(name).split()
        forms = [one for one, theirs in self._ending_as(words) if theirs[0] == words[0] and set(theirs) <= set(words)]
        return min(forms, key=len, default=name)

    def fullest(self, name: str) -> str:
        """The one longer name that ends with a name: `Oto Abu Radek` of Abu Radek; the name itself where there is none."""
        words = folded_name(name).split()
        longer = [one for one, theirs in self._ending_as(words) if len(theirs) > len(words) and theirs[-len(words) :] == words]
        return longer[0] if len(longer) == 1 and len(words) > 1 else name

    def _ending_as(self, words: list[str]) -> list[tuple[str, list[str]]]:
        return self._by_last.get(words[-1], []) if words else []


def _surname_of(words: list[str]) -> set[str]:
    """Surnames inside a name: `Jr` and particles stand behind and before them."""
    return {words[-2]} if len(words) > 2 and words[-1] in ("jr", "sr", "ii", "iii") else set()

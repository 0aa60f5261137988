"""Who holds an office of which an article names the holder elsewhere: `the senator`, `the OC`, `the governor`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

from copydesk.transforms.facts.entities.person import Person
from copydesk.transforms.facts.entities.written import initials, says
from copydesk.transforms.facts.names import person
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.heads import PERSON, SPEAKS
from copydesk.transforms.names.kinds import ClaimantWords
from copydesk.transforms.names.phrases import ARTICLE
from copydesk.transforms.vocabulary import ClaimantKind

WOMAN, MAN = frozenset("woman girl lady".split()), frozenset("man boy gentleman".split())
SOLE_HOLDER = re.compile(r"(?:[Tt]he|[Ii]ts|[Tt]heir)\s|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}[’']s?\s")
"""What opens an office that one person has: `the governor`, `Kesh’s president`."""

LATER = 400
"""Characters behind an office in which its holder is named."""

SENTENCE_ENDS = re.compile(r"(?<!\bDr|\bMr|\bMs)(?<!\bMrs)[.!?][”\"’]?\s")
QUOTED = re.compile(r"“[^”\n]*”\s*|\"[^\"\n]*\"\s*")
OPENS_SENTENCE = re.compile(r"[.!?][”\"’]?\s+(?:(?:said|says|added)\s)?(?:(?:Dr|Mr|Mrs|Ms|Prof)\.?\s)?$")
"""Where a sentence begins, with the title of whom it is about; what is quoted before is left out."""


class Holders:
    """The holders of offices in one article."""

    def __init__(self, text: str, words: ClaimantWords, given_names: Mapping[str, str], persons: Mapping[str, Person]) -> None:
        self._text, self._words, self._given, self._persons = text, words, given_names, persons

    def name_later(self, sources: Iterable[tuple[str, int]], speakers: Set[str]) -> None:
        """Gives the only office of its sort to the person who is first named right behind it, and with no office.

        `The governor of Kesh said three died. Oto Radek said …` is of a governor Oto Radek.
        """
        for written, at in sorted(set(sources), key=lambda one: one[1]):
            described = self._words.describe(written)
            if described is None or described.part not in (PERSON, SPEAKS) or self._words.is_plural(described.head):
                continue
            if not SOLE_HOLDER.match(written) or any(name in written for name in self._persons) or person(written) is not None:
                continue
            behind = [one for one in self._persons.values() if one.starts and at < one.starts[0] < at + LATER]
            first = min(behind, key=lambda one: one.starts[0], default=None)
            if first is not None and not first.offices and not first.ages and first.name in speakers:
                between = QUOTED.sub("", self._text[at + len(written) : first.starts[0]])
                if len(SENTENCE_ENDS.findall(between)) == 1 and OPENS_SENTENCE.search(between):
                    first.add(ARTICLE.sub("", written), self._words)

    def by_office(self, noun: str, at: int, speakers: Set[str]) -> Person | None:
        """The last person before an offset of whom the article says the noun: `the senator`, `the mother of four`."""
        wanted = folded_name(noun)
        behind = [one for one in self._persons.values() if any(says(text, wanted) for text in one.texts)]
        before = [one for one in behind if any(start < at for start in one.starts)]
        if before:
            return max(before, key=lambda one: max(start for start in one.starts if start < at))
        if wanted in WOMAN | MAN:
            gender = "f" if wanted in WOMAN else "m"
            fitting = [one for one in self._persons.values() if self._given.get(one.name.split()[0].casefold()) == gender]
            near = [one for one in fitting if one.starts and one.starts[0] < at]
            return max(near, key=lambda one: max(start for start in one.starts if start < at)) if near else None
        if len(behind) == 1:
            return behind[0]
        described = self._words.describe(noun)
        if described is not None and described.kind == ClaimantKind.EXPERT and not self._words.is_plural(described.head):
            scholars = [one for one in self._persons.values() if one.kind == described.kind and one.name in speakers]
            return scholars[0] if len(scholars) == 1 and scholars[0].starts[:1] < [at] else None
        if described is None or "spokes" not in described.head:
            return None
        fitting = [one for one in self._persons.values() if one.kind == described.kind and one.starts and one.starts[0] < at]
        fitting = [one for one in fitting if one.name in speakers] or fitting
        return max(fitting, key=lambda one: max(start for start in one.starts if start < at), default=None)

    def by_initials(self, short: str) -> Person | None:
        """The only person whose office has these initials: `the OC` for the officer-in-charge."""
        office = self._words.describe(short)
        heads = {short.casefold()} | ({office.head} if office is not None and office.part in (PERSON, SPEAKS) else set())
        fitting = [
            one
            for one in self._persons.values()
            if any(office.head in heads or initials(office.head) == short.casefold() for office in one.offices)
        ]
        return fitting[0] if len(fitting) == 1 else None

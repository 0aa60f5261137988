"""Which person of an article a source names: by name, else by the office or the noun that stands for one named before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from copydesk.transforms.facts.entities.body_nouns import DEFINITE
from copydesk.transforms.facts.entities.organisations import Organisations
from copydesk.transforms.facts.entities.persons import Person, named
from copydesk.transforms.facts.entities.written import initials, says
from copydesk.transforms.facts.names import ORG_WORDS, PART_WORDS, person
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.kinds import BODY, PERSON, SPEAKS, ClaimantWords

WOMAN, MAN = frozenset("woman girl lady".split()), frozenset("man boy gentleman".split())


class QuotedPersons:
    """The persons of one article as its sources name them."""

    def __init__(
        self, text: str, words: ClaimantWords, given_names: Mapping[str, str], persons: dict[str, Person], bodies: Organisations
    ) -> None:
        self._text, self._words, self._given = text, words, given_names
        self._persons, self._bodies = persons, bodies
        self._speakers: set[str] = set()

    def take_up(self, sources: Iterable[tuple[str, str | None]]) -> None:
        """Takes up the offices that the sources of facts, as written and alone, print with or for their names."""
        sources = list(dict.fromkeys(sources))
        self._speakers = {speaker for _, speaker in sources if speaker} | {
            name for written, _ in sources if (name := person(written))
        }
        for written, speaker in sources:
            self._take_speaker(written)
            name = self._listed_in(written)
            if name is not None:
                before, _, behind = written.partition(name)
                for text, before_name in ((before, not before.rstrip().endswith(",")), (behind.lstrip(" ,"), False)):
                    if text.strip(" ,"):
                        self._persons[name].add(text.strip(" ,"), self._words, before_name)
            elif speaker in self._persons and DEFINITE.match(written):
                self._persons[speaker].add(written, self._words)

    def _take_speaker(self, written: str) -> None:
        """Takes up a person of two words or more whom a source names and the reading of names missed."""
        alone = person(written)
        if alone is None or alone in self._persons or " " not in alone or self._bodies.entity(alone) is not None:
            return
        before = written.partition(alone)[0].strip(" ,")
        office = self._words.describe(before, True) if before else None
        if office is not None and office.part in (PERSON, SPEAKS):
            starts = [found.start() for found in re.finditer(rf"\b{re.escape(alone)}\b", self._text)]
            self._persons[alone] = Person(alone, starts=starts)

    def _listed_in(self, written: str) -> str | None:
        """The person of the article whose full name a source holds, the last where it holds several."""
        alone = person(written)
        if alone in self._persons:
            return alone
        held = [name for name in self._persons if name in written]
        return max(held, key=lambda name: (written.rindex(name), len(name)), default=None)

    def person_of(self, written: str, speaker: str | None, at: int) -> Person | None:
        """The person whom a source names: by name, else by the office or the noun that stands for one named before."""
        if self._words.find(written) is not None:
            return None
        for name in (self._listed_in(written), person(written), speaker):
            if name and self._words.find(name) is None and (one := named(self._persons, name, at + len(written))) is not None:
                return one
        alone = person(written)
        if alone is not None and (len(alone.split()) > 1 or self._behind_office(alone, written)):
            return self._unlisted(alone, written)
        definite = DEFINITE.match(written)
        described = self._words.describe(written)
        noun = definite.group("noun").strip() if definite is not None else ""
        if noun.isupper():
            return self._by_initials(noun) if noun not in self._bodies.shorts and self._bodies.entity(noun) is None else None
        return self._by_office(noun, at) if noun and (described is None or described.part != BODY) else None

    def _behind_office(self, name: str, written: str) -> bool:
        """Whether a name of one word stands behind an office of a body: `Head of the Alert Section, Fisk`."""
        office, comma, behind = written.rpartition(", ")
        of_body = ORG_WORDS.search(office) or PART_WORDS.search(office)
        described = self._words.describe(office) if comma and behind == name and of_body else None
        return described is not None and described.part in (PERSON, SPEAKS)

    def _unlisted(self, name: str, written: str) -> Person | None:
        """A person whom the text names in a way that the reading of names missed."""
        if self._bodies.entity(name) is not None:
            return None
        office = self._words.describe(written.replace(name, " ").strip(" ,")) if written != name else None
        return Person(name, [office] if office is not None and office.part in (PERSON, SPEAKS) else [])

    def _by_office(self, noun: str, at: int) -> Person | None:
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
        if described is None or "spokes" not in described.head:
            return None
        fitting = [one for one in self._persons.values() if one.kind == described.kind and one.starts and one.starts[0] < at]
        fitting = [one for one in fitting if one.name in self._speakers] or fitting
        return max(fitting, key=lambda one: max(start for start in one.starts if start < at), default=None)

    def _by_initials(self, short: str) -> Person | None:
        """The only person whose office has these initials: `the OC` for the officer-in-charge."""
        fitting = [
            one for one in self._persons.values() if any(initials(office.head) == short.casefold() for office in one.offices)
        ]
        return fitting[0] if len(fitting) == 1 else None

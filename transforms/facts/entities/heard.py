"""What the sources of facts tell of an article’s persons: offices beside their names, what befell them, who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copydesk.transforms.facts.entities.beside import SAW
from copydesk.transforms.facts.entities.organisations import Organisations
from copydesk.transforms.facts.entities.owned import is_owner
from copydesk.transforms.facts.entities.person import Person
from copydesk.transforms.facts.entities.written import DEFINITE
from copydesk.transforms.facts.names import person
from copydesk.transforms.names.heads import PERSON, SPEAKS
from copydesk.transforms.names.kinds import ClaimantWords


class Heard:
    """Takes up what the sources of facts tell; `persons` are the article's own, and grow."""

    def __init__(self, text: str, words: ClaimantWords, persons: dict[str, Person], bodies: Organisations) -> None:
        self._text, self._words, self.persons, self.bodies = text, words, persons, bodies
        self.speakers: set[str] = set()
        """The names of all that speak or claim."""

    def take_up(self, sources: Iterable[tuple[str, str | None]]) -> None:
        """Takes up the offices that the sources of facts, as written and alone, print with or for their names."""
        sources = list(dict.fromkeys(sources))
        self.speakers = {speaker for _, speaker in sources if speaker} | {
            name for written, _ in sources if (name := person(written))
        }
        for written, speaker in sources:
            self._take_speaker(written)
            name = self.listed_in(written)
            if name is not None:
                before, _, behind = written.partition(name)
                for text, before_name in ((before, not before.rstrip().endswith(",")), (behind.lstrip(" ,"), False)):
                    if text.strip(" ,"):
                        self.persons[name].add(text.strip(" ,"), self._words, before_name)
            elif speaker in self.persons and DEFINITE.match(written):
                self.persons[speaker].add(written, self._words)

    def hear(self, quoted: Iterable[tuple[str, str]]) -> None:
        """Takes up what persons say in their own words: who tells what befell him was there, where no office is told."""
        for speaker, text in quoted:
            one = self.persons.get(speaker)
            if one is not None and not one.offices and not one.befell and SAW.search(text) is not None:
                one.befell = True

    def _take_speaker(self, written: str) -> None:
        """Takes up a person of two words or more whom a source names and the reading of names missed."""
        alone = person(written)
        if alone is None or alone in self.persons or " " not in alone or self.bodies.entity(alone) is not None:
            return
        before = written.partition(alone)[0].strip(" ,")
        office = self._words.describe(before, True) if before else None
        if office is not None and office.part in (PERSON, SPEAKS):
            starts = [found.start() for found in re.finditer(rf"\b{re.escape(alone)}\b", self._text)]
            self.persons[alone] = Person(alone, starts=starts)

    def listed_in(self, written: str) -> str | None:
        """The person of the article whose full name a source holds, the last where it holds several."""
        alone = person(written)
        if alone in self.persons:
            return None if is_owner(written, alone, self._words) else alone
        held = [name for name in self.persons if name in written and not is_owner(written, name, self._words)]
        return max(held, key=lambda name: (written.rindex(name), len(name)), default=None)

"""What a pronoun stands for: the persons and bodies that an article has named, by agreement and role rather than by distance.

A wrong speaker costs more than none: where two persons of the pronoun's gender stand in reach and neither is the subject of its
sentence, nobody is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from copydesk.transforms.facts.person_mentions import BEFORE, Mention, PersonMentions
from copydesk.transforms.facts.quoted_spans import Quoted
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Sentence

GENDERS = {"he": "m", "she": "f"}
INTRODUCED = re.compile(r",\s+(?:(?:an?|another|the|one)\s+[a-z]|\d\d\b)")
"""Behind a name that is told for the first time: `Ida Fisk, another resident`, `Ida Fisk, 34`."""

WHO_REACH = 90
"""Characters before `who` in which its name ends."""

FARTHEST_OFFICE = 20_000
"""Characters back in which the holder of an office is looked for."""

SHORT_OFFICES = {
    "senator": ("Sen",),
    "congressman": ("Rep",),
    "congresswoman": ("Rep",),
    "representative": ("Rep",),
    "governor": ("Gov",),
    "general": ("Gen",),
    "colonel": ("Col",),
    "professor": ("Prof",),
    "doctor": ("Dr",),
}
"""How the titles of offices are cut short before a name."""

REACH, FARTHEST = 1, 4
"""Paragraphs back in which a pronoun's name must be printed to be given as its source, and be found at all."""


@dataclass(frozen=True, slots=True)
class Referent:
    """What a pronoun stands for: the `name`, and whether it is `near` enough to be given as the source."""

    name: str
    near: bool


class People:
    """The persons whom an article names outside its quotations, found when first asked for.

    `speakers` are the persons to whom a reporting clause gives words: they are persons for sure.
    """

    def __init__(
        self, text: str, sentences: Sequence[Sentence], quoted: Sequence[Quoted], lexicon: Lexicon, speakers: Set[str]
    ) -> None:
        self._text, self._sentences = text, sentences
        self._finder = PersonMentions(text, sentences, quoted, lexicon, speakers)
        self._surnames = {speaker.rsplit(maxsplit=1)[-1] for speaker in speakers}

    def named_by(self, end: int, reach: int = WHO_REACH) -> Mention | None:
        """The last person named right before `end`: whom `who` stands for."""
        at = bisect_right(self.mentions, end, key=lambda mention: mention.end) - 1
        return self.mentions[at] if at >= 0 and end - self.mentions[at].end <= reach else None

    def fullest(self, name: str, before: int) -> str:
        """The fullest form of a person's name printed before an offset: `Ferrell` or `Ida` after `Ida Ferrell` is her."""
        words = name.split()
        if len(words) == 1 and name not in self._by_surname:
            return next((one.name for one in reversed(self._by_given.get(name, ())) if one.start < before), name)
        for mention in reversed(self._by_surname.get(words[-1] if words else name, ())):
            if mention.start < before and len(mention.name.split()) > len(words) and set(words) <= set(mention.name.split()):
                return mention.name
        return name

    def referent(self, pronoun: str, at: int, sentence: Sentence, told: Sequence[Mention]) -> Referent | None:
        """Whom `he` or `she` at text[at:] stands for; `told` are the sources found so far, as mentions in order."""
        gender = GENDERS[pronoun]
        floor = max(0, sentence.paragraph - FARTHEST)
        for number in range(sentence.ordinal, -1, -1):
            if self._sentences[number].paragraph < floor:
                break
            here = [mention for mention in self._in_sentence(number, at, told) if mention.gender in (gender, None)]
            if number == sentence.ordinal:
                here = [mention for mention in here if mention.subject]
            if not here:
                continue
            chosen = _salient(here, gender)
            if chosen is not None and not self._speaks(chosen.name) and not self._introduced(chosen, gender, sentence):
                chosen = self._speaker_near(number, sentence, at, told, gender) or chosen
            return Referent(chosen.name, self._near(chosen.name, sentence, at)) if chosen is not None else None
        return None

    def _introduced(self, one: Mention, gender: str, sentence: Sentence) -> bool:
        """Whether the paragraph says who a person of the gender is: `Ida Fisk, a resident, fled. “…,” she said.`"""
        known = one.gender == gender and " " in one.name and INTRODUCED.match(self._text, one.end) is not None
        return known and one.subject and self._sentences[one.sentence].paragraph == sentence.paragraph

    def _speaks(self, name: str) -> bool:
        """Whether the article gives words to a person anywhere."""
        return name.rsplit(maxsplit=1)[-1] in self._surnames

    def _speaker_near(self, number: int, sentence: Sentence, at: int, told: Sequence[Mention], gender: str) -> Mention | None:
        """The last person of the gender in reach who speaks in the article: whoever is quoted was mostly quoted before."""
        while number >= 0 and self._sentences[number].paragraph >= sentence.paragraph - REACH - 1:
            for mention in self._in_sentence(number, at, told):
                if mention.gender in (gender, None) and self._speaks(mention.name):
                    return mention
            number -= 1
        return None

    def _in_sentence(self, number: int, at: int, told: Sequence[Mention]) -> list[Mention]:
        """The persons of a sentence before an offset, the sources among them as its subjects."""
        first = bisect_left(self.mentions, number, key=lambda mention: mention.sentence)
        last = bisect_right(self.mentions, number, first, key=lambda mention: mention.sentence)
        begin = bisect_left(told, number, key=lambda mention: mention.sentence)
        end = bisect_right(told, number, begin, key=lambda mention: mention.sentence)
        sources = [
            Mention(one.name, one.start, one.end, number, True, self._finder.known_gender(one.name))
            for one in told[begin:end]
            if one.start < at
        ]
        return [*reversed(sources), *(mention for mention in self.mentions[first:last] if mention.start < at)]

    def names_between(self, start: int, end: int) -> bool:
        """Whether a person is named in text[start:end]."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        return first < len(self.mentions) and self.mentions[first].start < end

    def _near(self, name: str, sentence: Sentence, at: int) -> bool:
        surname = name.rsplit(maxsplit=1)[-1]
        return any(
            mention.start < at and self._sentences[mention.sentence].paragraph >= sentence.paragraph - REACH
            for mention in reversed(self._by_surname.get(surname, ()))
        )

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every mention of a person, in order."""
        return list(self._finder.find())

    @cached_property
    def _by_surname(self) -> Mapping[str, list[Mention]]:
        by: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            by[mention.name.rsplit(maxsplit=1)[-1]].append(mention)
        return by

    @cached_property
    def _by_given(self) -> Mapping[str, list[Mention]]:
        by: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            if " " in mention.name:
                by[mention.name.split(maxsplit=1)[0]].append(mention)
        return by

    def holder(self, office: str, before: int) -> str | None:
        """The person whom the article has named with an office before an offset; `None` where it named none or several.

        `the prime minister` is Rosa Quill where `Prime Minister Rosa Quill` or `Rosa Quill, the prime minister` stood.
        """
        low = max(0, before - FARTHEST_OFFICE)
        word = "|".join(re.escape(one) for one in (office, *SHORT_OFFICES.get(office.casefold(), ())))
        behind = re.compile(rf",\s+(?:[\w’'-]+\s+){{0,5}}?(?i:{word})\b")
        first = bisect_left(self.mentions, low, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, before, first, key=lambda mention: mention.start)
        found = set()
        for mention in self.mentions[first:last]:
            names = mention.name.split()
            given, surname = names[0], names[-1]
            printed = self._text[max(low, mention.start - BEFORE) : mention.end]
            titled = re.search(rf"\b(?i:{word})\.?\s+(?:{re.escape(given)}|{re.escape(surname)})\b", printed)
            if len(names) > 1 and (titled is not None or behind.match(self._text, mention.end)):
                found.add(mention.name)
        return next(iter(found)) if len(found) == 1 else None


def _salient(here: Sequence[Mention], gender: str) -> Mention | None:
    """Whom the sentence is about among persons of the gender, a source first; else the only one; `None` where that is open."""
    rules: tuple[Callable[[Mention], bool], ...] = (
        lambda one: one.subject and one.gender == gender,
        lambda one: one.subject,
        lambda one: one.gender == gender,
        lambda one: True,
    )
    for rule in rules:
        names = {one.name.rsplit(maxsplit=1)[-1]: one for one in here if rule(one)}
        if len(names) == 1:
            return next(iter(names.values()))
        if names and rule is rules[0]:
            return next(one for one in here if rule(one))
        if names:
            return None
    return None

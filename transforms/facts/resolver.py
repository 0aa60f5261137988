"""Who the sources of an article are: pronouns and surnames resolved to what was named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.transforms.facts.item_labels import labelled
from copydesk.transforms.facts.names import alone, fullest, person
from copydesk.transforms.facts.openers import ASKERS, ASKING, body_opening, person_opening
from copydesk.transforms.facts.person_mentions import Mention
from copydesk.transforms.facts.referents import GENDERS, People
from copydesk.transforms.facts.reporting_clauses import PLURAL, RESOLVED
from copydesk.transforms.facts.reports import Report
from copydesk.transforms.facts.subjects import in_small_letters
from copydesk.transforms.facts.titles import ROLES, TITLES
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Sentence

MOST_KNOWN, MOST_BACK = 200, 100
"""How many names and reports back a name is looked for.

Without these limits the time for a text without paragraphs would grow with the square of its length."""

POSSESSIVES = {"his": "he", "her": "she"}
"""Pronouns before a noun of saying: `her remark that “…”`."""

OFFICE = re.compile(r"the\s+(?:[a-z’'-]+\s+)??(?P<noun>(?:prime\s|vice\s|foreign\s)?[a-z]+)", re.IGNORECASE)
"""A person by the office alone: `the mayor`, `the prime minister`."""

SOMEBODY = re.compile(
    r"(?:an?|the|one|another)\s+(?:[\w’'.-]+\s+){0,5}?(?P<noun>[a-z-]+)(?=$|,|\s+(?:of|in|at|from|for|who|with|on|near)\b)",
    re.IGNORECASE,
)
"""A person without a name, as a source: `a senior official of the ministry`, `the man who escaped`."""

INDEFINITE = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)

GENDER_OF = {
    **dict.fromkeys("man boy father husband spokesman policeman businessman".split(), "m"),
    **dict.fromkeys("woman girl mother wife spokeswoman".split(), "f"),
}
"""Nouns of persons that tell the gender."""

BODIES = frozenset("services forces nations states affairs works railways airlines authorities industries systems".split())
"""Last words, plural by their form, of names of bodies that `it` may stand for."""

PERSONS = frozenset(
    "man woman boy girl person source fighter soldier driver passenger villager inhabitant local relative spokesman "
    "spokeswoman spokesperson leader policeman administrator eyewitness trader businessman".split()
)
"""Nouns of persons that no table of offices has."""


@dataclass(frozen=True)
class Source:
    """A report with its source resolved: as written (pronouns made names) and alone."""

    report: Report
    attributed_to: str
    speaker: str
    sentence: int


class Resolver:
    """Gives the reports of an article their sources, in order."""

    def __init__(self, text: str, sentences: Sequence[Sentence], people: People, lexicon: Lexicon) -> None:
        self._text, self._sentences, self.people, self._lexicon = text, sentences, people, lexicon
        self._known: list[str] = []
        self._found: list[Source] = []
        self._told: list[Mention] = []

    def resolved(self, sentence: Sentence, report: Report) -> Source:
        """The report with its source; a pronoun that nothing in reach fits stays as it is written."""
        start = report.source_start
        label = labelled(self._text, start, report.source_end)
        if label is not None and self._text[start : report.source_end].casefold() == "it":
            attributed_to, speaker = label.name, label.name
        else:
            attributed_to, speaker = self.named(self._text[start : report.source_end].strip(" ,"), start, sentence)
            speaker = label.name if label is not None else speaker
        source = Source(report, attributed_to, speaker, sentence.ordinal)
        self._found.append(source)
        return source

    def named(self, written: str, start: int, sentence: Sentence) -> tuple[str, str]:
        """Who a source written at text[start:] is: as written, a near pronoun made a name, and the speaker alone."""
        pronoun = POSSESSIVES.get(written.lower(), in_small_letters(written))
        speaker = None
        if pronoun in GENDERS:
            referent = self.people.referent(pronoun, start, sentence, self._told)
            latest = self._last_somebody(pronoun, start, sentence) or self._opening_person(pronoun, start, sentence)
            if latest is not None:
                written = latest
            elif referent is not None:
                speaker = referent.name
                written = self._as_written(referent.name, sentence) if referent.near else written
            else:
                written = self._somebody(sentence) or written
        elif pronoun == "who":
            owner = self.people.named_by(start)
            written = owner.name if owner is not None else self._body(pronoun, start, sentence) or written
        elif pronoun in RESOLVED:
            written = self._body(pronoun, start, sentence) or written
        speaker = speaker or self._holder(written, start) or fullest(alone(written), self._known)
        if person(speaker) is not None:
            speaker = self.people.fullest(speaker, start)
            self._told.append(Mention(speaker, start, start + len(written), sentence.ordinal, True, None))
        self._remember(speaker)
        return written, speaker

    def _holder(self, written: str, start: int) -> str | None:
        """The person who holds an office by which a source is called: `the mayor` after `Mayor Ida Ferrell`."""
        office = OFFICE.fullmatch(written)
        if office is None or office["noun"].rpartition(" ")[2].casefold() not in TITLES | ROLES:
            return None
        return self.people.holder(office["noun"], start)

    def _remember(self, speaker: str) -> None:
        if speaker in self._known:
            self._known.remove(speaker)
        self._known.insert(0, speaker)
        del self._known[MOST_KNOWN:]

    def _as_written(self, name: str, sentence: Sentence) -> str:
        """The name as it was last given as a source in reach, with its office; else the name alone."""
        for source in reversed(self._found[-MOST_BACK:]):
            if self._sentences[source.sentence].paragraph < sentence.paragraph - 1:
                break
            if source.speaker == name and in_small_letters(source.attributed_to) not in RESOLVED:
                return source.attributed_to
        return name

    def _somebody(self, sentence: Sentence) -> str | None:
        """The person without a name who was the last source of this paragraph or the one before: `a resident`."""
        for source in reversed(self._found[-MOST_BACK:]):
            if self._sentences[source.sentence].paragraph < sentence.paragraph - 1:
                return None
            name = source.attributed_to
            if in_small_letters(name) in RESOLVED | GENDERS.keys() | {"who", "i", "we", "you"}:
                continue
            head = SOMEBODY.match(name)
            if head is not None and head["noun"] in ASKERS and source.report.cue in ASKING:
                continue
            told = head is not None and (head["noun"] in TITLES | ROLES or self._is_person(head["noun"]))
            return name if told and person(name) is None else None
        return None

    def _last_somebody(self, pronoun: str, start: int, sentence: Sentence) -> str | None:
        """The person without a name who spoke last, where nobody was named since: `A survivor said … He called it …`."""
        name = self._somebody(sentence)
        last = self._found[-1] if self._found else None
        if name is None or last is None or last.attributed_to != name or INDEFINITE.match(name) is None:
            return None
        if GENDER_OF.get(name.casefold().split(",")[0].split()[-1], GENDERS[pronoun]) != GENDERS[pronoun]:
            return None
        return None if self.people.names_between(last.report.source_end, start) else name

    def _opening_person(self, pronoun: str, start: int, sentence: Sentence) -> str | None:
        """The person without a name whom the sentence before is about, where nobody was named since: `A porter crawled out.`"""
        number = sentence.ordinal - 1
        if number < 0 or self._sentences[number].paragraph != sentence.paragraph or self._speaks_since(number):
            return None
        before = self._sentences[number]
        found = person_opening(self._text, before.span_start, before.span_end, self._is_person)
        if found is None or GENDER_OF.get(found["noun"], GENDERS[pronoun]) != GENDERS[pronoun]:
            return None
        return None if self.people.names_between(found.end("phrase"), start) else found["phrase"]

    def _is_person(self, noun: str) -> bool:
        return noun in PERSONS or self._lexicon.measures.get(noun, ("", ""))[1] == "one_person"

    def _speaks_since(self, number: int) -> bool:
        """Whether a source was found in a sentence or behind it."""
        return bool(self._found) and self._found[-1].sentence >= number

    def _opening_body(self, start: int, sentence: Sentence) -> str | None:
        """The body that this sentence or the one before is about, before `it` and behind the last source."""
        for number in (sentence.ordinal, sentence.ordinal - 1):
            if number < 0 or self._sentences[number].paragraph != sentence.paragraph or self._speaks_since(number):
                return None
            one = self._sentences[number]
            if (found := body_opening(self._text, one.span_start, min(start, one.span_end))) is not None:
                return found
        return None

    def _body(self, pronoun: str, start: int, sentence: Sentence) -> str | None:
        """What `it` or `they` stands for: a body that is told of since, else the last source in reach that agrees with it."""
        opening = self._opening_body(start, sentence) if pronoun == "it" else None
        if opening is not None:
            return opening
        for source in reversed(self._found[-MOST_BACK:]):
            if self._sentences[source.sentence].paragraph < sentence.paragraph - 1:
                return None
            name = source.attributed_to
            plural = PLURAL.search(name.partition(",")[0]) is not None
            single = person(name) is not None
            if in_small_letters(name) in RESOLVED | {"who", "i", "we", "you"}:
                continue
            if pronoun == "it" and name.casefold().rpartition(" ")[2] in BODIES:
                return name
            if pronoun == "who" or (not single and plural == (pronoun == "they")) or (pronoun == "they" and not single):
                return name
        return None

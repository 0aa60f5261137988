"""The measure of a figure: from its noun, or from the verb that says what befell the persons counted."""

from __future__ import annotations

import re
from collections import deque
from typing import NamedTuple

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.events import EventReader
from copydesk.transforms.facts.noun_phrases import Noun
from copydesk.transforms.facts.told_behind import AUXILIARY, left_so, told_around, told_behind
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number
from copydesk.transforms.vocabulary import PERSON_MEASURES, Measure

BETWEEN = (
    r"(?:\s+(?:the|a|an|all|every|his|her|its|their|another|additional|further|of|at|least|more|than|over|about|nearly|some|up|to|as|many|around|"
    r"almost|total|estimated|by))*\s*$"
)
APPOSED = re.compile(
    r",\s+(?!(?:and|but|while|as|who|which|when)\b)[^,.;:—]{3,80},(?=\s)"
    r"|\s+including\s+[^,.;:—]{3,50}?(?=\s+(?:were|was|have|had|died)\b)"
)
"""What stands between persons and their verb: `Nine miners, two of them brothers, burned`, `Nine including two boys`."""

BY_THEMSELVES = re.compile(
    r"\s+(?:(?:have|had|later|also|reportedly)\s+){0,2}(?P<word>died|dies|die|perished|drowned|suffocated|fled|disappeared)\b"
)
"""Verbs without an object, which need no auxiliary behind an apposition."""

STATE_BEFORE = re.compile(
    r"\b(?P<among>[Aa]mong\s+)?(?:the|of|those)\s+(?P<word>injured|wounded|dead|missing|displaced|homeless)"
    r"(?(among)(?:,|\s+were)|\s+(?:at|to|was|were|is|are|numbered|reached|stood\s+at|stands\s+at))\s+$"
)
"""The state before the number of those who are in it: `put the figure of injured at 1,600`, `among the dead, 46 were`."""

ALIVE = re.compile(r"\s+alive\b")
"""What stands behind a number of those who were saved: `dug out 3 alive`."""

OTHERS_DO = re.compile(r"\s+(?:were|was|are|is|have|has|had|escaped|survived|fled|died|remain|remained|sustained|suffered)\b")
IN_HOSPITAL = re.compile(
    rf"""
    (?:\s+{AUXILIARY})*\s+in\s+(?:a\s+)?hospitals?                                 # are in hospital
    (?=[.,;:]|\s+(?:with|after|in|on|for|and|while|as|where)\b|$)                 # not: in hospital gowns
    """,
    re.VERBOSE,
)
"""What stands behind persons who were hurt: `left ten dead and three others in hospital`."""

JOINED = re.compile(r"\band(?:\s+[a-z]+){0,2}\s*$")
"""What parts persons from those before: `two are missing and four others escaped`."""

TOLL_REACH = 110
REACH = 130
CLAUSE_END = re.compile(
    r"[;:—]|\.\s|,\s+(?:while|but|as|and\s+(?:\w+\s+){0,4}(?:is|was|were|are|has|have|said|will))\b|\b(?:while|whereas|but)\b"
)


class Toll(NamedTuple):
    """A noun at text[start:end] that names the measure of a number behind it."""

    measure: str
    start: int
    end: int


class MeasureReader:
    """Reads what befell the persons a number counts, by the verbs of the measures table."""

    def __init__(self, lexicon: Lexicon) -> None:
        by_kind: dict[str, list[str]] = {"after": [], "before": [], "toll": [], "weak": []}
        for word, (_, kind) in lexicon.measures.items():
            by_kind.setdefault(kind, []).append(word)
        self._lexicon = lexicon
        self._events = EventReader(lexicon.events)
        after = _any(by_kind["after"])
        self._after = re.compile(rf"\b(?P<word>{after})\b", re.IGNORECASE)
        self._before = re.compile(rf"\b(?P<word>{_any(by_kind['before'] + by_kind['after'])}){BETWEEN}", re.IGNORECASE)
        self._near = re.compile(rf"(?:\s+{AUXILIARY})*\s+(?P<word>{after})\b", re.IGNORECASE)
        self._alone = re.compile(
            rf"(?:\s+(?:{AUXILIARY}|more|have|reported|confirmed|feared|believed|of\s+whom|of\s+those|aboard|on\s+board|\w+ly))*\s+(?P<word>{after})\b",
            re.IGNORECASE,
        )
        self._apart = re.compile(
            rf",\s+[^,.;:—]{{3,60}},\s+(?:were|was|are|have\s+been|had\s+been)\s+(?:still\s+|also\s+|\w+ly\s+)?(?P<word>{after})\b"
        )
        self._doing = re.compile(
            rf"\s+(?:(?:includ|compris|total+|represent)ing\s+(?:[^,.;:()—]|(?<=\d),(?=\d)){{3,50}}?|[a-z]+ing\s+[^,.;:()—\d]{{3,50}}?)\s+"
            rf"(?:were|was|have\s+been|had\s+been|has\s+been)\s+(?:\w+ly\s+)?(?P<word>{after})\b"
        )
        self._among = re.compile(rf",\s+(?:including|among\s+them)\s+[^,.;:—]{{3,60}},\s+(?P<word>{after})\b")
        self._of_those = re.compile(
            rf"\s+of\s+(?:those|the)\s+(?:\w+ly\s+)?(?!killed|dead)(?:{after})\b[^,.;:—]{{0,60}}?"
            rf"(?:\s+{AUXILIARY})*\s+(?P<word>{after})\b",
            re.IGNORECASE,
        )
        self._toll = re.compile(rf"\b(?P<word>{_any(by_kind['toll'])})\b", re.IGNORECASE)

    def befell(self, clauses: Clauses | None, number: Number, noun: Noun | None) -> str | None:
        """What befell the persons that a number counts, as the parse of its sentence has it."""
        counted = self._counted(clauses, number, noun)
        return self._events.befell(clauses, counted) if clauses is not None and counted is not None else None

    def acts(self, clauses: Clauses | None, number: Number, noun: Noun | None) -> bool:
        """Whether those counted do what their verb says: it did not befall them."""
        counted = self._counted(clauses, number, noun)
        return clauses is not None and counted is not None and self._events.acts(clauses, counted)

    def owned(self, clauses: Clauses | None, number: Number, noun: Noun | None) -> bool:
        """Whether somebody only has what is counted."""
        counted = self._counted(clauses, number, noun)
        return clauses is not None and counted is not None and self._events.owned(clauses, counted)

    def _counted(self, clauses: Clauses | None, number: Number, noun: Noun | None) -> int | None:
        """The token of the counted noun, else of the numeral."""
        if clauses is None:
            return None
        named = clauses.at(noun.end - 1) if noun is not None else None
        return named if named is not None else clauses.counted(number.at, number.end)

    def beside(self, text: str, start: int, end: int, sentence_start: int, limit: int) -> str | None:
        """The measure of a word that touches the counted phrase text[start:end]: `12 people wounded`, `wounding 12 people`."""
        apposed = APPOSED.match(text, end, limit)
        behind = (end,) if apposed is None else (end, apposed.end())
        told = next((told for at in behind if (told := told_behind(text, at, limit)) is not None), None)
        if told is not None:
            return told
        if (around := told_around(text, start, end, sentence_start, limit)) is not None:
            return around
        if (state := left_so(text, start, end, sentence_start, limit)) is not None:
            return self._lexicon.measures.get(state, (None, ""))[0]
        if apposed is not None and (alone := BY_THEMSELVES.match(text, apposed.end(), limit)) is not None:
            return self._lexicon.measures.get(alone["word"], (Measure.KILLED, ""))[0]
        readers = (self._near, self._apart, self._among, self._doing)
        near = next((found for read in readers if (found := read.match(text, end, limit)) is not None), None)
        if near is None and IN_HOSPITAL.match(text, end, limit):
            return Measure.INJURED
        found = near or self._before.search(text, max(sentence_start, start - 60), start)
        if near is None and found is not None and OTHERS_DO.match(text, end) and JOINED.search(text, found.end("word"), start):
            return None
        return self._lexicon.measures[found["word"].lower()][0] if found else None

    def measure(self, text: str, start: int, at: int, noun: Noun | None, sentence_start: int, limit: int, parsed: bool) -> str:
        """The measure of a number at text[start:...], its numeral at `at`, within its sentence.

        `parsed` where the parse was asked before and said nothing: then only the words that touch the number are asked.
        """
        if noun is not None and noun.table == "unit":
            return noun.measure or Measure.OTHER
        persons = noun is None or noun.table in ("person", "families") or noun.measure in PERSON_MEASURES
        if not persons and noun is not None:
            return noun.measure or Measure.OTHER
        end = noun.end if noun else at
        befell = self._befell(text, start, end, noun, sentence_start, limit, parsed=parsed)
        if befell is not None:
            return befell
        return (noun.measure if noun else None) or Measure.OTHER

    def elliptical(self, text: str, end: int, limit: int) -> str | None:
        """The measure that follows a number without a noun: `another 3,118 injured`."""
        if (told := told_behind(text, end, limit)) is not None:
            return told
        if ALIVE.match(text, end, limit):
            return Measure.FREED
        found = self._of_those.match(text, end, limit) or self._alone.match(text, end, limit)
        return self._lexicon.measures[found["word"].lower()][0] if found else None

    def toll(self, text: str, start: int, sentence_start: int) -> Toll | None:
        """The last noun before the number that names a measure: `the death toll reached 27,708`."""
        state = STATE_BEFORE.search(text, max(sentence_start, start - TOLL_REACH), start)
        if state is not None:
            return Toll(self._lexicon.measures[state["word"]][0], state.start("word"), state.end("word"))
        found = deque(self._toll.finditer(text, max(sentence_start, start - TOLL_REACH), start), maxlen=1)
        return Toll(self._lexicon.measures[found[0]["word"].lower()][0], found[0].start(), found[0].end()) if found else None

    def _befell(
        self, text: str, start: int, end: int, noun: Noun | None, sentence_start: int, limit: int, parsed: bool
    ) -> str | None:
        beside = self.beside(text, start, end, sentence_start, limit)
        if beside is not None:
            return beside
        stop = CLAUSE_END.search(text, end, min(limit, end + REACH))
        after = None if parsed else self._after.search(text, end, stop.start() if stop else min(limit, end + REACH))
        if after is not None:
            return self._lexicon.measures[after["word"].lower()][0]
        if noun is not None:
            inside = self._after.search(text, noun.start, noun.end)
            if inside is not None:
                return self._lexicon.measures[inside["word"].lower()][0]
        toll = self.toll(text, start, sentence_start)
        return toll.measure if toll is not None and toll.measure != Measure.MONEY else None


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True)) or "(?!)"

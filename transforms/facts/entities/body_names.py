"""Where an article prints what may be the name of a body: runs of capitals, and states’ bodies with small nouns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from copydesk.transforms.facts.entities.person import Person
from copydesk.transforms.facts.entities.runs import RUN, without_starters
from copydesk.transforms.names.heads import BODY, PERSON
from copydesk.transforms.names.kinds import ClaimantWords
from copydesk.transforms.places import POSSESSIVE

NAMED = re.compile(
    r"""
    (?:[^\W\d_a-zß-öø-ÿ][\w’'.-]*\s)                                               # Kenyan
    (?: (?:(?:health|foreign|interior|defen[cs]e|finance|justice|education|environment|transport|agriculture|civil|media|press
          |police|fire)\s)?                                                       # health
        (?:government|military|army|navy|police|ministry|parliament|authorities|media\soffice|health\sministry|air\sforce|embassy
          |civil\sdefen[cs]e|state\stelevision|campaign)                          # ministry
      | (?:(?:national|federal|state|regional|provincial|district|county|city|municipal|town|village|local|central|disaster
            |flood|emergency|crisis|rescue|relief|election|electoral|health|fire|education|school|security|planning|water
            |land|port|airport|human\srights|anti-corruption|public|works|transport|housing|statistics)\s){0,3}
        (?: (?:governor|mayor|premier|president|prime\sminister|prosecutor|attorney\sgeneral|ombudsman|coroner|sheriff)
            [’']s?\soffice                                                        # provincial governor’s office
          | council|committee|commission|department|authority|bureau|directorate|inspectorate)  # provincial governor’s office
    )\b
    """,
    re.VERBOSE,
)
"""A state’s or a town’s body whose noun is small: `the Gaza health ministry`, `the Israeli military`."""

SPLIT = re.compile(r"\s+and\s+|,\s+|\s+in\s+(?:the\s+)?|\s+on\s+|\s+to\s+(?:the\s+)?|\s+for\s+(?:the\s+)?|\s+without\s+")
OF_BODY = re.compile(r"\s(?:of|from|for|at|with)\s(?:the\s)?")


class BodyNames:
    """The names of one article that may be bodies; `full` are those that acronyms stand for."""

    def __init__(self, text: str, words: ClaimantWords, persons: Mapping[str, Person], full: Collection[str]) -> None:
        self._text, self._words, self._persons, self._full = text, words, persons, full

    @cached_property
    def runs(self) -> list[tuple[int, int, str]]:
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
            for at, part in self._behind_person(name) or self._behind_noun(name) or self._parts(name):
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

    def _behind_noun(self, name: str) -> list[tuple[int, str]]:
        """The body behind a noun of its people in a run of capitals: `Kesh Front` of `Rebels of the Kesh Front`."""
        joint = OF_BODY.search(name)
        described = self._words.describe(name) if joint is not None and self._words.find(name) is None else None
        if joint is None or described is None or described.part != PERSON or not self._words.is_plural(described.head):
            return []
        return [(joint.end() + at, part) for at, part in self._parts(name[joint.end() :])]

    def _parts(self, name: str) -> Iterator[tuple[int, str]]:
        """The whole where it is a body, else the names that small words join."""
        owner, mark, owned = name.replace("'", "’").partition("’s ")
        if mark and owned in self._persons:
            name = owner
        whole = POSSESSIVE.sub("", name)
        if self._words.find(whole) is not None or whole in self._full or not SPLIT.search(name):
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

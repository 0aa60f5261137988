"""The persons whom an article names: their fullest names, and the offices that it gives them beside their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from copydesk.transforms.facts.entities.beside import (
    AGED,
    AGED_BEFORE,
    APPOSITION,
    BEFELL,
    BRACKETED,
    BRACKETS,
    HANGING,
    IS,
    LEADS,
    OWNER,
    POSSESSIVES,
    RELATIVE,
    SCHOOLS,
    STUDIES,
    TREATS,
)
from copydesk.transforms.facts.entities.person import Person
from copydesk.transforms.facts.entities.small_nouns import NOUN_BEFORE
from copydesk.transforms.facts.names import person
from copydesk.transforms.facts.person_mentions import FEMALE, MENTION, PERSONAL, STARTERS
from copydesk.transforms.facts.titles import ORG_WORDS, PORTFOLIOS, PREPOSITIONS, TITLES
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.heads import BODY, PERSON, SPEAKS, WORK
from copydesk.transforms.names.kinds import ClaimantWords
from copydesk.transforms.vocabulary import ClaimantKind

REACH = 110
"""Characters beside a name in which its office is looked for."""

CUT = re.compile(r"[.!?;:\n“”\"()]\s|[\n“”\"();]|\s[–—-]\s")
ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Capt|Sen|Rep|Gov|Prof|Rev|Hon|St|U\.S|U\.K|U\.N|Adm|Brig)\.\s")
SMALL = frozenset("of for and the & in to at on on’s".split())
ADJECTIVES = frozenset(
    "senior former chief deputy assistant acting new then interim retired ruling national federal state local regional "
    "provincial municipal foreign first second next late top veteran leading prominent elder former-".split()
)
TAIL = re.compile(r"(?:\s(?:al|el|ad|an|ar|as|ash|at)-[A-Z][\w’'-]*\w)+")
"""The end of an Arabic name that begins with a small article: `Ahmad Abu al-Rish`."""

LONGEST_TAIL = 40
SHORTEST_BODY = 3
"""Letters of the shortest name in capitals before a person that is a body’s: `JD Radek` is all a name."""

MOST_UNKNOWN = 3
"""Words of an office in apposition that no table knows: `the minister of electricity, Ida Ferrell`."""

SAYING = frozenset("said says told tells according added adds by from as that is was asked named called".split())
HONORIFICS = frozenset(
    "datuk datuk seri sri tan tun dato dato’ haji hajj hajji sheikh shaikh ustaz ustad mwalimu chief alhaji alhaja".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
"""What stands behind a name without a comma: `Mayor Ida Fisk Tuesday opened the pier`."""

CHARGE_OF = re.compile(r"(?P<office>[\w’'-]+(?:\s[\w’'-]+){0,2})\s(?:of|for)\s(?:[A-Z][\w’'-]*(?:,\sand|,|\sand)\s)*$")
"""An office before its charge, which a name follows: `Minister of Roads and`."""

HANGS = re.compile(r"\b(?:of|for|in|at|near)\s+(?:the\s+)?$")
"""A preposition before a name, behind which the body or office that speaks stands: `the Municipality of Wood Karm said`."""

VERB = re.compile(
    r"\s(?:said|says|told|tells|added|adds|warned|warns|noted|argued|explained|wrote|has|had|have|was|is|were|will|would)\b"
)
"""Where the clause goes on behind the body that somebody is of: `Ida Fisk of the Harbour Board said that three died`."""

ITS_PART = re.compile(r"(?:its|their)\s")
"""What somebody runs of a body that was named before: `who runs its office in the capital`."""

SAID_BEFORE = re.compile(r"[”\"]\s(?:said|says|added|recalled|told)\s$")
SURE_AT = re.compile(r"\s+(?:said|says|told|added|noted|explained|argued|wrote|warned)\b")


class Persons:
    """The persons of one article, found once."""

    def __init__(self, text: str, words: ClaimantWords, given_names: Mapping[str, str]) -> None:
        self._text, self._words, self._given = text, words, given_names

    @cached_property
    def by_name(self) -> dict[str, Person]:
        """Every person with a name of two words or more, by the name as printed, in order."""
        found: dict[str, Person] = {}
        for match in MENTION.finditer(self._text):
            name, start = self._full_name(match)
            if name is None:
                continue
            one = found.setdefault(name, Person(name))
            one.starts.append(start)
            self._add_offices(one, start, start + len(name))
        self._add_titled(found)
        self._add_surnames(found)
        return {name: one for name, one in found.items() if self._is_person(one)}

    def _full_name(self, match: re.Match[str]) -> tuple[str | None, int]:
        printed = re.sub(r"[’']s?$", "", match.group())
        words = printed.split()
        while words and (words[0].casefold() in STARTERS or self._opens(words)):
            words = words[1:]
        words = words[self._titles(words) :]
        words = words[self._charge(words, match.start()) :]
        while words and words[-1].casefold() in WEEKDAYS:
            words.pop()
        tail = TAIL.match(self._text, match.end())
        words += tail.group().split() if tail is not None and not match.group().endswith(("’s", "'s")) else []
        name = person(" ".join(words)) if len(words) > 1 else None
        while name is not None and len(name.split()) > 2 and name.split()[0].casefold() in HONORIFICS:
            name = name.partition(" ")[2]
        if name is None or len(name.split()) < 2 or ORG_WORDS.search(name) or self._words.find(name) is not None:
            return None, 0
        first = name.split()[0].casefold()
        noun = self._words.phrases.get(first, ("", ""))[0] == BODY  # Airline Orlan
        if first not in self._given and (noun or self._words.branch_of(name) is not None):
            return None, 0
        last = name.split()[-1].casefold()
        if self._words.phrases.get(last, ("", ""))[0] in (BODY, SPEAKS) or last in (TITLES - SURNAME_TITLES) | PORTFOLIOS:
            return None, 0
        if last.endswith("s") and self._words.phrases.get(last, ("", ""))[0] == PERSON:
            return None, 0
        at = self._text.find(name, match.start(), match.end() + LONGEST_TAIL)
        return name, at if at >= 0 else match.start()

    def _opens(self, words: list[str]) -> bool:
        """Whether the first of three capitalised words or more is an office or a body: `Farmer Oto Radek`, `BRMC Oto Radek`."""
        first = words[0].casefold()
        listed = self._words.phrases.get(first, ("", ""))[0] in (PERSON, SPEAKS)
        short = words[0].isupper() and words[0].isalpha() and len(words[0]) >= SHORTEST_BODY
        return len(words) > 2 and (listed or short) and first not in self._given

    def _titles(self, words: list[str]) -> int:
        """How many words are an office before a name of two words or more: `District Collector V. Hale`, `Ch Insp Ida Fisk`."""
        if not words or words[0].casefold() in self._given:
            return 0
        return next((end for end in range(len(words) - 2, 0, -1) if self._words.ends_with_office(" ".join(words[:end]))), 0)

    def _charge(self, words: list[str], start: int) -> int:
        """How many words end the charge of an office that stands before: `Director of Public Works Ida Fisk`."""
        if len(words) < 3 or not self._text.endswith((" of ", " for ", " and ", ", "), 0, start):
            return 0
        before = CHARGE_OF.search(self._text, max(0, start - REACH), start)
        if before is None or not self._words.ends_with_office(before["office"]):
            return 0
        given = [at for at, word in enumerate(words[:-1]) if word.casefold() in self._given]
        return given[0] if given else 0

    def _add_surnames(self, found: dict[str, Person]) -> None:
        """Persons of whom the article has an office and a surname, and no fuller name: `Prime Minister Ferrell`."""
        known = {word for name in found for word in name.split()}
        for match in MENTION.finditer(self._text):
            printed = re.sub(r"[’']s?$", "", match.group())
            titles, _, last = printed.rpartition(" ")
            plain = titles.split()[-1].casefold().strip(".") if titles else ""
            if last in known or plain not in PERSONAL or person(printed) != last or self._words.find(last) is not None:
                continue
            if last.casefold() in TITLES or self._is_noun(last) or last in self._words.bodies.peoples:
                continue
            start = match.start() + printed.rindex(last)
            one = found.setdefault(last, Person(last))
            one.starts.append(start)
            one.add(titles, self._words, True)
            self._add_offices(one, start, start + len(last))
        for one in [one for one in found.values() if " " not in one.name]:
            one.starts = [at.start() for at in re.finditer(rf"\b{re.escape(one.name)}\b", self._text)]

    def _is_noun(self, word: str) -> bool:
        """Whether a capitalised word behind a title is no surname: `President’s Office`, but `President Miller`."""
        plain = word.casefold()
        trade = self._words.phrases.get(plain) == (PERSON, ClaimantKind.WITNESS)
        return plain in self._words.single and not trade

    def _is_person(self, one: Person) -> bool:
        """Whether a name of capitals is a person’s: by a given name, an office, an age, or a word of saying behind it."""
        first = one.name.split()[0].casefold()
        if " " not in one.name:
            return bool(one.offices)
        if first in self._given or one.offices or one.ages:
            return True
        described = self._words.describe(one.name)
        if (described is not None and described.part in (BODY, WORK)) or any(self._told_a_body(start) for start in one.starts):
            return False
        ends = (start + len(one.name) for start in one.starts if not HANGS.search(self._text, max(0, start - 12), start))
        titled = (self._text[:start].rstrip().rsplit(maxsplit=1)[-1:] for start in one.starts)
        if all(self._text.endswith(("The ", "the "), 0, start) for start in one.starts):
            return False
        if any(SAID_BEFORE.search(self._text, max(0, start - 14), start) for start in one.starts):
            return True
        return any(SURE_AT.match(self._text, end) for end in ends) or any(
            word and word[0].casefold().strip(".") in PERSONAL for word in titled
        )

    def _told_a_body(self, start: int) -> bool:
        """Whether a small noun of bodies stands before a name: `the relief charity Orlan Meadow`."""
        before = self._text[max(0, start - REACH) : start]
        return before.endswith(" ") and NOUN_BEFORE.search(before[:-1]) is not None

    def _add_titled(self, found: dict[str, Person]) -> None:
        """The offices before and behind surnames: `Alweendo, the minister of mines`."""
        by_word: dict[str, list[Person]] = defaultdict(list)
        for one in found.values():
            for word in {one.name.split()[-1], one.name.split()[0]}:
                by_word[word].append(one)
        for match in MENTION.finditer(self._text):
            *titles, last = [
                word for word in re.sub(r"[’']s?$", "", match.group()).split() if word.casefold() not in STARTERS
            ] or [""]
            if len(by_word.get(last, ())) == 1 and all(title.casefold().strip(".") in TITLES - FEMALE for title in titles):
                one = by_word[last][0]
                start = match.start() + match.group().rindex(last)
                if not any(at <= start <= at + len(one.name) for at in one.starts):
                    self._add_offices(one, start, start + len(last))
                    one.starts.append(start)
        for one in found.values():
            one.starts.sort()

    def _add_offices(self, one: Person, start: int, end: int) -> None:
        before, apposed = self._before(start)
        if (body := self._owner(start)) is not None:
            one.add(f"member of {body}", self._words)
        for text, before_name in ((before, not apposed), *((text, False) for text in self._after(end))):
            if text:
                one.add(text, self._words, before_name)
        aged = AGED.match(self._text, end)
        one.treats = one.treats or (
            self._text[max(0, start - 4) : start].strip().strip(".") == "Dr"
            and TREATS.search(self._text, max(0, start - 200), end + 200) is not None
        )
        if self._text.find("uperintendent", max(0, start - REACH), end + REACH) >= 0:
            near = self._text[max(0, start - 200) : end + 200]
            one.schools = one.schools or (SCHOOLS.search(near) is not None and "olice" not in near)
        old = aged or AGED_BEFORE.search(self._text[max(0, start - 40) : start])
        if old is not None:
            one.ages.add(old.group("age"))
        one.befell = one.befell or BEFELL.match(self._text, aged.end() if aged is not None else end) is not None

    def _owner(self, start: int) -> str | None:
        """The body whose somebody is, right before the name: `Oxfam’s Ida Fisk`; a state or a place has no spokesmen so."""
        owned = self._text.endswith(POSSESSIVES, 0, start)
        found = OWNER.search(self._text, max(0, start - REACH), start) if owned else None
        if found is None:
            return None
        bodies, body = self._words.bodies, found["body"]
        if folded_name(body) in bodies.states or folded_name(body) in bodies.peoples or bodies.capital(body) is not None:
            return None
        return body if self._words.find(body) is not None or self._words.body_kind(body) is not None else None

    def _after(self, end: int) -> list[str]:
        found = []
        for pattern in (APPOSITION, BRACKETED, IS):
            match = pattern.match(self._text, end)
            if match is not None and self._opens_with_office(match.group("office")):
                found.append(match.group("office"))
        relative = RELATIVE.match(self._text, end)
        if relative is not None and self._opens_with_office(relative.group("office")):
            found.append(relative.group("office"))
        leads = LEADS.match(self._text, end)
        if leads is not None and self._words.body_kind(leads.group("body")) is not None:
            whose = "its head" if ITS_PART.match(leads.group("body")) else f"head of {leads.group('body')}"
            found.append(whose)
        if STUDIES.match(self._text, end) is not None:
            found.append("scholar")
        hanging = HANGING.match(self._text, end)
        body = VERB.split(hanging.group("office"), maxsplit=1)[0] if hanging is not None else ""
        if body and self._words.body_kind(body) is not None:
            found.append(f"member of {body}")
        return found

    def _opens_with_office(self, text: str) -> bool:
        """Whether the head of an apposition is an office: `the head of the board`, not `the board rose against him`."""
        if text.split(maxsplit=1)[0].casefold() in SAYING:
            return False
        office = self._words.describe(text)
        return office is not None and office.part in (PERSON, SPEAKS)

    def _before(self, start: int) -> tuple[str | None, bool]:
        """The office before a name, and whether a comma parts them: `the head of the board, Ida Ferrell`."""
        left = BRACKETS.sub(" ", self._text[max(0, start - REACH) : start])
        masked = ABBREVIATED.sub(lambda found: found.group().replace(".", "·"), left)
        cuts = [found.end() for found in CUT.finditer(masked)]
        left = left[cuts[-1] :] if cuts else left
        apposed = left.rstrip().endswith(",")
        clause = left.rstrip(" ,").rsplit(", ", maxsplit=1)[-1]
        tokens = clause.split()
        if not apposed and tokens and tokens[-1].casefold() in PREPOSITIONS:
            return None, False
        kept: list[str] = []
        unknown = 0
        for token in reversed(tokens):
            plain = token.casefold().strip(".,").replace("’s", "").replace("'s", "")
            capital = token[:1].isupper() or token[:1].isdigit()
            listed = plain in SMALL or plain in ADJECTIVES or plain in self._words.single or "-" in plain
            if not capital and not listed:
                unknown += 1
                if unknown > MOST_UNKNOWN or not apposed or plain in SAYING:
                    break
            kept.append(token)
        while kept and kept[-1].casefold() in SMALL:
            kept.pop()
        if kept and kept[-1][:1].isupper() and kept[-1].casefold() in PREPOSITIONS:
            if apposed:  # With Mayor Oto Radek behind him, Fisk said
                return None, apposed
            kept.pop()
        text = " ".join(reversed(kept)).strip(" ,")
        _, joint, last = text.rpartition(" and ")
        if joint and last[:1].isupper() and self._words.ends_with_office(last):
            text = last
        return text or None, apposed


SURNAME_TITLES = frozenset(
    "white house king pope bishop judge head major prince cardinal sheriff speaker coach father sister constable "
    "marshal mp".split()
)

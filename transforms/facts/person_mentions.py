"""The persons whom an article names, mention by mention: by titles, offices, ages and given names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from copydesk.transforms.facts.names import person
from copydesk.transforms.facts.quoted_spans import Quoted
from copydesk.transforms.facts.titles import ORG_WORDS, PARTICLES, ROLES, TITLES
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Sentence

CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿ][\w’'-]+|[A-Z]\.)"
MENTION = re.compile(rf"{CAPITAL}(?:\s(?:(?:{'|'.join(sorted(PARTICLES))})\s)?{CAPITAL}|(?<=\bJr|\bSr)\.)*")
STARTERS = frozenset(
    (
        "the a an in on at by for from with after before during when while as if but and or so yet though "
        "although because since asked speaking according however meanwhile then now still also later earlier last "
        "this that these those he she they it we i you his her their its our my there here what who how why where "
        "not no yes both some many most all one two three four five six seven eight nine ten like despite under "
        "over until once born following monday tuesday wednesday thursday friday saturday sunday january february "
        "march april june july august september october november december"
    ).split()
)
"""Capitalised words that open a sentence and no name; days and months."""

FEMALE = frozenset("mrs ms miss lady dame queen princess baroness sister spokeswoman chairwoman congresswoman".split())
MALE = frozenset("mr sir lord king prince baron brother spokesman chairman congressman businessman councilman father".split())
KINSHIP = {
    **dict.fromkeys("husband son father brother uncle grandfather boyfriend nephew widower".split(), "m"),
    **dict.fromkeys("wife daughter mother sister aunt grandmother girlfriend niece widow".split(), "f"),
}
PERSONAL = (
    (
        TITLES
        - frozenset(
            "us u.s. uk un israeli palestinian american british national security council department house white".split()
        )
    )
    | FEMALE
    | MALE
    | frozenset(KINSHIP)
)
"""Words before a name that make it a person's."""

OBJECT_AFTER = re.compile(
    r"\b(?:of|with|from|by|to|for|against|about|on|at|in|than|like|between|under|over|behind|beside|alongside|met|saw|told|beat|oust"
    r"|\w{2,}ed|\w{2,}ing)\s+(?:(?:the|a|an|his|her|their|its|former|then)\s+)?(?:[a-z-]+\s+){0,2}$"
)
"""What stands before a name that is no subject: a preposition or a verb."""

LISTED = re.compile(r",?\s+(?:and\s+|or\s+)?(?:[a-z]+\s+){0,4}|,\s+(?:[a-z]+\s+){0,4}(?:\w+\s)?(?:of\s)?")
"""What stands between the names of a list: the second is a subject only where the first is."""

OFFICES = frozenset(word for word in TITLES | ROLES if word.isalpha() and len(word) > 3)
APPOSED = re.compile(r",\s+(?P<words>(?:[\w’'-]+\s+){0,6}[\w’'-]+)")
"""What makes the words before it a person: `Rosa Quill, principal analyst at the bank`."""

AGE_AFTER = re.compile(r",\s\d\d(?:,|\sand\b|\.)")
OWNER_AFTER = re.compile(r"[’']s\b|[’'](?=\s)")
BEFORE = 30


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named at text[start:end] of a sentence, `subject` where that is who the sentence is about."""

    name: str
    start: int
    end: int
    sentence: int
    subject: bool
    gender: str | None


class PersonMentions:
    """Finds the mentions of persons outside the quotations of one article."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], quoted: Sequence[Quoted], lexicon: Lexicon, speakers: Set[str]
    ) -> None:
        self._text, self._sentences, self._quoted, self._lexicon = text, sentences, quoted, lexicon
        self._speakers = {speaker for speaker in speakers if len(speaker.split()) > 1}
        self._surnames = {speaker.rsplit(maxsplit=1)[-1] for speaker in speakers}

    def find(self) -> Iterator[Mention]:
        starts = [sentence.span_start for sentence in self._sentences]
        opens = [run.open for run in self._quoted]
        known: dict[str, str] = {}
        genders: dict[str, str | None] = {}
        filled: set[int] = set()
        last: Mention | None = None
        for found in MENTION.finditer(self._text):
            number = bisect_right(starts, found.start()) - 1
            run = bisect_right(opens, found.start()) - 1
            if number < 0 or (run >= 0 and found.start() < self._quoted[run].close):
                continue
            named = self._named(found, known)
            if named is None:
                continue
            name, gender = named
            before = self._text[max(starts[number], found.start() - BEFORE) : found.start()]
            owner = OWNER_AFTER.match(self._text, found.end()) is not None or found.group().endswith(("’s", "'s"))
            listed = last is not None and last.sentence == number and LISTED.fullmatch(self._text, last.end, found.start())
            subject = number not in filled and not listed and OBJECT_AFTER.search(before) is None
            if owner and found.start() > starts[number]:
                subject = False
            if subject and not owner:
                filled.add(number)
            genders[name] = genders.get(name) or gender
            last = Mention(name, found.start(), found.end(), number, subject, genders[name])
            yield last

    def _named(self, found: re.Match[str], known: dict[str, str]) -> tuple[str, str | None] | None:
        """The person's name in the fullest form so far, with the gender that goes with it; `None` for what is no person."""
        printed = re.sub(r"[’']s?$", "", found.group())
        words = printed.split()
        while words and words[0].casefold() in STARTERS:
            words = words[1:]
        name = person(" ".join(words)) if words else None
        if name is None or ORG_WORDS.search(name):
            return None
        before = self._text[max(0, found.start() - BEFORE) : found.start()].casefold().replace(",", " ").split()
        titles = {word.strip(".").casefold() for word in words[: len(words) - len(name.split())]} | set(before[-1:])
        return self._sure(name, titles, found, known)

    def _sure(self, name: str, titles: set[str], found: re.Match[str], known: dict[str, str]) -> tuple[str, str | None] | None:
        parts = name.split()
        given = self._lexicon.given_names.get(parts[0].casefold())
        if len(parts) == 1:
            full = known.get(name)
            if full is None and not (titles & PERSONAL or name in self._surnames):
                return None
            return full or name, _gender(titles) or self.known_gender(full or name)
        titled = bool(titles & PERSONAL)
        sure = titled or given is not None or name in self._speakers or self._tells_person(found.end())
        if not sure or (not titled and name not in self._speakers and self._lexicon.gazetteer.find(name) is not None):
            return None
        known[parts[-1]] = name
        known.setdefault(parts[0], name)
        return name, _gender(titles) or self.known_gender(name)

    def _tells_person(self, end: int) -> bool:
        """Whether an age or an office stands behind a name."""
        apposed = APPOSED.match(self._text, end)
        office = apposed is not None and not OFFICES.isdisjoint(apposed["words"].casefold().split())
        return office or AGE_AFTER.match(self._text, end) is not None

    def known_gender(self, name: str) -> str | None:
        found = self._lexicon.given_names.get(name.split(maxsplit=1)[0].casefold()) if len(name.split()) > 1 else None
        return found if found in ("f", "m") else None


def _gender(titles: set[str]) -> str | None:
    if titles & FEMALE:
        return "f"
    if titles & MALE:
        return "m"
    return next((KINSHIP[title] for title in titles if title in KINSHIP), None)

"""Kinds of sources by the head of their name: `the general secretary of the union` is a union's, no army's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from copydesk.transforms.names.bodies import Bodies, Body
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.vocabulary import ClaimantKind

PERSON, SPEAKS, BODY, WORK = "person", "speaks", "body", "work"
"""What a word of the table `claimants` names: somebody, somebody who speaks for a body, a body, a work that says something."""

BOUNDARY = frozenset(
    "of for at in with from to who that which on near by like such including living based working staying familiar close "
    "inside outside under across along around about into within released published commissioned conducted seen obtained "
    "reviewed gathered close-by whose where representing among against versus not because".split()
)
"""Words that end the head of a noun phrase."""

OWNING = frozenset("of for at from with in by to representing".split())
"""Words behind which the body stands that somebody speaks for."""

QUANTITY = re.compile(
    r"""
    ^(?:(?:one|two|three|four|five|six|seven|several|some|many|most|all|both|each|another|other|others|various|multiple   # two
        |numerous|few|a\s+few|a\s+number|a\s+group|a\s+team|dozens|scores|hundreds|thousands|more|no|any|certain|unnamed
        |\d[\d,.]*%?)\s+(?:of\s+)?)+                                                # of
    (?:(?:the|his|her|their|its|our|my|these|those)\s+)?                          # the
    """,
    re.IGNORECASE | re.VERBOSE,
)
OWNERS = re.compile(r"^(?:his|her|their|its|our|my|your|this|that|these|those)\s+", re.IGNORECASE)
FORMER = re.compile(r"\b(?:former|ex|one-time|onetime|retired|late|then|disgraced|ousted)\b", re.IGNORECASE)
DIPLOMATS = frozenset("ambassador ambassadors diplomat diplomats envoy consul".split())
"""Offices whose former holders are asked for what they know."""

INHERITING = frozenset(
    "officer officers commander commanders fighter fighters worker workers employee employees volunteer volunteers staffer "
    "representative rep president vice president chancellor commissioner captain administrator executive executives editor "
    "chief executive ceo inspector inspectors investigator investigators teacher driver planner planners "
    "administrators secretary".split()
) | {"vice president", "chief executive", "chief executive officer", "government sources"}
"""Nouns of persons that take the kind of the body beside them where its kind is known: `a Hamas commander`."""

POLICE = frozenset("police constabulary gendarmerie carabinieri".split())
"""Words before a rank that an army has as well: `Police Commissioner Major General`."""

STRONG = (ClaimantKind.EXPERT, ClaimantKind.WITNESS, ClaimantKind.MEDIA)
"""Kinds that somebody has whatever body employs him."""

WORD = re.compile(r"[^\W_](?:[\w&.’'/-]*[\w’'])?")
LONGEST = 5
"""Words of the longest phrase of the table."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a noun phrase says: the kind, what its head names, the head itself, and the text of the body it names."""

    kind: str
    part: str
    head: str
    body: str | None = None


@dataclass(frozen=True)
class ClaimantWords:
    """The table `claimants`: phrases in lower case with what they name and the kind that goes with it."""

    phrases: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    bodies: Bodies = field(default_factory=Bodies, repr=False)
    _seen: dict[tuple[str, bool], Described | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]], bodies: Bodies) -> ClaimantWords:
        """From rows of (word, part, kind); a phrase that is listed twice is what it is listed as first."""
        phrases: dict[str, tuple[str, str]] = {}
        for row in rows:
            phrases.setdefault(_plain(row["word"]), (row["part"], row["kind"]))
        return cls(phrases, bodies)

    @cached_property
    def single(self) -> frozenset[str]:
        """Every word that stands in a phrase."""
        return frozenset(word for phrase in self.phrases for word in phrase.split())

    def describe(self, phrase: str, before_name: bool = False) -> Described | None:
        """What a noun phrase without a personal name says of its source; `None` where no word of it is in the table.

        With `before_name` it stands before a name, so that its last words are its head where they name somebody.
        """
        return self._described(bare_phrase(phrase), before_name)

    def ends_with_office(self, phrase: str) -> bool:
        """Whether the last words of a phrase name somebody."""
        return self._last([_plain(token) for token in WORD.findall(phrase)]) is not None

    def _described(self, bare: str, before_name: bool) -> Described | None:
        key = (bare, before_name)
        if key not in self._seen:
            if len(self._seen) > MOST_SEEN:
                self._seen.clear()
            self._seen[key] = self._read(bare, before_name)
        return self._seen[key]

    def _read(self, bare: str, before_name: bool) -> Described | None:
        tokens = WORD.findall(bare)
        words = [_plain(token) for token in tokens]
        found = (self._last(words) if before_name else None) or self._owned_office(tokens, words) or self._head(tokens, words)
        if found is None:
            return None
        first, last = found
        head = " ".join(words[first:last])
        part, kind = self.phrases[head]
        behind = _behind(bare, tokens, last)
        before = " ".join(tokens[:first])
        if part in (PERSON, SPEAKS) and (strong := self._strong(words[:first])) is not None:
            return Described(strong, PERSON, head, None)
        if part == BODY:
            owner = self._owner_kind(before, head)
            if kind == ClaimantKind.MILITARY and not POLICE.isdisjoint(words[:first]):
                kind = ClaimantKind.POLICE
            return Described(owner or kind, BODY, head, bare)
        if part == WORK and not any(letter.isupper() for letter in before):
            before = ""
        bodies = [text for text in ((behind, before) if behind else (before,)) if text]
        known = [(text, inherited) for text in bodies if (inherited := self.body_kind(text)) is not None]
        body = known[0][0] if known else (behind if behind and behind[:1].isupper() else None)
        if part == SPEAKS or (part == WORK and known) or head in INHERITING:
            kind = next(
                (inherited for _, inherited in known if inherited != ClaimantKind.OTHER), known[0][1] if known else kind
            )
            if part == SPEAKS and not known and head in OFFICIALS:
                kind = ClaimantKind.GOVERNMENT
        if head in ("officer", "officers") and "chief" in words[:first] and not known:
            kind = ClaimantKind.COMPANY
        if kind == ClaimantKind.MILITARY and part in (PERSON, SPEAKS) and not POLICE.isdisjoint(words[:first]):
            kind = ClaimantKind.POLICE
        if kind == ClaimantKind.GOVERNMENT and part != WORK and FORMER.search(" ".join(tokens[: first + 1])):
            kind = ClaimantKind.EXPERT if head in DIPLOMATS else ClaimantKind.OTHER
        return Described(kind, part, head, body)

    def body_kind(self, text: str) -> str | None:
        """The kind of a body by its name; `None` where neither the table of bodies nor its head tells."""
        body = self.find(text)
        if body is not None:
            return body.kind
        bare = bare_phrase(text)
        state = self.bodies.peoples.get(folded_name(bare))
        if state is not None:
            return ClaimantKind.GOVERNMENT
        owner, mark, _ = bare.replace("'", "’").partition("’s ")
        owned = self.find(owner) if mark and owner and folded_name(owner) not in self.bodies.states else None
        if owned is not None:
            return owned.kind
        tokens = WORD.findall(bare)
        short = self.bodies.find(tokens[0]) if len(tokens) > 1 and len(tokens[0]) > 1 and tokens[0].isupper() else None
        if short is not None and folded_name(tokens[0]) not in self.bodies.states:
            return short.kind
        words = [_plain(token) for token in tokens]
        found = self._head(tokens, words, only=(BODY,))
        if found is not None:
            return self.phrases[" ".join(words[found[0] : found[1]])][1]
        if mark and owner:
            return self.body_kind(owner)
        last = tokens[-1] if len(tokens) > 1 and tokens[-1][:1].isupper() else None
        known = self.bodies.find(last) if last and folded_name(last) not in self.bodies.states else None
        return known.kind if known is not None else None

    def find(self, text: str) -> Body | None:
        """The body of a name, also with its state left out where the rest is in the table: `Israel’s Channel 13`."""
        bare = bare_phrase(text)
        body = self.bodies.find(text.strip(" ,")) or self.bodies.find(bare)
        if body is not None:
            return body
        split = self.bodies.split_state(folded_name(bare))
        return self.bodies.single.get(split[1]) if split is not None else None

    def _owner_kind(self, before: str, head: str) -> str | None:
        """The kind of the body whose part a body is, where its own noun says little: `the UN’s refugee agency`."""
        owner, mark, _ = before.replace("'", "’").partition("’s")
        body = self.find(owner) if mark and owner and " " not in head else None
        stately = body is not None and self.bodies.states.get(folded_name(owner)) is not None
        return body.kind if body is not None and not stately else None

    def _strong(self, words: list[str]) -> str | None:
        """The kind of an office that is joined with another one behind it and counts first: `economist and director`."""
        for joint in (at for at, word in enumerate(words) if word == "and" and at):
            found = self._last(words[:joint])
            if found is not None:
                part, kind = self.phrases[" ".join(words[found[0] : found[1]])]
                if part == PERSON and kind in STRONG:
                    return kind
        return None

    def _last(self, words: list[str]) -> tuple[int, int] | None:
        """The longest phrase of somebody that ends a noun phrase."""
        for first in range(max(0, len(words) - LONGEST), len(words)):
            if self.phrases.get(" ".join(words[first:]), ("", ""))[0] in (PERSON, SPEAKS):
                return first, len(words)
        return None

    def _owned_office(self, tokens: list[str], words: list[str]) -> tuple[int, int] | None:
        """The office at the end of a phrase whose body has a small word in its name: `Royal Bank of Canada economists`."""
        joint = next(
            (at for at, token in enumerate(tokens) if token in ("of", "for", "and") and 0 < at < len(tokens) - 2), None
        )
        if (
            joint is None
            or not tokens[0][:1].isupper()
            or not tokens[joint - 1][:1].isupper()
            or not tokens[joint + 1][:1].isupper()
        ):
            return None
        last = self._last(words)
        inside = last is not None and any(
            token.endswith(("’s", "'s")) or token[:1].isupper() for token in tokens[joint + 1 : last[0]]
        )
        head = self._head(tokens, words)
        body = head is None or self.phrases[" ".join(words[head[0] : head[1]])][0] == BODY
        return last if inside and body else None

    def _head(
        self, tokens: list[str], words: list[str], only: tuple[str, ...] = (PERSON, SPEAKS, BODY, WORK)
    ) -> tuple[int, int] | None:
        """The longest phrase of the table that holds the last word of the head of a noun phrase; else the last one in it."""
        end = next((at for at, token in enumerate(tokens) if token in BOUNDARY and at), len(words))
        for last_word in range(end - 1, -1, -1):
            best: tuple[int, int] | None = None
            for first in range(max(0, last_word - LONGEST + 1), last_word + 1):
                for last in range(min(len(words), first + LONGEST), last_word, -1):
                    known = self.phrases.get(" ".join(words[first:last]))
                    if known is not None and known[0] in only and (best is None or last - first > best[1] - best[0]):
                        best = (first, last)
            if best is not None:
                return best
        return None


MOST_SEEN = 20_000
"""Phrases that are remembered with what they say."""

OFFICIALS = frozenset("official officials authorities".split()) | {"senior official", "senior officials", "local authorities"}
"""Nouns that mean a state’s, where nothing says whose they are."""


def _plain(word: str) -> str:
    """A word of a phrase as the table has it: lower case, without possessive and stops.

    >>> _plain("Canada’s"), _plain("U.S.")
    ('canada', 'us')
    """
    return re.sub(r"['’]s?(?=\s|$)", "", word.casefold().replace("’", "'")).replace(".", "")


def bare_phrase(phrase: str) -> str:
    """A phrase without quantity, owner and leading article."""
    text = phrase.strip(" ,.")
    while True:
        shorter = QUANTITY.sub("", OWNERS.sub("", re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)))
        if shorter == text or not shorter:
            return text
        text = shorter


def _behind(bare: str, tokens: list[str], last: int) -> str | None:
    """The body behind the head: what follows `of`, `for`, `at`, up to a comma."""
    if last >= len(tokens) or tokens[last].casefold() not in OWNING:
        return None
    at = 0
    for token in tokens[: last + 1]:
        at = bare.index(token, at) + len(token)
    text = re.split(r",|\(|\bwho\b|\bsince\b", bare[at:], maxsplit=1)[0].strip()
    return re.sub(r"^(?:the|a|an)\s+", "", text) or None

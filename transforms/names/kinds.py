"""Kinds of sources by the head of their name: `the general secretary of the union` is a union's, no army's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from copydesk.transforms.names.bodies import Bodies
from copydesk.transforms.names.body_kinds import BodyKinds
from copydesk.transforms.names.fields import LEVELS, OFFICES, SAVING, TRADES, Fields, kind_of_ending
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.heads import BODY, FIELD, PERSON, SPEAKS, WORK
from copydesk.transforms.names.memory import remembered
from copydesk.transforms.names.phrases import (
    COUNTING,
    DIPLOMATS,
    FORMER,
    INHERITING,
    MINISTERS,
    OFFICIAL,
    OFFICIALS,
    POLICE,
    REPORTS,
    STRONG,
    WORD,
    bare_phrase,
    behind_head,
    bodies_behind,
    plain_word,
    words_of,
)
from copydesk.transforms.vocabulary import ClaimantKind


@dataclass(frozen=True, slots=True)
class Described:
    """What a noun phrase says: the kind, what its head names, the head itself, and the text of the body it names.

    `open` is the kind where nothing beside the head tells it, so that it is that of the body that the article means: `its
    president`, `a Brell representative`.
    """

    kind: str
    part: str
    head: str
    body: str | None = None
    open: bool = False


BUILDERS = frozenset(
    "engineer engineers planner planners surveyor surveyors architect architects economist auditor auditors accountant "
    "veterinarian".split()
)
"""Nouns of those who know by study and speak for the state’s body that they work in: `the council’s engineer`."""

RANKED = frozenset((ClaimantKind.MILITARY, ClaimantKind.POLICE))
"""Kinds of which a rank before another one tells nothing."""

POSSESSED = re.compile(r"[’']s?$")
MOST_SEEN = 20_000
"""Phrases that are remembered with what they say."""


def _possessor(tokens: Sequence[str]) -> str | None:
    """The name in the possessive before an office and what that is for: `Marlow Power` of Marlow Power’s finance chief."""
    last = next((at for at, token in enumerate(tokens) if POSSESSED.search(token)), None)
    if last is None or not all(token[:1].isupper() for token in tokens[: last + 1]):
        return None
    return POSSESSED.sub("", " ".join(tokens[: last + 1]))


@dataclass(frozen=True)
class ClaimantWords(BodyKinds):
    """The table `claimants`: what noun phrases that name sources say."""

    _seen: dict[tuple[str, bool], Described | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]], bodies: Bodies) -> ClaimantWords:
        """From rows of (word, part, kind); a phrase that is listed twice is what it is listed as first."""
        phrases: dict[str, tuple[str, str]] = {}
        fields: dict[str, str] = {}
        for row in rows:
            if row["part"] == FIELD:
                fields.setdefault(plain_word(row["word"]), row["kind"])
            else:
                phrases.setdefault(plain_word(row["word"]), (row["part"], row["kind"]))
        return cls(phrases=phrases, bodies=bodies, fields=Fields(fields))

    def describe(self, phrase: str, before_name: bool = False) -> Described | None:
        """What a noun phrase without a personal name says of its source; `None` where no word of it is in the table.

        With `before_name` it stands before a name, so that its last words are its head where they name somebody.
        """
        return self._described(bare_phrase(phrase), before_name)

    def _described(self, bare: str, before_name: bool) -> Described | None:
        key = (bare, before_name)
        return remembered(self._seen, key, lambda asked: self._read(*asked), MOST_SEEN)

    def _read(self, bare: str, before_name: bool) -> Described | None:
        tokens = self._parted(WORD.findall(bare))
        initials = len(tokens) == 1 and tokens[0].isupper()
        words = self.spelt_out(tokens) if before_name or initials else [plain_word(token) for token in tokens]
        found = (self._last(words) if before_name else None) or self._owned_office(tokens, words) or self._head(tokens, words)
        if found is None:
            ending = kind_of_ending(words[: self._end(tokens)]) if not before_name else None
            return Described(ending, PERSON, words[self._end(tokens) - 1]) if ending is not None else None
        first, last = found
        head = " ".join(words[first:last])
        part, kind = self.phrases[head]
        behind = behind_head(bare, tokens, last)
        before = POSSESSED.sub("", " ".join(tokens[: len(self._without_level(words[:first]))]))
        owned = POSSESSED.search(" ".join(tokens[:first])) is not None
        if part in (PERSON, SPEAKS) and (strong := self._strong(words[:first])) is not None:
            return Described(strong, PERSON, head, None)
        if part == BODY:
            owner = self._owner_kind(before, head) or self._wing_of(tokens[:first], kind, head)
            kind = self._of_body(tokens, words, found)
            if kind == ClaimantKind.MILITARY and not POLICE.isdisjoint(words[:first]):
                kind = ClaimantKind.POLICE
            return Described(owner or kind, BODY, head, bare)
        if part == WORK and not any(letter.isupper() for letter in before):
            before = ""
        if words[last - 1].startswith("superintendent") and LEVELS.issuperset(words[:first]):
            before = ""
        bodies = [text for text in (*bodies_behind(behind), before) if text]
        if before and behind and self._is_behind_owner(before, owned, behind):
            bodies = [before]
        known = [(text, inherited) for text in bodies if (inherited := self.body_kind(text)) is not None]
        body = known[0][0] if known else (behind if behind and behind[:1].isupper() else None)
        if body is None and before:
            body = before if owned else self._owner_before(tokens[:first])
            body = body or (_possessor(tokens[:first]) if part == SPEAKS else None)
        told = self._of_somebody(kind, tokens, words, found, behind, known)
        bare_kind = ClaimantKind.GOVERNMENT if self._base(words[first:last]) in OFFICIALS else kind
        leaves = not known and told == bare_kind and (part == SPEAKS or self._base(words[first:last]) in INHERITING)
        return Described(told, part, head, body, leaves)

    def _is_behind_owner(self, before: str, owned: bool, behind: str) -> bool:
        """Whether the body before an office is whose it is, and what stands behind only where or what for.

        `Orlan’s head of mission` is so; `owned` says that the body before is in the possessive.
        """
        if folded_name(behind) in self.bodies.states:
            return self.find(before) is not None
        stately = folded_name(before) in self.bodies.states
        return not stately and behind[:1].islower() and ((owned and before[:1].isupper()) or self.find(before) is not None)

    def _owner_before(self, tokens: list[str]) -> str | None:
        """The name right before an office, of which no table tells the kind: `Brell` of a Brell representative."""
        first = len(tokens)
        while first and tokens[first - 1][:1].isupper() and self.phrases.get(plain_word(tokens[first - 1]), (BODY,))[0] == BODY:
            first -= 1
        return " ".join(tokens[first:]) or None

    def _of_somebody(
        self,
        kind: str,
        tokens: list[str],
        words: list[str],
        found: tuple[int, int],
        behind: str | None,
        known: Sequence[tuple[str, str]],
    ) -> str:
        """The kind of somebody or of a work, beside the bodies that are named with it."""
        first, last = found
        head = self._base(words[first:last])
        part = self.phrases[" ".join(words[first:last])][0]
        if part == SPEAKS or (part == WORK and known) or head in INHERITING:
            kind = next(
                (inherited for _, inherited in known if inherited != ClaimantKind.OTHER), known[0][1] if known else kind
            )
            if part == SPEAKS and not known and head in OFFICIALS:
                kind = ClaimantKind.GOVERNMENT
            kind = self._of_office(kind, head, words[:first], behind, known)
        if kind == ClaimantKind.EXPERT and head in BUILDERS and any(told == ClaimantKind.GOVERNMENT for _, told in known):
            kind = ClaimantKind.GOVERNMENT
        if part == WORK or head in REPORTS:
            kind = self._of_work(kind, words[:first], known if head in REPORTS else (), bool(known))
        if head in ("officer", "officers") and "chief" in words[:first] and not known:
            kind = ClaimantKind.COMPANY
        if kind == ClaimantKind.MILITARY and part in (PERSON, SPEAKS) and not POLICE.isdisjoint(words[:first]):
            kind = ClaimantKind.POLICE
        if kind == ClaimantKind.GOVERNMENT and part != WORK and FORMER.search(" ".join(tokens[: first + 1])):
            kind = ClaimantKind.EXPERT if head in DIPLOMATS else ClaimantKind.OTHER
        return kind

    def _of_office(self, kind: str, head: str, before: list[str], behind: str | None, known: Sequence[tuple[str, str]]) -> str:
        """The kind of an office that many bodies have: that of a named body, else of what it is for."""
        own = [text for text, _ in known if not text.islower() and text.casefold() not in self.fields.kinds]
        named = head not in MINISTERS and any(not self.is_seat(text) for text in own)
        if named or (head not in OFFICES and self.phrases.get(head, (PERSON,))[0] != SPEAKS):
            return kind
        level = kind == ClaimantKind.POLICE and head.startswith("superintendent") and not LEVELS.isdisjoint(before[-1:])
        told = None if level else self.fields.before(self._without_level(before))
        told = told or (self._charge(behind) if behind and not known else None)
        small = bool(before) or (told is None and behind is not None and behind.islower())
        if head in TRADES and told not in SAVING and small:
            return ClaimantKind.WITNESS
        if told is None and not known and behind and (whose := self._described(bare_phrase(behind), False)) is not None:
            one = whose.part == PERSON or (whose.part == SPEAKS and whose.kind == ClaimantKind.UN_BODY)
            told = whose.kind if one and whose.kind != ClaimantKind.WITNESS else None
        owner = self._last(before) if told is None and not known else None
        part, owned = self.phrases[" ".join(before[owner[0] :])] if owner is not None else (SPEAKS, kind)
        if kind in RANKED and owned in RANKED:  # North Area Commander Chief Superintendent
            return told or kind
        return told or (owned if part == PERSON and owned != ClaimantKind.WITNESS else kind)

    def _without_level(self, words: list[str]) -> list[str]:
        """Words before an office without those of its level, where they name whose it is: `union national secretary`."""
        end = next((at for at in range(len(words), 0, -1) if words[at - 1] not in LEVELS), 0)
        owner = self._head(words[:end], words[:end], only=(BODY,)) if end < len(words) else None
        return words[:end] if owner is not None and owner[1] == end else words

    def _of_work(self, kind: str, before: list[str], makers: Sequence[tuple[str, str]], made: bool) -> str:
        """The kind of a work: that of its makers, else of the word before it: `police records`, `official data`."""
        told = self.fields.before(before)
        if makers or made:
            return makers[0][1] if makers else kind
        return told if told is not None and (told in COUNTING or OFFICIAL.intersection(before[-1:])) else kind

    def _charge(self, behind: str) -> str | None:
        """The kind that the charge of an office tells: `director of public health`, not `head of research at Marlow Power`."""
        told = self.fields.within(words_of(behind))
        return None if told == ClaimantKind.EXPERT and len(bodies_behind(behind)) > 1 else told

    def _strong(self, words: list[str]) -> str | None:
        """The kind of an office that is joined with another one behind it and counts first: `economist and director`."""
        for joint in (at for at, word in enumerate(words) if word == "and" and at):
            found = self._last(words[:joint])
            if found is not None:
                part, kind = self.phrases[" ".join(words[found[0] : found[1]])]
                if part == PERSON and kind in STRONG:
                    return kind
        return None

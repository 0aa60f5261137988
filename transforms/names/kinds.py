"""Kinds of sources by the head of their name: `the general secretary of the union` is a union's, no army's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from copydesk.transforms.names.bodies import Bodies, Body
from copydesk.transforms.names.fields import ADJECTIVAL, GRADES, LEVELS, OFFICES, SAVING, TRADES, Fields, kind_of_ending
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.memory import remembered
from copydesk.transforms.names.phrases import (
    BOUNDARY,
    COUNTING,
    DIPLOMATS,
    FORMER,
    INHERITING,
    LONGEST,
    MINISTERS,
    OFFICIAL,
    OFFICIALS,
    POLICE,
    REPORTS,
    SEATS,
    STATION,
    STRONG,
    WORD,
    bare_phrase,
    behind_head,
    bodies_behind,
    plain_word,
    words_of,
)
from copydesk.transforms.vocabulary import ClaimantKind

PERSON, SPEAKS, BODY, WORK, FIELD = "person", "speaks", "body", "work", "field"
"""What a word of the table `claimants` names: somebody, somebody who speaks for a body, a body, a work that says something,
what an office or body is for."""


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


CIRCLES = frozenset("council committee board assembly conference".split())
"""Nouns of bodies that are no state’s where they are of people: `the council of elders`."""

SPOKEN = frozenset("head leader director spokesman spokeswoman spokesperson coordinator".split())
"""Nouns of those who speak for a body, behind the compound that names it."""

PARTS = frozenset("office mission panel team delegation secretariat unit branch station desk clinic".split())
"""Nouns of the parts of bodies: `the Caritas office`."""

POSSESSED = re.compile(r"[’']s?$")
JOINTS = frozenset("of for and to the in on".split())
"""Small words inside the name of a body, behind which its last word is no office: `Association for Access to Justice`."""

SHORTENED = {
    short: full
    for full, shorts in {
        "chief": "ch", "inspector": "insp inspr", "superintendent": "supt supdt supdnt", "detective": "det", "sergeant": "sgt sergt",
        "constable": "const", "commissioner": "comm cmsr commr", "assistant": "asst", "deputy": "dep dy", "senior": "sr snr",
        "commander": "cdr cmdr", "director": "dir", "president": "pres", "secretary": "secy", "minister": "min",
        "engineer": "engr eng", "advocate": "adv", "lieutenant": "lieut", "general": "genl", "brigadier": "brig", "admiral": "adm",
        "professor": "profr", "additional": "addl", "divisional": "divl", "district": "dist", "regional": "regl", "police": "pol",
    }.items()
    for short in shorts.split()
}  # fmt: skip
"""Words of offices as they are cut short before a name."""

MOST_SEEN = 20_000
"""Phrases that are remembered with what they say."""


@dataclass(frozen=True)
class ClaimantWords:
    """The table `claimants`: phrases in lower case with what they name and the kind that goes with it."""

    phrases: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    bodies: Bodies = field(default_factory=Bodies, repr=False)
    fields: Fields = field(default_factory=Fields, repr=False)
    _seen: dict[tuple[str, bool], Described | None] = field(default_factory=dict, repr=False, compare=False)
    _met: dict[str, Body | None] = field(default_factory=dict, repr=False, compare=False)

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
        return cls(phrases, bodies, Fields(fields))

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
        return self._last(self.spelt_out(WORD.findall(phrase))) is not None

    def is_plural(self, head: str) -> bool:
        """Whether a noun of the table means several: `witnesses`."""
        return head.endswith("s") and not {head[:-1], head[:-2]}.isdisjoint(self.phrases)

    def _described(self, bare: str, before_name: bool) -> Described | None:
        key = (bare, before_name)
        return remembered(self._seen, key, lambda asked: self._read(*asked), MOST_SEEN)

    def _read(self, bare: str, before_name: bool) -> Described | None:
        tokens = WORD.findall(bare)
        words = self.spelt_out(tokens) if before_name else [plain_word(token) for token in tokens]
        found = (self._last(words) if before_name else None) or self._owned_office(tokens, words) or self._head(tokens, words)
        if found is None:
            ending = kind_of_ending(words[: self._end(tokens)]) if not before_name else None
            return Described(ending, PERSON, words[self._end(tokens) - 1]) if ending is not None else None
        first, last = found
        head = " ".join(words[first:last])
        part, kind = self.phrases[head]
        behind = behind_head(bare, tokens, last)
        before = POSSESSED.sub("", " ".join(tokens[:first]))
        owned = before != " ".join(tokens[:first])
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
        told = self._of_somebody(kind, tokens, words, found, behind, known)
        bare_kind = ClaimantKind.GOVERNMENT if self._base(words[first:last]) in OFFICIALS else kind
        leaves = not known and told == bare_kind and (part == SPEAKS or self._base(words[first:last]) in INHERITING)
        return Described(told, part, head, body, leaves)

    def _is_behind_owner(self, before: str, owned: bool, behind: str) -> bool:
        """Whether the body before an office is whose it is, and what stands behind only where or what for: `’s head of mission`.

        `owned` says that the body before is in the possessive.
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
        if part == WORK or head in REPORTS:
            kind = self._of_work(kind, words[:first], known if head in REPORTS else (), bool(known))
        if head in ("officer", "officers") and "chief" in words[:first] and not known:
            kind = ClaimantKind.COMPANY
        if kind == ClaimantKind.MILITARY and part in (PERSON, SPEAKS) and not POLICE.isdisjoint(words[:first]):
            kind = ClaimantKind.POLICE
        if kind == ClaimantKind.GOVERNMENT and part != WORK and FORMER.search(" ".join(tokens[: first + 1])):
            kind = ClaimantKind.EXPERT if head in DIPLOMATS else ClaimantKind.OTHER
        return kind

    def _means_several(self, words: list[str]) -> bool:
        """Whether words name several people of no office: `women`, `refugees`."""
        part, kind = self.phrases.get(" ".join(words), ("", ""))
        return part == PERSON and kind in (ClaimantKind.WITNESS, ClaimantKind.OTHER)

    @staticmethod
    def _base(head: list[str]) -> str:
        """An office without the words of its grade: `chief inspector`, `field officers`."""
        first = next((at for at, word in enumerate(head) if word not in GRADES or at == len(head) - 1), 0)
        base = " ".join(head[first:])
        return base if base in INHERITING else " ".join(head)

    def _of_office(self, kind: str, head: str, before: list[str], behind: str | None, known: Sequence[tuple[str, str]]) -> str:
        """The kind of an office that many bodies have: that of a named body, else of what it is for."""
        named = any(not text.islower() and not self._is_seat(text) for text, _ in known) and head not in MINISTERS
        if named or (head not in OFFICES and self.phrases.get(head, (PERSON,))[0] != SPEAKS):
            return kind
        level = kind == ClaimantKind.POLICE and head.startswith("superintendent") and not LEVELS.isdisjoint(before[-1:])
        told = (None if level else self.fields.before(self._without_level(before))) or (self._charge(behind) if behind and not known else None)
        small = bool(before) or (told is None and behind is not None and behind.islower())
        if head in TRADES and told not in SAVING and small:
            return ClaimantKind.WITNESS
        if told is None and not known and behind and (whose := self._described(bare_phrase(behind), False)) is not None:
            told = whose.kind if whose.part == PERSON and whose.kind != ClaimantKind.WITNESS else None
        owner = self._last(before) if told is None and not known else None
        part, owned = self.phrases[" ".join(before[owner[0] :])] if owner is not None else (SPEAKS, kind)
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

    def _of_body(self, tokens: list[str], words: list[str], found: tuple[int, int]) -> str:
        """The kind of a body by its head; of a noun that many bodies have by the word before it: `the traffic department`."""
        first, last = found
        head = " ".join(words[first:last])
        end = next((at for at in range(last + 1, len(words)) if tokens[at] in BOUNDARY or tokens[at][:1] == ","), len(words))
        behind = (
            [word for word in words[last + 1 : end] if word != "the"] if tokens[last : last + 1] in (["of"], ["for"]) else []
        )
        told = self.fields.of_body(head, words[:first], behind)
        if told is None and head in CIRCLES and behind and self._means_several(behind[-1:]):
            told = ClaimantKind.OTHER
        if told == ClaimantKind.OTHER and head.endswith("commission") and self.bodies.country_in(" ".join(tokens[:first])) is not None:
            told = ClaimantKind.GOVERNMENT
        named = head == "network" and first and (tokens[first].istitle() or tokens[first - 1].islower())
        return told or (ClaimantKind.OTHER if tokens[first:last] == ["group"] or named else self.phrases[head][1])

    def _is_seat(self, text: str) -> bool:
        """Whether what stands behind an office is only where it is: `a spokesman from the eastern province of Sellin`."""
        words = words_of(text)
        found = self._head(WORD.findall(text), words, only=(BODY,))
        return self.find(text) is None and found is not None and " ".join(words[found[0] : found[1]]) in SEATS

    def body_kind(self, text: str) -> str | None:
        """The kind of a body by its name; `None` where neither the table of bodies nor its head tells."""
        body = self.find(text)
        if body is not None:
            return body.kind
        bare = bare_phrase(text)
        if STATION.fullmatch(bare):
            return ClaimantKind.MEDIA
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
        words = [plain_word(token) for token in tokens]
        found = self._head(tokens, words, only=(BODY,))
        if found is not None:
            kind = self._of_body(tokens, words, found)
            return self._wing_of(tokens[: found[0]], kind, " ".join(words[found[0] : found[1]])) or kind
        if mark and owner:
            return self.body_kind(owner)
        branch = self.branch_of(bare)
        if branch is not None:
            return branch.kind
        last = tokens[-1] if len(tokens) > 1 and tokens[-1][:1].isupper() else None
        known = self.bodies.find(last) if last and folded_name(last) not in self.bodies.states else None
        return known.kind if known is not None else None

    def find(self, text: str) -> Body | None:
        """The body of a name, also with its state left out where the rest is in the table: `Israel’s Channel 13`."""
        return remembered(self._met, text, self._named, MOST_SEEN)

    def _named(self, text: str) -> Body | None:
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

    def branch_of(self, name: str) -> Body | None:
        """The body in the table whose branch a name of capitalised words is: `Oxfam` of `Oxfam Novib`."""
        tokens = WORD.findall(name)
        capitals = len(tokens) > 1 and all(token[:1].isupper() for token in tokens)
        return self._opening_body(tokens[:-1]) if capitals else None

    def _opening_body(self, tokens: list[str]) -> Body | None:
        """The body in the table that opens a name, the longest, and no state: `Oxfam` of `Oxfam Novib`."""
        for end in range(len(tokens), 0, -1):
            text = " ".join(tokens[:end])
            if len(text) > 2 and text[:1].isupper() and folded_name(text) not in self.bodies.states:
                body = self.bodies.find(text)
                if body is not None:
                    return body
        return None

    def _wing_of(self, before: list[str], kind: str, noun: str) -> str | None:
        """The kind of the body whose office, mission or own army a body is: `the Brell Front military`, `the Caritas office`."""
        if kind == ClaimantKind.HEALTH_AUTHORITY or not before:
            return None
        owner = self._opening_body(before)
        if owner is None or owner.kind in (ClaimantKind.MEDIA, ClaimantKind.OTHER):
            return None
        part = noun in PARTS and self.fields.before([plain_word(token) for token in before]) is None
        return owner.kind if part or owner.kind == ClaimantKind.ARMED_GROUP else None

    @cached_property
    def ranks(self) -> Mapping[str, str]:
        """Ranks of police by their initials: `dsp` is a deputy superintendent of police."""
        found: dict[str, str] = {}
        for phrase, (part, kind) in self.phrases.items():
            words = [word for word in re.split(r"[ -]", phrase) if word != "of"]
            if part == PERSON and kind == ClaimantKind.POLICE and len(words) > 1 and not phrase.endswith("s"):
                found.setdefault("".join(word[0] for word in words), phrase)
        return found

    def spelt_out(self, tokens: Sequence[str]) -> list[str]:
        """Words before a name with ranks and offices in full: `Dy Supt`, `DSP` and `deputy superintendent` are one."""
        words = [plain_word(token) for token in tokens]
        found = self._last(words)
        if found is not None:
            return [SHORTENED.get(word, word) for word in words[: found[0]]] + words[found[0] :]
        return [
            self.ranks.get(word, word) if token.isupper() and len(token) > 1 else SHORTENED.get(word, word)
            for token, word in zip(tokens, words, strict=True)
        ]

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
                return self._behind_compound((first, len(words)), words)
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
        if last is not None and (
            tokens[last[0] - 1] in JOINTS or (tokens[last[0]][:1].isupper() and self._means_several(words[last[0] :]))
        ):
            return None
        head = self._head(tokens, words)
        body = head is None or self.phrases[" ".join(words[head[0] : head[1]])][0] == BODY
        return last if inside and body else None

    @staticmethod
    def _end(tokens: list[str]) -> int:
        """Where the head of a noun phrase ends."""
        return next((at for at, token in enumerate(tokens) if token in BOUNDARY and at), len(tokens))

    def _head(
        self, tokens: list[str], words: list[str], only: tuple[str, ...] = (PERSON, SPEAKS, BODY, WORK)
    ) -> tuple[int, int] | None:
        """The longest phrase of the table that holds the last word of the head of a noun phrase; else the last one in it."""
        end = self._end(tokens)
        for last_word in range(end - 1, -1, -1):
            best: tuple[int, int] | None = None
            for first in range(max(0, last_word - LONGEST + 1), last_word + 1):
                for last in range(min(len(words), first + LONGEST), last_word, -1):
                    known = self.phrases.get(" ".join(words[first:last]))
                    if known is not None and known[0] in only and (best is None or last - first > best[1] - best[0]):
                        best = (first, last)
            if best is not None and not self._opens_name(best, words, end):
                return self._behind_compound(best, words)
        return None

    def _opens_name(self, found: tuple[int, int], words: list[str], end: int) -> bool:
        """Whether a noun of a person is an adjective before the head of a body that has something: `General Union of`."""
        first, last = found
        return last - first == 1 and last < end < len(words) and words[first] in ADJECTIVAL

    def _behind_compound(self, found: tuple[int, int], words: list[str]) -> tuple[int, int]:
        """An office without the word that belongs to a compound before it: `chief` of a civil defence chief."""
        first, last = found
        for start in range(max(0, first - 2), first):
            for cut in range(first + 1, last):
                told = self.fields.kinds.get(" ".join(words[start:cut]))
                other = told is not None and told != self.phrases[" ".join(words[first:last])][1]
                if other and " ".join(words[cut:last]) in OFFICES | SPOKEN:
                    return cut, last
        return found

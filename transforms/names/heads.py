"""Where the head of a noun phrase that names a source stands, by the phrases of the table `claimants`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from copydesk.transforms.names.fields import ADJECTIVAL, GRADES, OFFICES, Fields
from copydesk.transforms.names.phrases import BOUNDARY, INHERITING, LONGEST, WORD, plain_word
from copydesk.transforms.vocabulary import ClaimantKind

PERSON, SPEAKS, BODY, WORK, FIELD = "person", "speaks", "body", "work", "field"
"""What a word of the table `claimants` names: somebody, somebody who speaks for a body, a body, a work that says something,
what an office or body is for."""

SPOKEN = frozenset("head leader director spokesman spokeswoman spokesperson coordinator".split())
"""Nouns of those who speak for a body, behind the compound that names it."""

INITIALS = {
    "pm": "prime minister",
    "dpm": "deputy prime minister",
    "cm": "chief minister",
    "dc": "district commissioner",
    "rc": "regional commissioner",
    "rdc": "district commissioner",
    "dm": "district magistrate",
    "cs": "cabinet secretary",
    "ps": "principal secretary",
    "ag": "attorney general",
    "da": "district attorney",
    "cj": "chief justice",
    "dg": "director general",
    "md": "managing director",
    "vc": "vice-chancellor",
}
"""Offices that are printed by their initials, in capitals alone."""

JOINED_OFFICES = frozenset("general president minister chief secretary inspector commissioner director chairman".split())
"""Last words of offices that are printed with a hyphen as well as without one."""

JOINTS = frozenset("of for and to the in on".split())
"""Small words inside the name of a body, behind which its last word is no office: `Association for Access to Justice`."""

SHORTENED = {
    short: full
    for full, shorts in (
        ("chief", "ch"),
        ("inspector", "insp inspr"),
        ("superintendent", "supt supdt supdnt"),
        ("detective", "det"),
        ("sergeant", "sgt sergt"),
        ("constable", "const"),
        ("commissioner", "comm cmsr commr"),
        ("assistant", "asst"),
        ("deputy", "dep dy"),
        ("senior", "sr snr"),
        ("commander", "cdr cmdr"),
        ("director", "dir"),
        ("president", "pres"),
        ("secretary", "secy"),
        ("minister", "min"),
        ("engineer", "engr eng"),
        ("brigadier", "brig"),
        ("admiral", "adm"),
        ("additional", "addl"),
        ("district", "dist"),
        ("police", "pol"),
    )
    for short in shorts.split()
}
"""Words of offices as they are cut short before a name."""


@dataclass(frozen=True)
class Heads:
    """Phrases in lower case with what they name and the kind that goes with it, and the words that tell whose an office is."""

    phrases: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    fields: Fields = field(default_factory=Fields, repr=False)

    @cached_property
    def single(self) -> frozenset[str]:
        """Every word that stands in a phrase."""
        return frozenset(word for phrase in self.phrases for word in phrase.split())

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
        if len(tokens) == 1 and tokens[0].isupper() and words[0] in INITIALS:
            return INITIALS[words[0]].split()
        found = self._last(words)
        if found is not None:
            return [SHORTENED.get(word, word) for word in words[: found[0]]] + words[found[0] :]
        return [
            self.ranks.get(word, INITIALS.get(word, word)) if token.isupper() and len(token) > 1 else SHORTENED.get(word, word)
            for token, word in zip(tokens, words, strict=True)
        ]

    def _parted(self, tokens: list[str]) -> list[str]:
        """Words of a phrase, with offices that a hyphen joins as two where no table has them: `Inspector-General of Police`."""
        found: list[str] = []
        for token in tokens:
            first, joint, last = token.partition("-")
            apart = joint and last.casefold() in JOINED_OFFICES and plain_word(token) not in self.single
            found += [first, last] if apart and first else [token]
        return found

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

    def is_plural(self, head: str) -> bool:
        """Whether a noun of the table means several: `witnesses`."""
        return head.endswith("s") and not {head[:-1], head[:-2]}.isdisjoint(self.phrases)

    def ends_with_office(self, phrase: str) -> bool:
        """Whether the last words of a phrase name somebody."""
        return self._last(self.spelt_out(WORD.findall(phrase))) is not None

"""The kinds of bodies by their names: from the table of bodies, else from the head of the name and what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from copydesk.transforms.names.bodies import Bodies, Body
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.heads import BODY, Heads
from copydesk.transforms.names.memory import remembered
from copydesk.transforms.names.phrases import BOUNDARY, SEATS, STATION, WORD, bare_phrase, plain_word, words_of
from copydesk.transforms.vocabulary import ClaimantKind

CIRCLES = frozenset("council committee board assembly conference".split())
"""Nouns of bodies that are no state’s where they are of people: `the council of elders`."""

PARTS = frozenset("office mission panel team delegation secretariat unit branch station desk clinic".split())
"""Nouns of the parts of bodies: `the Caritas office`."""

DIVISIONS = frozenset("division department unit arm wing bureau branch service directorate section board panel".split())
OWNERS = frozenset(
    "company firm bank airline group union party charity church newspaper paper broadcaster university hospital club "
    "federation league operator retailer carrier manufacturer association militia".split()
)
"""Nouns of parts that many bodies have, and of the bodies whose they are."""

AGAINST = frozenset("opposition shadow exiled".split())
FIGHTING = frozenset("rebel rebels insurgent insurgents separatist separatists guerrilla guerrillas militant militants".split())
"""Words before a body that is no state’s."""

RULING = frozenset("authority commission council agency directorate inspectorate regulator".split())
"""Nouns of bodies that rule a trade."""

NUMBERED = re.compile(
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|\d+(?:st|nd|rd|th)"
)

MOST_MET = 20_000
"""Names that are remembered with their bodies."""


@dataclass(frozen=True)
class BodyKinds(Heads):
    """Tells the kinds of bodies, with the table of bodies beside the phrases."""

    bodies: Bodies = field(default_factory=Bodies, repr=False)
    _met: dict[str, Body | None] = field(default_factory=dict, repr=False, compare=False)

    def _of_body(self, tokens: list[str], words: list[str], found: tuple[int, int]) -> str:
        """The kind of a body by its head; of a noun that many bodies have by the word before it: `the traffic department`."""
        first, last = found
        head = " ".join(words[first:last])
        end = next((at for at in range(last + 1, len(words)) if tokens[at] in BOUNDARY or tokens[at][:1] == ","), len(words))
        behind = (
            [word for word in words[last + 1 : end] if word != "the"] if tokens[last : last + 1] in (["of"], ["for"]) else []
        )
        told = self.fields.of_body(head, words[:first], behind)
        told = told or self._by_number(head, words[:first]) or self._of_other(head, tokens, last)
        if told == ClaimantKind.COMPANY and self._is_ruling(head, tokens[first - 1 : first]):
            told = ClaimantKind.GOVERNMENT
        if told is None and head in CIRCLES and behind and self._means_several(behind[-1:]):
            told = ClaimantKind.OTHER
        named = head == "network" and first and (tokens[first].istitle() or tokens[first - 1].islower())
        kind = told or (ClaimantKind.OTHER if tokens[first:last] == ["group"] or named else self.phrases[head][1])
        if (side := self._side(kind, words[:first])) is not None:
            return side
        national = head.endswith("commission") and self.bodies.country_in(" ".join(tokens[:first])) is not None
        return ClaimantKind.GOVERNMENT if national and kind == ClaimantKind.OTHER else kind

    @staticmethod
    def _side(kind: str, before: list[str]) -> str | None:
        """The kind of a body that is of no state, by the side before it: `the opposition Kesh National Council`."""
        if kind == ClaimantKind.GOVERNMENT and not AGAINST.isdisjoint(before):
            return ClaimantKind.OTHER
        fights = kind in (ClaimantKind.GOVERNMENT, ClaimantKind.MILITARY, ClaimantKind.OTHER) and not FIGHTING.isdisjoint(
            before
        )
        return ClaimantKind.ARMED_GROUP if fights else None

    @staticmethod
    def _by_number(head: str, before: list[str]) -> str | None:
        """The kind of a part of an army that has a number before it: `the Seventh Division`."""
        numbered = head == "division" and before[-1:] and NUMBERED.fullmatch(before[-1]) is not None
        return ClaimantKind.MILITARY if numbered else None

    def _of_other(self, head: str, tokens: list[str], last: int) -> str | None:
        """The kind of the body in the table whose office a body is: `Office of the UN High Commissioner for Reefs`."""
        if head not in PARTS or tokens[last : last + 1] != ["of"]:
            return None
        body = self._opening_body([word for word in tokens[last + 1 :] if word != "the"])
        return body.kind if body is not None and body.country is None else None

    @staticmethod
    def _is_ruling(head: str, before: list[str]) -> bool:
        """Whether a body of a trade rules it, and is no firm: `the Mining Authority`, `the Maritime Industry Board`."""
        named = bool(before) and before[0][:1].isupper() and before[0].casefold() not in ("company", "bank", "airline", "hotel")
        return head in RULING or (head == "board" and named)

    def is_seat(self, text: str) -> bool:
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
        return remembered(self._met, text, self._named, MOST_MET)

    def _named(self, text: str) -> Body | None:
        bare = bare_phrase(text)
        body = self.bodies.find(text.strip(" ,")) or self.bodies.find(bare)
        if body is not None:
            return body
        split = self.bodies.split_state(folded_name(bare))
        return self.bodies.single.get(split[1]) if split is not None else None

    def _owner_kind(self, before: str, head: str) -> str | None:
        """The kind of the body whose part a body is, where its own noun says little: `the UN’s refugee agency`.

        Whose it is may be told by a noun: `the company’s online division`, `the union’s legal department`.
        """
        owner, mark, _ = before.replace("'", "’").partition("’s")
        body = self.find(owner) if mark and owner and " " not in head else None
        stately = body is not None and self.bodies.states.get(folded_name(owner)) is not None
        noun = plain_word(owner.rpartition(" ")[2])
        if body is None and mark and noun in OWNERS and owner[1:].islower() and head in PARTS | DIVISIONS:
            return self.phrases[noun][1] if noun in self.phrases else None
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
            if (len(text) > 2 or text == "UN") and text[:1].isupper() and folded_name(text) not in self.bodies.states:
                body = self.bodies.find(text)
                if body is not None:
                    return body
        return None

    def _wing_of(self, before: list[str], kind: str, noun: str) -> str | None:
        """The kind of the body whose office or own army a body is: `the Brell Front military`, `the Caritas office`."""
        if kind == ClaimantKind.HEALTH_AUTHORITY or not before:
            return None
        owner = self._opening_body(before)
        if owner is None or owner.kind in (ClaimantKind.MEDIA, ClaimantKind.OTHER):
            return None
        part = noun in PARTS and self.fields.before([plain_word(token) for token in before]) is None
        return owner.kind if part or owner.kind == ClaimantKind.ARMED_GROUP else None

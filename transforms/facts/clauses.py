"""The clauses of a parsed sentence: which predicate a word belongs to, in what role, and who reports the clause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from copydesk.transforms.facts.syntax import Parse, Token

SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
FARTHEST = 40
"""More heads than this on the way to the root are a parse that went wrong."""


class Clauses:
    """A parsed sentence that starts at `offset` of its article; token numbers count from 0."""

    def __init__(self, tokens: Parse, offset: int) -> None:
        self.tokens = tokens
        self.offset = offset
        self._starts = [token.start + offset for token in tokens]

    def at(self, place: int) -> int | None:
        """The token that holds a place of the article, `None` where none does."""
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self.tokens[number].end + self.offset:
            return None
        return number

    def from_to(self, start: int, end: int) -> tuple[int, int]:
        """The first token that begins in article[start:end], and the first that begins behind it."""
        return bisect_left(self._starts, start), bisect_left(self._starts, end)

    @cached_property
    def _children(self) -> list[list[int]]:
        out: list[list[int]] = [[] for _ in self.tokens]
        for number, token in enumerate(self.tokens):
            if token.head != number:
                out[token.head].append(number)
        return out

    def children(self, number: int, *relations: str) -> list[int]:
        """The tokens that depend on one, in order; only those of some relations where these are given."""
        found = self._children[number]
        return [child for child in found if self.tokens[child].relation in relations] if relations else found

    def up(self, number: int) -> Iterator[int]:
        """The token itself and its heads up to the root."""
        for _ in range(FARTHEST):
            yield number
            if self.tokens[number].head == number:
                return
            number = self.tokens[number].head

    def subtree(self, number: int, without: Sequence[str] = ()) -> list[int]:
        """The token with all that depends on it, in order, without the children of some relations of the token itself."""
        found = [number]
        waiting = [child for child in self.children(number) if self.tokens[child].relation not in without]
        while waiting:
            child = waiting.pop()
            found.append(child)
            waiting += self._children[child]
        return sorted(found)

    def span(self, numbers: Sequence[int]) -> tuple[int, int]:
        """From the first to the end of the last of some tokens, in the article."""
        return self.tokens[numbers[0]].start + self.offset, self.tokens[numbers[-1]].end + self.offset

    def counted(self, start: int, end: int) -> int | None:
        """What the number at [start:end] of the article counts: the noun it modifies, else the numeral itself."""
        number = self.at(max(start, end - 1))
        if number is None:
            return None
        while True:
            token = self.tokens[number]
            head = token.head
            if head == number:
                return number
            inside = start <= self.tokens[head].start + self.offset < end
            if inside or token.relation == "nummod" or (token.relation == "compound" and self.tokens[head].tag == "CD"):
                number = head
                continue
            if token.relation == "det" or (token.relation in ("amod", "compound") and token.pos == "NUM"):
                number = head
            return number

    def token(self, number: int) -> Token:
        """One token."""
        return self.tokens[number]

    def negated(self, number: int) -> bool:
        """Whether a predicate is denied in its own clause: `were not killed`, `no longer`, `never`."""
        return any(
            self.tokens[child].lemma in ("not", "never", "n't", "n’t") and self.tokens[child].relation == "advmod"
            for child in self.children(number)
        )

    def cased(self, number: int, *words: str) -> bool:
        """Whether one of some prepositions stands before a noun."""
        return any(
            self.tokens[child].text.casefold() in words and self.tokens[child].relation in ("case", "mark", "fixed", "cc")
            for child in self.children(number)
        )

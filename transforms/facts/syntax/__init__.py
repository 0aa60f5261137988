"""Syntax: the tokens of a sentence with what each depends on, by Universal Dependencies, and the port that gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token at text[start:end] of its sentence."""

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    head: int
    """The number of the token it depends on; its own for the root."""

    relation: str
    name: str = ""
    """The kind of the name it stands in; empty where it stands in none."""


Parse = tuple[Token, ...]


class Parser(Protocol):
    """Reads the syntax of sentences."""

    name: str

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """The parse of each sentence."""
        ...

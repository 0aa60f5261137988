"""What people decided of stories, as it held at a position of the log: the fold of stories heeds it from there on."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

DEEPEST = 50
"""Merges of merges that are followed."""


class Decided:
    """Which stories were joined to others, and which articles were split off, at one position of the log after another."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._merges = db.execute("SELECT position, ended, story_id, into_id FROM story_merges ORDER BY position").fetchall()
        self._moves = db.execute(
            "SELECT position, ended, article_id, into_id, story_id FROM story_moves ORDER BY position"
        ).fetchall()
        turns = {turn for row in (*self._merges, *self._moves) for turn in row[:2] if turn is not None}
        self._turns = sorted(turns)
        self._turn = 0
        self._into: Mapping[str, str] = {}
        self._moved: Mapping[str, str] = {}
        self._members: Mapping[str, frozenset[str]] = {}
        self._split: Mapping[str, frozenset[str]] = {}

    def at(self, position: int) -> None:
        """Goes to what held before the event of a position was appended."""
        turn = bisect_left(self._turns, position)
        if turn == self._turn:
            return
        self._turn = turn
        held = [[row for row in rows if _holds(row, position)] for rows in (self._merges, self._moves)]
        self._into = {row[2]: row[3] for row in held[0]}
        self._moved = {row[2]: row[3] for row in held[1]}
        self._split = _grouped((row[4], row[2]) for row in held[1])
        self._members = _grouped((self.shown(story), story) for story in (*self._into, *self._into.values()))

    def part(self, article_id: str, story_id: str) -> str:
        """The story that an article was split into, else the one that was found for it."""
        return self._moved.get(article_id, story_id)

    def shown(self, story_id: str) -> str:
        """The story that one was merged into, perhaps by way of others; itself where it was not."""
        for _ in range(DEEPEST):
            if story_id not in self._into:
                break
            story_id = self._into[story_id]
        return story_id

    def members(self, story_id: str) -> frozenset[str]:
        """The stories that are shown as one, itself among them."""
        return self._members.get(story_id, frozenset()) | {story_id}

    def split_off(self, story_id: str) -> frozenset[str]:
        """The articles that were split off a story."""
        return self._split.get(story_id, frozenset())


def _holds(row: tuple[int, int | None, str, str], position: int) -> bool:
    return row[0] < position and (row[1] is None or row[1] >= position)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    grouped: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        grouped[key].add(value)
    return {key: frozenset(values) for key, values in grouped.items()}

"""Which story an article is of: the one whose articles of these days have most of its rare terms in common with it.

An article is compared with a bounded number of others, however many there are: those that share terms that few articles of
these days have, of each story the first few of a day. What is decided depends on the articles before it in the log alone.
"""

from __future__ import annotations

import json
import math
import sqlite3
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from copydesk.warehouse.stories.decided import Decided

WINDOW = 8
"""Days before and after an article in which others may be about the same event."""

GAP = 0.015
"""What each day beyond the first takes from the likeness of two articles."""

ALIKE = 0.14
"""The likeness from which an article is of a story."""

TERMS = 40
"""The terms of a vector: those of the greatest weight."""

ASKED = 16
"""How many of them are looked up."""

FREQUENT = 40
"""A term that more articles of the days have is not looked up: it tells no event from another."""

KEPT_A_DAY = 2
"""Articles of one story and day that later ones are compared with."""

COMPARED = 16
"""Articles that one is compared with at most."""

LEAST_SHARED = 3
"""Terms that two articles about one event have in common at least."""

MOST_OF_A_TERM = 0.13
"""What one term adds to a likeness at most: an event is more than its place."""

CLOSEST = 2
"""A story is as like as the mean of its closest articles, or of its one article."""

BACKGROUND, RAREST = 300, 1 / 1000
"""Stories that are taken to have been before the first, and the share of stories below which terms are equally rare."""

ALSO = 0.4
"""Of a review of several events: how like the others are at least, as a share of the likeness of the closest."""

SAME_TERMS = 0.5
"""Two stories that are like an article by the same terms, to this share of their likeness, count as one here."""

Vector = Mapping[int, float]


@dataclass(frozen=True)
class Telling:
    """An article to be given its story."""

    article_id: str
    duplicate_of: str | None
    day: int
    """The day it was printed, counted from the first of January of the year 1."""

    terms: Sequence[tuple[int, float]]
    """Its terms, as numbers, with their weights, in a fixed order."""


def term_number(term: str) -> int:
    """A term as the number that it is looked up by (63 bits).

    >>> term_number("ferry") == term_number("ferry") != term_number("bridge")
    True
    """
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little") >> 1


def packed(terms: Iterable[tuple[int, float]]) -> bytes:
    """Terms and weights as bytes; `unpacked` is its inverse, to the precision of four bytes.

    >>> unpacked(packed([(7, 0.5)]))
    [(7, 0.5)]
    """
    return b"".join(struct.pack("<qf", term, weight) for term, weight in terms)


def unpacked(data: bytes) -> list[tuple[int, float]]:
    return [(term, weight) for term, weight in struct.iter_unpack("<qf", data)]


@dataclass
class _Likeness:
    """How like a story an article is, and by which terms."""

    values: list[float]
    terms: Counter[int]
    articles: int = 1
    """The articles of the story that it could have been like."""

    found: str = ""
    """The story of the article that it is most like: another than the one that is shown, where people joined the two."""

    most: float = 0.0

    def add(self, value: float, shared: Mapping[int, float], found: str) -> None:
        """Adds how like one article of the story it is."""
        self.values.append(value)
        self.terms.update(shared)
        if (-value, found) < (-self.most, self.found) or not self.found:
            self.most, self.found = value, found

    @property
    def mean(self) -> float:
        closest = sorted(self.values, reverse=True)[:CLOSEST]
        return sum(closest) / min(CLOSEST, self.articles)

    def overlaps(self, other: _Likeness) -> bool:
        """Whether both are like the article by mostly the same terms."""
        shared = sum(min(weight, other.terms.get(term, 0.0)) for term, weight in self.terms.items())
        return shared >= SAME_TERMS * min(sum(self.terms.values()), sum(other.terms.values()))


class Stories:
    """Gives articles their stories, in the order of the log; keeps what later ones are compared with."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.decided = Decided(db)

    def place(self, telling: Telling, number: int) -> tuple[str, bytes | None]:
        """The story of an article, and its vector where later articles are compared with it.

        An article that is made again keeps its story; a near copy is of the story of its original; another one is of the
        story that it is most like, or begins one, whose id is the article's. A story that people made of parts of another
        counts as one; of stories that they joined, it is of the one that its closest article is of.

        Args:
            telling: the article.
            number: the row that it will have in `tellings`.
        """
        vector = self._vector(telling.terms)
        story = self._known(telling.article_id) or (telling.duplicate_of and self._known(telling.duplicate_of))
        if story is None:
            story = self._closest(vector, telling.day)
        if story is None:
            story = telling.article_id
            self._count(telling.terms)
        elif telling.duplicate_of is not None:
            return story, None
        return story, packed(vector.items()) if self._keep(story, telling.day, vector, number) else None

    def forget(self, output_id: str) -> None:
        """Takes out what later articles were compared with of an output that does not stand any more."""
        row = self._db.execute(
            "SELECT number, story_id, day, vector FROM tellings WHERE output_id = ?", (output_id,)
        ).fetchone()
        if row is None or row[3] is None:
            return
        number, story, day, vector = row
        self._db.executemany(
            "DELETE FROM story_terms WHERE term = ? AND day = ? AND number = ?",
            [(term, day, number) for term, _ in unpacked(vector)],
        )
        self._db.execute("UPDATE story_days SET tellings = tellings - 1 WHERE story_id = ? AND day = ?", (story, day))
        self._db.execute("UPDATE tellings SET vector = NULL WHERE number = ?", (number,))

    def _known(self, article_id: str) -> str | None:
        row = self._db.execute(
            "SELECT story_id FROM tellings WHERE article_id = ? ORDER BY number DESC LIMIT 1", (article_id,)
        ).fetchone()
        return self.decided.part(article_id, row[0]) if row else None

    def _vector(self, terms: Sequence[tuple[int, float]]) -> Vector:
        """The terms that tell most, weighed by how few stories have them; its length is 1."""
        stories, had = BACKGROUND + self._begun(), self._had(terms)
        weighed = [(weight * math.log(max((had.get(term, 0) + 0.5) / stories, RAREST)), term) for term, weight in terms]
        chosen = sorted(weighed)[:TERMS]
        length = math.sqrt(sum(value * value for value, _ in chosen)) or 1.0
        return {term: -value / length for value, term in chosen}

    def _had(self, terms: Sequence[tuple[int, float]]) -> dict[int, int]:
        """How many stories began with each of the terms that any did, asked at once."""
        asked = "SELECT term, stories FROM term_stories WHERE term IN (SELECT value FROM json_each(?))"
        return {row[0]: row[1] for row in self._db.execute(asked, (json.dumps([term for term, _ in terms]),))}

    def _begun(self) -> int:
        row = self._db.execute("SELECT value FROM meta WHERE key = 'stories_begun'").fetchone()
        return int(row[0]) if row else 0

    def _count(self, terms: Sequence[tuple[int, float]]) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('stories_begun', ?)", (str(self._begun() + 1),))
        self._db.executemany(
            "INSERT INTO term_stories VALUES (?, 1) ON CONFLICT (term) DO UPDATE SET stories = stories + 1",
            [(term,) for term, _ in terms],
        )

    def _keep(self, story: str, day: int, vector: Vector, number: int) -> bool:
        """Whether later articles are compared with this one: so many of a story and a day are enough."""
        row = self._db.execute("SELECT tellings FROM story_days WHERE story_id = ? AND day = ?", (story, day)).fetchone()
        if row is not None and row[0] >= KEPT_A_DAY:
            return False
        self._db.execute(
            "INSERT INTO story_days VALUES (?, ?, 1) ON CONFLICT (story_id, day) DO UPDATE SET tellings = tellings + 1",
            (story, day),
        )
        self._db.executemany("INSERT INTO story_terms VALUES (?, ?, ?)", [(term, day, number) for term in vector])
        return True

    def _closest(self, vector: Vector, day: int) -> str | None:
        """The story that an article is most like; None where none is like enough, or it reviews several."""
        found: defaultdict[str, _Likeness] = defaultdict(lambda: _Likeness([], Counter()))
        for part, other_day, other in self._candidates(vector, day):
            shared = {term: min(weight * other[term], MOST_OF_A_TERM) for term, weight in vector.items() if term in other}
            value = sum(shared.values()) - GAP * max(0, abs(day - other_day) - 1)
            if len(shared) >= LEAST_SHARED and value > 0:
                found[self.decided.shown(part)].add(value, shared, part)
        for story, likeness in found.items():
            likeness.articles = max(len(likeness.values), self._kept(story, day))
        ranked = sorted(found.items(), key=lambda one: (-one[1].mean, one[0]))
        if not ranked or ranked[0][1].mean < ALIKE or _reviews([likeness for _, likeness in ranked]):
            return None
        return ranked[0][1].found

    def _kept(self, story: str, day: int) -> int:
        """The articles of a story and these days that later ones are compared with; those that were split off are none."""
        return sum(
            self._count_of("total(tellings) FROM story_days WHERE story_id = ?", member, day)
            - sum(
                self._count_of("count(*) FROM tellings WHERE vector IS NOT NULL AND article_id = ?", article_id, day)
                for article_id in self.decided.split_off(member)
            )
            for member in self.decided.members(story)
        )

    def _count_of(self, counted: str, key: str, day: int) -> int:
        """What is counted by a key in the days around one."""
        sql = f"SELECT {counted} AND day BETWEEN ? AND ?"
        return int(self._db.execute(sql, (key, day - WINDOW, day + WINDOW)).fetchone()[0])

    def _candidates(self, vector: Vector, day: int) -> Iterable[tuple[str, int, dict[int, float]]]:
        """The articles of these days that share most rare terms with one: their story, day and vector."""
        scores: defaultdict[int, float] = defaultdict(float)
        for term in list(vector)[:ASKED]:
            rows = self._db.execute(
                "SELECT number FROM story_terms WHERE term = ? AND day BETWEEN ? AND ? LIMIT ?",
                (term, day - WINDOW, day + WINDOW, FREQUENT + 1),
            ).fetchall()
            if len(rows) <= FREQUENT:
                for row in rows:
                    scores[row[0]] += vector[term]
        chosen = sorted(scores, key=lambda number: (-scores[number], number))[:COMPARED]
        for number in chosen:
            article_id, story, other_day, data = self._db.execute(
                "SELECT article_id, story_id, day, vector FROM tellings WHERE number = ?", (number,)
            ).fetchone()
            yield self.decided.part(article_id, story), other_day, dict(unpacked(data))


def _reviews(ranked: Sequence[_Likeness]) -> bool:
    """Whether an article is like three stories or more, each by terms of its own: it reviews the news."""
    apart: list[_Likeness] = []
    for likeness in ranked:
        if likeness.mean >= ALSO * ranked[0].mean and not any(likeness.overlaps(other) for other in apart):
            apart.append(likeness)
    return len(apart) > 2

"""The reference tables of `seeds/tables`, parsed once and passed in: linguistic data apart from logic."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from transforms.body import BodyModel
from transforms.features import MARKUP_NAMES, NAMES
from transforms.headline import HeadlineModel
from transforms.places import Gazetteer
from transforms.words import folded

LONGEST_FURNITURE = 60
"""A phrase of furniture says nothing of a paragraph with more words than this, unless it opens it."""


@dataclass(frozen=True)
class Furniture:
    """Phrases that give a block away, by how they match: a whole line, its start, or anywhere in it."""

    lines: Mapping[str, str]
    starts: re.Pattern[str]
    start_roles: Mapping[str, str]
    inside: re.Pattern[str]
    inside_roles: Mapping[str, str]

    def role(self, text: str, words: int) -> tuple[str, str] | None:
        """The role that a phrase gives `text`, and the phrase as a reason slug; null where none does."""
        key = folded(text[:400]).lstrip("( ")
        if key in self.lines:
            return self.lines[key], slug("line", key)
        if found := self.starts.match(key):
            role = self.start_roles[found.group(1)]
            if words <= 40 or role in ("credit", "correction", "biography", "teaser"):
                return role, slug("start", found.group(1))
        if words <= LONGEST_FURNITURE and (found := self.inside.search(key)):
            return self.inside_roles[found.group()], slug("has", found.group())
        return None


def slug(prefix: str, phrase: str) -> str:
    """A reason as machines like it: `slug("start", "read more")` is `start:read_more`."""
    return f"{prefix}:{'_'.join(phrase.split())}"


@dataclass(frozen=True)
class Verb:
    """A reporting verb: its dictionary form and the frames it takes (`that`, `of`, `to`, `quote`, `noun`)."""

    lemma: str
    frames: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """All that the rules look up. Built by `Lexicon.parse` from the text of the tables."""

    furniture: Furniture
    months: Mapping[str, int]
    by_words: frozenset[str]
    agencies: Mapping[str, str]
    date_words: frozenset[str]
    author_roles: frozenset[str]
    outlets: Mapping[str, str]
    verbs: Mapping[str, Verb]
    measures: Mapping[str, tuple[str, str]]
    units: Mapping[str, tuple[str, str]]
    claimants: tuple[tuple[str, str], ...]
    gazetteer: Gazetteer
    body: BodyModel | None = None
    markup_body: BodyModel | None = None
    headline: HeadlineModel | None = None

    @classmethod
    def parse(cls, tables: Mapping[str, str], gazetteer: Gazetteer | None = None) -> Lexicon:
        """The lexicon of tables given as {name without ending: CSV text}; columns as in `seeds/tables`."""
        rows = {name: list(csv.DictReader(io.StringIO(text))) for name, text in tables.items()}
        head: dict[str, set[str]] = defaultdict(set)
        for row in rows.get("head", ()):
            head[row["kind"]].add(row["word"])
        return cls(
            furniture=_furniture(rows.get("furniture", ())),
            months={name: int(row["number"]) for row in rows.get("months", ()) for name in row["names"].split()},
            by_words=frozenset(head["by"]),
            agencies={folded(name): name for name in head["agency"]},
            date_words=frozenset(head["date"]),
            author_roles=frozenset(head["role"]),
            outlets={row["host"]: row["name"] for row in rows.get("outlets", ())},
            verbs=_verbs(rows.get("verbs", ())),
            measures={row["word"]: (row["measure"], row["kind"]) for row in rows.get("measures", ())},
            units={row["word"]: (row["unit"], row["measure"]) for row in rows.get("units", ())},
            claimants=tuple((row["word"], row["kind"]) for row in rows.get("claimants", ())),
            body=BodyModel.parse(rows["weights"], NAMES) if "weights" in rows else None,
            markup_body=BodyModel.parse(rows["markup"], MARKUP_NAMES) if "markup" in rows else None,
            headline=HeadlineModel.parse(rows["headline"]) if "headline" in rows else None,
            gazetteer=gazetteer or Gazetteer.parse(rows.get("territories", ())),
        )


def _furniture(rows: Iterable[Mapping[str, str]]) -> Furniture:
    by_match: dict[str, dict[str, str]] = {"line": {}, "start": {}, "contains": {}}
    for row in rows:
        by_match[row["match"]][folded(row["phrase"])] = row["role"]
    return Furniture(
        lines={**by_match["line"], **by_match["start"]},
        starts=re.compile(rf"({_any(by_match['start'])})(?=\W|$)"),
        start_roles=by_match["start"],
        inside=re.compile(_any(by_match["contains"])),
        inside_roles=by_match["contains"],
    )


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or "(?!)"


def _verbs(rows: Iterable[Mapping[str, str]]) -> dict[str, Verb]:
    """Every form of every verb: `said` and `says` both lead to the verb `say`."""
    verbs = {}
    for row in rows:
        verb = Verb(row["lemma"], frozenset(row["frames"].split()))
        for form in row["forms"].split("|"):
            verbs[form] = verb
    return verbs

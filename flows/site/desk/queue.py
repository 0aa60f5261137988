"""The queue of review: claims that nobody reviewed, those that are most in doubt first, each with why it stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from copydesk.flows.site.desk.conflicts import Compared
from copydesk.flows.site.desk.filters import Filter, clean
from copydesk.flows.site.desk.listing import choices_of
from copydesk.flows.site.desk.lists import FACTS, SURENESS
from copydesk.flows.site.desk.reader import Published, Row

IN_CONFLICT = 0.3
"""What is added to the doubt of a figure that cannot hold beside another."""

FILTERS = ("kind", "measure", "place", "outlet", "source", "run", "article")
"""The filters of the list of facts that the queue may be narrowed by."""

DOUBT = f"1 - {SURENESS} + CASE WHEN f.fact_id IN ({{conflicting}}) THEN {IN_CONFLICT} ELSE 0 END"
CONFLICTING = "SELECT unnest([fact_id_a, fact_id_b]) FROM figure_conflicts WHERE relation = 'contradicts'"

FIELDS = {"confidence": "value, measure or source", "confidence_place": "place", "confidence_as_of": "date"}
"""The confidences of a fact, and what each is of."""

UNSURE = 0.6
"""A confidence below this is named as a reason of doubt."""


@dataclass(frozen=True, kw_only=True)
class Queue:
    """The queue as an address asks for it: narrowed, and past those that were skipped."""

    values: Mapping[str, str]
    skip: int
    sample: bool = False
    """Whether its order is drawn by lot, once and for all, instead of by doubt: what is reviewed then speaks for all claims."""

    @classmethod
    def asked(cls, given: Mapping[str, str]) -> Queue:
        """The queue of an address: without a kind it holds figures."""
        skip = given.get("skip", "")
        return cls(
            values={one.name: clean(one.label, given[one.name]) for one in filters() if given.get(one.name, "").strip()},
            skip=int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 7 else 0,
            sample=given.get("by") == "sample",
        )

    def address(self, more: int = 0) -> str:
        """The part of an address after its path that asks for this queue, with so many claims more skipped."""
        skip = self.skip + more
        more_told = {**({"by": "sample"} if self.sample else {}), **({"skip": skip} if skip else {})}
        given = urlencode({**self.values, **more_told})
        return f"?{given}" if given else "?"

    def conditions(self) -> str:
        """The conditions of the query."""
        values = {"kind": "figure", **self.values}
        found = [
            one.condition.replace("{}", one.literal(one.label, values[one.name])) for one in filters() if one.name in values
        ]
        return " AND ".join(["f.review IS NULL", *found])

    def sql(self, conflicting: str = CONFLICTING) -> str:
        """The query of the queue."""
        return (
            f"SELECT f.claim_id, {DOUBT.format(conflicting=conflicting)} AS doubt\nFROM {self.table()}\n"
            f"WHERE {self.conditions()}\nORDER BY {'md5(f.claim_id)' if self.sample else 'doubt DESC, f.fact_id'}"
        )

    def table(self) -> str:
        """What the query is asked of: the articles too where a condition is about them."""
        return FACTS.table if "a." in self.conditions() else FACTS.alone

    def next_claim(self, published: Published, compared: Compared) -> str | None:
        """The claim that is to be reviewed next; None where the queue is at its end."""
        sql = f"{self.sql('SELECT unnest($1::VARCHAR[])')} LIMIT 1 OFFSET {self.skip}"
        row = published.indexed.one(sql, [compared.contradicting])
        return str(row["claim_id"]) if row else None

    def length(self, published: Published) -> int:
        """How many claims of it nobody reviewed."""
        row = published.indexed.one(f"SELECT count(*) AS n FROM {self.table()} WHERE {self.conditions()}")
        return int(row["n"]) if row else 0


def filters() -> Sequence[Filter]:
    """What the queue may be narrowed by."""
    return [one for one in FACTS.filters if one.name in FILTERS]


def choices(published: Published) -> dict[str, list[tuple[str, int | None]]]:
    """The values that the filters offer."""
    return {name: found for name, found in choices_of(FACTS, published).items() if name in FILTERS}


def doubts(fact: Row, partners: Sequence[Row]) -> list[str]:
    """Why a claim is in doubt, in words."""
    low = [f"{what}: {fact[name]:.2f} sure" for name, what in FIELDS.items() if (fact[name] or 1.0) < UNSURE]
    against = [f"cannot hold beside “{one['text']}” of {one['outlet']}" for one in partners if one["relation"] == "contradicts"]
    return [*low, *against[:3]]


AROUND = 2
"""Sentences that are shown before and after the one with the claim."""


def claim_page(published: Published, compared: Compared, claim_id: str) -> dict[str, Any] | None:
    """What the template of a claim is given; None where there is no such claim."""
    fact = published.indexed.one("SELECT * FROM facts WHERE claim_id = $1 ORDER BY fact_id LIMIT 1", [claim_id])
    if fact is None:
        return None
    article = published.one("SELECT * FROM articles WHERE article_id = $1", [fact["article_id"]])
    if article is None:
        return None
    sentences = published.ask("SELECT * FROM sentences WHERE article_id = $1 ORDER BY ordinal", [fact["article_id"]])
    partners = compared.of_fact(fact["fact_id"])
    return {
        "fact": fact,
        "article": article,
        "lit": lit(article["text"], sentences, fact),
        "partners": partners,
        "doubts": doubts(fact, partners),
        "reviews": published.ask("SELECT * FROM reviews WHERE claim_id = $1 ORDER BY position DESC", [claim_id]),
    }


def lit(text: str, sentences: Sequence[Row], fact: Row) -> dict[str, str]:
    """The text around a claim in five pieces: `before`, `start`, `claim`, `end`, `after`; the middle three are its sentence."""
    first, last = fact["span_start"], fact["span_end"]
    own = [n for n, s in enumerate(sentences) if s["span_start"] < last and s["span_end"] > first]
    if not own:
        return {"before": "", "start": "", "claim": text[first:last], "end": "", "after": ""}
    begin, end = sentences[own[0]]["span_start"], sentences[own[-1]]["span_end"]
    around = sentences[max(0, own[0] - AROUND) : own[-1] + AROUND + 1]
    return {
        "before": text[around[0]["span_start"] : begin],
        "start": text[begin:first],
        "claim": text[first:last],
        "end": text[last:end],
        "after": text[end : around[-1]["span_end"]],
    }

"""Writes `seeds/tables/confidence.csv`: how often each rule was right on annotated articles.

    python -m bench.calibrate GOLD_FOLDER [GOLD_FOLDER ...]

A folder holds NAME.article.json (`paragraphs`, `published`, `title`) and NAME.facts.json, as docs/facts.md defines facts.
A rule that was right in r of n cases gets (r + 2) / (n + 3): few cases stay near two in three. The two rules of a figure, of
measure and source, get together (r + 12 p) / (n + 12), where p is what they have alone, multiplied. A rule that the folders do
not show keeps its row. Pages tell the truth only where nobody had looked at them when the rules were written: the table rests
on two readings of fresh pages (500 figures), and at three tenths on earlier ones. How sure a place is tells the model of
places itself (bench/train_places.py).
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from copydesk.flows.wiring import lexicon, parser
from copydesk.transforms.facts import FactReader
from copydesk.transforms.lexicon import UNSEEN
from copydesk.transforms.pipeline import sentences_of
from copydesk.transforms.types import Article, Fact

LIKE_CASES = 12
"""What two rules have alone counts like so many cases of both."""

TABLE = Path(__file__).resolve().parent.parent / "seeds" / "tables" / "confidence.csv"


def pairs(folder: Path, reader: FactReader) -> Iterator[tuple[dict[str, Any] | None, Fact]]:
    """Every fact that is found with the annotated one of its kind that it meets, `None` where it meets none."""
    for path in sorted(folder.glob("*.facts.json")):
        given = json.loads(path.with_name(path.name.replace(".facts.", ".article.")).read_text(encoding="utf-8"))
        day = date.fromisoformat(str(given["published"])[:10]) if given.get("published") else None
        article = Article(
            text="\n\n".join(given["paragraphs"]),
            title=given.get("title"),
            dateline=given.get("dateline"),
            published_on=day,
            language="en",
        )
        gold = json.loads(path.read_text(encoding="utf-8"))
        for fact in reader.find_facts(article, sentences_of(article))[0]:
            yield next((one for one in gold if one["kind"] == fact.kind and _meets(one, fact)), None), fact


def _meets(gold: dict[str, Any], fact: Fact) -> bool:
    shared = min(gold["span_end"], fact.span_end) - max(gold["span_start"], fact.span_start)
    sizes = gold["span_end"] - gold["span_start"], fact.span_end - fact.span_start
    return shared * 2 >= (min(sizes) if fact.kind == "figure" else max(sizes))


def judged(gold: dict[str, Any] | None, fact: Fact) -> dict[tuple[str, str], bool]:
    """Which rules of a fact were right: of a quotation or a statement the one that found it with its source."""
    if fact.kind != "figure":
        return {(str(fact.kind), fact.rule or ""): gold is not None and _one_name(gold["attributed_to"], fact.attributed_to)}
    measure_rule, _, source_rule = (fact.rule or "").partition(":")
    if gold is None:
        return {("measure", measure_rule): False, ("figure", fact.rule or ""): False}
    same = all(gold.get(name) == getattr(fact, name) for name in ("measure", "unit", "value_low", "value_high"))
    named = _one_name(gold.get("attributed_to"), fact.attributed_to)
    found = {("measure", measure_rule): same, ("source", source_rule): named, ("figure", fact.rule or ""): same and named}
    if fact.as_of_start is not None or fact.as_of_end is not None:
        days = (str(fact.as_of_start or ""), str(fact.as_of_end or ""))
        found["time", "clause"] = days == (str(gold.get("as_of_start") or ""), str(gold.get("as_of_end") or ""))
    return found


def _one_name(one: str | None, other: str | None) -> bool:
    """Whether two names share their last word, or both are missing."""
    if not one or not other:
        return not one and not other
    return bool(set(one.split(",")[0].split()[-1:]) & set(other.split(",")[0].split()[-1:]))


def together(alone: Mapping[tuple[str, str], float], rule: str, right: int, of: int) -> float:
    """How often the two rules of a figure are right together."""
    measure, _, source = rule.partition(":")
    apart = alone["measure", measure] * alone.get(("source", source), UNSEEN)
    return (right + LIKE_CASES * apart) / (of + LIKE_CASES)


def by_itself(right: int, of: int) -> float:
    """How often one rule is right: few cases stay near two in three."""
    return (right + 2) / (of + 3)


def main(folders: list[str]) -> None:
    reader = FactReader(lexicon(), parser())
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for folder in folders:
        for gold, fact in pairs(Path(folder), reader):
            for key, right in judged(gold, fact).items():
                counts[key][0] += right
                counts[key][1] += 1
    with TABLE.open(newline="", encoding="utf-8") as file:
        rows = {(row["part"], row["rule"]): tuple(row.values()) for row in csv.DictReader(file)}
    alone = {(part, rule): by_itself(*counts[part, rule]) for part, rule in counts if part != "figure"}
    for (part, rule), (right, of) in counts.items():
        sure = alone[part, rule] if part != "figure" else together(alone, rule, right, of)
        rows[part, rule] = part, rule, str(round(sure, 3)), str(of), f"right in {right} of {of} annotated facts"
        print(part, rule, right, of)
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("part", "rule", "right", "of", "why"))
        writer.writerows(rows[key] for key in sorted(rows))


if __name__ == "__main__":
    main(sys.argv[1:])

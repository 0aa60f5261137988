"""Whether a number is printed, of what, by whom and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from copydesk.flows.site.desk.reader import Published, Row

FIGURES = """SELECT x.fact_id, x.text, x.measure, x.unit, x.item, x.value_low, x.value_high, x.qualifier, x.hedge, x.place_name,
x.as_of_start, x.as_of_end, coalesce(x.claimant_name, x.attributed_to) AS claimant, x.confidence, x.span_start, x.span_end,
s.text AS sentence, s.span_start AS sentence_start, a.article_id, a.outlet, a.title, a.published_on, a.url
FROM figures x JOIN articles a USING (article_id) JOIN sentences s USING (sentence_id)
WHERE ($article IS NULL OR x.article_id = $article)"""
PRINTED = " AND x.value_low = $value AND x.value_high = $value"
ALLOWED = """ AND NOT (x.value_low IS NOT DISTINCT FROM $value AND x.value_high IS NOT DISTINCT FROM $value)
AND coalesce(x.value_low, '-infinity'::DOUBLE) <= $value AND coalesce(x.value_high, 'infinity'::DOUBLE) >= $value"""
OTHERWISE = """ AND x.measure IN (SELECT unnest($measures)) AND (x.place_name IN (SELECT unnest($places)) OR len($places) = 0)
AND NOT (coalesce(x.value_low, '-infinity'::DOUBLE) <= $value AND coalesce(x.value_high, 'infinity'::DOUBLE) >= $value)"""
NUMERALS = """SELECT n.text, n.span_start, n.span_end, n.reason, a.article_id, a.outlet, a.title, a.published_on
FROM numbers n JOIN articles a USING (article_id)
WHERE n.fact_id IS NULL AND n.value_low = $value AND n.value_high = $value AND ($article IS NULL OR n.article_id = $article)
ORDER BY a.published_on DESC NULLS LAST, a.article_id, n.span_start LIMIT $limit"""
LOOKED_AT = 2_000
"""Figures of one number, the newest first, that are ranked by their words."""

WORD = re.compile(r"\w+")
SMALL = frozenset("a an and as at by for from in is it its of on or over than that the there this to was were with".split())


def check_number(published: Published, value: float, text: str, article_id: str | None, limit: int) -> dict[str, Any]:
    """Where a number is printed: see `Answers.check_number`."""
    words = words_of(text)
    given = {"value": value, "article": article_id}
    printed = _ranked(_newest(published, FIGURES + PRINTED, given), words)
    allowed = _ranked(_newest(published, FIGURES + ALLOWED, given), words)
    meant = [row for row in (*printed, *allowed) if row["words_in_common"]] or printed
    measures = sorted({row["measure"] for row in meant[:limit]})
    places = sorted({row["place_name"] for row in meant[:limit] if row["place_name"]})
    named = {**given, "measures": measures, "places": places}
    otherwise = _ranked(_newest(published, FIGURES + OTHERWISE, named), words) if measures else []
    return {
        "value": value,
        "is_printed": any(row["words_in_common"] for row in printed) if words else bool(printed),
        "printed": printed[:limit],
        "allowed": [row for row in allowed if row["words_in_common"] or not words][:limit],
        "otherwise": otherwise[:limit],
        "numerals": published.ask(NUMERALS, {**given, "limit": limit}),
    }


def words_of(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, without its numbers.

    >>> sorted(words_of("6,438 dead in Port Quenby"))
    ['dead', 'port', 'quenby']
    """
    return frozenset(word for word in WORD.findall(text.casefold()) if word not in SMALL and not word[0].isdigit())


def _newest(published: Published, sql: str, given: dict[str, Any]) -> list[Row]:
    return published.ask(f"{sql} ORDER BY a.published_on DESC NULLS LAST, x.fact_id LIMIT {LOOKED_AT}", given)


def _ranked(rows: Iterable[Row], words: frozenset[str]) -> list[Row]:
    """The rows that share the most words first; each with the words that its sentence, measure and place share."""
    told = [{**row, "words_in_common": sorted(words & _all_words(row))} for row in rows]
    return sorted(told, key=lambda row: -len(row["words_in_common"]))


def _all_words(row: Row) -> frozenset[str]:
    return words_of(" ".join(str(row[name] or "") for name in ("sentence", "measure", "item", "place_name", "title")))

"""How far the facts of this home can be trusted: how many of the reviewed claims were right."""

from __future__ import annotations

import math
from typing import Any

from copydesk.flows.site.desk.reader import Published

RIGHT = "f.review = 'confirmed' AND NOT coalesce(r.touched, false)"
"""A claim that was confirmed as it was found; one that was corrected was found wrong."""

BANDS = "CASE WHEN f.confidence >= 0.9 THEN '0.9 to 1' WHEN f.confidence >= 0.75 THEN '0.75 to 0.9' "
BANDS += "WHEN f.confidence >= 0.5 THEN '0.5 to 0.75' ELSE 'below 0.5' END"

SQL = f"""WITH unread AS (
  SELECT kind, min(md5(claim_id)) AS first FROM facts WHERE review IS NULL AND EXISTS (FROM reviews) GROUP BY kind
), touched AS (
  SELECT claim_id, true AS touched FROM reviews WHERE verdict = 'corrected' GROUP BY claim_id
), judged AS (
  SELECT f.kind, coalesce(f.measure, f.kind) AS measure, coalesce(f.rule, f.extractor) AS rule, {BANDS} AS band,
    f.review, {RIGHT} AS is_right, coalesce(md5(f.claim_id) < u.first, true) AS sampled
  FROM facts f LEFT JOIN touched r USING (claim_id) LEFT JOIN unread u ON u.kind = f.kind WHERE f.review IS NOT NULL
), told AS (
  SELECT unnest([('kind', kind), ('measure', measure), ('rule', rule), ('confidence', band), ('all', 'all')]) AS what,
    review, is_right, sampled FROM judged
)
SELECT what[1] AS grouped, what[2] AS value, count(*) AS reviewed, count(*) FILTER (is_right) AS right,
  count(*) FILTER (NOT is_right AND review <> 'rejected') AS corrected, count(*) FILTER (review = 'rejected') AS rejected,
  count(*) FILTER (is_right) / count(*) AS share, count(*) FILTER (sampled) AS sampled,
  count(*) FILTER (sampled AND is_right) AS sampled_right
FROM told GROUP BY ALL ORDER BY grouped, reviewed DESC, value"""

AGREED = """WITH eras AS (
  SELECT *, count(*) FILTER (verdict = 'undone') OVER (PARTITION BY claim_id ORDER BY position) AS era FROM reviews
), said AS (
  -- The first word of each reader on each claim, of those who are named: what they thought before they knew more.
  SELECT claim_id, who, arg_min(verdict, position) AS verdict FROM eras WHERE verdict <> 'undone' AND who IS NOT NULL
  GROUP BY claim_id, who, era
), pairs AS (
  SELECT DISTINCT ON (a.claim_id, a.who, b.who) a.claim_id, a.who AS one, b.who AS other,
    (a.verdict = 'confirmed') AS one_right, (b.verdict = 'confirmed') AS other_right
  FROM said a JOIN said b ON a.claim_id = b.claim_id AND a.who < b.who ORDER BY a.claim_id, a.who, b.who
)
SELECT one, other, count(*) AS claims, count(*) FILTER (one_right AND other_right) AS both_right,
  count(*) FILTER (NOT one_right AND NOT other_right) AS both_wrong,
  count(*) FILTER (one_right AND NOT other_right) AS one_alone, count(*) FILTER (other_right AND NOT one_right) AS other_alone
FROM pairs GROUP BY one, other ORDER BY claims DESC, one, other"""
"""For each two readers the claims that both reviewed, and what they said of them."""

BY = {"all": "All", "kind": "Kind", "measure": "Measure", "confidence": "Confidence", "rule": "Rule"}

Z = 1.96
"""Standard deviations of the range that holds in 95 of 100 such samples."""


def precision_page(published: Published) -> dict[str, Any]:
    """What the template of the page is given."""
    source = published.of("reviews")
    rows = source.ask(SQL)
    for row in rows:
        row["low"], row["high"] = range_of(row["right"], row["reviewed"])
        row["sample"] = range_of(row["sampled_right"], row["sampled"]) if row["sampled"] else None
    agreed = source.ask(AGREED)
    for row in agreed:
        row["share"] = (row["both_right"] + row["both_wrong"]) / row["claims"]
        row["kappa"] = kappa(row["both_right"], row["both_wrong"], row["one_alone"], row["other_alone"])
    return {
        "agreed": agreed,
        "agreed_sql": AGREED,
        "tables": [(name, [row for row in rows if row["grouped"] == by]) for by, name in BY.items()],
        "sql": SQL,
    }


def kappa(both_right: int, both_wrong: int, one_alone: int, other_alone: int) -> float | None:
    """Cohen's kappa of two readers: 1 where they always agree, 0 where as often as by chance.

    None where both only ever said the same one word: nothing tells their agreement from chance.

    >>> kappa(20, 15, 5, 10), kappa(4, 0, 0, 0)
    (0.4, None)
    """
    claims = both_right + both_wrong + one_alone + other_alone
    one, other = (both_right + one_alone) / claims, (both_right + other_alone) / claims
    chance = one * other + (1 - one) * (1 - other)
    return None if chance == 1 else round(((both_right + both_wrong) / claims - chance) / (1 - chance), 4)


def range_of(right: int, reviewed: int) -> tuple[float, float]:
    """The range of the share of what is right, by so many that were looked at (Wilson, 95 of 100).

    >>> [round(end, 2) for end in range_of(9, 10)]
    [0.6, 0.98]
    """
    share = right / reviewed
    divided = 1 + Z**2 / reviewed
    middle = (share + Z**2 / (2 * reviewed)) / divided
    half = Z * math.sqrt(share * (1 - share) / reviewed + Z**2 / (4 * reviewed**2)) / divided
    return max(0.0, middle - half), min(1.0, middle + half)

"""The view of pairs of figures about one thing, and how they relate."""

from __future__ import annotations

from copydesk.transforms.vocabulary import Measure, Modality, PlaceKind, Scope
from copydesk.warehouse.series import HEAD_WORD, MEN_AND_WOMEN, PERSONS, STOCKS, View

PAST = 14
"""Days before its printing from which a figure is about something earlier than the event that its article tells of."""

GROWS = 10
"""How many times as great a count of an event may become while it is told; of what is less sure to be one thing `SIZE`."""

SIZE = 3
VAGUE = r"^\D*\b(dozens|scores|tens|hundreds|thousands|millions)\b\D*$"
"""What is printed of a number that nobody has counted: beside another it tells nothing."""

TELLING = 10
"""A number from which the same number, of the same people in one story, is the same count."""

PAIRS_KEY = f"hash(measure, unit, place_name, coalesce(scope = '{Scope.NEW}', false), rate, part_of IS NOT NULL)"
"""What figures of several stories are of one thing by."""

LASTING = f"""(measure IN {STOCKS} OR scope = '{Scope.TOTAL}' OR (as_of_start IS NOT NULL AND as_of_end IS NULL))"""
"""What is counted on beyond one event: of that, articles of several stories speak."""

SAID_ON = f"(claimant IS NOT NULL AND scope IS DISTINCT FROM '{Scope.NEW}' AND part_of IS NULL AND rate IS NULL)"
"""What a claimant says again on other days."""

SAYER = "hash(coalesce(claimant_id, lower(regexp_replace(claimant, '^[Tt]he ', ''))))"
FAR_KEY = f"CASE WHEN place_name IS NOT NULL AND coalesce({LASTING}, false) THEN {PAIRS_KEY} END"
LATER_KEY = f"CASE WHEN place_name IS NOT NULL AND coalesce({SAID_ON}, false) THEN hash({PAIRS_KEY}, {SAYER}) END"
"""What figures are compared by with those of other stories, and with what the same claimant says later; else null."""

CONFLICTS = rf"""
WITH figures AS (
  SELECT *, CASE WHEN regexp_matches(lower(item), '{MEN_AND_WOMEN}') THEN 'people' ELSE {HEAD_WORD} END AS head,
    coalesce(value_low, value_high) AS number,
    {SAYER} AS sayer,
    -- A running total is about the day that it is printed on, or the one before: it was another a month ago.
    CASE WHEN as_of_start IS NOT NULL AND as_of_end IS NULL THEN greatest(as_of_start, published_on - 1)
         ELSE coalesce(as_of_start, as_of_end, published_on) END AS since,
    coalesce(as_of_end, CASE WHEN as_of_start IS NOT NULL THEN greatest(as_of_start, published_on) END, published_on)
      AS until,
    coalesce(value_low, -1e300) * CASE WHEN qualifier = 'about' THEN 0.9 ELSE 1 END AS least,
    coalesce(value_high, 1e300) * CASE WHEN qualifier = 'about' THEN 1.1 ELSE 1 END AS most
  FROM internal.told_figures
  WHERE modality = '{Modality.ACTUAL}' AND measure <> '{Measure.OTHER}'
    AND (place_name IS NOT NULL OR story_id IS NOT NULL) AND NOT regexp_matches(lower(text), '{VAGUE}')
), printed AS (
  -- What a near copy repeats of the text that it copies is left out; what it changes stays.
  SELECT * FROM figures c WHERE NOT EXISTS (
    SELECT 1 FROM figures o WHERE o.article_id = c.duplicate_of AND o.measure = c.measure AND o.unit = c.unit
      AND o.value_low IS NOT DISTINCT FROM c.value_low AND o.value_high IS NOT DISTINCT FROM c.value_high)
), counted AS (
  SELECT *, year(since) * 12 + month(since) AS first_month, year(until) * 12 + month(until) AS last_month,
    hash(printer_id, coalesce(claimant_id, claimant)) AS who,
    hash(coalesce(duplicate_of, article_id)) AS original, unit = 'people' AS people,
    {LASTING} AS lasting,
    hash(coalesce(story_id, article_id)) AS story,
    -- A part is compared with parts of the same noun alone: 90 sailors of 700 people are no other count of the people.
    unit = 'people' AND part_of IS NULL AND head IN {PERSONS} AS persons,
    until >= published_on - {PAST} AS current, coalesce(scope = '{Scope.NEW}', false) AS added
  FROM printed
), told AS MATERIALIZED (
  SELECT *, {PAIRS_KEY} AS what,
    -- Of several numbers of one thing an article gives the count of its event first; what is smaller then is of some of it,
    -- what is greater is of an earlier event, unless it is greater by far: then the first was of some of it.
    CASE WHEN max(number) OVER own >= first_value(number) OVER own * {GROWS} THEN number = max(number) OVER own
      ELSE number BETWEEN first_value(number) OVER own * 0.95 AND first_value(number) OVER own * 1.05
        -- Somebody else's count of the same.
        OR (scope = '{Scope.TOTAL}' AND claimant IS NOT NULL AND sayer <> first_value(sayer) OVER own
          AND least(number, first_value(number) OVER own) * {SIZE} >= greatest(number, first_value(number) OVER own))
      END AS main,
    number = max(number) OVER (PARTITION BY article_id, measure, unit, added, rate, counts, current, place_name)
      AS greatest_there
  FROM (
    SELECT *, CASE WHEN persons THEN 'people' WHEN head IN {PERSONS} AND part_of IS NOT NULL THEN 'some' ELSE head END AS counts
    FROM counted
  ) WINDOW own AS (PARTITION BY article_id, measure, unit, added, rate, counts, current ORDER BY span_start, fact_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
), kept AS (
  SELECT fact_id, claim_id, article_id, story, hash(measure, unit, added, rate) AS thing, counts, who, original, sayer,
    claimant IS NOT NULL AS named, number, scope, since, until, as_of, place_name, country_code, admin1, main, greatest_there,
    coalesce(place_precision = '{PlaceKind.COUNTRY}', false) AS of_country,
    coalesce(place_precision IN ('{PlaceKind.REGION}', '{PlaceKind.DISTRICT}'), false) AS of_region,
    place_precision IS DISTINCT FROM '{PlaceKind.COUNTRY}' AS narrow, persons, people AND part_of IS NULL AS whole
  FROM told WHERE current AND story_id IS NOT NULL
), near AS (
  -- Two articles of one event: what both count is one thing at one place, and at a place and the one that it lies in.
  SELECT a.fact_id AS one, b.fact_id AS other, greatest(0, a.since - b.until, b.since - a.until) AS gap,
    CASE WHEN gap > 0 THEN greatest(gap, abs(a.as_of - b.as_of)) ELSE 0 END AS days_apart,
    a.number = b.number AS equal,
    a.place_name IS NULL OR b.place_name IS NULL AS nowhere, a.who = b.who AS one_voice,
    a.named AND a.sayer = b.sayer AS one_sayer,
    a.until > b.until AS turned, a.place_name = b.place_name AS one_place,
    a.narrow AND a.greatest_there AND b.greatest_there AS greatest_of_place,
    coalesce(a.country_code = b.country_code, true) AS one_country,
    a.place_name IS NULL OR b.place_name IS NULL OR (a.country_code = b.country_code AND (a.of_country OR b.of_country
      OR (a.admin1 = b.admin1 AND a.of_region <> b.of_region))) AS one_in_other,
    a.main AND b.main AS both_main, least(a.number, b.number) AS less, greatest(a.number, b.number) AS more,
    coalesce(a.scope = b.scope, false) AS one_scope
  FROM kept a JOIN kept b ON a.story = b.story AND a.thing = b.thing AND a.claim_id < b.claim_id
    AND a.original <> b.original AND a.article_id <> b.article_id
    AND (a.counts = b.counts OR ((a.persons OR b.persons) AND a.whole AND b.whole
      AND least(a.number, b.number) * 10 >= greatest(a.number, b.number) * 9))
), spread AS (
  -- A row a month that the figure is about: two figures meet in the first month that both have.
  SELECT fact_id, claim_id, what, who, original, hash(head) AS head, people, persons, since, until, story, number, scope,
    first_month, unnest(range(first_month, last_month + 1)) AS month FROM told WHERE lasting AND place_name IS NOT NULL
), far AS (
  -- Few columns, mostly numbers: most of what meets here parts again. A number that may be of another scope than the other,
  -- or of some of the people that the other counts, is about the same thing only where it is of about the same size.
  SELECT a.fact_id AS one, b.fact_id AS other FROM spread a JOIN spread b
    ON a.what = b.what AND a.month = b.month AND a.month = greatest(a.first_month, b.first_month)
   AND a.claim_id < b.claim_id AND a.who <> b.who AND a.original <> b.original
   AND a.since <= b.until AND b.since <= a.until AND a.story <> b.story
   AND (coalesce(a.scope = b.scope, false) OR least(a.number, b.number) * {SIZE} >= greatest(a.number, b.number))
   AND (a.head = b.head OR (a.persons AND b.persons)
     OR ((a.persons OR b.persons) AND a.people AND b.people
       AND least(a.number, b.number) * 10 >= greatest(a.number, b.number) * 9))
), met AS (
  SELECT CASE WHEN revises AND turned THEN other ELSE one END AS one,
    CASE WHEN revises AND turned THEN one ELSE other END AS other, days_apart, revises, nowhere
  FROM (SELECT *, one_sayer AND NOT equal AND days_apart > 0 AS revises FROM near)
  WHERE CASE WHEN equal THEN NOT one_voice AND (both_main OR less >= {TELLING})
      AND (one_place OR one_in_other OR (one_country AND less >= {TELLING}))
    ELSE (NOT one_voice OR revises) AND ((both_main AND (one_place OR one_in_other)) OR (one_place AND greatest_of_place))
      AND (one_scope OR less * CASE WHEN both_main THEN {GROWS} ELSE {SIZE} END >= more) END
  UNION ALL SELECT one, other, 0, false, false FROM far
), days AS (
  -- One figure a day of what one claimant says of one thing, whoever prints it.
  SELECT what, sayer, CASE WHEN persons THEN 'people' ELSE head END AS counted, as_of,
    min(number) AS number, arg_min(fact_id, claim_id) AS fact_id FROM told
  WHERE {SAID_ON} AND place_name IS NOT NULL
  GROUP BY what, sayer, counted, as_of HAVING count(DISTINCT number) = 1
), later AS (
  SELECT lag(fact_id) OVER same AS one, fact_id AS other, number, lag(number) OVER same AS number_before,
    as_of - lag(as_of) OVER same AS days FROM days WINDOW same AS (PARTITION BY what, sayer, counted ORDER BY as_of)
), related AS (
  SELECT one, other, a.article_id AS article_a, b.article_id AS article_b, m.days_apart, false AS later,
    CASE WHEN a.value_low = b.value_low AND (a.value_high IS NULL OR b.value_high IS NULL OR a.value_high = b.value_high)
           OR a.value_high = b.value_high AND (a.value_low IS NULL OR b.value_low IS NULL) THEN 'agrees'
         WHEN m.revises THEN 'revises' WHEN m.days_apart > 0 OR m.nowhere THEN 'differs'
         WHEN a.most < b.least OR b.most < a.least THEN 'contradicts' ELSE 'differs' END AS relation
  FROM met m JOIN told a ON a.fact_id = one JOIN told b ON b.fact_id = other
  UNION ALL
  SELECT l.one, l.other, a.article_id, b.article_id, days, true, 'revises'
  FROM later l JOIN told a ON a.fact_id = l.one JOIN told b ON b.fact_id = l.other
  WHERE l.number <> number_before AND least(l.number, number_before) * {SIZE} >= greatest(l.number, number_before)
    AND a.article_id <> b.article_id AND NOT EXISTS (
      SELECT 1 FROM met m WHERE (m.one = l.one AND m.other = l.other) OR (m.one = l.other AND m.other = l.one))
), agreed AS (
  SELECT one AS fact, article_b AS article FROM related WHERE relation = 'agrees'
  UNION SELECT other, article_a FROM related WHERE relation = 'agrees'
), pairs AS (
  -- An article that prints the same number too does not differ by another number.
  SELECT one, other, relation, days_apart, later FROM related WHERE relation IN ('agrees', 'revises')
    OR ((one, article_b) NOT IN (FROM agreed) AND (other, article_a) NOT IN (FROM agreed))
)
SELECT a.measure, a.unit, n.place_name, n.place_id, n.country_code, n.admin1, n.admin2,
  relation, CASE relation WHEN 'agrees' THEN 'the same number' WHEN 'contradicts' THEN 'no number is within the bounds of both'
    WHEN 'revises' THEN 'the same claimant ' || days_apart || CASE days_apart WHEN 1 THEN ' day later' ELSE ' days later' END
    ELSE CASE WHEN a.place_name IS NULL OR b.place_name IS NULL THEN 'one of them names no place'
      WHEN days_apart > 0 THEN 'of days ' || days_apart || ' apart: the count may have changed'
      ELSE 'a number within the bounds of both is possible' END END AS why, days_apart,
  a.outlet AS outlet_a, b.outlet AS outlet_b, a.claimant AS claimant_a, b.claimant AS claimant_b,
  a.text AS text_a, b.text AS text_b, a.hedge AS hedge_a, b.hedge AS hedge_b,
  a.value_low AS low_a, a.value_high AS high_a, b.value_low AS low_b, b.value_high AS high_b,
  a.as_of AS as_of_a, b.as_of AS as_of_b, s.text AS sentence_a, t.text AS sentence_b,
  a.place_name AS place_a, b.place_name AS place_b, a.story_id,
  a.fact_id AS fact_id_a, b.fact_id AS fact_id_b, a.article_id AS article_id_a, b.article_id AS article_id_b,
  later, CASE WHEN later THEN hash(a.what, a.sayer) END AS what
FROM pairs JOIN told a ON a.fact_id = one JOIN told b ON b.fact_id = other
  -- The place of both: the one that lies in the other.
  JOIN told n ON n.fact_id = CASE WHEN a.place_name IS NULL THEN other WHEN b.place_name IS NULL THEN one
    WHEN a.place_precision = '{PlaceKind.COUNTRY}' THEN other WHEN b.place_precision = '{PlaceKind.COUNTRY}' THEN one
    WHEN a.place_precision = '{PlaceKind.TOWN}' THEN one ELSE other END
  JOIN sentences s ON s.sentence_id = a.sentence_id JOIN sentences t ON t.sentence_id = b.sentence_id
"""
"""The pairs. Those that are `later` rest on all that a claimant said of a thing, `what`; the others on two articles."""

WITHOUT_SENTENCES = {
    "s.text AS sentence_a, t.text AS sentence_b": "NULL::VARCHAR AS sentence_a, NULL::VARCHAR AS sentence_b",
    "JOIN sentences s ON s.sentence_id = a.sentence_id JOIN sentences t ON t.sentence_id = b.sentence_id": "",
}
"""What the query of pairs says of sentences, and what stands there where these are looked up once the pairs are known."""


def of_changed(sql: str, anew: str, said: str) -> str:
    """The query of pairs that looks for none of which nothing changed: in a story of thousands of articles most are such.

    Which of two numbers of an article counts beside another article is told by pairs of the two alone, so that others may be
    missing. What a claimant says later counts only where no pair says it already: where it is looked for, these are found too.

    Args:
        sql: the query of pairs, over the figures that those of changed articles may meet.
        anew: SQL of whether a figure is of an article that changed.
        said: SQL of what of a claimant's later words is looked for anew; null where the figure is no such word.
    """
    for begin in ("SELECT fact_id, claim_id, article_id, story, hash(", "SELECT fact_id, claim_id, what, who,"):
        sql = sql.replace(begin, begin.replace("SELECT", f"SELECT {anew} AS anew, {said} AS said,"))
    return sql.replace("AND a.claim_id < b.claim_id", "AND a.claim_id < b.claim_id AND (a.anew OR b.anew OR a.said = b.said)")


CONFLICT_VIEWS = (
    View(
        "figure_conflicts",
        "Pairs of figures about the same thing, from different outlets or claimants or days, and how they relate.",
        f"SELECT * EXCLUDE (later, what) FROM ({CONFLICTS})",
        {
            "measure": "what both count",
            "unit": "its unit",
            "place_name": "the place of both: of a place and one that lies in it, the latter",
            "place_id": "its GeoNames id, null where the gazetteer has none",
            "country_code": "ISO 3166 alpha-2 of the place",
            "admin1": "the state or province that it lies in or is: figures of its towns have it too",
            "admin2": "the district or county that it lies in or is",
            "relation": "agrees: the same number; differs: both may hold; contradicts: they cannot; revises: a later word of "
            "the same claimant",
            "why": "why, in words",
            "days_apart": "days between what both are about, 0 where their days meet",
            "outlet_a": "who printed the one",
            "outlet_b": "who printed the other",
            "claimant_a": "on whose word; null for the outlet's own",
            "claimant_b": "on whose word; null for the outlet's own",
            "text_a": "as printed",
            "text_b": "as printed",
            "hedge_a": "its hedge",
            "hedge_b": "its hedge",
            "low_a": "least value",
            "high_a": "greatest value",
            "low_b": "least value",
            "high_b": "greatest value",
            "as_of_a": "the day it is about",
            "as_of_b": "the day it is about",
            "sentence_a": "the sentence",
            "sentence_b": "the sentence",
            "place_a": "the place of the one, null where the text names none",
            "place_b": "the place of the other: the same, or one that it lies in or that lies in it",
            "story_id": "the story of the one",
            "fact_id_a": "the fact",
            "fact_id_b": "the fact",
            "article_id_a": "its article",
            "article_id_b": "its article",
        },
    ),
)

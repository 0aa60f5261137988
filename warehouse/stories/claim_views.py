"""Views of figures over documents: the same figure of the same thing as one group, and who printed which number when."""

from __future__ import annotations

from copydesk.transforms.vocabulary import Measure, Modality, PlaceKind, Qualifier, Scope, listed
from copydesk.warehouse.series import AS_OF_COMMENT, HEAD_WORD, MEN_AND_WOMEN, PERSONS, STOCKS, View

LONG = 14
"""Days from which a count that is still open is no longer about one event alone."""

LARGE = 1000
"""A number from which the same figure of the same place is the same claim in any story."""

APART = 30
"""Days without a print that end such a claim."""

CLAIMS = f"""
CREATE OR REPLACE VIEW internal.claims AS
SELECT f.*, o.origin_id, o.origin, coalesce(f.value_low, f.value_high) AS number,
  CASE WHEN regexp_matches(lower(item), '{MEN_AND_WOMEN}') OR (unit = 'people' AND {HEAD_WORD} IN {PERSONS}) THEN 'people'
    ELSE {HEAD_WORD} END AS counted,
  CASE WHEN part_of IS NOT NULL THEN 'part' WHEN scope = '{Scope.NEW}' THEN 'increment' WHEN rate IS NOT NULL THEN 'rate'
    ELSE 'total' END AS reckoning,
  coalesce(o.origin_id, f.printer_id) AS sayer,
  coalesce(f.story_id, f.article_id) AS episode,
  CASE WHEN place_precision IN ('{PlaceKind.TOWN}', '{PlaceKind.DISTRICT}') OR (place_precision IS NULL AND place_id IS NULL)
    THEN place_name END AS spot,
  measure IN {STOCKS} OR (f.as_of_start IS NOT NULL AND f.as_of_end IS NULL AND f.published_on - f.as_of_start >= {LONG})
    AS in_series
FROM internal.told_figures f LEFT JOIN fact_origins o USING (fact_id)
WHERE f.modality = '{Modality.ACTUAL}' AND coalesce(f.value_low, f.value_high) IS NOT NULL
"""
"""Figures as they are compared: what is counted, of whom, whether it is a total, and who stands behind it."""

ANYWHERE = f"(number >= {LARGE} AND place_name IS NOT NULL AND measure <> '{Measure.OTHER}')"
GROUPS_KEY = f"""hash(measure, unit, rate, counted, reckoning, number, CASE WHEN value_high > value_low THEN value_high END,
    CASE WHEN {ANYWHERE} THEN '' ELSE episode END, CASE WHEN {ANYWHERE} THEN country_code END)"""
"""What claims may be of one group by."""

TIMELINE_KEY = "hash(measure, unit, rate, counted, reckoning, CASE WHEN in_series THEN place_name ELSE episode END)"
"""What claims are in one timeline by."""

GROUPS = f"""
SELECT * EXCLUDE (named, named_kinds, vague, witnesses) FROM (
WITH told AS (
  SELECT *, coalesce(published_on, as_of) AS day FROM internal.claims
), placed AS (
  -- The place of the same figure in one story is one spot, where no two are named: a country is not against its town.
  SELECT *, {GROUPS_KEY} AS what FROM told
), spots AS (
  SELECT what, min(spot) AS spot, count(DISTINCT spot) AS spots FROM placed GROUP BY what
), located AS (
  SELECT p.*, hash(p.what, CASE WHEN s.spots <= 1 THEN s.spot ELSE p.place_name END) AS thing
  FROM placed p JOIN spots s USING (what)
), timed AS (
  SELECT *, day - lag(day) OVER (PARTITION BY thing ORDER BY day) > {APART} AS anew FROM located
), grouped AS (
  SELECT *, count(*) FILTER (anew) OVER (PARTITION BY thing ORDER BY day) AS turn,
    (day, duplicate_of IS NOT NULL, published_at, outlet_kind IS DISTINCT FROM 'agency', received_at, article_id, fact_id)
      AS nth FROM timed
), voiced AS (
  SELECT *, bool_or(claimant IS NOT NULL) OVER (PARTITION BY thing, turn) AS attributed FROM grouped
)
SELECT min_by(claim_id, nth) AS claim_group_id, min_by(story_id, nth) AS story_id, any_value(measure) AS measure,
  any_value(unit) AS unit, any_value(counted) AS counted, any_value(reckoning) AS reckoning, any_value(rate) AS rate,
  coalesce(min(spot), min_by(place_name, nth) FILTER (place_name IS NOT NULL)) AS place_name,
  coalesce(min_by(place_id, nth) FILTER (spot IS NOT NULL), min_by(place_id, nth)) AS place_id,
  min(country_code) AS country_code, any_value(number) AS value, min(value_low) AS value_low, max(value_high) AS value_high,
  list_sort(list(DISTINCT hedge) FILTER (hedge IS NOT NULL)) AS hedges, count(DISTINCT article_id) AS articles,
  list_sort(list(DISTINCT printer)) AS outlets,
  list_sort(list(DISTINCT claimant) FILTER (claimant IS NOT NULL)) AS claimants,
  -- An outlet's own voice is no witness beside those who are named; `police` is no other than the police chief.
  list(DISTINCT coalesce(body_id, claimant_id)) FILTER (coalesce(body_id, claimant_id) IS NOT NULL) AS named,
  list(DISTINCT claimant_kind) FILTER (coalesce(body_id, claimant_id) IS NOT NULL) AS named_kinds,
  list(DISTINCT coalesce(claimant_kind, sayer))
    FILTER (claimant IS NOT NULL AND coalesce(body_id, claimant_id) IS NULL) AS vague,
  len(coalesce(named, []))
    + len(list_filter(coalesce(vague, []), lambda kind: NOT list_contains(coalesce(named_kinds, []), kind))) AS witnesses,
  CASE WHEN witnesses > 0 THEN witnesses ELSE count(DISTINCT sayer) END AS origins,
  list_sort(list(DISTINCT origin) FILTER (claimant IS NOT NULL OR NOT attributed)) AS origin_names,
  min(day) AS first_printed_on, min_by(printer, nth) AS first_printed_by,
  min_by(claimant, nth) AS first_claimant, min_by(text, nth) AS first_text, min_by(article_id, nth) AS first_article_id,
  max(day) AS last_printed_on, list(fact_id ORDER BY nth) AS fact_ids, any_value(what) AS what
FROM voiced GROUP BY thing, turn)
"""
TIMELINE = f"""
WITH told AS (
  SELECT c.*, {TIMELINE_KEY} AS what,
    CASE WHEN reckoning = 'total' AND (scope = '{Scope.TOTAL}' OR (as_of_start IS NOT NULL AND as_of_end IS NULL))
      THEN 'running total' ELSE reckoning END AS kind,
    (as_of, published_on, published_at, outlet_kind IS DISTINCT FROM 'agency', received_at, article_id, fact_id) AS nth
  FROM internal.claims c WHERE measure <> '{Measure.OTHER}' AND (place_name IS NOT NULL OR story_id IS NOT NULL)
), printed AS (
  -- What a near copy repeats of the text that it copies is left out.
  SELECT * FROM told c WHERE NOT EXISTS (
    SELECT 1 FROM told o WHERE o.article_id = c.duplicate_of AND o.measure = c.measure AND o.number = c.number)
), spots AS (
  SELECT what, count(DISTINCT spot) AS spots FROM printed GROUP BY what
), things AS (
  -- Of several numbers that an article has of a thing on one word, the greatest is the count, the others are of some of it.
  SELECT p.*, hash(p.what, CASE WHEN s.spots > 1 THEN p.place_name END) AS thing,
    kind NOT IN ('increment', 'part') AND number = max(number) OVER (PARTITION BY what, sayer, article_id) AS counts
  FROM printed p JOIN spots s USING (what)
), ordered AS (
  SELECT *, lag(number) OVER own AS earlier, lag(fact_id) OVER own AS earlier_id, lag(as_of) OVER own AS earlier_as_of,
    count(*) OVER (PARTITION BY thing ORDER BY nth) AS place, count(*) OVER (PARTITION BY thing, number ORDER BY nth) AS again,
    count(*) OVER (PARTITION BY thing, number, sayer ORDER BY nth) AS again_said
  FROM things WINDOW own AS (PARTITION BY thing, sayer, counts ORDER BY nth)
), compared AS (
  SELECT *, counts AND earlier <> number AND least(earlier, number) * 3 >= greatest(earlier, number) AS revises FROM ordered
)
SELECT story_id, measure, unit, counted, place_name, place_id, country_code, as_of, published_on, outlet, claimant, claimant_id,
  number AS value, value_low, value_high, hedge, text, kind,
  CASE WHEN place = 1 THEN 'first' WHEN revises THEN 'revises' WHEN again_said > 1 THEN 'repeats' WHEN again > 1 THEN 'agrees'
    ELSE 'other' END AS change,
  CASE WHEN revises THEN earlier END AS value_before, CASE WHEN revises THEN earlier_id END AS fact_id_before,
  CASE WHEN revises THEN as_of - earlier_as_of END AS days_since, origin, fact_id, claim_id, article_id, what
FROM compared
"""
THING = {
    "measure": "what is counted",
    "unit": "what one of it is",
    "counted": "of whom or what, as the last word says: people, children, houses",
    "place_name": "the place under its one name here",
    "place_id": "its GeoNames id, null where the gazetteer has none",
    "country_code": "ISO 3166 alpha-2 of the place",
}
RECKONING = "total, increment (what was added), part (of a greater figure), rate"
CLAIM_VIEWS = (
    View(
        "claim_groups",
        "The same figure of the same thing over documents: who prints it, on whose word, and who was first.",
        f"SELECT * EXCLUDE (what) FROM ({GROUPS})",
        {
            "claim_group_id": "the group: the claim_id of the one that was printed first",
            "story_id": "the story of that",
            **THING,
            "reckoning": RECKONING,
            "rate": "per hour, day, …",
            "value": "the number",
            "value_low": "least value that any of them allows, null where open",
            "value_high": "greatest value that any of them allows, null where open",
            "hedges": "words such as `at least` that stand before it",
            "articles": "articles that print it",
            "outlets": "who prints it",
            "claimants": "on whose word",
            "origins": "how many independent ones stand behind it: claimants, else agencies, owners, outlets",
            "origin_names": "these",
            "first_printed_on": "day of the first print",
            "first_printed_by": "the outlet of the first",
            "first_claimant": "on whose word it was first",
            "first_text": "as printed first",
            "first_article_id": "the first article",
            "last_printed_on": "day of the last print",
            "fact_ids": "all of them, the first printed first",
        },
    ),
    View(
        "timeline",
        "Who printed which number of a thing when: a story's, or a measure's at a place; what it revised.",
        f"SELECT * EXCLUDE (what) FROM ({TIMELINE})",
        {
            "story_id": "the story",
            **THING,
            "as_of": AS_OF_COMMENT,
            "published_on": "day of publication",
            "outlet": "who printed it; null where nothing names it",
            "claimant": "on whose word, under one name; null for the outlet's own voice",
            "claimant_id": "the claimant as a thing: a row of entities",
            "value": "the number",
            "value_low": "least value, null where open",
            "value_high": "greatest value, null where open",
            "hedge": f"the words that say so: {listed(Qualifier)}",
            "text": "the figure as printed",
            "kind": f"running total, {RECKONING}",
            "change": "first: the first of the thing; repeats, revises: of the same origin; agrees: of another one; other",
            "value_before": "of a revision: the number that the same origin gave before",
            "fact_id_before": "of a revision: that fact",
            "days_since": "of a revision: days between the two",
            "origin": "who stands behind it",
            "fact_id": "the fact",
            "claim_id": "the claim, whatever rules found it",
            "article_id": "the article",
        },
    ),
)

"""Views that answer questions: figures over time, figures that conflict, the rhythm of sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.transforms.vocabulary import Measure, Modality, PlaceKind, Qualifier, Scope, listed
from copydesk.warehouse.rhythm import is_overdue, rhythm_tables


@dataclass(frozen=True)
class View:
    """A public view: its SQL, what a row is, and what each column holds."""

    name: str
    comment: str
    sql: str
    columns: Mapping[str, str]


AS_OF = """CASE WHEN f.as_of_end IS NOT NULL THEN f.as_of_end
  WHEN f.as_of_start IS NOT NULL THEN greatest(f.as_of_start, a.published_on) ELSE a.published_on END"""
"""The last day that a figure is about: what has a beginning and no end goes on until the day of printing."""

AS_OF_COMMENT = "the last day that the figure is about; of a period without an end, or no day, the day of publication"

FIGURES = f"""
SELECT f.measure, f.unit, f.place_name, f.place_id, f.country_code, f.admin1, f.admin2, {AS_OF} AS as_of,
  a.outlet, a.outlet_id, a.source, coalesce(f.claimant_name, f.speaker, f.attributed_to) AS claimant, f.claimant_id,
  f.claimant_kind,
  f.value_low, f.value_high, f.qualifier, f.hedge, f.scope, f.modality, f.rate, f.item, f.as_of_start, f.as_of_end,
  a.published_on, f.text, f.part_of, f.confidence, f.fact_id, f.claim_id, f.sentence_id, f.article_id, a.duplicate_of,
  a.story_id, f.place_precision, f.body_id, a.published_at, a.received_at, a.outlet_kind
FROM facts f JOIN articles a USING (article_id)
WHERE f.kind = 'figure' AND f.review IS DISTINCT FROM 'rejected'
"""
"""The rows of `figure_series` without their sentences, which cost more to look up than everything else."""

SERIES = """
SELECT f.measure, f.unit, f.place_name, f.place_id, f.country_code, f.admin1, f.admin2, f.as_of, f.outlet, f.outlet_id,
  f.claimant, f.claimant_id, f.claimant_kind, f.value_low, f.value_high, f.qualifier,
  f.hedge, f.scope, f.modality, f.rate, f.item, f.as_of_start, f.as_of_end, f.published_on, f.text, s.text AS sentence,
  f.part_of, f.confidence, f.fact_id, f.claim_id, f.sentence_id, f.article_id, f.duplicate_of
FROM internal.told_figures f JOIN sentences s USING (sentence_id)
"""

MEN_AND_WOMEN = r"\b(wo)?men\b.*\b(wo)?men\b"
COUNTED = "regexp_replace(coalesce(item, ''), '^.*\\bnumber of ', '')"
HEAD_WORD = f"lower(regexp_extract(regexp_replace({COUNTED}, ' of .*$', ''), '([\\w-]+)$', 1))"
"""The last word of what is counted: of `the number of dead of the town` it is `dead`."""

PERSONS = str(("", *"people persons bodies dead deaths toll others victims wounded injured killed lives".split()))

STOCKS = str((str(Measure.SHELTERING), str(Measure.DISPLACED), str(Measure.HELD), str(Measure.DETAINED)))
"""Measures that say how many there are, and not how many one event made."""

CONFLICTS = f"""
WITH figures AS (
  SELECT *, CASE WHEN regexp_matches(lower(item), '{MEN_AND_WOMEN}') THEN 'people' ELSE {HEAD_WORD} END AS head,
    coalesce(value_low, value_high) AS number,
    hash(coalesce(claimant_id, lower(regexp_replace(claimant, '^[Tt]he ', '')))) AS sayer,
    -- A running total is about the day that it is printed on, or the one before: it was another a month ago.
    CASE WHEN as_of_start IS NOT NULL AND as_of_end IS NULL THEN greatest(as_of_start, published_on - 1)
         ELSE coalesce(as_of_start, as_of_end, published_on) END AS since,
    coalesce(as_of_end, CASE WHEN as_of_start IS NOT NULL THEN greatest(as_of_start, published_on) END, published_on)
      AS until,
    coalesce(value_low, -1e300) * CASE WHEN qualifier = 'about' THEN 0.9 ELSE 1 END AS least,
    coalesce(value_high, 1e300) * CASE WHEN qualifier = 'about' THEN 1.1 ELSE 1 END AS most
  FROM internal.told_figures
  WHERE modality = '{Modality.ACTUAL}' AND place_name IS NOT NULL AND measure <> '{Measure.OTHER}'
), printed AS (
  -- What a near copy repeats of the text that it copies is left out; what it changes stays.
  SELECT * FROM figures c WHERE NOT EXISTS (
    SELECT 1 FROM figures o WHERE o.article_id = c.duplicate_of AND o.measure = c.measure AND o.unit = c.unit
      AND o.value_low IS NOT DISTINCT FROM c.value_low AND o.value_high IS NOT DISTINCT FROM c.value_high)
), told AS MATERIALIZED (
  SELECT *, year(since) * 12 + month(since) AS first_month, year(until) * 12 + month(until) AS last_month,
    hash(measure, unit, place_name, coalesce(scope, '') = '{Scope.NEW}', rate, part_of IS NOT NULL) AS what,
    hash(coalesce(outlet_id, source), coalesce(claimant_id, claimant)) AS who,
    coalesce(duplicate_of, article_id) AS original, unit = 'people' AS people,
    -- What is counted on beyond one event: of that, articles of several stories speak.
    measure IN {STOCKS} OR scope = '{Scope.TOTAL}' OR (as_of_start IS NOT NULL AND as_of_end IS NULL) AS lasting,
    hash(coalesce(story_id, article_id)) AS story,
    -- A part is compared with parts of the same noun alone: 90 sailors of 700 people are no other count of the people.
    unit = 'people' AND part_of IS NULL AND head IN {PERSONS} AS persons
  FROM printed
), spread AS (
  -- A row a month that the figure is about: two figures meet in the first month that both have.
  SELECT fact_id, claim_id, what, who, hash(original) AS original, hash(head) AS head, people, persons, since, until, lasting,
    story, number, scope, first_month, unnest(range(first_month, last_month + 1)) AS month FROM told
), met AS (
  -- Few columns, mostly numbers: most of what meets here parts again. A number that may be of another scope than the other,
  -- or of some of the people that the other counts, is about the same thing only where it is of about the same size.
  SELECT a.fact_id AS one, b.fact_id AS other FROM spread a JOIN spread b
    ON a.what = b.what AND a.month = b.month AND a.month = greatest(a.first_month, b.first_month)
   AND a.claim_id < b.claim_id AND a.who <> b.who AND a.original <> b.original
   AND a.since <= b.until AND b.since <= a.until AND (a.story = b.story OR (a.lasting AND b.lasting))
   AND (coalesce(a.scope = b.scope, false) OR least(a.number, b.number) * 3 >= greatest(a.number, b.number))
   AND (a.head = b.head OR (a.persons AND b.persons)
     OR ((a.persons OR b.persons) AND a.people AND b.people
       AND least(a.number, b.number) * 10 >= greatest(a.number, b.number) * 9))
), days AS (
  -- One figure a day of what one claimant says of one thing, whoever prints it.
  SELECT what, sayer, CASE WHEN persons THEN 'people' ELSE head END AS counted, as_of,
    min(number) AS number, arg_min(fact_id, claim_id) AS fact_id FROM told
  WHERE claimant IS NOT NULL AND scope IS DISTINCT FROM '{Scope.NEW}' AND part_of IS NULL AND rate IS NULL
  GROUP BY what, sayer, counted, as_of HAVING count(DISTINCT number) = 1
), later AS (
  SELECT lag(fact_id) OVER same AS one, fact_id AS other, number, lag(number) OVER same AS number_before,
    as_of - lag(as_of) OVER same AS days FROM days WINDOW same AS (PARTITION BY what, sayer, counted ORDER BY as_of)
), related AS (
  SELECT one, other, a.article_id AS article_a, b.article_id AS article_b,
    CASE WHEN a.value_low = b.value_low AND (a.value_high IS NULL OR b.value_high IS NULL OR a.value_high = b.value_high)
           OR a.value_high = b.value_high AND (a.value_low IS NULL OR b.value_low IS NULL) THEN 'agrees'
         WHEN a.most < b.least OR b.most < a.least THEN 'contradicts' ELSE 'differs' END AS relation,
    CASE relation WHEN 'agrees' THEN 'the same number' WHEN 'contradicts' THEN 'no number is within the bounds of both'
      ELSE 'a number within the bounds of both is possible' END AS why
  FROM met JOIN told a ON a.fact_id = one JOIN told b ON b.fact_id = other
  UNION ALL
  SELECT l.one, l.other, a.article_id, b.article_id, 'revises',
    'the same claimant ' || days || CASE days WHEN 1 THEN ' day' ELSE ' days' END || ' later'
  FROM later l JOIN told a ON a.fact_id = l.one JOIN told b ON b.fact_id = l.other
  WHERE l.number <> number_before AND least(l.number, number_before) * 3 >= greatest(l.number, number_before)
    AND a.article_id <> b.article_id AND NOT EXISTS (
      SELECT 1 FROM met m WHERE (m.one = l.one AND m.other = l.other) OR (m.one = l.other AND m.other = l.one))
), agreed AS (
  SELECT one AS fact, article_b AS article FROM related WHERE relation = 'agrees'
  UNION SELECT other, article_a FROM related WHERE relation = 'agrees'
), pairs AS (
  -- An article that prints the same number too does not differ by another number.
  SELECT one, other, relation, why FROM related WHERE relation IN ('agrees', 'revises')
    OR ((one, article_b) NOT IN (FROM agreed) AND (other, article_a) NOT IN (FROM agreed))
)
SELECT a.measure, a.unit, a.place_name, a.place_id, a.country_code, a.admin1, a.admin2,
  relation, why,
  a.outlet AS outlet_a, b.outlet AS outlet_b, a.claimant AS claimant_a, b.claimant AS claimant_b,
  a.text AS text_a, b.text AS text_b, a.hedge AS hedge_a, b.hedge AS hedge_b,
  a.value_low AS low_a, a.value_high AS high_a, b.value_low AS low_b, b.value_high AS high_b,
  a.as_of AS as_of_a, b.as_of AS as_of_b, s.text AS sentence_a, t.text AS sentence_b,
  a.fact_id AS fact_id_a, b.fact_id AS fact_id_b, a.article_id AS article_id_a, b.article_id AS article_id_b
FROM pairs JOIN told a ON a.fact_id = one JOIN told b ON b.fact_id = other
  JOIN sentences s ON s.sentence_id = a.sentence_id JOIN sentences t ON t.sentence_id = b.sentence_id
WHERE a.measure = b.measure AND a.unit = b.unit AND a.place_name = b.place_name
"""

PLACES = """
WITH coded AS (
  SELECT name AS place_name, coalesce(country, '') AS country, min(pcode) AS pcode
  FROM internal.own_places WHERE pcode IS NOT NULL GROUP BY ALL
)
SELECT place_id, place_name AS name, list_sort(list(DISTINCT place) FILTER (place IS NOT NULL)) AS printed,
  country_code, admin1, admin2, any_value(latitude) AS latitude, any_value(longitude) AS longitude,
  place_precision AS precision, (
    SELECT min(c.pcode) FROM coded c WHERE c.place_name = f.place_name AND c.country IN ('', f.country_code)
  ) AS pcode, count(*) AS figures, count(DISTINCT article_id) AS articles
FROM facts f WHERE kind = 'figure' AND place_name IS NOT NULL AND review IS DISTINCT FROM 'rejected'
GROUP BY place_id, place_name, country_code, admin1, admin2, place_precision
"""

HEALTH = f"""
WITH {rhythm_tables("internal.documents_rows")}, polled AS (
  SELECT source, max(finished_at) AS last_success_at
  FROM (SELECT unnest(sources) AS source, finished_at FROM internal.runs_rows WHERE outcome = 'completed') GROUP BY source
), counted AS (
  SELECT source, count(*) AS documents, count(*) FILTER (status = 'rejected') AS rejected,
    count(*) FILTER (article_id IS NOT NULL) AS articles, max(received_at) AS last_new_document_at
  FROM internal.documents_rows GROUP BY source
)
SELECT source, coalesce(documents, 0) AS documents, coalesce(articles, 0) AS articles, coalesce(rejected, 0) AS rejected,
  last_success_at, last_new_document_at, usual_gap_hours,
  {is_overdue("last_new_document_at", "coalesce(shown_at, now())")} AS overdue
FROM counted FULL JOIN polled USING (source) LEFT JOIN rhythm USING (source), internal.published
"""

SERIES_VIEWS = (
    View(
        "figure_series",
        "A measure at a place over time, by outlet and claimant.",
        SERIES,
        {
            "measure": "what is counted",
            "unit": "what one of it is",
            "place_name": "the place under its one name here",
            "place_id": "its GeoNames id, null where the gazetteer has none",
            "country_code": "ISO 3166 alpha-2 of the place",
            "admin1": "the state or province that it lies in or is: figures of its towns have it too",
            "admin2": "the district or county that it lies in or is",
            "as_of": AS_OF_COMMENT,
            "outlet": "who printed it; null where nothing names it",
            "outlet_id": "the outlet as a thing: a row of outlets",
            "claimant": "on whose word, under one name; null for the outlet's own voice",
            "claimant_id": "the claimant as a thing: a row of entities",
            "claimant_kind": "kind of claimant",
            "value_low": "least value, null where open",
            "value_high": "greatest value, null where open",
            "qualifier": listed(Qualifier),
            "hedge": "the words that say so",
            "scope": f"{listed(Scope)}, or null",
            "modality": listed(Modality),
            "rate": "per hour, day, …",
            "item": "what is counted, as written",
            "as_of_start": "first day it is about",
            "as_of_end": "last day it is about",
            "published_on": "day of publication",
            "text": "the figure as printed",
            "sentence": "the sentence it stands in",
            "part_of": "the fact_id of the whole, of a part of it",
            "confidence": "0..1",
            "fact_id": "the fact",
            "claim_id": "the claim, whatever rules found it",
            "sentence_id": "the sentence",
            "article_id": "the article",
            "duplicate_of": "the earliest article that the article is a near copy of",
        },
    ),
    View(
        "figure_conflicts",
        "Pairs of figures about the same thing, from different outlets or claimants or days, and how they relate.",
        CONFLICTS,
        {
            "measure": "what both count",
            "unit": "its unit",
            "place_name": "the place of both",
            "place_id": "its GeoNames id, null where the gazetteer has none",
            "country_code": "ISO 3166 alpha-2 of the place",
            "admin1": "the state or province that it lies in or is: figures of its towns have it too",
            "admin2": "the district or county that it lies in or is",
            "relation": "agrees: the same number; differs: both may hold; contradicts: they cannot; revises: a later word of "
            "the same claimant",
            "why": "why, in words",
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
            "fact_id_a": "the fact",
            "fact_id_b": "the fact",
            "article_id_a": "its article",
            "article_id_b": "its article",
        },
    ),
    View(
        "places",
        "The places that figures are about.",
        PLACES,
        {
            "place_id": "its GeoNames id, null where the gazetteer has none",
            "name": "its one name here",
            "printed": "its names as printed",
            "country_code": "ISO 3166 alpha-2",
            "admin1": "the state or province that it lies in or is",
            "admin2": "the district or county that it lies in or is",
            "latitude": "degrees north; of a region the middle of its towns",
            "longitude": "degrees east",
            "precision": f"what kind of place it is: {listed(PlaceKind)}",
            "pcode": "its P-code, as places.csv of the home gives it",
            "figures": "figures about it",
            "articles": "articles with such a figure",
        },
    ),
    View(
        "source_health",
        "Each source's rhythm.",
        HEALTH,
        {
            "source": "the source's name in this home",
            "documents": "documents received from it",
            "articles": "documents that print an article",
            "rejected": "documents turned away",
            "last_success_at": "when a run last read it to the end, as of the last publish",
            "last_new_document_at": "when it last gave something new",
            "usual_gap_hours": "median hours between its latest new documents; null until there were three gaps",
            "overdue": "whether it has been silent for over three times that",
        },
    ),
)

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

HOST = r"nullif(regexp_extract(a.url, '^https?://(?:www\.)?([^/:?#]+)', 1), '')"
"""The host of an article's web address: who prints it, where nothing names the outlet. Of the alias `a`."""

FIGURES = f"""
SELECT f.measure, f.unit, f.place_name, f.place_id, f.country_code, f.admin1, f.admin2, {AS_OF} AS as_of,
  a.outlet, a.outlet_id, a.source, coalesce(f.claimant_name, f.speaker, f.attributed_to) AS claimant, f.claimant_id,
  f.claimant_kind,
  f.value_low, f.value_high, f.qualifier, f.hedge, f.scope, f.modality, f.rate, f.item, f.as_of_start, f.as_of_end,
  a.published_on, f.text, f.part_of, f.confidence, f.fact_id, f.claim_id, f.sentence_id, f.article_id, a.duplicate_of,
  a.story_id, f.place_precision, f.body_id, a.published_at, a.received_at, a.outlet_kind,
  coalesce(a.outlet_id, {HOST}, a.source) AS printer_id, coalesce(a.outlet, {HOST}, a.source) AS printer, f.span_start
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

PERSONS = str(
    (
        "",
        *"people persons bodies dead deaths toll others victims wounded injured killed lives individuals fatalities civilians "
        "passengers residents inhabitants casualties souls".split(),
    )
)

STOCKS = str((str(Measure.SHELTERING), str(Measure.DISPLACED), str(Measure.HELD), str(Measure.DETAINED)))
"""Measures that say how many there are, and not how many one event made."""

PLACES = """
WITH coded AS (
  SELECT name AS place_name, coalesce(country, '') AS country, coalesce(place_id, '') AS number, min(pcode) AS pcode
  FROM internal.own_places WHERE pcode IS NOT NULL GROUP BY ALL
)
SELECT place_id, place_name AS name, list_sort(list(DISTINCT place) FILTER (place IS NOT NULL)) AS printed,
  country_code, admin1, admin2, any_value(latitude) AS latitude, any_value(longitude) AS longitude,
  place_precision AS precision, (
    SELECT min(c.pcode) FROM coded c WHERE c.place_name = f.place_name AND c.country IN ('', f.country_code)
      AND c.number IN ('', CAST(f.place_id AS VARCHAR))
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

"""Facts with what the home's own table says of their places."""

from __future__ import annotations

from copydesk.warehouse.fact_columns import slug_sql

PLAIN = "CREATE OR REPLACE VIEW internal.facts_placed AS SELECT * FROM internal.facts_named"
PLACED = f"""
CREATE OR REPLACE VIEW internal.facts_placed AS
WITH seen AS (
  SELECT DISTINCT place_name, place_id, country_code FROM internal.facts_named WHERE place_name IS NOT NULL
), met AS (
  SELECT s.place_name, s.place_id, s.country_code, o AS own, 0 AS way
  FROM seen s JOIN internal.own_places o ON o.place_id = CAST(s.place_id AS VARCHAR)
  UNION ALL
  SELECT s.place_name, s.place_id, s.country_code, o, CASE WHEN o.country = s.country_code THEN 1 ELSE 2 END
  FROM seen s JOIN internal.own_places o ON o.slug = {slug_sql("s.place_name")}
  WHERE o.country IS NULL OR s.country_code IS NULL OR o.country = s.country_code
), one AS (
  SELECT place_name, place_id, country_code, min_by(own, (way, own.name, own.place_id)) AS own FROM met GROUP BY ALL
)
SELECT f.* REPLACE (
  coalesce(own.name, f.place_name) AS place_name, coalesce(CAST(own.place_id AS BIGINT), f.place_id) AS place_id,
  coalesce(own.kind, f.place_precision) AS place_precision, coalesce(own.country, f.country_code) AS country_code,
  coalesce(own.admin1, f.admin1) AS admin1, coalesce(own.admin2, f.admin2) AS admin2,
  coalesce(CAST(own.latitude AS DOUBLE), f.latitude) AS latitude,
  coalesce(CAST(own.longitude AS DOUBLE), f.longitude) AS longitude,
  CASE WHEN own IS NULL THEN f.place_candidates END AS place_candidates
)
FROM internal.facts_named f LEFT JOIN one m ON f.place_name = m.place_name
  AND f.place_id IS NOT DISTINCT FROM m.place_id AND f.country_code IS NOT DISTINCT FROM m.country_code
"""
"""A place is that of a row by its GeoNames id, else by a name of it; of several rows that of its country counts."""


def placed_rows(placed: bool) -> list[str]:
    """The statements of the rows of facts under their places; where the home has no table of places, as they were found."""
    return [PLACED if placed else PLAIN]

"""GeoJSON (RFC 7946): the rows of a view that lie at a point, for maps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.flows.site.exports.rows import columns_of, json_of, records
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import duckdb

IDS = ("fact_id", "place_id")
"""Columns that give a feature its id, the first that the view has."""


PCODE = """SELECT min(o.pcode) FROM w.internal.own_places o WHERE o.name = v.place_name
AND (o.country IS NULL OR o.country = v.country_code) AND (o.place_id IS NULL OR o.place_id = CAST(v.place_id AS VARCHAR))"""
"""The code of the place of a row."""


def at_points(db: duckdb.DuckDBPyConnection, view: str, ending: str) -> str:
    """The rows of a view that lie at a point, in a fixed order, as SQL; with `pcode`, the P-code of the place by places.csv.

    Raises PermanentError, which names the ending of the file, for a view that has no points.
    """
    names = {column.name for column in columns_of(db, view)}
    if not {"latitude", "longitude"} <= names:
        raise PermanentError(f"{view} has no points. Write figures or places to {ending}.")
    coded = "" if "pcode" in names else f", ({PCODE}) AS pcode"
    return f'SELECT v.*{coded} FROM w."{view}" v WHERE latitude IS NOT NULL AND longitude IS NOT NULL ORDER BY ALL'


def write_geojson(db: duckdb.DuckDBPyConnection, view: str, path: Path) -> int:
    """Writes a FeatureCollection of points in WGS 84; every other column is a property. Gives the number of features.

    Rows without a point are left out. Raises PermanentError for a view that has no points.
    """
    query = at_points(db, view, ".geojson")
    names = {column.name for column in columns_of(db, view)}
    key = next((name for name in IDS if name in names), None)
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for row in records(db, query):
            point = [row.pop("longitude"), row.pop("latitude")]
            feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": row}
            if key and row[key] is not None:
                feature["id"] = row[key]
            file.write(("," if count else "") + "\n" + json_of(feature))
            count += 1
        file.write("\n]}\n")
    return count

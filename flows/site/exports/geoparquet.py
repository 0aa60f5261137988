"""GeoParquet 1.1: the rows of a view that lie at a point, for maps and for tables alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.flows.site.exports.points import at_points

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

AT_ONCE = 10_000
"""Rows in memory at a time."""

GEOMETRY = "geometry"


def write_geoparquet(db: duckdb.DuckDBPyConnection, view: str, path: Path) -> int:
    """Writes the rows with all their columns and `geometry`, a point in WGS 84 as WKB. Gives their number.

    Rows without a point are left out. Raises PermanentError for a view that has no points.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    query = at_points(db, view, ".geoparquet")
    box = f"SELECT min(longitude), min(latitude), max(longitude), max(latitude) FROM ({query})"
    (bounds,) = db.execute(box).fetchall()
    reader = db.sql(query).to_arrow_reader(AT_ONCE)
    schema = reader.schema.append(pa.field(GEOMETRY, pa.binary()))
    kept = {key: value for key, value in (schema.metadata or {}).items() if key != b"geo"}
    count = 0
    with pq.ParquetWriter(
        path, schema.with_metadata({**kept, b"geo": json.dumps(_about(bounds)).encode()}), compression="zstd"
    ) as writer:
        for batch in reader:
            rows = pa.Table.from_batches([batch])
            writer.write_table(rows.append_column(schema.field(GEOMETRY), _points(rows)).cast(schema))
            count += rows.num_rows
    return count


def _about(bounds: tuple[Any, ...]) -> dict[str, Any]:
    """The metadata that GeoParquet asks for; without a `crs` it is WGS 84, longitude first."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if bounds[0] is not None:
        column["bbox"] = list(bounds)
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


def _points(rows: pa.Table) -> pa.Array:
    """The points of rows as WKB: the mark of little endian, the kind 1, the longitude, the latitude."""
    import numpy as np
    import pyarrow as pa

    packed = np.zeros(rows.num_rows, dtype=[("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])
    packed["order"] = packed["kind"] = 1
    packed["x"], packed["y"] = rows["longitude"].to_numpy(), rows["latitude"].to_numpy()
    size = packed.dtype.itemsize
    return pa.array(packed.view(f"V{size}").tolist(), pa.binary(size)).cast(pa.binary())

"""`copydesk export`: a view, or all of them, to files that other programs open."""

from __future__ import annotations

import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import duckdb

FORMATS = {
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
    ".csv": "FORMAT csv, HEADER",
    ".json": "FORMAT json",
}
"""How DuckDB writes each kind; JSON is a line a row."""

FOR_PROGRAMS = (".xlsx", ".geojson", ".geoparquet", ".jsonld", ".atom", ".xml")
ENDINGS = ".parquet, .csv, .json, .xlsx, .geojson, .geoparquet, .jsonld, .atom or .xml"
ALL = "all"
"""The name that stands for every view."""


def run(
    table: Annotated[str, Parameter(help="A view: articles, facts, figure_conflicts, …; or all.")],
    file: Annotated[Path, Parameter(help=f"Where to: {ENDINGS}; of all views a folder, or .xlsx.")],
    /,
    *,
    force: Annotated[bool, Parameter(help="Write over a file that is there.", negative="")] = False,
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    import duckdb

    from copydesk.flows.commands.reading import checked_view, open_warehouse, published_home
    from copydesk.warehouse.published import attach_published

    settings = settings_of(options)
    with closing(open_warehouse(settings)) as db:
        if table != ALL:
            checked_view(db, table)
    _checked(table, file, force)
    with duckdb.connect() as db, tempfile.TemporaryDirectory(prefix="copydesk-") as scratch:
        from copydesk.warehouse.scans import quoted

        attach_published(db, published_home(settings))
        db.execute("USE w")  # some views name others, which are looked for where the connection stands
        db.execute(f"SET temp_directory = {quoted(scratch)}")
        db.execute("SET TimeZone = 'UTC'")
        try:
            rows, more = _written(db, table, file)
        except OSError as error:
            remedy = "Name a file in a folder that is there and that you may write to."
            raise PermanentError(f"{file} cannot be written: {error.strerror}. {remedy}") from error
    say(f"{rows} rows of {table} in {file}{more}")
    return 0


def _checked(table: str, file: Path, force: bool) -> None:
    """Raises PermanentError for a kind of file that is not written, and for one that is there already."""
    ending = file.suffix.lower()
    if table == ALL and ending not in ("", ".xlsx"):
        raise PermanentError(f"{file}: all views are written to a folder, whose name has no ending, or to .xlsx.")
    if table != ALL and ending not in (*FORMATS, *FOR_PROGRAMS):
        raise PermanentError(f"{file}: the ending says the kind; write to {ENDINGS}.")
    if ending and file.is_dir():
        raise PermanentError(f"{file} is a folder. Name a file in it, or another name.")
    if not ending and file.exists() and not file.is_dir():
        raise PermanentError(f"{file} is a file. Name a folder to write all views to.")
    full = next(file.iterdir(), None) is not None if file.is_dir() else file.exists()
    if full and not force:
        raise PermanentError(f"{file} is there already. Choose another name, or write over it with --force.")


def _written(db: duckdb.DuckDBPyConnection, table: str, path: Path) -> tuple[int, str]:
    """Writes a view, or all; gives the number of rows and what else is to be said. Memory does not grow with the rows."""
    from copydesk.flows.site.exports.package import write_package
    from copydesk.flows.site.exports.rows import views
    from copydesk.flows.site.exports.workbook import MOST_CHARACTERS, write_workbook
    from copydesk.warehouse.store import whole

    ending = path.suffix.lower()
    if not ending:
        path.mkdir(exist_ok=True)
        return write_package(db, path, partial(_copied, db)), ""
    with whole(path) as aside:
        # Made first, by our own hand: what the disk refuses is said with the file's name and the reason.
        aside.touch()
        if ending == ".xlsx":
            rows, cut = write_workbook(db, views(db) if table == ALL else [table], aside)
            return rows, f"; {cut} texts were cut at {MOST_CHARACTERS} characters, the most that a cell holds" if cut else ""
        if ending in FORMATS:
            return _copied(db, table, aside, ending), ""
        return _for_programs(db, table, aside, ending), ""


def _for_programs(db: duckdb.DuckDBPyConnection, view: str, path: Path, ending: str) -> int:
    from copydesk.flows.site.exports.annotations import write_annotations
    from copydesk.flows.site.exports.feed import write_feed
    from copydesk.flows.site.exports.geoparquet import write_geoparquet
    from copydesk.flows.site.exports.points import write_geojson

    if ending == ".geoparquet":
        return write_geoparquet(db, view, path)
    if ending == ".geojson":
        return write_geojson(db, view, path)
    if ending == ".jsonld":
        return write_annotations(db, view, path)
    return write_feed(db, view, path)


def _copied(db: duckdb.DuckDBPyConnection, view: str, path: Path, ending: str = ".parquet") -> int:
    """Writes a view by DuckDB's own writers; gives the number of rows."""
    from copydesk.flows.site.exports.rows import columns_of
    from copydesk.warehouse.scans import quoted

    columns = "*"
    if ending == ".csv" and (lists := [c.name for c in columns_of(db, view) if c.kind == "VARCHAR[]"]):
        columns = f"* REPLACE ({', '.join(f'''array_to_string({name}, '; ') AS {name}''' for name in lists)})"
    target = quoted(str(path.resolve()))
    row = db.execute(f'COPY (SELECT {columns} FROM w."{view}") TO {target} ({FORMATS[ending]})').fetchone()
    return int(row[0]) if row else 0

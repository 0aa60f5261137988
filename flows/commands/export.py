"""`copydesk export`: a view to a file, by DuckDB's own writers."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    from copydesk.warehouse.home import Home

LISTS = (
    "SELECT column_name FROM duckdb_columns() WHERE database_name = 'w' AND schema_name = 'main' AND table_name = $1 "
    "AND data_type = 'VARCHAR[]' ORDER BY column_index"
)
FORMATS = {
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
    ".csv": "FORMAT csv, HEADER",
    ".json": "FORMAT json",
}
"""How DuckDB writes each kind; JSON is a line a row."""


def run(
    table: Annotated[str, Parameter(help="A view: articles, facts, figure_conflicts, …")],
    file: Annotated[Path, Parameter(help="Where to: .parquet, .csv or .json.")],
    /,
    *,
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    from copydesk.flows.commands.reading import checked_view, open_warehouse, published_home

    settings = settings_of(options)
    with closing(open_warehouse(settings)) as db:
        view = checked_view(db, table)
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        raise PermanentError(f"{file}: the ending says the kind; write to .parquet, .csv or .json.")
    try:
        rows = _written(published_home(settings), view, file, form)
    except OSError as error:
        raise PermanentError(f"{file} cannot be written: {error.strerror}.") from error
    say(f"{rows} rows of {table} in {file}")
    return 0


def _written(home: Home, view: str, path: Path, form: str) -> int:
    """Writes a view under a temporary name, then renames; gives the number of rows. Memory does not grow with them."""
    import duckdb

    from copydesk.warehouse.published import attach_published
    from copydesk.warehouse.scans import quoted
    from copydesk.warehouse.store import whole

    with duckdb.connect() as db, tempfile.TemporaryDirectory(prefix="copydesk-") as scratch:
        attach_published(db, home)
        db.execute("USE w")  # views that name tables inside subqueries find them there alone
        db.execute(f"SET temp_directory = {quoted(scratch)}")
        db.execute("SET TimeZone = 'UTC'")
        columns = "*"
        if "csv" in form and (lists := [row[0] for row in db.execute(LISTS, [view.strip('"')]).fetchall()]):
            columns = f"* REPLACE ({', '.join(f'''array_to_string({name}, '; ') AS {name}''' for name in lists)})"
        with whole(path) as aside:
            # Made first, by our own hand: what the disk refuses is said with the file's name and the reason.
            aside.touch()
            row = db.execute(f"COPY (SELECT {columns} FROM w.{view}) TO {quoted(str(aside.resolve()))} ({form})").fetchone()
    return int(row[0]) if row else 0

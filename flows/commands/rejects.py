"""`copydesk rejects`: what was turned away, and why."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT, Day, RowFormat
from copydesk.flows.printing import first_line, one_line, say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions

QUERY = (
    "SELECT document_id, strftime(rejected_at, '%Y-%m-%d %H:%M') AS rejected_at, source, stage, reason, expectation, "
    "source_uri, size, detail FROM rejects WHERE ($reason IS NULL OR $reason IN (reason, expectation)) "
    "AND ($source IS NULL OR source = $source) AND ($since IS NULL OR rejected_at >= $since) "
    "ORDER BY rejected_at, stage, reason, source_uri, document_id, detail"
)


def run(
    *,
    reason: Annotated[str | None, Parameter(help="Only of this reason, or of the expectation of this name.")] = None,
    source: Annotated[str | None, Parameter(help="Only of this source.")] = None,
    since: Annotated[Day, Parameter(help="Only what was turned away on this day (UTC) or later.")] = None,
    form: RowFormat = "table",
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    from copydesk.flows.commands.reading import open_warehouse
    from copydesk.flows.commands.sql import answer

    asked: dict[str, Any] = {"reason": reason, "source": source, "since": since}
    cursor = open_warehouse(settings_of(options)).execute(QUERY, asked)
    names, rows = [column[0] for column in cursor.description or ()], cursor.fetchall()
    if form != "table":
        answer(names, rows, form)
        return 0
    for document, at, of, stage, slug, expectation, uri, size, detail in rows:
        rule = f" ({expectation})" if expectation else ""
        say(f"{at}  {str(document)[:8]}  {of}  {stage}  {slug}{rule}  {one_line(uri)}  {size} bytes")
        say(f"    {first_line(str(detail))}")
    say(f"{len(rows)} rejects")
    return 0

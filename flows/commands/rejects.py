"""`copydesk rejects`: what was turned away, and why."""

from __future__ import annotations

from typing import Annotated

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import first_line, one_line, say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions

QUERY = "SELECT stage, reason, expectation, source_uri, detail, size FROM rejects ORDER BY stage, reason, source_uri"


def run(*, options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults()) -> int:
    from copydesk.flows.commands.reading import open_warehouse, run_query

    _, rows = run_query(open_warehouse(settings_of(options)), QUERY)
    for stage, reason, expectation, uri, detail, size in rows:
        rule = f" ({expectation})" if expectation else ""
        say(f"{stage:10} {reason}{rule}  {one_line(uri)}  {size} bytes\n           {first_line(str(detail))}")
    say(f"{len(rows)} rejects")
    return 0

"""`copydesk report`: a static site of what the home holds."""

from __future__ import annotations

import tempfile
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT, Day, When
from copydesk.flows.printing import say
from copydesk.flows.settings import Settings, settings_of
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    from copydesk.flows.site.build import Report


def run(  # an option of the command each
    *,
    out: Annotated[Path | None, Parameter(metavar="DIR", help="Where to; report in the home where it is left out.")] = None,
    shown: Annotated[bool, Parameter(name="--open", help="Open it in a browser.")] = False,
    since: Annotated[Day, Parameter(help="Only articles published on this day or later.")] = None,
    source: Annotated[str | None, Parameter(help="Only articles of this source.")] = None,
    as_of: Annotated[When, Parameter(help="As it was at a position of the log, a time, or a day's end (UTC).")] = None,
    serve: Annotated[bool, Parameter(help="Serve it on this machine, with a page for every article.")] = False,
    port: Annotated[int, Parameter(help="Port to serve on.")] = 4300,
    options: Annotated[LockOptions, FLAT] = LockOptions.defaults(),
) -> int:
    from copydesk.flows.runs.progress import progress_for_terminal
    from copydesk.flows.runs.storage import existing
    from copydesk.flows.site.build import Report, Shown, last_report, now
    from copydesk.flows.site.data import Part, Warehouse
    from copydesk.warehouse.published import published_position

    settings = settings_of(options)
    home = existing(settings)
    if published_position(home) < 0:
        raise PermanentError(f"The warehouse of {home} must be published anew. Run: copydesk publish --home {home}")
    out = out or home.report
    say = progress_for_terminal().say
    with ExitStack() as stack:
        file, position = None, published_position(home)
        if as_of:
            file = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="copydesk-"))) / "then.duckdb"
            position = _as_of(settings, as_of, file)
        part = Part(since, source)
        warehouse = stack.enter_context(closing(Warehouse(home, part, file)))
        if part.source and not warehouse.ask("SELECT 1 FROM documents WHERE source = $1 LIMIT 1", [part.source]):
            raise PermanentError(f"Nothing came from a source {part.source!r}. See: copydesk status")
        report = Report(warehouse, Shown(part, position, now(), last_report(out), as_of))
        index = _written(report, out, say)
        if serve:
            _serve(report, out, port, shown)
        elif shown:
            webbrowser.open(index.as_uri())
    return 0


def _written(report: Report, out: Path, say: Callable[[str], None]) -> Path:
    """Writes a report into a folder; gives its first page. Raises PermanentError where the folder cannot be written to."""
    from copydesk.flows.site.build import write_report

    try:
        count = write_report(report, out, say)
    except OSError as error:
        raise PermanentError(
            f"{error.filename or out} cannot be written: {error.strerror}. Choose another: --out DIR"
        ) from error
    index = out.resolve() / "index.html"
    say(f"{index} and pages of {count} articles.")
    return index


def _as_of(settings: Settings, when: str, file: Path) -> int:
    from copydesk.flows.runs.progress import progress_for_terminal
    from copydesk.flows.runs.run import open_run
    from copydesk.warehouse.asof import position_of, publish_as_of

    with open_run(settings, "report", {}, progress_for_terminal()) as opened:
        position = position_of(opened.log, when)
        publish_as_of(opened.home, opened.log, opened.state, position, file)
    return position


def _serve(report: Report, out: Path, port: int, shown: bool) -> None:
    from copydesk.flows.site.serve import LOOPBACK, server

    try:
        made = server(report, out, port)
    except OSError as error:
        raise PermanentError(f"{LOOPBACK}:{port} is taken ({error.strerror}). Choose another with --port.") from error
    address = f"http://{LOOPBACK}:{made.server_port}/index.html"
    say(f"Report: {address}\nCtrl-C stops it.", flush=True)
    if shown:
        webbrowser.open(address)
    with made:
        made.serve_forever()

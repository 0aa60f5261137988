"""`copydesk report`: a static site of what the home holds."""

from __future__ import annotations

import argparse
import tempfile
import webbrowser
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.flows.printing import say
from copydesk.flows.runs.progress import progress_for_terminal
from copydesk.flows.runs.run import open_run
from copydesk.flows.runs.storage import existing
from copydesk.flows.settings import Settings, load_settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.published import published_position

if TYPE_CHECKING:
    from copydesk.flows.site.build import Report


def run(options: argparse.Namespace) -> int:
    from copydesk.flows.site.build import Report, Shown, last_report, now, write_report
    from copydesk.flows.site.data import Part, Warehouse

    settings = load_settings({"home": options.home, "wait": options.wait})
    home = existing(settings)
    if published_position(home) < 0:
        raise PermanentError(f"The warehouse of {home} must be published anew. Run: copydesk publish --home {home}")
    out = options.out or home.report
    say = progress_for_terminal().say
    with ExitStack() as stack:
        file, position = None, published_position(home)
        if options.as_of:
            file = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="copydesk-"))) / "then.duckdb"
            position = _as_of(settings, options.as_of, file)
        part = Part(options.since, options.source)
        warehouse = stack.enter_context(closing(Warehouse(home, part, file)))
        if part.source and not warehouse.ask("SELECT 1 FROM documents WHERE source = $1 LIMIT 1", [part.source]):
            raise PermanentError(f"Nothing came from a source {part.source!r}. See: copydesk status")
        report = Report(warehouse, Shown(part, position, now(), last_report(out), options.as_of))
        try:
            count = write_report(report, out, say)
        except OSError as error:
            raise PermanentError(
                f"{error.filename or out} cannot be written: {error.strerror}. Choose another: --out DIR"
            ) from error
        index = out.resolve() / "index.html"
        say(f"{index} and pages of {count} articles.")
        if options.serve:
            _serve(report, out, options.port, options.open)
        elif options.open:
            webbrowser.open(index.as_uri())
    return 0


def _as_of(settings: Settings, when: str, file: Path) -> int:
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

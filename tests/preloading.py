"""What the process of tests has loaded from which commands are forked: see `tests.processes`."""

from __future__ import annotations

import gc
import sys
import tempfile
import threading
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from copydesk.flows import commands, jobs, sources
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import load_settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.wiring import INSTALLED
from copydesk.flows.workers.worker import ready
from copydesk.warehouse.envelopes import CONVERTER
from copydesk.warehouse.events import EVENTS
from copydesk.warehouse.publish import empty_warehouse
from tests.texts import distinct_folder


def load() -> None:
    """Loads what commands load, and nothing that starts a thread: of a process with threads a fork is not whole.

    An article is taken in as well: what is made at the first use (the judge's graphs, tables, settings) is made once so.
    """
    ready(INSTALLED)
    empty_warehouse()
    load_settings({}, {}, Path("none"))
    for event in EVENTS.values():
        CONVERTER.get_structure_hook(event)
        CONVERTER.get_unstructure_hook(event)
    with tempfile.TemporaryDirectory(prefix="copydesk-") as base:
        settings = load_settings({"home": f"{base}/home", "jobs": 1}, {}, Path("none"))
        ingest(settings, FolderSource("test", [distinct_folder(Path(base, "in"), range(1))]), {}, Progress())
    for package in (commands, jobs, sources):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
            assert "prefect" not in sys.modules, f"{module.name} imports Prefect, which reads the environment when it is loaded"
    assert threading.active_count() == 1, threading.enumerate()
    gc.collect()
    gc.freeze()

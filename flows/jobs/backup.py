"""A home in one file, and back: the log as it stands at one moment, and every file that it names."""

from __future__ import annotations

import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import sqlite_log
from copydesk.warehouse.state import State
from copydesk.warehouse.store import whole

SOURCES = "sources.toml"


def backup(settings: Settings, target: Path) -> int:
    """Writes a home to a tar file, while runs may go on; gives the number of data files.

    The log is copied first, as it stands; the files it names never change and outlive the copying. What is published is
    left out: it is made again. Raises PermanentError where there is no home, its log is elsewhere, or the file is there.
    """
    home = settings.place
    if settings.log or settings.remote:
        raise PermanentError("The log is in PostgreSQL: back it up with pg_dump, and the folder of the home with it.")
    if not home.exists:
        raise PermanentError(f"There is no home at {home.root}.")
    if target.exists():
        raise PermanentError(f"{target} is there already. Choose another name, or move it away.")
    try:
        with tempfile.TemporaryDirectory() as folder, whole(target) as aside, tarfile.open(aside, "w") as tar:
            copy = Path(folder) / home.log.name
            _copied(home.log, copy)
            tar.add(copy, home.log.name)
            if (home.root / SOURCES).exists():
                tar.add(home.root / SOURCES, SOURCES)
            paths = _named(copy)
            for path in paths:
                tar.add(home.root / path, path)
    except FileNotFoundError as error:
        raise PermanentError(f"{error.filename} is named by the log and not there. See: copydesk verify") from error
    return len(paths)


def _copied(log: Path, copy: Path) -> None:
    with closing(sqlite3.connect(f"file:{log}?mode=ro", uri=True)) as source, closing(sqlite3.connect(copy)) as made:
        source.backup(made)


def _named(log: Path) -> list[str]:
    """The data files that the log names now."""
    events = sqlite_log(log)
    state = State.open()
    try:
        state.catch_up(events)
        return [row[0] for row in state.rows("SELECT path FROM files ORDER BY path")]
    finally:
        state.close()
        events.close()


def restore(archive: Path, target: Path) -> Home:
    """Makes a home of a backup; it is to be published before it is read.

    Raises PermanentError where the folder holds something, or the file is no backup.
    """
    if target.exists() and any(target.iterdir()):
        raise PermanentError(f"{target} is not empty. Restore into a new folder: --home DIR")
    try:
        with tarfile.open(archive) as tar:
            if Home(target).log.name not in tar.getnames():
                raise PermanentError(f"{archive} is no backup of a home: it holds no log.")
            target.mkdir(parents=True, exist_ok=True)
            tar.extractall(target, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise PermanentError(f"{archive} cannot be read: {error}.") from error
    return Home(target).prepared()

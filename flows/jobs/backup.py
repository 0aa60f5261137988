"""Writes a home to one file: the log as it is at one moment, and every file that the log names."""

from __future__ import annotations

import sqlite3
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import LOG, Home
from copydesk.warehouse.log import LOG_ERRORS, check_file, sqlite_log
from copydesk.warehouse.state import State
from copydesk.warehouse.store import is_inside, whole

SOURCES = "sources.toml"


@dataclass(frozen=True)
class Saved:
    """What a backup holds: how many data files; `already` where the file was there and is a backup of this very log."""

    files: int
    already: bool = False


def backup(settings: Settings, target: Path) -> Saved:
    """Writes a home to a tar file, while runs may go on.

    The log is copied first, as it stands; the files it names never change and outlive the copying. What is published is
    left out: it is made again. Raises PermanentError where there is no home, its log is elsewhere or holds no event, or
    the file is there and is not a backup of the home as it stands.
    """
    home = settings.place
    if settings.log or settings.remote:
        raise PermanentError("The log is in PostgreSQL: back it up with pg_dump, and the folder of the home with it.")
    if not home.exists:
        raise PermanentError(f"There is no home at {home.root}.")
    try:
        with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
            copy = Path(folder) / LOG
            _copied(home.log, copy)
            paths = _named(home, copy)
            if target.exists():
                return _already(home, target, copy, len(paths))
            with whole(target) as aside, tarfile.open(aside, "w") as tar:
                tar.add(copy, LOG)
                if (home.root / SOURCES).exists():
                    tar.add((home.root / SOURCES).resolve(), SOURCES)
                for path in paths:
                    tar.add(home.root / path, path)
    except FileNotFoundError as error:
        raise PermanentError(f"{error.filename} is named by the log and not there. See: copydesk verify") from error
    return Saved(len(paths))


def _copied(log: Path, copy: Path) -> None:
    check_file(log)
    with (
        closing(sqlite3.connect(f"{log.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _named(home: Home, log: Path) -> list[str]:
    """The data files that a log names now. Raises PermanentError where it holds no event."""
    events = sqlite_log(log)
    state = State.open()
    try:
        if events.position() == 0:
            raise PermanentError(f"The log of {home} holds no event: there is nothing to back up.")
        state.catch_up(events)
        paths = [row[0] for row in state.rows("SELECT path FROM files ORDER BY path")]
        if strange := next((path for path in paths if not is_inside(path)), None):
            raise PermanentError(f"The log of {home} names {strange!r}, which leads out of it: it was not written by copydesk.")
        return paths
    finally:
        state.close()
        events.close()


def _already(home: Home, target: Path, log: Path, files: int) -> Saved:
    """For a file that is there. Raises PermanentError unless it is a backup that ends with the same event."""
    if not _is_backup_of(target, log):
        raise PermanentError(
            f"{target} is there already, and is no backup of {home} as it stands now. Choose another name, or move it away."
        )
    return Saved(files, already=True)


def _is_backup_of(archive: Path, log: Path) -> bool:
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        unpacked = Path(folder) / LOG
        try:
            with tarfile.open(archive, "r:") as tar, open(unpacked, "wb") as file:
                member = tar.extractfile(LOG)
                if member is None:
                    return False
                while chunk := member.read(1 << 20):
                    file.write(chunk)
            return last_event(unpacked) == last_event(log)
        except (OSError, KeyError, ValueError, tarfile.TarError, *LOG_ERRORS):
            return False


def last_event(log: Path, until: int | None = None) -> tuple[int, str] | None:
    """The position and the id of the last event of a log, or of its event at position `until`; none where there is none."""
    events = sqlite_log(log)
    try:
        position = events.position() if until is None else until
        last = list(events.read(position - 1, position)) if position else []
        return (last[-1].position, last[-1].id) if last else None
    finally:
        events.close()

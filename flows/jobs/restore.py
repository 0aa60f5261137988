"""Makes a home of a backup: unpacks it into another folder, checks it against its own log, and renames the folder last."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from copydesk.flows.jobs.backup import SOURCES, last_event
from copydesk.warehouse.errors import PermanentError, UnknownEvent
from copydesk.warehouse.events import Event, FileEntry
from copydesk.warehouse.home import LOG, Home
from copydesk.warehouse.log import LOG_ERRORS, EventLog, sqlite_log
from copydesk.warehouse.schemas import TABLES
from copydesk.warehouse.state import State
from copydesk.warehouse.store import READ_ONLY

DATA_FILE = re.compile(rf"data/({'|'.join(map(re.escape, TABLES))})/[\w-][\w.-]*\.parquet", re.ASCII)
"""What a data file of a home may be called."""

CHUNK = 1 << 20


def restore(archive: Path, target: Path) -> bool:
    """Makes a home of a backup; it is to be published before it is read. False where it was restored there before.

    The archive is unpacked into a folder beside the target, checked, and renamed: after a kill the same command begins
    anew. Raises PermanentError, and leaves the target as it is, where the target holds something else, or the archive is
    no backup: where it holds anything but the log, `sources.toml` and the data files that the log names, where one of
    these is missing or has another SHA-256, and where the log names a file that no home has.
    """
    target = target.resolve()
    if target.exists() and not target.is_dir():
        raise PermanentError(f"{target} is a file. Restore into a new folder: --home DIR")
    aside = target.with_name(f".{target.name}.restoring")
    try:
        with tarfile.open(archive, "r:") as tar:
            members = _members(tar, archive)
            _check_room(members, target)
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir(parents=True)
            try:
                _unpack(tar, members[LOG], aside / LOG)
                if target.exists() and any(target.iterdir()):
                    return _restored_before(aside / LOG, Home(target))
                _fill(tar, members, archive, aside)
                _put(aside, target)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
    except (tarfile.TarError, EOFError) as error:
        raise PermanentError(f"{archive} is no backup of copydesk: {str(error).splitlines()[0]}.") from error
    except OSError as error:
        raise PermanentError(f"{archive} cannot be restored: {error.filename or target}: {error.strerror or error}.") from error
    Home(target).prepared()
    return True


def _members(tar: tarfile.TarFile, archive: Path) -> Mapping[str, tarfile.TarInfo]:
    """The members by name. Raises PermanentError for any that a backup cannot hold."""
    members: dict[str, tarfile.TarInfo] = {}
    for member in tar:
        known = member.name in (LOG, SOURCES) or DATA_FILE.fullmatch(member.name)
        if not known or not member.isreg() or member.issparse() or member.name in members:
            raise PermanentError(
                f"{archive} is no backup of a home: {member.name!r} has no place in one. Nothing was restored."
            )
        members[member.name] = member
    if LOG not in members:
        raise PermanentError(f"{archive} is no backup of a home: it holds no log.")
    return members


def _check_room(members: Mapping[str, tarfile.TarInfo], target: Path) -> None:
    place = next(folder for folder in target.parents if folder.exists())
    needed, free = sum(member.size for member in members.values()), shutil.disk_usage(place).free
    if needed > free:
        raise PermanentError(
            f"The backup needs {needed:,} bytes, and {place} has room for {free:,}. Make room, or choose another."
        )


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> str:
    """Writes a member to a new file, on disk when this returns; gives its SHA-256."""
    source: IO[bytes] | None = tar.extractfile(member)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with open(path, "xb") as file:
        while source is not None and (chunk := source.read(CHUNK)):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _fill(tar: tarfile.TarFile, members: Mapping[str, tarfile.TarInfo], archive: Path, aside: Path) -> None:
    """Unpacks what the log in `aside` names, and `sources.toml`. Raises PermanentError where the archive is not whole."""
    named = _named(aside / LOG, archive)
    held = members.keys() - {LOG, SOURCES}
    if missing := sorted(named.keys() - held):
        raise PermanentError(
            f"{archive} is not whole: its log names {missing[0]}, which it does not hold. Nothing was restored."
        )
    if strange := sorted(held - named.keys()):
        raise PermanentError(f"{archive} holds {strange[0]}, which its log does not name. Nothing was restored.")
    for path, sha256 in named.items():
        if _unpack(tar, members[path], aside / path) != sha256:
            raise PermanentError(f"{archive} is damaged: {path} has another SHA-256 than its log says. Nothing was restored.")
        (aside / path).chmod(READ_ONLY)
    if SOURCES in members:
        _unpack(tar, members[SOURCES], aside / SOURCES)


def _named(log: Path, archive: Path) -> dict[str, str]:
    """The SHA-256 of each data file that a log names now, by path.

    Raises PermanentError where the log cannot be read, holds no event, or names a file that no home has.
    """
    try:
        with closing(sqlite_log(log)) as events, closing(State.open()) as state:
            for path in _paths(events):
                if not DATA_FILE.fullmatch(path):
                    raise PermanentError(f"The log in {archive} names {path!r}, which no home holds. Nothing was restored.")
            state.catch_up(events)
            if state.position == 0:
                raise PermanentError(f"The log in {archive} holds no event: there is nothing to restore.")
            return {row["path"]: row["sha256"] for row in state.rows("SELECT path, sha256 FROM files ORDER BY path")}
    except UnknownEvent:
        raise
    except (*LOG_ERRORS, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PermanentError(f"The log in {archive} cannot be read: {error}. Nothing was restored.") from error


def _paths(events: EventLog) -> Iterator[str]:
    """Every path of a data file that any event of a log names."""
    for recorded in events.read():
        yield from _paths_of(recorded.event)


def _paths_of(event: Event) -> Iterator[str]:
    for name in ("raw_file", "replaced", "paths", "files"):
        value: Any = getattr(event, name, ())
        for entry in filter(None, (value,) if isinstance(value, str) else value or ()):
            yield entry.path if isinstance(entry, FileEntry) else str(entry)


def _put(aside: Path, target: Path) -> None:
    """Renames the folder to its place. Raises PermanentError where an empty folder there cannot be taken away."""
    if target.exists():
        try:
            target.rmdir()
        except OSError as error:
            raise PermanentError(f"{target} cannot be replaced ({error.strerror}). Name a folder that is not there.") from error
    aside.rename(target)


def _restored_before(log: Path, home: Home) -> bool:
    """False where the home holds the backup's log, and perhaps went on since. Raises PermanentError where it is another."""
    last = last_event(log)
    if not home.exists or last is None or last_event(home.log, last[0]) != last:
        raise PermanentError(
            f"{home.root} is not empty, and holds no home of this backup. Restore into a new folder: --home DIR"
        )
    return False

"""The home, the event log and the lock that the settings name: in a folder, in an object store, in PostgreSQL."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.lock import Holder, Say, folder_lock, postgres_lock

if TYPE_CHECKING:
    from copydesk.warehouse.log import EventLog


def existing(settings: Settings) -> Home:
    """The settings' home. Raises PermanentError where nothing was ever ingested there."""
    home = settings.place
    if not home.exists and not settings.log:
        raise PermanentError(f"There is no home at {home}. Begin with: copydesk ingest FOLDER --home {home}")
    return home


def open_log(settings: Settings, home: Home) -> EventLog:
    """The event log of a home: in the home, or in PostgreSQL where the settings name one."""
    from copydesk.warehouse.log import postgres_log, sqlite_log

    return postgres_log(settings.log) if settings.log else sqlite_log(home.log)


def home_lock(settings: Settings, home: Home, holder: Holder, say: Say) -> contextlib.AbstractContextManager[None]:
    """The lock that lets one run at a time write to a home, wherever its log is.

    Raises HomeLocked where another run holds it for longer than the settings wait.
    """
    if settings.log:
        return postgres_lock(settings.log, holder, settings.wait, say)
    return folder_lock(home.lock, holder, settings.wait, say)

"""Checks a home against its log, while nobody writes to it."""

from __future__ import annotations

import uuid

from copydesk.flows.runs.storage import existing, home_lock, open_log
from copydesk.flows.settings import Settings
from copydesk.warehouse.lock import Holder, Say, process_name
from copydesk.warehouse.verify import Finding, verify


def check(settings: Settings, say: Say) -> list[Finding]:
    """Everything that is wrong with a home. Raises PermanentError where there is no home, HomeLocked."""
    home = existing(settings)
    with home_lock(settings, home, Holder(str(uuid.uuid4()), *process_name(), "verify"), say):
        log = open_log(settings, home)
        try:
            return list(verify(home, log))
        finally:
            log.close()

"""Events in the memory of this process, chained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.popo import POPOApplicationRecorder

from copydesk.warehouse.chain import chain_over, chained, opened


class MemoryRecorder(POPOApplicationRecorder):
    """Holds events in a list."""

    def _insert_events(
        self, stored_events: Sequence[StoredEvent], redacted: Mapping[int, bytes] | None = None, **more: Any
    ) -> Sequence[int] | None:
        """Inserts the events after the last one and puts `redacted` states in place of earlier ones: all or nothing."""
        with self._database_lock:
            ids: Sequence[int] | None = super()._insert_events(chained(stored_events, self._chain()), **more)
            for position, state in (redacted or {}).items():
                self._stored_events[position - 1] = replace(self._stored_events[position - 1], state=state)
            return ids

    def _chain(self) -> str:
        events = self._stored_events
        last = events[-1:] and opened(events[-1].originator_id, events[-1].originator_version, events[-1].state).chain
        return last or chain_over(opened(e.originator_id, e.originator_version, e.state) for e in events)

    def erase_remains(self) -> None:
        """Nothing of an earlier state remains in memory."""

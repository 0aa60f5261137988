"""Logs that released versions wrote stay readable: `tests/events/log-N.jsonl` is what version N of the events looked like.

A file there is frozen. When events change shape, `VERSION` rises, a new file joins, and the old ones must still pass.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent

from copydesk.warehouse.envelopes import VERSION, decode
from copydesk.warehouse.errors import UnknownEvent
from copydesk.warehouse.events import EVENTS
from copydesk.warehouse.log import EventLog, memory_log
from copydesk.warehouse.state import State
from tests.conftest import ROOT

LOGS = sorted((ROOT / "tests" / "events").glob("log-*.jsonl"))
FOLDED = {
    "log-1": {
        "documents": [("duplicate", 2), ("ingested", 10), ("purged", 1), ("rejected", 1)],
        "runs": [("abandoned", 1), ("completed", 10)],
        "reviews": [("corrected", 1)],
    }
}
"""What each log has told since it was frozen."""


def log_of(lines: list[str]) -> EventLog:
    log = memory_log()
    for number, line in enumerate(lines, 1):
        log._store([StoredEvent(uuid.uuid4(), 1, json.loads(line)["type"], line.encode())])
        assert log.position() == number
    return log


ADDED_SINCE = {"entity.ruled", "claim.added", "story.ruled"}
"""Kinds of events that came after the logs were frozen."""


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_every_event_of_an_old_log_is_read_with_all_that_it_said(path: Path) -> None:
    seen = set()
    for position, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        recorded = decode(position, line.encode())
        seen.add(recorded.event.type)
        assert recorded.envelope["specversion"] == "1.0"
        for name, value in json.loads(line)["data"].items():
            assert hasattr(recorded.event, name), f"{recorded.event.type} lost {name}"
            assert value is None or getattr(recorded.event, name) is not None
    assert seen | ADDED_SINCE == set(EVENTS), "a frozen log holds every kind of event of its time"


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_an_old_log_folds_to_what_it_told(path: Path) -> None:
    state = State.open().catch_up(log_of(path.read_text(encoding="utf-8").splitlines()))
    told = {
        "documents": state.rows("SELECT status, count(*) FROM documents GROUP BY 1 ORDER BY 1"),
        "runs": state.rows("SELECT outcome, count(*) FROM runs GROUP BY 1 ORDER BY 1"),
        "reviews": state.rows("SELECT verdict, count(*) FROM reviews GROUP BY 1 ORDER BY 1"),
    }
    assert {name: [tuple(row) for row in rows] for name, rows in told.items()} == FOLDED[path.stem]


def test_every_version_has_its_frozen_log() -> None:
    assert [path.stem for path in LOGS] == [f"log-{version}" for version in range(1, VERSION + 1)]


def test_a_log_with_one_event_of_a_newer_program_stops_the_fold_and_changes_nothing() -> None:
    lines = LOGS[-1].read_text(encoding="utf-8").splitlines()
    newer = json.loads(lines[20])
    newer["dataschema"] = newer["dataschema"].rpartition(":")[0] + f":{VERSION + 1}"
    lines[20] = json.dumps(newer)
    state = State.open()
    with pytest.raises(UnknownEvent, match=r"at position 21.*Upgrade copydesk"):
        state.catch_up(log_of(lines))
    assert state.position == 0

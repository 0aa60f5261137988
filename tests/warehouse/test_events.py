"""Events: round trips, and what is not understood."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import pytest

from copydesk.warehouse.envelopes import decode, encode
from copydesk.warehouse.errors import UnknownEvent
from copydesk.warehouse.events import EVENTS, Event, FileEntry, RunFinished
from tests.receipts import receipt

NOW = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)
FILE = FileEntry(table="facts", path="data/facts/1.parquet", rows=1, bytes=2, sha256="ab", schema=1)
RECEIVED = receipt("file:///a.txt", document_id="d", received_at=NOW)


def test_an_event_comes_back_as_it_was() -> None:
    end = RunFinished(
        run_id="r", kind="ingest", outcome="completed", started_at=NOW, counts={"received": 2}, sources=("inbox",)
    )
    for event in (RECEIVED, end):
        assert decode(7, encode(event, "run", NOW)).event == event


@dataclass(frozen=True)
class Planned(Event):
    """An event with every kind of field that a later one may have."""

    type: ClassVar[str] = "run.planned"
    run_id: str
    at: datetime
    until: datetime | None = None
    day: date | None = None
    days: Sequence[date] = ()
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    last: FileEntry | None = None
    share: float | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    note: Mapping[str, Any] = field(default_factory=dict)


@pytest.mark.parametrize(
    "event",
    [
        Planned("r", NOW),
        Planned(
            "r",
            NOW,
            NOW,
            NOW.date(),
            (NOW.date(), date(2024, 1, 1)),
            {"a": FILE},
            FILE,
            0.25,
            {"received": 2},
            {"paths": ["a"], "n": {"x": None}},
        ),
    ],
)
def test_a_field_of_any_declared_type_comes_back_as_it_was(event: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EVENTS, Planned.type, Planned)
    assert decode(7, encode(event, "run", NOW)).event == event


def test_the_envelope_follows_cloudevents() -> None:
    envelope = json.loads(encode(RECEIVED, "run", NOW))
    assert {"specversion", "id", "source", "type", "subject", "time", "dataschema", "data"} <= set(envelope)
    assert envelope["specversion"] == "1.0"
    assert envelope["subject"] == "d"
    assert envelope["type"] == "document.received"


def test_types_are_the_stable_strings_of_the_design() -> None:
    assert set(EVENTS) == set(
        "run.started run.finished run.abandoned document.received document.ingested document.rejected document.duplicate "
        "document.requeued document.withdrawn document.purged batch.committed knowledge.learned files.compacted files.swept "
        "source.polled claim.reviewed claim.added entity.ruled story.ruled".split()
    )


def test_an_old_event_without_a_later_field_is_read_with_its_default() -> None:
    envelope = json.loads(encode(RECEIVED, "run", NOW))
    del envelope["data"]["problem_detail"]
    assert decode(1, json.dumps(envelope).encode()).event == RECEIVED


@pytest.mark.parametrize("change", [{"type": "document.translated"}, {"dataschema": "copydesk:document.received:99"}])
def test_an_event_from_a_newer_program_stops_with_a_message(change: dict[str, str]) -> None:
    envelope = json.loads(encode(RECEIVED, "run", NOW)) | change
    with pytest.raises(UnknownEvent, match="Upgrade copydesk"):
        decode(4, json.dumps(envelope).encode())

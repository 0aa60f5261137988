"""A source's rhythm, and when its silence is news."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from copydesk.flows.runs.silence import silence_of
from copydesk.warehouse.log import memory_log
from copydesk.warehouse.state import State
from tests.receipts import receipt

START = datetime(2024, 5, 1, 6, tzinfo=UTC)


def run_at(now: datetime, *hours: float) -> Any:
    """A run of a home whose source gave something new so many hours after the start."""
    log = memory_log()
    events = [
        receipt(f"file:///{n}", source="wire", sha256=f"{n:064}", received_at=START + timedelta(hours=hour))
        for n, hour in enumerate(hours)
    ]
    log.writer(str(uuid.uuid4())).append(*events)
    return SimpleNamespace(state=State.open().catch_up(log), started_at=now)


def test_three_times_the_rhythm_is_silence() -> None:
    hourly = (0, 1, 2, 3, 4)
    assert silence_of(run_at(START + timedelta(hours=6.5), *hourly), "wire") is None
    silence = silence_of(run_at(START + timedelta(hours=7.5), *hourly), "wire")
    assert silence is not None
    assert silence.usual == timedelta(hours=1)
    assert "3.5 hours" in str(silence)


@pytest.mark.parametrize("hours", [(), (0,), (0, 1, 2)])
def test_without_a_rhythm_there_is_no_silence(hours: tuple[float, ...]) -> None:
    assert silence_of(run_at(START + timedelta(days=90), *hours), "wire") is None


def test_another_source_says_nothing_of_this_one() -> None:
    assert silence_of(run_at(START + timedelta(days=90), 0, 1, 2, 3, 4), "inbox") is None

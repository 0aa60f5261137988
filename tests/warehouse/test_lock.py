"""The lock: one at a time, dead with its process, patient, and able to say for whom it waits."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from copydesk.warehouse.errors import HomeLocked
from copydesk.warehouse.lock import Holder, folder_lock, postgres_lock
from tests.processes import holder

ME = Holder("0123456789", 1, "here", "ingest")


def test_another_process_waits_and_is_told_for_whom(tmp_path: Path) -> None:
    process = holder(tmp_path / "lock")
    said: list[str] = []
    try:
        with (
            pytest.raises(HomeLocked, match=r"publish run abcdefgh \(process 77 on desk\)"),
            folder_lock(tmp_path / "lock", ME, 0.3, said.append),
        ):
            pass
        assert said and "publish run abcdefgh" in said[0]
    finally:
        process.kill()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    process = holder(tmp_path / "lock")
    process.send_signal(signal.SIGKILL)
    process.wait()
    with folder_lock(tmp_path / "lock", ME, 0, print):
        pass


def test_the_lock_can_be_taken_again_after_it_was_left(tmp_path: Path) -> None:
    for _ in range(2):
        with folder_lock(tmp_path / "lock", ME, 0, print):
            pass


def test_postgres_holds_one_lock_for_all(postgres: str) -> None:
    said: list[str] = []
    with (
        postgres_lock(postgres, ME, 0, said.append),
        pytest.raises(HomeLocked, match="ingest run 01234567"),
        postgres_lock(postgres, Holder("zzzzzzzz", 2, "there", "ingest"), 0.3, said.append),
    ):
        pass
    with postgres_lock(postgres, ME, 0, said.append):
        pass

"""What a run tells while it goes on adds up."""

from __future__ import annotations

from pathlib import Path

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource


class Kept(Progress):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int, int]] = []

    def batch(self, done: int, total: int, rejected: int) -> None:
        self.told.append((done, total, rejected))


def test_no_more_documents_are_rejected_than_decided(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        # The same bytes: the first is decided in one pass, and when it was turned away the others in a second.
        (folder / f"{number}.txt").write_text("Too short to be an article.", encoding="utf-8")
    progress = Kept()
    run = ingest(Settings(home=tmp_path / "home", jobs=1, max_rejects=1.0), FolderSource("test", [folder]), {}, progress)
    assert run.tally.counts["rejected"] == 4
    assert len(progress.told) == 2
    assert all(rejected <= done <= total for done, total, rejected in progress.told), progress.told
    assert sum(done for done, _, _ in progress.told) == 4

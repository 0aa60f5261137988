"""Requeue as a run of the Prefect UI: what is read again lies within what the operator allows."""

from __future__ import annotations

import zipfile
from pathlib import Path

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.reprocess import Rejects, requeue, requeue_steps
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.bounds import bounds_of
from copydesk.flows.sources.registry import add_source, read_sources, source_of
from copydesk.flows.sources.source_options import Spec
from copydesk.warehouse.home import Home
from tests.conftest import Ingest, article, rows
from tests.flows.websites import page, running


def again_from_outside(settings: Settings) -> Run:
    """What a run of the Prefect UI does."""
    with open_run(settings, "requeue", {}, Progress()) as run:
        requeue_steps(run, Rejects(), bounds=bounds_of(settings, read_sources(settings.place)))
    return run


BROKEN = b"PK\x03\x04 no zip"


def whole(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("1.txt", article(1))


def test_a_run_from_outside_reads_again_within_the_bounds_alone(take: Ingest, tmp_path: Path) -> None:
    """Also what an operator's own command had read, and what a link leads to since."""
    allowed, secret, home = tmp_path / "news", tmp_path / "secret", tmp_path / "home"
    for folder in (allowed, secret):
        folder.mkdir()
        (folder / "a.zip").write_bytes(BROKEN)
    (allowed / "late.zip").write_bytes(BROKEN)
    assert take(allowed, secret).tally.counts["rejected"] == 3
    for path in (allowed / "a.zip", secret / "a.zip"):
        path.unlink()
        whole(path)
    (allowed / "late.zip").unlink()
    (allowed / "late.zip").symlink_to(secret / "a.zip")
    settings = Settings(home=home, jobs=1, max_rejects=1.0, allowed_roots=(str(allowed),))
    run = again_from_outside(settings)
    assert run.tally.skipped["outside_allowed_roots"] == 2
    assert rows(home, "SELECT source_uri FROM articles") == [((allowed / "a.zip").as_uri() + "#1.txt",)]
    # The operator's own command is free.
    requeue(Settings(home=home, jobs=1, max_rejects=1.0), Rejects(), Progress())
    assert rows(home, "SELECT count(*) FROM documents WHERE status IN ('ingested', 'duplicate')") == [(2,)]


def test_a_run_from_outside_asks_no_private_host_that_the_operator_does_not_allow(tmp_path: Path) -> None:
    home, listed = tmp_path / "home", tmp_path / "list.txt"
    place = Home(home).prepared()
    spec = Spec(name="web", kind="urls", location=str(listed), allow=("127.0.0.1",), confined=True)
    add_source(place, spec)
    with running() as site:
        listed.write_text(f"{site.root}/1.html\n", encoding="utf-8")
        ingest(Settings(home=home, jobs=1, max_rejects=1.0), source_of(spec, 1 << 20), {}, Progress())
        assert rows(home, "SELECT count(*) FROM rejects") == [(1,)]
        site.put("/1.html", page(1))
        site.headers.clear()
        again_from_outside(Settings(home=home, jobs=1, max_rejects=1.0))
        assert not site.headers
        run = again_from_outside(Settings(home=home, jobs=1, max_rejects=1.0, allowed_hosts=("127.0.0.1",)))
        assert run.tally.counts["ingested"] == 1

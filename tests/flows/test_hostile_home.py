"""A home that somebody else made: what stands in it where a file belongs is told, and leads to no file outside."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from copydesk.warehouse.home import Home
from copydesk.warehouse.published import published_position
from tests.conftest import copydesk
from tests.homes import first, found, odd_file

HARM: dict[str, Callable[[Path], object]] = {
    "other bytes": lambda log: log.write_bytes(b"no database " * 1000),
    "its beginning alone": lambda log: log.write_bytes(log.read_bytes()[:9000]),
    **{kind: partial(odd_file, kind=kind) for kind in ("pipe", "folder", "loop")},
}


@pytest.mark.parametrize("harm", HARM)
def test_what_is_no_log_is_told_in_a_sentence(own_home: Path, tmp_path: Path, harm: str) -> None:
    for beside in own_home.glob("log.sqlite-*"):
        beside.unlink()
    HARM[harm](own_home / "log.sqlite")
    for command in (["verify"], ["publish"], ["maintain"], ["backup", tmp_path / "saved.tar"]):
        told = copydesk(*command, "--home", own_home)
        assert told.returncode == 1, (command, told)
        assert told.stderr.startswith("copydesk: ") and "Traceback" not in told.stderr, (command, told.stderr)
        assert not (tmp_path / "saved.tar").exists()


def test_a_pipe_or_a_device_where_a_data_file_belongs_is_found(own_home: Path) -> None:
    piped, device = first(own_home, "articles"), first(own_home, "facts")
    odd_file(piped, "pipe")
    odd_file(device, "device")
    told = {finding.what: finding.detail for finding in found(own_home)}
    for path in (piped, device):
        assert "cannot be read" in told[str(path.relative_to(own_home))]


@pytest.mark.parametrize("files", [["/etc/hostname"], ["../outside.parquet"], [7], "all", None])
def test_a_warehouse_that_names_files_outside_is_published_anew(own_home: Path, files: object) -> None:
    """Whoever asks it in SQL, or writes a report of it, would read them."""
    beside = (own_home / "warehouse.duckdb").resolve().with_suffix(".json")
    told = json.loads(beside.read_text(encoding="utf-8"))
    beside.chmod(0o644)
    beside.write_text(json.dumps({**told, "files": files}), encoding="utf-8")
    assert published_position(Home(own_home)) == -1
    refused = copydesk("sql", "from articles", "--home", own_home)
    assert (refused.returncode, "copydesk publish" in refused.stderr) == (1, True)
    assert copydesk("publish", "--home", own_home).returncode == 0
    assert copydesk("sql", "select count(*) from articles", "--home", own_home).returncode == 0


@pytest.mark.parametrize("target", ["/etc/hostname", "published/other.duckdb", "published/../../x.duckdb", "warehouse.duckdb"])
def test_a_warehouse_that_leads_elsewhere_is_none(own_home: Path, target: str) -> None:
    published = (own_home / "warehouse.duckdb").resolve()
    for name in ("published/other", "../x"):
        shutil.copy(published, own_home / f"{name}.duckdb")
        shutil.copy(published.with_suffix(".json"), own_home / f"{name}.json")
    (own_home / "warehouse.duckdb").unlink()
    (own_home / "warehouse.duckdb").symlink_to(target)
    assert published_position(Home(own_home)) == -1

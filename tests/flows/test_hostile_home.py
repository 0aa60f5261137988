"""A home that somebody else made: what stands in it where a file belongs is told, and leads to no file outside."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.warehouse.home import Home
from copydesk.warehouse.published import published_position
from tests.conftest import copydesk
from tests.homes import first, found


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """A home of its own, as it is after it was moved and published anew."""
    copied = tmp_path / "home"
    shutil.copytree(sample_home, copied, symlinks=True)
    assert copydesk("publish", "--home", copied).returncode == 0
    return copied


def pipe(log: Path) -> None:
    log.unlink()
    os.mkfifo(log)


def folder(log: Path) -> None:
    log.unlink()
    log.mkdir()


def link(log: Path) -> None:
    log.unlink()
    log.symlink_to(log)


HARM: dict[str, Callable[[Path], object]] = {
    "other bytes": lambda log: log.write_bytes(b"no database " * 1000),
    "its beginning alone": lambda log: log.write_bytes(log.read_bytes()[:9000]),
    "a pipe": pipe,
    "a folder": folder,
    "a link to itself": link,
}


@pytest.mark.parametrize("harm", HARM)
def test_what_is_no_log_is_told_in_a_sentence(home: Path, tmp_path: Path, harm: str) -> None:
    for beside in home.glob("log.sqlite-*"):
        beside.unlink()
    HARM[harm](home / "log.sqlite")
    for command in (["verify"], ["publish"], ["maintain"], ["backup", tmp_path / "saved.tar"]):
        told = copydesk(*command, "--home", home)
        assert told.returncode == 1, (command, told)
        assert told.stderr.startswith("copydesk: ") and "Traceback" not in told.stderr, (command, told.stderr)
        assert not (tmp_path / "saved.tar").exists()


def test_a_pipe_or_a_device_where_a_data_file_belongs_is_found(home: Path) -> None:
    piped, device = first(home, "articles"), first(home, "facts")
    for path in (piped, device):
        path.unlink()
    os.mkfifo(piped)
    device.symlink_to("/dev/zero")
    told = {finding.what: finding.detail for finding in found(home)}
    for path in (piped, device):
        assert "cannot be read" in told[str(path.relative_to(home))]


@pytest.mark.parametrize("files", [["/etc/hostname"], ["../outside.parquet"], [7], "all", None])
def test_a_warehouse_that_names_files_outside_is_published_anew(home: Path, files: object) -> None:
    """Whoever asks it in SQL, or writes a report of it, would read them."""
    beside = (home / "warehouse.duckdb").resolve().with_suffix(".json")
    told = json.loads(beside.read_text(encoding="utf-8"))
    beside.chmod(0o644)
    beside.write_text(json.dumps({**told, "files": files}), encoding="utf-8")
    assert published_position(Home(home)) == -1
    refused = copydesk("sql", "from articles", "--home", home)
    assert (refused.returncode, "copydesk publish" in refused.stderr) == (1, True)
    assert copydesk("publish", "--home", home).returncode == 0
    assert copydesk("sql", "select count(*) from articles", "--home", home).returncode == 0


@pytest.mark.parametrize("target", ["/etc/hostname", "published/other.duckdb", "published/../../x.duckdb", "warehouse.duckdb"])
def test_a_warehouse_that_leads_elsewhere_is_none(home: Path, target: str) -> None:
    published = (home / "warehouse.duckdb").resolve()
    for name in ("published/other", "../x"):
        shutil.copy(published, home / f"{name}.duckdb")
        shutil.copy(published.with_suffix(".json"), home / f"{name}.json")
    (home / "warehouse.duckdb").unlink()
    (home / "warehouse.duckdb").symlink_to(target)
    assert published_position(Home(home)) == -1

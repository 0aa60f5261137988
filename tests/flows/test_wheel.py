"""The wheel and the source archive hold what they must, and what pipx and uv install of the wheel works in anybody's folder.

No registry is asked: pipx and uv install the wheel alone, and the environment that they make finds the dependencies in that of
the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.conftest import rows
from tests.flows.wheels import OUTSIDE_OF_WHEEL, PACKAGES, built, contents_of, said, with_dependencies


def test_the_wheel_holds_every_module_template_asset_table_and_sample(tree: Path, wheel: Path) -> None:
    held = contents_of(wheel)
    files = [path.relative_to(tree) for name in PACKAGES for path in (tree / name).rglob("*") if path.is_file()]
    wanted = {f"copydesk/{path}": path for path in files if not str(path).startswith(OUTSIDE_OF_WHEEL)}
    assert {name for name in held if ".dist-info/" not in name} == set(wanted)
    assert all(held[name] == (tree / path).read_bytes() for name, path in wanted.items())
    assert {f"copydesk/{name}/py.typed" for name in PACKAGES} < set(held)


def test_the_source_archive_makes_the_same_wheel(tree: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(built(tree, "sdist", tmp_path / "sdist")) as packed:
        packed.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert contents_of(built(unpacked, "wheel", tmp_path / "again")) == contents_of(wheel)


@pytest.fixture(scope="module")
def by_pipx(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command that `pipx install` makes of the wheel."""
    pytest.importorskip("pipx")
    base = tmp_path_factory.mktemp("pipx")
    places = {"PIPX_HOME": base / "home", "PIPX_BIN_DIR": base / "bin", "PIPX_MAN_DIR": base / "man"}
    alone = {"PIP_NO_INDEX": 1, "PIP_NO_DEPS": 1, "PIP_CONFIG_FILE": os.devnull}
    said(sys.executable, "-m", "pipx", "install", "--python", sys.executable, wheel, cwd=base, **places, **alone)
    return with_dependencies(base / "bin" / "copydesk", base / "home" / "venvs" / "copydesk")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A working folder of somebody who names folders as we do."""
    folder = tmp_path / "desk"
    for name in ("copydesk", "flows", "transforms", "prefect"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text("raise SystemExit('another package hides ours')\n", encoding="utf-8")
    return folder


def works(installed: Path, folder: Path) -> None:
    """An installed command takes in the samples that it brings, and writes a report of them, in a working folder."""
    samples = next(installed.resolve().parent.parent.glob("lib/python*/site-packages/copydesk/seeds/articles"))
    assert said(installed, "--version", cwd=folder).stdout == f"copydesk {version('copydesk')}\n"
    assert "15 ingested" in said(installed, "ingest", samples, "--jobs", "1", cwd=folder).stdout
    assert rows(folder / "data", "SELECT count(*) FROM articles") == [(15,)]
    said(installed, "report", cwd=folder)
    assert (folder / "data" / "report" / "assets" / "report.js").stat().st_size > 100_000


def test_a_wheel_that_pipx_installed_works_in_an_empty_folder(by_pipx: Path, tmp_path: Path) -> None:
    works(by_pipx, tmp_path)


def test_a_wheel_that_uv_installed_works_beside_folders_with_our_names(by_uv: Path, desk: Path) -> None:
    works(by_uv, desk)


def test_types_reach_a_program_that_uses_the_wheel(by_uv: Path, tmp_path: Path) -> None:
    python = by_uv.resolve().parent / "python"
    program = tmp_path / "program.py"
    good = "from copydesk.transforms.sentences import split_sentences\n\nends: list[int] = [span.end for span in split_sentences('A. B.')]\n"
    check = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--python-executable", str(python), str(program)]
    program.write_text(good, encoding="utf-8")
    said(*check, cwd=tmp_path)
    program.write_text(good.replace("list[int]", "list[str]"), encoding="utf-8")
    wrong = subprocess.run(check, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert wrong.returncode == 1
    assert "str" in wrong.stdout, wrong.stdout

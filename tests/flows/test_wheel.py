"""The wheel and the source archive hold what they must, and what pipx and uv install of the wheel works in anybody's folder.

No registry is asked: pipx and uv install the wheel alone, and the environment that they make finds the dependencies in that of
the tests.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.conftest import ROOT, article, rows
from tests.flows.serving import STOPS_WITHIN, Served, eventually, free_port

PACKAGES = ("expectations", "flows", "seeds", "transforms", "warehouse")
OUTSIDE_OF_WHEEL = "flows/site/front/"
"""What the report's script is made from; the wheel holds what is made."""


def said(*command: object, cwd: Path, **environment: object) -> subprocess.CompletedProcess[str]:
    """What a command of another program says; it has to end well."""
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "PREFECT_", "PIP_", "UV_", "PYTHON"))}
    given = outside | {name: str(value) for name, value in environment.items()}
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd=cwd, env=given, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def built(tree: Path, kind: str, into: Path) -> Path:
    """The wheel or the sdist that the project's build backend makes of a tree, as pip and build call it."""
    into.mkdir(parents=True, exist_ok=True)
    call = f"from setuptools import build_meta; print(build_meta.build_{kind}({str(into)!r}))"
    return into / said(sys.executable, "-P", "-c", call, cwd=tree).stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's files in a folder of their own: nothing is left of an earlier build."""
    made = tmp_path_factory.mktemp("dist") / "tree"
    made.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, made)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, made / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    return made


@pytest.fixture(scope="module")
def wheel(tree: Path) -> Path:
    return built(tree, "wheel", tree.parent / "wheel")


def contents_of(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as packed:
        return {name: packed.read(name) for name in packed.namelist() if not name.endswith("/RECORD")}


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


def with_dependencies(command: Path, environment: Path) -> Path:
    """A command whose environment finds what it depends on in that of the tests."""
    (packages,) = environment.glob("lib/python*/site-packages")
    # No .pth file of these folders is read, so that the tests' own copydesk is not among them.
    known = [folder for folder in sys.path if Path(folder).name in ("site-packages", "dist-packages")]
    (packages / "dependencies.pth").write_text("\n".join(known) + "\n", encoding="utf-8")
    where = "import copydesk.flows as it; print(it.__file__)"
    assert said(environment / "bin" / "python", "-P", "-c", where, cwd=packages).stdout.startswith(str(packages))
    return command


@pytest.fixture(scope="module")
def by_pipx(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command that `pipx install` makes of the wheel."""
    pytest.importorskip("pipx")
    base = tmp_path_factory.mktemp("pipx")
    places = {"PIPX_HOME": base / "home", "PIPX_BIN_DIR": base / "bin", "PIPX_MAN_DIR": base / "man"}
    alone = {"PIP_NO_INDEX": 1, "PIP_NO_DEPS": 1, "PIP_CONFIG_FILE": os.devnull}
    said(sys.executable, "-m", "pipx", "install", "--python", sys.executable, wheel, cwd=base, **places, **alone)
    return with_dependencies(base / "bin" / "copydesk", base / "home" / "venvs" / "copydesk")


@pytest.fixture(scope="module")
def by_uv(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command that `uv tool install` makes of the wheel.

    It has no option to leave out what a wheel depends on: each dependency is overridden by one that no interpreter needs.
    """
    pytest.importorskip("uv")
    base = tmp_path_factory.mktemp("uv")
    metadata = next(data for name, data in contents_of(wheel).items() if name.endswith("/METADATA")).decode()
    needed = sorted(set(re.findall(r"^Requires-Dist: ([\w.-]+)", metadata, re.MULTILINE)))
    (base / "overrides.txt").write_text("".join(f"{name} ; python_version < '3'\n" for name in needed), encoding="utf-8")
    places = {"UV_TOOL_DIR": base / "tools", "UV_TOOL_BIN_DIR": base / "bin", "UV_CACHE_DIR": base / "cache"}
    flags = ["--offline", "--no-index", "--no-config", "--python", sys.executable, "--overrides", base / "overrides.txt"]
    said(sys.executable, "-m", "uv", "tool", "install", *flags, wheel, cwd=base, **places)
    return with_dependencies(base / "bin" / "copydesk", base / "tools" / "copydesk")


@pytest.fixture(params=["by_pipx", "by_uv"])
def installed(request: pytest.FixtureRequest) -> Path:
    """The command `copydesk` as one of the two installs it."""
    return Path(request.getfixturevalue(request.param))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A working folder of somebody who names folders as we do, with one article."""
    folder = tmp_path / "desk"
    for name in ("copydesk", "flows", "transforms", "prefect"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text("raise SystemExit('another package hides ours')\n", encoding="utf-8")
    (folder / "news").mkdir()
    (folder / "news" / "road.txt").write_text(article(1), encoding="utf-8")
    return folder


def test_an_installed_wheel_works_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    samples = next(installed.resolve().parent.parent.glob("lib/python*/site-packages/copydesk/seeds/articles"))
    assert said(installed, "--version", cwd=tmp_path).stdout == f"copydesk {version('copydesk')}\n"
    assert "15 ingested" in said(installed, "ingest", samples, "--jobs", "1", cwd=tmp_path).stdout
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(15,)]
    said(installed, "report", cwd=tmp_path)
    assert (tmp_path / "data" / "report" / "assets" / "report.js").stat().st_size > 100_000


def test_folders_of_the_users_own_with_our_names_disturb_no_command(by_uv: Path, desk: Path) -> None:
    said(by_uv, "ingest", "news", "--jobs", "1", cwd=desk)
    assert rows(desk / "data", "SELECT count(*) FROM articles") == [(1,)]


def test_folders_of_the_users_own_with_our_names_disturb_no_server(by_uv: Path, desk: Path) -> None:
    port, told = free_port(), desk / "told.txt"
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "PREFECT_", "PYTHON"))}
    with told.open("w") as out:
        process = subprocess.Popen([by_uv, "up", "--port", str(port)], stdout=out, stderr=out, text=True, env=outside, cwd=desk)
    try:
        eventually(lambda: process.poll() is not None or "Ctrl-C" in told.read_text())
        served = Served(desk / "data", f"http://127.0.0.1:{port}", process, desk, desk, told)
        # Deployments are there once the runner has started.
        assert eventually(lambda: process.poll() is not None or "id" in served.deployment("verify/verify"))
        assert process.poll() is None, told.read_text()
    finally:
        process.terminate()
        process.wait(STOPS_WITHIN)
    assert "another package hides ours" not in told.read_text()


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

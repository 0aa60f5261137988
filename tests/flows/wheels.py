"""The wheel of this tree, and what pipx and uv make of it, for tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import ROOT

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


def contents_of(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as packed:
        return {name: packed.read(name) for name in packed.namelist() if not name.endswith("/RECORD")}


def with_dependencies(command: Path, environment: Path) -> Path:
    """A command whose environment finds what it depends on in that of the tests."""
    (packages,) = environment.glob("lib/python*/site-packages")
    # No .pth file of these folders is read, so that the tests' own copydesk is not among them.
    known = [folder for folder in sys.path if Path(folder).name in ("site-packages", "dist-packages")]
    (packages / "dependencies.pth").write_text("\n".join(known) + "\n", encoding="utf-8")
    where = "import copydesk.flows as it; print(it.__file__)"
    assert said(environment / "bin" / "python", "-P", "-c", where, cwd=packages).stdout.startswith(str(packages))
    return command


def tree_into(folder: Path) -> Path:
    """The project's files in a folder of their own: nothing is left of an earlier build."""
    made = folder / "tree"
    made.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, made)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, made / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    return made


def installed_by_uv(wheel: Path, base: Path) -> None:
    """What `uv tool install` makes of the wheel, below a folder: `bin/copydesk` and its environment.

    It has no option to leave out what a wheel depends on: each dependency is overridden by one that no interpreter needs.
    """
    metadata = next(data for name, data in contents_of(wheel).items() if name.endswith("/METADATA")).decode()
    needed = sorted(set(re.findall(r"^Requires-Dist: ([\w.-]+)", metadata, re.MULTILINE)))
    (base / "overrides.txt").write_text("".join(f"{name} ; python_version < '3'\n" for name in needed), encoding="utf-8")
    places = {"UV_TOOL_DIR": base / "tools", "UV_TOOL_BIN_DIR": base / "bin", "UV_CACHE_DIR": base / "cache"}
    flags = ["--offline", "--no-index", "--no-config", "--python", sys.executable, "--overrides", base / "overrides.txt"]
    said(sys.executable, "-m", "uv", "tool", "install", *flags, wheel, cwd=base, **places)
    with_dependencies(base / "bin" / "copydesk", base / "tools" / "copydesk")

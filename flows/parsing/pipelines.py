"""Finds the pipeline that reads sentences, and names it as the log does. Loads nothing: spaCy is imported elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from copydesk.warehouse.errors import PermanentError

CONFIG = "config.cfg"
"""The file that every pipeline of spaCy holds."""


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """A pipeline on this machine."""

    folder: Path
    name: str
    """The name under which the log records it: language, name, version and a digest of all its files."""


@cache
def pipeline(given: str = "") -> Pipeline:
    """The pipeline that a setting names: an installed package, a folder, or the shipped one where it names none.

    Raises PermanentError where there is none of that name.
    """
    folder = _folder(given) if given else Path(str(files("copydesk.seeds") / "pipeline"))
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    name = f"{meta['lang']}_{meta['name']}_{meta['version']}_{_digest(folder)}"
    return Pipeline(folder=folder, name=re.sub(r"[^\w.]", "_", name))


def _folder(given: str) -> Path:
    """The folder of an installed package's pipeline, or the folder itself."""
    named = Path(given).expanduser()
    if "/" not in given and (spec := _package(given)) is not None and spec.origin is not None:
        named = Path(spec.origin).parent
        named = next((found.parent for found in sorted(named.rglob(CONFIG))), named)
    if not (named / CONFIG).is_file() or not (named / "meta.json").is_file():
        raise PermanentError(
            f"The pipeline {given!r} is neither an installed package nor a folder of a spaCy pipeline. "
            f"Install it into this environment, or take pipeline out of the settings to use the shipped one."
        )
    return named


def _package(name: str) -> ModuleSpec | None:
    """The installed package of a name; nothing is run to find it."""
    return find_spec(name) if re.fullmatch(r"[^\W\d]\w*", name) else None


def _digest(folder: Path) -> str:
    """The first hexadecimal digits of the SHA-256 of every file of a folder, with its name."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        whole.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                whole.update(block)
    return whole.hexdigest()[:8]

"""What readers see, told without opening it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from warehouse.home import Home


def published_position(home: Home) -> int:
    """The position that readers see, -1 where nothing is published or the home was moved since."""
    try:
        target = os.readlink(home.warehouse)
    except OSError:
        return -1
    if not (home.root / target).exists() or not _still_here(home, home.root / target):
        return -1
    return int(Path(target).name.split("-")[1])


def _still_here(home: Home, path: Path) -> bool:
    """Whether the published file names files of this folder: after a home was moved it does not."""
    try:
        named = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(named.get("root") == str(home.root.resolve()))

"""A real Chromium for tests to look through."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import playwright.sync_api as playwright

CHROMIUM: str | None = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()
PATIENCE = 600_000
"""Milliseconds that a page is waited for: only one that never comes fails its test."""
AXE = {"preload": False, "resultTypes": ["violations"]}
"""Asks axe for what is wrong alone, which it finds sooner than what is right with it."""


def picture(page: playwright.Page, name: str) -> None:
    """Keeps a picture for the documentation where PICTURES asks for it."""
    if folder := os.environ.get("PICTURES"):
        page.wait_for_load_state("networkidle")
        page.screenshot(path=str(Path(folder) / f"{name}.jpg"), type="jpeg", quality=50)

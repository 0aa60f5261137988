"""Times a report and its first page.

    python -m bench.report HOME

Writes the whole report of a home, then again with nothing new, and opens its first page in Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(home: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for what in ("whole", "again"):
            began = time.perf_counter()
            command = [sys.executable, "-m", "copydesk.flows.cli", "report", "--home", home, "--out", scratch]
            told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
            print(f"{what}: {time.perf_counter() - began:.1f} s; {told.partition(' and ')[2]}")
        size = sum(path.stat().st_size for path in Path(scratch).rglob("*") if path.is_file())
        print(f"{size / 1e6:.0f} MB in all; overview {(Path(scratch) / 'index.html').stat().st_size / 1e3:.0f} kB")
        from playwright.sync_api import sync_playwright

        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page()
            page.goto((Path(scratch) / "index.html").as_uri())
            page.wait_for_selector("html[data-ready]")
            ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
            print(f"overview ready after {ready:.0f} ms")
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1])

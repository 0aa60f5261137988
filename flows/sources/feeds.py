"""The entries of an RSS or Atom feed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from copydesk.flows.sources.addresses import printable, tidy
from copydesk.flows.sources.answers import Fetched
from copydesk.flows.sources.entries import Entry, day_of, plain_title
from copydesk.flows.sources.feed_reader import LONGEST, MEMORY
from copydesk.transforms.cleaning.decode import charset_of
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.passwords import without_login

FEED_BYTES = 16 * 1024 * 1024
CPU_SECONDS = 20
"""Seconds of CPU time in which a feed is read; ten thousand entries take less than half of them."""

WALL_SECONDS = 300
"""Seconds that a reader may take on a machine that is busy with other things."""


def feed_entries(feed: Fetched, skipped: Counter[str]) -> Iterator[Entry]:
    """The entries that link to a page; the others are counted in `skipped`.

    Raises PermanentError that names the feed where it is none.
    """
    parsed = _read(feed)
    if "problem" in parsed:
        raise PermanentError(f"{printable(feed.url)}: it is no feed that can be read: {parsed['problem']}.")
    skipped["entries_over_limit"] += parsed["over"]
    for entry in parsed["entries"]:
        if not entry["link"]:
            skipped["entry_without_link"] += 1
        elif len(entry["link"]) > LONGEST:
            skipped["address_too_long"] += 1
        else:
            yield Entry(
                address=without_login(tidy(entry["link"])),
                stamp=without_login(entry["stamp"]),
                title=plain_title(entry["title"]),
                published=day_of(entry["published"]),
            )


def _read(feed: Fetched) -> dict[str, Any]:
    """What a reader in a process of its own says of a feed."""
    charset = charset_of(feed.media_type)
    media_type = f"application/xml; charset={charset}" if charset else "application/xml"
    asked = json.dumps({"url": feed.url, "media_type": media_type, "seconds": CPU_SECONDS}).encode()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # our own module
            [sys.executable, "-P", "-m", "copydesk.flows.sources.feed_reader"],  # nothing of the working folder is imported
            input=asked + b"\n" + feed.content.data,
            capture_output=True,
            timeout=WALL_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"problem": f"it takes more than {WALL_SECONDS} seconds to read"}
    if done.returncode < 0:
        return {"problem": f"it takes more than {CPU_SECONDS} seconds to read"}
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:300]
        if "MemoryError" in last:
            return {"problem": f"it takes more than {MEMORY:,} bytes of memory to read"}
        return {"problem": last}
    return dict(json.loads(done.stdout))
